"""Typed signs such as x = a+-2, which are read as ±; perhaps one minus was meant.

Nothing here knows the right answer, as with `open_fractions`.
"""

from __future__ import annotations

import re

from tutor.grading.answer_key import Kind

KINDS = (Kind.EXPRESSION, Kind.EQUATION)
_BOTH_SIGNS = re.compile(r"(?<=[\w)}\]²³⁴]) ?(?:\+ ?[-−]|[-−] ?\+) ?(?=[\w(\\√])")


def has_both_signs(text: str) -> bool:
    return _BOTH_SIGNS.search(text) is not None


def with_minus(text: str) -> str:
    """The text with a minus for each +-."""
    return _BOTH_SIGNS.sub("-", text)
