"""One quantity in several units or forms: 2.5 h = 150 min, 0.35 = 35%, 0.02 = 2 * 10^-2."""

from __future__ import annotations

import re
from contextlib import suppress
from fractions import Fraction

from tutor.grading.comparison.shown_working import MAX_CHARACTERS
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_plain_answer
from tutor.grading.parsing.normalize import PlainText
from tutor.grading.parsing.tree import Quantity, Unreadable, is_term
from tutor.grading.parsing.units import read_unit

_EQUALS = re.compile(r"(?<![<>!=~])=(?![=>])")
_PLAIN = re.compile(r" ?[-+]?\d{1,15}(?:[.,]\d{1,12})? ?")
_Measured = tuple[tuple[tuple[str, int], ...], Fraction]


def last_of_equal_quantities(text: PlainText, decimal_comma: bool) -> PlainText:
    """150 min for 2.5 h = 150 min; the whole text where a side differs, and for 3 = 3."""
    sides = _EQUALS.split(text) if len(text) <= MAX_CHARACTERS else []
    if len(sides) < 2 or _PLAIN.fullmatch(sides[-1]):
        return text
    measured = {_measured(side.strip(), decimal_comma) for side in sides}
    return PlainText(sides[-1].strip()) if len(measured) == 1 and None not in measured else text


def _measured(side: str, decimal_comma: bool) -> _Measured | None:
    """What it measures, and how much, in the base units; None for what is no known quantity."""
    with suppress(Unreadable, RecursionError):
        value = read_plain_answer(PlainText(side), decimal_comma, units=True)
        unit = read_unit(value.unit) if isinstance(value, Quantity) else None
        amount = value.amount if isinstance(value, Quantity) else value
        number = rational_value(amount) if is_term(amount) else None
        if number is None or (isinstance(value, Quantity) and (unit is None or not unit.is_known)):
            return None
        return (unit.dimension, number * unit.factor + unit.offset) if unit else ((), number)
    return None
