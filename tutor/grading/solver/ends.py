"""Tells whether a line is what the problem asks for."""

from __future__ import annotations

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import Comparison, Logic, Sym, Value, Words, free_names, is_term
from tutor.grading.solver.step import GoalKind, Position
from tutor.grading.solving.inequalities import is_solved
from tutor.grading.steps.statements import says_no_solution


def is_end(position: Position) -> bool:
    """Of a position in which no topic knows a next line."""
    current = position.current
    if current is None:
        return False
    if position.goal.kind == GoalKind.SOLVE:
        if isinstance(current, Words):
            return says_no_solution(current.text)
        return _gives_all(position)
    if position.goal.kind == GoalKind.FIND:
        return _is_number(current)
    return current != position.goal.start or position.goal.kind == GoalKind.EVALUATE


def _gives_all(position: Position) -> bool:
    """Whether each letter that is sought is alone, in the current line or in earlier ones."""
    if isinstance(position.current, Logic) and position.current.op == "or":
        sought = set(position.goal.unknowns)
        return all(sought <= set(_solved_names(part)) for part in position.current.parts)
    solved = [name for value in position.known for name in _solved_names(value)]
    return bool(position.goal.unknowns) and set(position.goal.unknowns) <= set(solved)


def _solved_names(value: Value) -> tuple[str, ...]:
    match value:
        case Comparison("=", Sym(name), right):
            return () if name in free_names(right) else (name,)
        case Comparison("<" | "<=" | ">" | ">="):
            names = tuple(free_names(value))
            return names if is_solved(value) and len(names) == 1 else ()
        case Logic("and", parts):
            return tuple(name for part in parts for name in _solved_names(part))
    return ()


def _is_number(value: Value) -> bool:
    match value:
        case Comparison("=", _, right):
            return _is_number(right)
        case Logic(_, parts):
            return all(map(_is_number, parts))
    return is_term(value) and rational_value(value) is not None
