"""The process that makes exercises, asked by `client`."""

from __future__ import annotations

import os
from typing import Any

from tutor.grading.exercises.line_exercises import line_exercises
from tutor.grading.numeric import sympy_client
from tutor.grading.processes.child_process import answer_questions
from tutor.grading.processes.work_budget import WorkBudget

MEMORY = 1 << 30  # bytes of address space
SECONDS = 40  # of processor time for one question; its budget of work ends much sooner


def serve() -> None:
    os.nice(10)  # answers, pages and checks come first
    sympy_client.warm_up(1)
    answer_questions(_answer, memory=MEMORY, seconds=SECONDS)


def _answer(question: dict[str, Any]) -> object:
    with WorkBudget(question["max_work_s"]):
        return line_exercises(question["statement"], question["siblings"]).to_dict()
