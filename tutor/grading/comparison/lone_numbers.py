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
from tutor.grading.feedback import FeedbackCode
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_plain_answer
from tutor.grading.parsing.natural.english import fold_english
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
_OF = r"(?: (?:in|out of|of|von|aus|auf|sur|sobre|su|av|uit|из|de)(?: (?:every|cada))? |-in-)"
_MAY_BE_SHARE = re.compile(rf"\w{_OF}\w", re.IGNORECASE)
_PART_OF = re.compile(rf"(?<![\d.,/])(\d{{1,9}}){_OF}(\d{{1,9}})(?![\d,/]|\.\d)", re.IGNORECASE)
_SHARE = re.compile(
    rf"([A-Za-z]{{1,2}}(?:\([A-Za-z]\))? ?= ?)?{_PART_OF.pattern}(?: chances?)? ?\.?\Z",
    re.IGNORECASE,
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


def share_as_fraction(text: PlainText) -> PlainText:
    """5/36 for 5 in 36, and for five out of thirty-six."""
    if not _MAY_BE_SHARE.search(text):
        return text
    share = _SHARE.fullmatch(fold_english(text))
    return PlainText(f"{share[1] or ''}{share[2]}/{share[3]}") if share else text


def share_in(text: PlainText) -> str | None:
    """5/36 for "the chance is 5 in 36"; empty where more follows; None for other texts."""
    part = _PART_OF.search(fold_english(text)) if _MAY_BE_SHARE.search(text) else None
    if part is None:
        return None
    share = share_as_fraction(PlainText(part.string[part.start() :]))
    return share if share != part.string[part.start() :] else ""


def require_no_share(text: PlainText, right: Value) -> None:
    """Raises Unreadable for 3 of 4 where the right answer is a whole number: it may be the 3."""
    number = rational_value(right) if is_term(right) else None
    share = share_as_fraction(text)
    if share != text and number is not None and number.denominator == 1:
        raise Unreadable(FeedbackCode.ONLY_ANSWER, text=share.rpartition("=")[2].strip())
