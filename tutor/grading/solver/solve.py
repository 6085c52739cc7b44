"""Goes from a problem, or from a student's last line, to the next line and to the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from tutor.grading.parsing.tree import Unreadable
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent
from tutor.grading.solver.ends import is_end
from tutor.grading.solver.reading import read_position
from tutor.grading.solver.step import Position, Step
from tutor.grading.solver.topics import TOPICS
from tutor.grading.steps.checks import Mark
from tutor.grading.working.checker import check_working

WORK_S = 0.5
MAX_OFFERED = 3  # next lines
MAX_STEPS = 30  # of one solution
_FAILURES = (WorkBudgetSpent, Unreadable, RecursionError, ArithmeticError)


@dataclass(frozen=True, slots=True)
class Derivation:
    """is_complete: whether the last step is what the problem asks for."""

    steps: tuple[Step, ...]
    is_complete: bool


def next_steps(statement: str, lines: Sequence[str] = ()) -> tuple[Step, ...]:
    """The lines that may follow, the best first; each is proved. Empty where nothing is known.

    lines: right ones, as a student typed them; what follows a wrong one is left out. Never raises.
    """
    offered: list[Step] = []
    with suppress(*_FAILURES), WorkBudget(WORK_S):
        position, right = read_position(statement, lines)
        for step in _proved_steps(statement, right, position):
            offered.append(step)
            if len(offered) == MAX_OFFERED:
                break
    return tuple(offered)


def solve(statement: str, lines: Sequence[str] = ()) -> Derivation:
    """From these lines on; as far as the solver gets. Never raises."""
    steps: list[Step] = []
    is_complete = False
    with suppress(*_FAILURES), WorkBudget(WORK_S):
        position, right = read_position(statement, lines)
        while len(steps) < MAX_STEPS:
            step = next(_proved_steps(statement, right, position), None)
            if step is None:
                is_complete = is_end(position)
                break
            steps.append(step)
            right.append(step.line)
            position = position.after(step.value)
    return Derivation(tuple(steps), is_complete)


def _proved_steps(statement: str, lines: Sequence[str], position: Position) -> Iterator[Step]:
    """The best first, each line once."""
    seen = set(lines)
    for topic in TOPICS:
        for step in topic(position):
            if step.line not in seen and _is_proved(statement, [*lines, step.line]):
                yield step
            seen.add(step.line)


def _is_proved(statement: str, lines: Sequence[str]) -> bool:
    """Whether the last line follows, or only names something."""
    return check_working(lines, statement)[-1].mark in (Mark.PROVED, Mark.GIVEN)
