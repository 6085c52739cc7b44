"""Numbers that solve an equation: in their simplest form, and checked where that is needed."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.grading.parsing.tree import (
    ONE,
    ZERO,
    Call,
    Comparison,
    Div,
    Logic,
    Root,
    Sym,
    Value,
    free_names,
    has_part,
    is_term,
    substitute,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move
from tutor.grading.solver.shapes import same_form
from tutor.grading.solver.step import GoalKind, Position, Step
from tutor.grading.solver.surds import simplified
from tutor.grading.solver.topics.cases import is_value, joined
from tutor.grading.solving.inequalities import holds

_CHECK_WORK_S = 0.1
_LOG_OF_ONE = Call("ln", (ONE,))


def steps(position: Position) -> Iterator[Step]:
    current = position.current
    if position.goal.kind != GoalKind.SOLVE or current is None:
        return
    cases = current.parts if isinstance(current, Logic) and current.op == "or" else (current,)
    if not all(map(is_value, cases)):
        return
    simpler = joined([_simplified(case) for case in cases])
    if not same_form(simpler, current):
        has_roots = has_part(current, Root)
        yield Step(simpler, Move(MoveName.SIMPLIFY if has_roots else MoveName.WORK_OUT))
        return
    yield from _checked(position, cases)


def _simplified(case: Value) -> Value:
    if isinstance(case, Comparison) and is_term(case.right):
        if case.right == _LOG_OF_ONE:
            return Comparison("=", case.left, ZERO)
        return Comparison("=", case.left, simplified(case.right))
    return case


def _checked(position: Position, cases: tuple[Value, ...]) -> Iterator[Step]:
    """Without the candidates for which the first equation does not hold."""
    start = position.goal.start
    if start is None or not _may_add_solutions(start, position) or len(free_names(start)) != 1:
        return
    if free_names(position.current or start) != free_names(start):
        return
    right = [case for case in cases if _solves(case, start)]
    if len(right) < len(cases):
        yield Step(joined(right), Move(MoveName.CHECK_CANDIDATES))


def _may_add_solutions(start: Value, position: Position) -> bool:
    """Whether the way to the candidates squares, or multiplies by the unknown."""
    if "candidate" in position.goal.task.text.casefold():
        return False  # they are what is asked for
    for part in walk(start):
        if isinstance(part, Root | Call) and free_names(part):
            return True
        if isinstance(part, Div) and free_names(part.bottom):
            return True
    return False


def _solves(case: Value, start: Value) -> bool:
    """Whether it may: False only where the equation certainly fails, or has no value."""
    if not isinstance(case, Comparison) or not isinstance(case.left, Sym):
        return True
    with WorkBudget(_CHECK_WORK_S) as budget:
        return bool(holds(substitute(start, case.left, case.right), {}, budget))
