"""The process that explains wrong answers, weighs workings and doubts keys, asked by `client`.

It is given the stored answer.
"""

from __future__ import annotations

import os
from typing import Any

from tutor.grading.answer_key import AnswerKey
from tutor.grading.mistakes.explain import explain
from tutor.grading.mistakes.refuted_key import is_key_refuted
from tutor.grading.processes.child_process import answer_questions
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.checks import StepCheck
from tutor.grading.weighing.weigh import weigh

MEMORY = 1 << 30  # bytes of address space
SECONDS = 10  # of processor time for one question; its budget of work ends much sooner


def serve() -> None:
    os.nice(5)  # tokens and pages come first
    answer_questions(_answer, memory=MEMORY, seconds=SECONDS)


def _answer(question: dict[str, Any]) -> object:
    if "refuted" in question:
        key = AnswerKey.from_fields(question["refuted"])
        return {"is_refuted": is_key_refuted(question["statement"], key)}
    return _weighed(question) if "lines" in question else _explained(question)


def _weighed(question: dict[str, Any]) -> object:
    key = AnswerKey.from_fields(question["key"])
    checks = [StepCheck.from_dict(fields) for fields in question["checks"]]
    lines, statement = question["lines"], question["statement"]
    is_finished = question["is_finished"]
    checks = weigh(lines, checks, statement, key, is_finished=is_finished)
    return {"checks": [check.to_dict() for check in checks]}


def _explained(question: dict[str, Any]) -> object:
    key = AnswerKey.from_fields(question["key"])
    with WorkBudget(question["max_work_s"]):
        explanation = explain(question["response"], key, question["statement"])
    return explanation.to_dict() if explanation else {}
