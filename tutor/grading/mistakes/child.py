"""The process that explains wrong answers, asked by `client`. It is given the stored answer."""

from __future__ import annotations

import os
from typing import Any

from tutor.grading.answer_key import AnswerKey
from tutor.grading.mistakes.explain import explain
from tutor.grading.processes.child_process import answer_questions
from tutor.grading.processes.work_budget import WorkBudget

MEMORY = 1 << 30  # bytes of address space
SECONDS = 10  # of processor time for one question; its budget of work ends much sooner


def serve() -> None:
    os.nice(5)  # tokens and pages come first
    answer_questions(_explained, memory=MEMORY, seconds=SECONDS)


def _explained(question: dict[str, Any]) -> object:
    key = AnswerKey.from_fields(question["key"])
    with WorkBudget(question["max_work_s"]):
        explanation = explain(question["response"], key, question["statement"])
    return explanation.to_dict() if explanation else {}
