"""Typed fractions of which nobody can say for sure what stands below the line, such as 65/7x.

They are read by the order of operations, as 65/7 times x. Where that is not right, the student may
have meant 65/(7x). Nothing here knows the right answer: what is asked must not tell which of the
two readings is right, or that neither is.
"""

from __future__ import annotations

import re

from tutor.grading.answer_key import Kind

KINDS = (Kind.EXPRESSION, Kind.EQUATION)  # whose letters are no units
_POWER = r"(?:\^(?:\d{1,3}|\{\d{1,3}\})|[²³⁴⁵⁶⁷⁸⁹])?"
_OPEN = re.compile(
    r"(?P<above>[\w)²³] ?[/÷∕⁄:] ?)"
    rf"(?P<below>\d{{1,9}}(?:[.,]\d{{1,9}})?[a-z]{_POWER}(?:[a-z]{_POWER}){{0,2}})"
    r"(?![\w(^{/÷²³⁴⁵⁶⁷⁸⁹])",
    re.IGNORECASE,
)


def has_open_fraction(text: str) -> bool:
    return _OPEN.search(text) is not None


def is_open_fraction(text: str, kind: Kind) -> bool:
    """Whether such a fraction is all that an answer of this kind says, but for a sign or a name."""
    fraction = text.rpartition("=")[2].strip().lstrip("+-−")
    match = _OPEN.search(fraction) if kind in KINDS else None
    above = fraction[: match.start("below")] if match else ""
    return match is not None and match.end() == len(fraction) and above.rstrip(" /÷∕⁄:").isdigit()


def bracketed(text: str) -> str:
    """The text with brackets around what stands below the line if a letter belongs there too."""
    return _OPEN.sub(lambda match: f"{match['above']}({match['below']})", text)
