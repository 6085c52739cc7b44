"""The exercises of one problem: solutions to complete, and solutions with a wrong line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

from tutor.grading.exercises.proved_solution import proved_siblings, proved_solution
from tutor.grading.exercises.results import LineExercises, ProvedSolution, WrongSolution
from tutor.grading.exercises.wrong_line import wrong_solution
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent

MAX_SOLUTIONS, MAX_WRONG = 4, 3
SIBLINGS_WORK_S = 4.0


def line_exercises(statement: str, siblings: Sequence[str] | None = None) -> LineExercises:
    """Empty where nothing is proved. Never raises.

    siblings: statements with other numbers, as their author gives them; None where they are to be
    found here.
    """
    solutions: list[ProvedSolution] = []
    original = None
    with suppress(WorkBudgetSpent, ArithmeticError, RecursionError), WorkBudget(SIBLINGS_WORK_S):
        original = proved_solution(statement)
        if original is not None:
            solutions += proved_siblings(original, MAX_SOLUTIONS, siblings)
    if original is None or not solutions:
        return LineExercises()
    wrong = tuple(_wrong_solutions(solutions))
    return LineExercises(original.answer, tuple(solutions), wrong)


def _wrong_solutions(solutions: Sequence[ProvedSolution]) -> Iterator[WrongSolution]:
    """From the last solution on, so that those completed last come last.

    Each in another line and with another mistake, where there is a choice.
    """
    seen: list[WrongSolution] = []
    for solution in list(reversed(solutions))[:MAX_WRONG]:
        wrong = wrong_solution(solution, seen)
        if wrong is not None:
            seen.append(wrong)
            yield wrong
