"""The checker's own side of `step_process`: keeps the solutions that are being written."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from tutor.grading.numeric import sympy_client
from tutor.grading.processes.child_process import answer_questions
from tutor.grading.steps.checks import StepChecker, check_derivation

MEMORY = 1 << 30  # bytes of address space
SECONDS = 10  # on the processor, for one question: its asker kills sooner
KEPT = 64  # solutions


def serve(new_checker: Callable[[str], StepChecker] = StepChecker) -> None:
    os.nice(5)  # tokens and pages come first
    sympy_client.warm_up(1)
    answer_questions(_Solutions(new_checker).answer, memory=MEMORY, seconds=SECONDS)


class _Solutions:
    """How far each of them has come."""

    def __init__(self, new_checker: Callable[[str], StepChecker]) -> None:
        self.new_checker = new_checker
        self.checkers: OrderedDict[str, StepChecker] = OrderedDict()

    def answer(self, question: dict[str, Any]) -> object:
        match question:
            case {"lines": lines, "context": context}:
                return [check.to_dict() for check in check_derivation(lines, context)]
            case {"statement": statement, "places": [_, after], "step": step}:
                return self.check(self.new_checker(statement), after, step)
            case {"places": [*places, before, after], "step": step}:
                known = self.known([*places, before])
                if known < len(places):
                    return {"known": known}
                # A checker moves on with each step: nobody goes on from where it was.
                return self.check(self.checkers.pop(before), after, step)
        raise ValueError(question)

    def known(self, places: list[str]) -> int:
        """How many steps of a solution we have gone through; 0 begins it anew."""
        numbers = range(len(places) - 1, 0, -1)
        return next((number for number in numbers if places[number] in self.checkers), 0)

    def check(self, checker: StepChecker, after: str, step: str) -> object:
        check = checker.check(step)
        self.checkers[after] = checker
        if len(self.checkers) > KEPT:
            self.checkers.popitem(last=False)
        return check.to_dict()
