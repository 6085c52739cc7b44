"""Takes a number with another unit than the one that the statement asks for as wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from tutor.grading.answer_key import AnswerKey, Grade, Kind, Rule, Verdict
from tutor.grading.comparison.response_reader import read_response
from tutor.grading.feedback import Feedback, FeedbackCode
from tutor.grading.parsing.normalize import normalize_text
from tutor.grading.parsing.tree import Quantity, Unreadable
from tutor.grading.parsing.units import Unit, read_unit
from tutor.grading.verdicts.both_values import without_name

# "How fast is it, in km/h?", "(en cm)", "单位：cm", "in metres (m)". A question or the text
# ends with it: in "x is the time in h. How far does it get?" nothing is asked for in hours.
_ASKED = re.compile(
    r"(?:\b(?:in|en)[ ~]|单位(?:是|为|[：:]) ?)(?:\\[(]|\$)?(?:\\(?:text|mathrm|,) ?)?\{?"
    r"((?:square |cubic )?[a-z]{3,16}(?: per [a-z]{3,16})?|[A-Za-zµ°%/²³·*^⁻¹\d]{1,12})"
    r"\}?(?:\\[)]|\$)?(?: ?\([^()]{1,20}\))? ?[)）]?(?=[?？]|[.。;；!)）]{0,2}\Z)"
)
_OF_TWO_MEANINGS = ("pounds", "degrees")  # of money or weight, of an angle or heat
_MONEY = re.compile(
    r"\\\$|[€£¥₹₽₺]|\b(?:dollar|euro|cent|yuan|pound|franc)s?\b|\bpence\b|美元|(?<![美欧日])元",
    re.IGNORECASE,
)
_CURRENCIES = ("usd", "eur", "gbp", "cny", "chf", "inr", "rub", "lira")
_POUND = read_unit("£")


def unless_other_unit(grade: Grade, response: str, key: AnswerKey, statement: str) -> Grade:
    """The grade; not correct where the key has no unit, and the response not the statement's."""
    if grade.verdict != Verdict.CORRECT or key.kind != Kind.NUMBER or key.unit:
        return grade
    given = _unit_of(response, key)
    if given is None or not given.is_known or _is_asked(given, statement.strip()):
        return grade
    feedback = Feedback(FeedbackCode.OTHER_UNIT)
    return replace(grade, verdict=Verdict.INCORRECT, score=0, rule=Rule.UNITS, feedback=feedback)


def _is_asked(given: Unit, statement: str) -> bool:
    """Whether the statement asks for this unit, or for none, or for no money by name."""
    asked = [*map(_size, _asked_units(statement))]
    money = [*map(_size, _named_money(statement))] if _is_money(given) else []
    return all(not units or _size(given) in units for units in (asked, money))


def _size(unit: Unit) -> tuple[object, Fraction]:
    """What it measures, and how large it is; million dollars are dollars."""
    return unit.dimension, unit.factor / unit.number


def _asked_units(statement: str) -> Iterator[Unit]:
    names = [match[1] for match in _ASKED.finditer(statement)]
    units = [read_unit(name) for name in names if name not in _OF_TWO_MEANINGS]
    yield from (unit for unit in units if unit and unit.is_known)


def _named_money(statement: str) -> Iterator[Unit]:
    for match in _MONEY.finditer(statement):
        name = match[0].lower().removeprefix("\\")
        unit = _POUND if name.startswith("pound") else read_unit(name)
        if unit is not None:
            yield unit


def _is_money(unit: Unit) -> bool:
    return len(unit.dimension) == 1 and unit.dimension[0][0] in _CURRENCIES


def _unit_of(response: str, key: AnswerKey) -> Unit | None:
    try:
        value = read_response(normalize_text(response), key.kind, key.decimal_comma, units=True)
    except (Unreadable, RecursionError):
        return None
    value = without_name(value)
    return read_unit(value.unit) if isinstance(value, Quantity) else None
