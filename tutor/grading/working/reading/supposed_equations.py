"""Equations that a line supposes in order to solve them: set f'(x) = 0, 2x = 4, x = 2."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tutor.grading.parsing.names import KNOWN_FUNCTIONS
from tutor.grading.working.reading.statement import Role, Statement

MAX_LENGTH = 80  # of an equation, in characters
_IS_ZERO = re.compile(r"([^=<>≤≥≠≈]+)=\s?0\s*\Z")
_OF_FUNCTION = re.compile(r"[^\W\d_]'{0,3}\s?\(([a-z])\)|[a-z]'{1,3}\s?\Z")
_LETTERS = re.compile(r"[^\W\d_]+")


def with_solutions(statements: Sequence[Statement]) -> list[Statement]:
    """What is said behind such an equation is no supposition if it tells of its unknown alone."""
    equation = next((s for s in statements if s.role is Role.SUPPOSE), None)
    unknown = unknown_of(equation.text) if equation else None
    if equation is None or unknown is None:
        return list(statements)
    return [
        replace(statement, role=Role.STEP)
        if statement.start > equation.start and _tells_of(statement, unknown)
        else statement
        for statement in statements
    ]


def unknown_of(text: str) -> str | None:
    """x for f'(x) = 0, empty for y' = 0; None for any other text."""
    zero = _IS_ZERO.match(text[:MAX_LENGTH].strip())
    value = _OF_FUNCTION.fullmatch(zero[1].strip()) if zero else None
    return (value[1] or "") if value else None


def _tells_of(statement: Statement, unknown: str) -> bool:
    text = statement.text[:MAX_LENGTH]
    names = set(_LETTERS.findall(text)) - KNOWN_FUNCTIONS - {"e"}
    is_of_unknown = names == {unknown} if unknown else len(names) == 1 and "'" not in text
    return statement.role is Role.SUPPOSE and "=" in text and is_of_unknown
