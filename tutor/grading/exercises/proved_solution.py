"""A solution that the solver carries out to the end, with every line proved by the check."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from tutor.grading.exercises.results import ProvedSolution
from tutor.grading.exercises.siblings import siblings
from tutor.grading.processes.work_budget import has_work_left
from tutor.grading.solver.offered_line import OfferedLine
from tutor.grading.solver.solve import solve
from tutor.grading.steps.checks import Mark
from tutor.grading.working.checker import check_working

MIN_LINES, MAX_LINES = 2, 14
MORE_DIGITS = 1  # of a number, than in the original
MAX_TRIED = 400  # siblings of one problem
PROVED = frozenset({Mark.PROVED, Mark.GIVEN})
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def proved_solution(statement: str) -> ProvedSolution | None:
    """None where the solver does not reach the end, or a line is not proved."""
    derivation = solve(statement)
    if not (derivation.is_complete and MIN_LINES <= len(derivation.steps) <= MAX_LINES):
        return None
    solution = ProvedSolution(statement, tuple(map(OfferedLine.from_step, derivation.steps)))
    marks = {check.mark for check in check_working(solution.texts, statement)}
    return solution if marks <= PROVED else None


def proved_siblings(
    original: ProvedSolution, most: int, statements: Iterable[str] | None = None
) -> list[ProvedSolution]:
    """Other problems with another answer, whose solutions have the same moves and lines.

    statements: of the siblings, where an author has given other numbers; else they are made. A
    made one must have lines of the same shape as well, so that whole numbers stay whole.
    """
    candidates = siblings(original.statement) if statements is None else statements
    solutions = _alike(original, islice(candidates, MAX_TRIED), same_shape=statements is None)
    return list(islice(solutions, most))


def _alike(
    original: ProvedSolution, statements: Iterable[str], *, same_shape: bool
) -> Iterator[ProvedSolution]:
    seen = {original.answer}
    for statement in dict.fromkeys(statements):
        if not has_work_left():
            return
        solution = proved_solution(statement)
        if solution is None or solution.answer in seen:
            continue
        if same_shape and not _has_shape_of(original, solution):
            continue
        seen.add(solution.answer)
        yield solution


def _has_shape_of(original: ProvedSolution, solution: ProvedSolution) -> bool:
    """Whether the lines are the same but for numbers, which are hardly longer."""
    shapes = [_shape(lines.lines) for lines in (original, solution)]
    return shapes[0] == shapes[1] and all(
        digits_of(line) <= digits_of(other) + MORE_DIGITS
        for line, other in zip(solution.texts, original.texts, strict=True)
    )


def _shape(lines: Sequence[OfferedLine]) -> list[tuple[str, str]]:
    """Each line with its move, without the numbers."""
    return [(shape_of(line.line), line.move.name) for line in lines]


def shape_of(line: str) -> str:
    return _NUMBER.sub("#", line)


def digits_of(line: str) -> int:
    """Of its longest number."""
    return max((len(number) for number in _NUMBER.findall(line)), default=0)
