"""Reads lines of working as values, and finds the position in which a working stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tutor.grading.parsing.tree import (
    Call,
    Comparison,
    Logic,
    Sym,
    Unreadable,
    Value,
    is_term,
    substitute,
)
from tutor.grading.solver.goal import read_goal
from tutor.grading.solver.step import Goal, GoalKind, Position
from tutor.grading.steps.claim_results import StepVerdict
from tutor.grading.working.checker import WorkingChecker
from tutor.grading.working.claim_reader import Claim
from tutor.grading.working.notation import mark_bounds
from tutor.grading.working.progress import Progress
from tutor.grading.working.reading import Role, Statement, read_line

_ABOUT_TERMS = frozenset({GoalKind.EVALUATE, GoalKind.SIMPLIFY, GoalKind.EXPAND, GoalKind.FACTOR})


def read_position(statement: str, lines: Sequence[str]) -> tuple[Position, list[str]]:
    """Where a working stands after its last right line, and the lines up to that one.

    Raises WorkBudgetSpent.
    """
    checker = WorkingChecker(statement)
    goal = read_goal(checker.progress.facts.task)
    position = Position(goal, goal.start)
    right: list[str] = []
    for text, check in zip(lines, checker.check(lines), strict=False):
        if check.verdict == StepVerdict.REFUTED:
            break
        right.append(text)
        line = checker.lines[len(right) - 1]
        value = _joined([_value(checker.progress, s) for s in line.statements if _is_in_use(s)])
        if value is not None:
            position = position.after(_as_asked(value, goal))
    return position, right


def read_value(text: str) -> Value | None:
    """A line on its own, several statements joined by "and"; None where it cannot be read."""
    progress = Progress("")
    return _joined([_value(progress, s) for s in read_line(text).statements])


def _is_in_use(statement: Statement) -> bool:
    return statement.role not in (Role.CHECK,) and not statement.rejected


def _value(progress: Progress, statement: Statement) -> Value | None:
    text, bounded = mark_bounds(statement.text)
    try:
        value = _of_claim(progress.read_statement(replace(statement, text=text)))
    except (Unreadable, RecursionError):
        return None
    for name, inner in bounded.items() if value is not None else ():
        between = Call("between", (inner.body, inner.low, inner.high))
        value = substitute(value, Sym(name), between)
    return value


def _of_claim(claim: Claim) -> Value | None:
    """A chain a = b = c as a = c; = c as c."""
    terms = claim.terms
    if not claim.operators or terms[-1] is None:
        return claim.value
    last = terms[-1]
    if terms[0] is None:
        return last
    operator = claim.operators[0] if len(claim.operators) == 1 else "="
    return Comparison(operator, terms[0], last)


def _joined(values: Sequence[Value | None]) -> Value | None:
    known = [value for value in values if value is not None]
    if not known:
        return None
    return known[0] if len(known) == 1 else Logic("and", tuple(known))


def _as_asked(value: Value, goal: Goal) -> Value:
    """The last side of a chain of terms, where a term is to be worked on."""
    match value:
        case Comparison("=", _, right) if goal.kind in _ABOUT_TERMS and is_term(right):
            return right
    return value
