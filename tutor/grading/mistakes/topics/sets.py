"""Unions, intersections and differences of the sets that a statement gives."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import permutations

from tutor.grading.mistakes.explanation import MAX_WORK_S, MistakenAnswer, Question
from tutor.grading.mistakes.names import MistakeName
from tutor.grading.mistakes.near_misses import entries
from tutor.grading.parsing.tree import Bracketed, Comparison, SetOperation, Sym, Value
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent
from tutor.grading.solving.real_sets import Undecidable, equal_sets
from tutor.grading.solving.set_notation import real_set

MAX_SETS = 3
_N = MistakeName
# What each of them is taken for.
_OTHERS: dict[str, tuple[tuple[str, MistakeName], ...]] = {
    "union": (
        ("intersection", _N.UNION_FOR_INTERSECTION),
        ("minus", _N.UNION_FOR_INTERSECTION),
    ),
    "intersection": (
        ("union", _N.UNION_FOR_INTERSECTION),
        ("minus", _N.INSIDE_FOR_OUTSIDE),
    ),
    "minus": (
        ("turned", _N.SUBTRACTED_IN_WRONG_ORDER),
        ("intersection", _N.INSIDE_FOR_OUTSIDE),
        ("union", _N.UNION_FOR_INTERSECTION),
    ),
}


def set_mistakes(question: Question) -> Iterator[MistakenAnswer]:
    given = _sets_of(question)
    for first, second in permutations(given[:MAX_SETS], 2):
        for operation, others in _OTHERS.items():
            if not _is_right(SetOperation(operation, first, second), question):
                continue
            for other, name in others:
                if other == "turned":
                    yield MistakenAnswer(_joined("minus", second, first), name)
                else:
                    yield MistakenAnswer(_joined(other, first, second), name)
            if operation != "minus":
                for whole in (first, second):
                    yield MistakenAnswer(whole, _N.ONE_PART_ONLY)
            return


def _sets_of(question: Question) -> list[Value]:
    """A = {1, 2, 5} and B = [0, 3)"""
    return [
        value.right
        for value in question.task.equations
        if isinstance(value, Comparison)
        and value.op == "="
        and isinstance(value.left, Sym)
        and isinstance(value.right, Bracketed | SetOperation)
    ]


def _joined(operation: str, first: Value, second: Value) -> Value:
    """A finite set has its members listed; one alone stands without braces."""
    if not _is_finite(first) or not _is_finite(second):
        return SetOperation(operation, first, second)
    left, right = entries(first), entries(second)
    match operation:
        case "union":
            members = [*left, *(part for part in right if part not in left)]
        case "intersection":
            members = [part for part in left if part in right]
        case _:
            members = [part for part in left if part not in right]
    return members[0] if len(members) == 1 else Bracketed("{", tuple(members), "}")


def _is_finite(value: Value) -> bool:
    return isinstance(value, Bracketed) and value.opening in ("{", "{set")


def _is_right(value: Value, question: Question) -> bool:
    with suppress(Undecidable, WorkBudgetSpent), WorkBudget(MAX_WORK_S) as budget:
        return equal_sets(real_set(value, budget), real_set(question.right, budget), budget)
    return False
