"""Alternatives: what is done to one equation, done to each of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.shapes import alternatives
from tutor.grading.parsing.tree import Comparison, Logic, Sym, Value, free_names, is_term
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move
from tutor.grading.solver.relations import NO_SOLUTION
from tutor.grading.solver.shapes import same_form
from tutor.grading.solver.step import GoalKind, Position, Step, Topic
from tutor.grading.solving.inequalities import is_solved

_ORDERS = ("<", "<=", ">", ">=")
MAX_ROUNDS = 6  # steps of one case that are taken at once


def steps_of_cases(position: Position, topics: Sequence[Topic]) -> Iterator[Step]:
    """Linear cases are solved at once, others a step further."""
    current = position.current
    if not isinstance(current, Logic) or current.op != "or":
        return
    changed = [
        None if is_value(part) else _advanced(replace(position, current=part), topics)
        for part in current.parts
    ]
    moves = {step.move for step in changed if step is not None}
    if not moves:
        return
    values: list[Value] = []
    for part, step in zip(current.parts, changed, strict=True):
        values += alternatives(part if step is None else step.value)
    move = moves.pop() if len(moves) == 1 else Move(MoveName.SOLVE_EACH)
    value = joined(values)
    if not same_form(value, current):
        yield Step(value, move)


def steps_of_conditions(position: Position, topics: Sequence[Topic]) -> Iterator[Step]:
    """2x > -2 and 3x <= 9: each is solved, then both are written as one."""
    current = position.current
    is_system = position.goal.kind == GoalKind.SOLVE and isinstance(current, Logic)
    if not is_system or not isinstance(current, Logic) or current.op != "and":
        return
    pairs = [part for part in current.parts if isinstance(part, Comparison)]
    if len(pairs) != 2 or len(current.parts) != 2 or any(p.op not in _ORDERS for p in pairs):
        return
    first, second = pairs
    if free_names(first) != free_names(second) or len(free_names(first)) != 1:
        return
    if first.right == second.left:
        return  # -1 < x < 3
    solved = tuple(_solved(replace(position, current=part), topics) for part in pairs)
    if solved != current.parts and all(map(is_solved, solved)):
        yield Step(Logic("and", solved), Move(MoveName.SOLVE_EACH_INEQUALITY))
    elif all(map(is_solved, solved)):
        yield from _chained(first, second)


def _solved(position: Position, topics: Sequence[Topic]) -> Value:
    value = position.current
    for _ in range(MAX_ROUNDS):
        step = None if value is None or is_solved(value) else _step(position, topics)
        if step is None:
            break
        value = step.value
        position = replace(position, current=value)
    return value if value is not None else NO_SOLUTION


def _chained(first: Comparison, second: Comparison) -> Iterator[Step]:
    """-1 < x <= 3 for x > -1 and x <= 3."""
    if not (isinstance(first.left, Sym) and isinstance(second.left, Sym)):
        return
    below, above = (first, second) if first.op[0] == ">" else (second, first)
    low, high = (rational_value(p.right) if is_term(p.right) else None for p in (below, above))
    if below.op[0] != ">" or above.op[0] != "<" or low is None or high is None or low >= high:
        return
    parts = Comparison("<" + below.op[1:], below.right, below.left), above
    yield Step(Logic("and", parts), Move(MoveName.JOIN_INEQUALITIES))


def joined(values: Sequence[Value]) -> Value:
    """The different values, as alternatives; without the cases that have no solution."""
    distinct = tuple(value for value in dict.fromkeys(values) if value != NO_SOLUTION)
    if not distinct:
        return NO_SOLUTION
    return distinct[0] if len(distinct) == 1 else Logic("or", distinct)


def _advanced(position: Position, topics: Sequence[Topic]) -> Step | None:
    first = _step(position, topics)
    step = first
    for _ in range(MAX_ROUNDS):
        if step is None or is_value(step.value):
            break
        following = _step(replace(position, current=step.value), topics)
        if following is None or isinstance(following.value, Logic):
            break
        step = following
    if first is None or step is None or step is first:
        return first
    return Step(step.value, Move(MoveName.SOLVE_EACH)) if is_value(step.value) else first


def _step(position: Position, topics: Sequence[Topic]) -> Step | None:
    steps = (step for topic in topics for step in topic(position))
    return next((step for step in steps if step.move.name != MoveName.CHECK_CANDIDATES), None)


def is_value(value: Value) -> bool:
    """x = 3: a letter alone, beside a term without it."""
    match value:
        case Comparison("=", Sym(name), right):
            return name not in free_names(right)
    return False
