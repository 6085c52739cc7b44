"""Takes a number in another unit than the one that the statement asks for as not right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from tutor.grading.answer_key import NUMBERS, AnswerKey, Grade, Rule, Verdict
from tutor.grading.comparison.keys import key_value
from tutor.grading.feedback import Feedback, FeedbackCode
from tutor.grading.parsing.tree import Quantity
from tutor.grading.parsing.units import Unit, read_unit
from tutor.grading.verdicts.asked_measures import asked_angle
from tutor.grading.verdicts.asked_percent import asks_percent
from tutor.grading.verdicts.both_values import value_of, without_name
from tutor.grading.verdicts.named_units import measures_in

# "How fast is it, in km/h?", "(en cm)", "单位：cm", "in metres (m)". A question or the text
# ends with it: in "x is the time in h. How far does it get?" nothing is asked for in hours.
_ASKED = re.compile(
    r"(?:\b(?:in|en)[ ~]|单位(?:是|为|[：:]) ?)(?:\\[(]|\$)?(?:\\(?:text|mathrm|,) ?)?\{?"
    r"((?:square |cubic )?[a-z]{3,16}(?: per [a-z]{3,16})?|[A-Za-zµ°%/²³·*^⁻¹\d]{1,12})"
    r"\}?(?:\\[)]|\$)?(?: ?\([^()]{1,20}\))? ?[)）]?"
    r"(?:,? (?:with|mit|avec|con) [^.?!]{1,40})?(?=[?？]|[.。;；!)）]{0,2}\Z)"
)
_HOW_MANY = re.compile(
    r"(?:\bhow many |\bwie ?viele? |\bcombien d[e'’] ?|\bcuánt[oa]s )"
    r"((?:square |cubic )?[^\W\d_]{3,16}(?: (?:carrés?|cubes?|cuadrados|cúbicos)\b)?)"
    r"|多少(?:个)?([^\W\d_]{1,3}?)(?=[?？。，,]|\Z)",
    re.IGNORECASE,
)
_OF_TWO_MEANINGS = ("pounds", "degrees")  # of money or weight, of an angle or heat
_MONEY = re.compile(
    r"\\\$|[€£¥₹₽₺]|\b(?:dollar|euro|cent|yuan|pound|franc)s?\b|\bpence\b|美元|(?<![美欧日])元",
    re.IGNORECASE,
)
_CONVERTS = re.compile(
    r"\bconver(?:t|tir|tis|tissez|tiere|te|tid|ti)\b|\bconvierte\b|\brechne\b.{1,60}\bum\b"
    r"|\b(?:pasa|expresa|transforma)\b|\bwandle\b.{1,60}\bum\b|换算|单位换|化[成为]",
    re.IGNORECASE,
)
_AS_PERCENT = re.compile(
    r"\b(?:as|in|into|to) (?:a )?per ?cent(?:age)?\b|\b(?:als|in) Prozent|\ben pour ?cent(?:age)?\b"
    r"|\b(?:como|en|a) (?:un )?(?:porcentaje|tanto por ciento)|[成为用]百分[数比率]",
    re.IGNORECASE,
)
_IN_TWO_UNITS = re.compile(  # in hours and minutes
    r"\b(?:in|en|als) (?:\\(?:text|mathrm)\{)?([^\W\d_]{1,12}) (?:and|und|et|y) ([^\W\d_]{1,12})\b"
    r"|用?(小时|时|分钟?|米|元|千克|公斤)[和与]([^\W\d_]{1,2}?)(?=表示|[。？]|\Z)"
)
_AMOUNT = re.compile(r"\d+(?:[.,]\d+)?")
_PERCENT = Fraction(1, 100)
Dimension = tuple[tuple[str, int], ...]
_ANGLES: dict[str, Dimension] = {"rad": (("rad", 1),), "deg": (("deg", 1),)}
_CURRENCIES = ("usd", "eur", "gbp", "cny", "chf", "inr", "rub", "lira")
_POUND = read_unit("£")


def unless_other_unit(grade: Grade, response: str, key: AnswerKey, statement: str) -> Grade:
    """The grade; not correct where the statement asks for another unit than the response has."""
    if grade.verdict != Verdict.CORRECT or key.kind not in NUMBERS or key.condition:
        return grade
    value = value_of(response, key, units=True)
    if value is None:
        return grade
    bare = without_name(value)
    given = read_unit(bare.unit) if isinstance(bare, Quantity) else None
    own = without_name(key_value(key))
    if (ratio := _asked_ratio(statement)) and not _is_in_two_units(response, ratio):
        return _in_other_unit(grade, Rule.FORM)
    if isinstance(own, Quantity):
        is_right = _is_in_unit_of_key(given, read_unit(own.unit), key, statement.strip())
        return grade if is_right else _in_other_unit(grade, Rule.FORM)
    if given is None or not given.is_known:
        return grade
    is_percent = given.dimension == () and given.factor == _PERCENT
    if not _is_asked(given, statement.strip()) or (asks_percent(statement) and not is_percent):
        return _in_other_unit(grade, Rule.UNITS)
    if _is_money(given) or measures_in(statement, given):
        return grade
    feedback = Feedback(FeedbackCode.NO_SUCH_UNIT)
    return replace(grade, verdict=Verdict.INCORRECT, score=0, rule=Rule.FORM, feedback=feedback)


def _asked_ratio(statement: str) -> Fraction | None:
    """60 of "in hours and minutes": how many of the smaller unit make one of the larger."""
    for match in _IN_TWO_UNITS.finditer(statement):
        larger, smaller = (read_unit(name) if name else None for name in _names(match))
        if larger and smaller and larger.is_known and larger.dimension == smaller.dimension:
            return larger.factor / smaller.factor if larger.factor > smaller.factor else None
    return None


def _names(match: re.Match[str]) -> tuple[str, str]:
    return match[1] or match[3], match[2] or match[4]


def _is_in_two_units(response: str, ratio: Fraction) -> bool:
    """2 h 15 min and 2:15, but neither 135 min nor 1 h 75 min; 3 h has no minutes."""
    amounts = [Fraction(text.replace(",", ".")) for text in _AMOUNT.findall(response)]
    is_whole = len(amounts) == 1 and amounts[0].denominator == 1 and amounts[0] < ratio
    return is_whole or (len(amounts) > 1 and amounts[-1] < ratio)


def _in_other_unit(grade: Grade, rule: Rule) -> Grade:
    feedback = Feedback(FeedbackCode.OTHER_UNIT)
    return replace(grade, verdict=Verdict.INCORRECT, score=0, rule=rule, feedback=feedback)


def _is_in_unit_of_key(
    given: Unit | None, own: Unit | None, key: AnswerKey, statement: str
) -> bool:
    """Whether it is in the unit into which the statement converts, or no unit is asked for."""
    if own is None or (given is None and key.unit_optional):
        return True
    if own.dimension == () and own.factor == _PERCENT:
        is_percent = given is not None and given.factor == _PERCENT
        return is_percent or not _AS_PERCENT.search(statement)
    if given is None or not given.is_known or _size(given) == _size(own):
        return True
    return not _CONVERTS.search(statement) and _is_asked(given, statement)


def _is_asked(given: Unit, statement: str) -> bool:
    """Whether the statement asks for this unit, or for none, or for no money by name."""
    if (angle := asked_angle(statement)) and given.dimension in _ANGLES.values():
        return given.dimension == _ANGLES[angle]
    asked = [*map(_size, _asked_units(statement)), *_sizes_of_many(given, statement)]
    money = [*map(_size, _named_money(statement))] if _is_money(given) else []
    return all(not units or _size(given) in units for units in (asked, money))


def _size(unit: Unit) -> tuple[Dimension, Fraction]:
    """What it measures, and how large it is; million dollars are dollars."""
    return unit.dimension, unit.factor / unit.number


def _asked_units(statement: str) -> Iterator[Unit]:
    names = [match[1] for match in _ASKED.finditer(statement)]
    units = [read_unit(name) for name in names if name not in _OF_TWO_MEANINGS]
    yield from (unit for unit in units if unit and unit.is_known)


def _sizes_of_many(given: Unit, statement: str) -> Iterator[tuple[Dimension, Fraction]]:
    """Of the units of "How many metres?" that measure the same as the given one; not of money."""
    for match in () if _is_money(given) else _HOW_MANY.finditer(statement):
        name = match[1] or match[2]
        unit = None if name in _OF_TWO_MEANINGS else read_unit(name)
        if unit is not None and unit.dimension == given.dimension:
            yield _size(unit)


def _named_money(statement: str) -> Iterator[Unit]:
    for match in _MONEY.finditer(statement):
        name = match[0].lower().removeprefix("\\")
        unit = _POUND if name.startswith("pound") else read_unit(name)
        if unit is not None:
            yield unit


def _is_money(unit: Unit) -> bool:
    return len(unit.dimension) == 1 and unit.dimension[0][0] in _CURRENCIES
