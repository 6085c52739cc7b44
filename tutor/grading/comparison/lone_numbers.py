"""A number without its name, its working and its rounded value."""

from __future__ import annotations

import re
from contextlib import suppress
from fractions import Fraction

from tutor.grading.comparison.shown_working import (
    EQUALS_SIGN,
    MAX_CHARACTERS,
    without_working,
)
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_plain_answer
from tutor.grading.parsing.normalize import PlainText
from tutor.grading.parsing.tree import Quantity, Unreadable, Value, is_term
from tutor.grading.parsing.units import read_unit

_UNIT_BEHIND = re.compile(r"[\di}] {0,2}[A-Za-z]{1,4}(?:\^\{?[23]\}?)? ?\Z")
_NAME_OF_NUMBER = re.compile(  # S∞ = 16, cos α = -0.8, x -> 2: 5/4
    r"\A ?(?:lim ?_? ?\{?)?[a-z] ?(?:->|\\to ?) ?[-+]?(?:\d{1,9}|\\infty|inf(?:inity)?|oo)"
    r" ?[-+]?\}? ?[:=,]"
    r"|\A ?(?:S ?_? ?\{?\\infty ?\}?"
    r"|[A-Za-z]\([^()=]{1,12}\)(?: ?[-+] ?[A-Za-z]\([^()=]{1,12}\)){1,3}"  # F(3) - F(1)
    r"|\\?(?:sin|cos|tan|cot) {0,2}(?:\\[a-z]{2,7}|[a-zA-Z]|\(\\?[a-z]{1,7} ?\))) {0,2}=(?!=)"
)
_MAY_BE_NAMED = re.compile(r"=|->|\\to(?![a-z])")
_SHARE = re.compile(
    r"\A([A-Za-z]{1,2}(?:\([A-Za-z]\))? ?= ?)?(\d{1,9}) "
    r"(?:in|out of|of|von|sur|su|av|uit|из|de) (\d{1,9})\Z"
)
_PLAIN = re.compile(r" ?[-+]?\d{1,15}(?:[.,]\d{1,12})? ?")
_Measured = tuple[tuple[tuple[str, int], ...], Fraction]


def number_alone(text: PlainText, decimal_comma: bool) -> PlainText:
    """16 for S∞ = 16, and 65° for 180° - 115° = 65°."""
    if not _MAY_BE_NAMED.search(text):
        return text
    text = last_of_equal_quantities(text, decimal_comma)
    return PlainText(without_working(_NAME_OF_NUMBER.sub("", text), decimal_comma))


def quantity_alone(text: PlainText, decimal_comma: bool) -> PlainText:
    """4π cm for "4π cm ≈ 12.57 cm"."""
    exact, _, rounded = text.partition("\\approx")
    has_unit = bool(rounded) and bool(_UNIT_BEHIND.search(exact))
    return number_alone(PlainText(exact) if has_unit else text, decimal_comma)


def last_of_equal_quantities(text: PlainText, decimal_comma: bool) -> PlainText:
    """150 min for 2.5 h = 150 min; the whole text where a side differs, and for 3 = 3."""
    sides = EQUALS_SIGN.split(text) if len(text) <= MAX_CHARACTERS else []
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


def with_share(text: PlainText, right: Value) -> PlainText:
    """5/36 for 5 in 36, where the right answer is no whole number."""
    share = _SHARE.fullmatch(text) if " " in text else None
    number = rational_value(right) if share and is_term(right) else None
    if share is None or (number is not None and number.denominator == 1):
        return text
    return PlainText(f"{share[1] or ''}{share[2]}/{share[3]}")
