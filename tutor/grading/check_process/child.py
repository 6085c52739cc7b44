"""The process that checks, asked by `client`: it keeps a checker for each unfinished solution."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, NamedTuple

from tutor.grading.check_process.after_mistake import free_of_mistake
from tutor.grading.check_process.line_reader import LineReader
from tutor.grading.check_process.step_moves import StepMoves
from tutor.grading.check_process.typed_lines import check_typed_lines
from tutor.grading.numeric import sympy_client
from tutor.grading.processes.child_process import answer_questions
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solver.offered_line import OfferedLine
from tutor.grading.solver.solve import next_steps, solve
from tutor.grading.steps.worked.step_checker import StepChecker

MEMORY = 1 << 30  # bytes of address space
SECONDS = 30  # of processor time for one question; its budget of work ends much sooner
MAX_SOLUTIONS = 64


def serve(new_checker: Callable[[str], StepChecker] = StepChecker) -> None:
    os.nice(5)  # tokens and pages come first
    sympy_client.warm_up(1)
    answer_questions(_Solutions(new_checker).answer, memory=MEMORY, seconds=SECONDS)


def _checks_of(lines: list[str], statement: str, max_work_s: float) -> dict[str, object]:
    with WorkBudget(max_work_s) as budget:
        checks = check_typed_lines(lines, statement)
        is_whole = budget.left_s > 0
        checks = free_of_mistake(lines, checks, lambda some: check_typed_lines(some, statement))
    return {"checks": [check.to_dict() for check in checks], "is_whole": is_whole}


def _steps_after(lines: list[str], statement: str, max_work_s: float) -> dict[str, object]:
    with WorkBudget(max_work_s):
        steps = next_steps(statement, lines)
    return {"steps": [OfferedLine.from_step(step).to_dict() for step in steps]}


def _is_ended_by(lines: list[str], statement: str, max_work_s: float) -> dict[str, object]:
    with WorkBudget(max_work_s):
        derivation = solve(statement, lines)
    return {"is_end": derivation.is_complete and not derivation.steps}


def _solution_of(statement: str, max_work_s: float) -> dict[str, object]:
    with WorkBudget(max_work_s):
        derivation = solve(statement)
    steps = [OfferedLine.from_step(step).to_dict() for step in derivation.steps]
    return {"steps": steps, "is_complete": derivation.is_complete}


def _readings_of(lines: list[str], max_work_s: float, *, decimal_comma: bool) -> dict[str, object]:
    reader = LineReader(decimal_comma=decimal_comma, max_work_s=max_work_s)
    reader.read_all(lines)
    return reader.to_dict()


class _Solution(NamedTuple):
    """One that is being written: its checker, and the namer of its moves."""

    checker: StepChecker
    moves: StepMoves


class _Solutions:
    """The checkers of unfinished solutions, by the key of the last step that each has checked."""

    def __init__(self, new_checker: Callable[[str], StepChecker]) -> None:
        self.new_checker = new_checker
        self.checkers: OrderedDict[str, _Solution] = OrderedDict()

    def answer(self, question: dict[str, Any]) -> object:
        match question:
            case {"lines": lines, "context": context, "max_work_s": max_work_s}:
                return _checks_of(lines, context, max_work_s)
            case {"next_after": lines, "context": context, "max_work_s": max_work_s}:
                return _steps_after(lines, context, max_work_s)
            case {"ended_by": lines, "context": context, "max_work_s": max_work_s}:
                return _is_ended_by(lines, context, max_work_s)
            case {"read": lines, "decimal_comma": decimal_comma, "max_work_s": max_work_s}:
                return _readings_of(lines, max_work_s, decimal_comma=decimal_comma)
            case {"solve": statement, "max_work_s": max_work_s}:
                return _solution_of(statement, max_work_s)
            case {"statement": statement, "keys": [_, after], "step": step}:
                solution = _Solution(self.new_checker(statement), StepMoves(statement))
                return self.check(solution, after, step)
            case {"keys": [*keys, before, after], "step": step}:
                known = self.known_steps([*keys, before])
                if known < len(keys):
                    return {"known": known}
                # Checking a step changes the checker, so its former key is no longer valid.
                return self.check(self.checkers.pop(before), after, step)
        raise ValueError(question)

    def known_steps(self, keys: list[str]) -> int:
        """How many steps of a solution a checker has gone through; 0 where there is no checker."""
        numbers = range(len(keys) - 1, 0, -1)
        return next((number for number in numbers if keys[number] in self.checkers), 0)

    def check(self, solution: _Solution, after: str, step: str) -> object:
        check = solution.checker.check(step)
        self.checkers[after] = solution
        if len(self.checkers) > MAX_SOLUTIONS:
            self.checkers.popitem(last=False)
        return check.to_dict() | {"moves": [move.to_dict() for move in solution.moves.of(check)]}
