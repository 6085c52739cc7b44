"""Typed powers without a sign for the exponent, such as x3 for x^3.

They are read as products, as x times 3. Where that is not right, the student may have meant x^3.
Nothing here knows the right answer, as with `open_fractions`.
"""

from __future__ import annotations

import re

from tutor.grading.answer_key import Kind

KINDS = (Kind.EXPRESSION, Kind.EQUATION, Kind.INEQUALITY, Kind.ANTIDERIVATIVE)
_FLAT = re.compile(r"(?:(?<![A-Za-z\\_])[A-Za-df-z]|(?<=[A-Za-z\d])\))(?=[2-9](?![\d.,(_^]))")
_INDEX = re.compile(r"(?<![A-Za-z\\])[A-Za-z]_?[01](?!\d)")  # x1, which stands beside x2


def has_flat_power(text: str) -> bool:
    return _FLAT.search(text) is not None and not _INDEX.search(text)


def raised(text: str) -> str:
    """The text with a sign before each exponent: x^3 for x3."""
    return _FLAT.sub(r"\g<0>^", text)
