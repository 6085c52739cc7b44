"""Statements in one form: a set of solutions, and ±, as comparisons joined by "or"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tutor.grading.parsing.shapes import expand_plus_minus
from tutor.grading.parsing.tree import (
    Bracketed,
    Comparison,
    Listing,
    Logic,
    NamedSet,
    Sym,
    Value,
    Words,
    free_names,
    is_term,
)

NO_SOLUTIONS = NamedSet("empty")

_NO_SOLUTION = re.compile(
    r"\bno (?:real )?solutions?\b|无(?:实数)?[解根]|没有(?:实数)?[解根]|\bkeine (?:reelle )?Lösung"
    r"|\b(?:pas de|aucune) solution|\b(?:sin|no (?:hay|tiene)) soluci[oó]n",
    re.IGNORECASE,
)


def says_no_solution(text: str) -> bool:
    return bool(_NO_SOLUTION.search(text))


def as_statement(value: Value, variable: str = "") -> Value:
    """variable: the one whose values a list or a set in braces gives; "" where there is none."""
    value = expand_plus_minus(value)
    if isinstance(value, Words) and says_no_solution(value.text):
        return NO_SOLUTIONS
    is_in_braces = isinstance(value, Bracketed) and value.opening in ("{", "{set")
    if variable and (is_in_braces or isinstance(value, Listing)):
        parts: tuple[Value, ...] = value.parts  # type: ignore[union-attr]
        if not parts:
            return NO_SOLUTIONS
        cases = tuple(Comparison("=", Sym(variable), part) for part in parts if is_term(part))
        if len(cases) == len(parts):
            return cases[0] if len(cases) == 1 else Logic("or", cases)
    return value


def is_solved(value: Value) -> bool:
    """Whether each comparison has a variable alone on one side and a number on the other."""
    match value:
        case Logic(_, parts):
            return all(map(is_solved, parts))
        case Comparison(_, left, right):
            sides = ((left, right), (right, left))
            return any(isinstance(a, Sym) and not free_names(b) for a, b in sides)
        case NamedSet("empty"):
            return True
    return False


def comparisons(statement: Value) -> Iterator[Comparison]:
    """All comparisons in a statement, whether joined by "and" or by "or"."""
    if isinstance(statement, Comparison):
        yield statement
    else:
        for part in getattr(statement, "parts", ()):
            yield from comparisons(part)
