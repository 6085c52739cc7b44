"""Decimal commas of a class, in answers to problems that write decimal points.

A class in Germany types 2,5 and separates a list by semicolons, whatever the problem does. Its
answers are written as the problem writes them before anything reads them.
"""

from __future__ import annotations

import re

from tutor.grading.answer_key import Kind
from tutor.grading.parsing.answers import decimal_points

_WITHOUT_DECIMALS = (Kind.CHOICE, Kind.TEXT, Kind.TRUTH, Kind.LOGIC, Kind.PERMUTATION)
_OF_SEVERAL = (Kind.TUPLE, Kind.INTERVAL, Kind.MATRIX, Kind.DIRECTION, Kind.LINE_OR_PLANE)
_SEPARATOR = re.compile(r"[;|\n]|,\s")
_RELATION = re.compile(r"[<>=≤≥]|\\[lg]eq?(?![a-z])")
_DECIMAL_POINT = re.compile(r"(?<=\d)\.(?=\d)")
_SPACED_COMMA = re.compile(r",(?=\\[;,] )")


def as_with_points(response: str, kind: Kind) -> str:
    """A response with decimal commas, as a problem with decimal points has it.

    In (2,5) the comma separates where one number alone cannot be the answer.
    """
    if kind in _WITHOUT_DECIMALS or not re.search(r"\d", response):
        return response
    if _commas_separate(response, kind):
        return response
    plain = decimal_points(response)
    return plain.replace(";", ",") if kind == Kind.TUPLE else plain  # else it may be a column


def _commas_separate(response: str, kind: Kind) -> bool:
    if kind not in _OF_SEVERAL or _SEPARATOR.search(response):
        return False
    return "(" in response or "[" in response or not _RELATION.search(response)


def latex_with_commas(latex: str) -> str:
    """LaTeX of what was read, with decimal commas, and semicolons between entries."""
    return _DECIMAL_POINT.sub("{,}", _SPACED_COMMA.sub(";", latex))
