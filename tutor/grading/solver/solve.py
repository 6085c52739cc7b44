"""Goes from a problem, or from a student's last line, to the next line and to the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from tutor.grading.parsing.tree import (
    FAILURES,
    Comparison,
    Sym,
    Value,
    is_term,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solver.closing import closing_steps
from tutor.grading.solver.ends import ANSWER_FORMS, is_end
from tutor.grading.solver.equality import is_equal
from tutor.grading.solver.going_back import goes_back
from tutor.grading.solver.reading import read_position
from tutor.grading.solver.step import GoalKind, Position, Step, Topic
from tutor.grading.solver.topics import TOPICS
from tutor.grading.steps.checks import Mark
from tutor.grading.working.checker import check_working

WORK_S = 0.5
MAX_OFFERED = 3  # next lines
MAX_STEPS = 30  # of one solution


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
    with suppress(*FAILURES), WorkBudget(WORK_S):
        position, right = read_position(statement, lines)
        for step in _offers(statement, right, position):
            offered.append(step)
            if len(offered) == MAX_OFFERED:
                break
    return tuple(offered)


def solve(statement: str, lines: Sequence[str] = ()) -> Derivation:
    """From these lines on; as far as the solver gets. Never raises."""
    steps: list[Step] = []
    is_complete = False
    with suppress(*FAILURES), WorkBudget(WORK_S):
        position, right = read_position(statement, lines)
        while len(steps) < MAX_STEPS:
            step = next(_offers(statement, right, position), None)
            if step is None:
                is_complete = is_end(position)
                break
            steps.append(step)
            right.append(step.line)
            position = position.after(step.value)
    return Derivation(tuple(steps), is_complete)


def _offers(statement: str, lines: Sequence[str], position: Position) -> Iterator[Step]:
    """On the way, and at the end of the way the answer in the form that is asked for."""
    offers_any = False
    for step in _proved_steps(TOPICS, statement, lines, position):
        offers_any = True
        yield step
    if not offers_any and not isinstance(position.current, ANSWER_FORMS):
        yield from _closing(statement, lines, position)


def _closing(statement: str, lines: Sequence[str], position: Position) -> Iterator[Step]:
    reached = _before_rounding(position)
    for step in _proved_steps((closing_steps,), statement, lines, position):
        if _gives_unknown(reached) or _is_reached(statement, reached):
            yield step


def _before_rounding(position: Position) -> Position:
    """Where h = 20 tan(35°) stands, after h ≈ 14.00."""
    match position.current:
        case Comparison("≈", name, _) if position.earlier:
            last = position.earlier[-1]
            if isinstance(last, Comparison) and last.left == name:
                return replace(position, current=last, earlier=position.earlier[:-1])
    return position


def _gives_unknown(position: Position) -> bool:
    """x = 3, where the problem is to solve for x."""
    match position.current:
        case Comparison("=", Sym(name), _):
            return position.goal.kind == GoalKind.SOLVE and name in position.goal.unknowns
    return False


def _is_reached(statement: str, position: Position) -> bool:
    """Whether the value is also where the solver's own way ends, and not one on the way."""
    at, lines = read_position(statement, ())
    for _ in range(MAX_STEPS):
        step = next(_proved_steps(TOPICS, statement, lines, at), None)
        if step is None:
            break
        lines.append(step.line)
        at = at.after(step.value)
    end, current = _side(at.current), _side(position.current)
    if end is None or current is None or end == current:
        return end is not None and current is not None
    return is_term(end) and is_term(current) and is_equal(end, current)


def _side(line: Value | None) -> Value | None:
    return line.right if isinstance(line, Comparison) else line


def _proved_steps(
    topics: Sequence[Topic], statement: str, lines: Sequence[str], position: Position
) -> Iterator[Step]:
    """The best first, each line once, and none that goes back to a line before."""
    seen = set(lines)
    typed_before = {_plain(line.rpartition("=")[2]) for line in lines}
    for topic in topics:
        for step in topic(position):
            is_new = step.line not in seen and _plain(step.line) not in (
                typed_before if isinstance(step.value, ANSWER_FORMS) else ()
            )
            if (
                is_new
                and not goes_back(step, position)
                and _is_proved(statement, [*lines, step.line])
            ):
                yield step
            seen.add(step.line)


def _plain(line: str) -> str:
    """28m^2 for 28 m²"""
    return line.replace(" ", "").replace("²", "^2").replace("³", "^3")


def _is_proved(statement: str, lines: Sequence[str]) -> bool:
    """Whether the last line follows, or only names something."""
    return check_working(lines, statement)[-1].mark in (Mark.PROVED, Mark.GIVEN)
