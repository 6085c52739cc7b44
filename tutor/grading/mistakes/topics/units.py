"""Units and times: converted wrongly, minutes as decimals."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from fractions import Fraction

from tutor.grading.mistakes.explanation import MistakenAnswer, Question
from tutor.grading.mistakes.names import MistakeName
from tutor.grading.parsing.tree import Num, Quantity
from tutor.grading.parsing.units import read_unit

_CLOCK = re.compile(r"(?<!\d)(\d{1,2})\s*(?::|\.|\bh\b|\bUhr\b|时|点)\s*(\d{2})(?!\d)")
_TIMES = re.compile(
    r"\bhour|\bminute|\bsecond|\bStunde|\bMinute|\bSekunde|\bheure|\bseconde|\bhora|\bminuto"
    r"|小时|分钟|秒|\bh\b|\bmin\b|\bkm/h\b",
    re.I,
)
_ASKS_MINUTES = re.compile(
    r"how many minutes|wie ?viele minuten|combien de minutes|cuántos minutos|多少分钟", re.I
)
_CONVERT = re.compile(
    r"\bhow many [a-z ]{3,40}\b(?:is|are) (?:that|this|it)\b"
    r"|\bconvert|\bumrechn|\brechne .{1,60} um\b|\bconverti|\bconvierte|换算|等于多少|合多少",
    re.I,
)
_SPEED = re.compile(r"\b(?:km/h|m/s|mph|km\s?/\s?min)\b|kilomet\w{2,4} per|千米每小时|米每秒", re.I)
_SQUARE = re.compile(r"\bsquare|quadrat|carré|cuadrad|平方|\^\{?2|²", re.I)
_MAP_SCALE = re.compile(r"(?<!\d)1\s*:\s*\d{3,9}")
_HOUR = (("s", 1),)


def unit_mistakes(question: Question) -> Iterator[MistakenAnswer]:
    yield from _clock_times(question)
    yield from _minutes_as_decimals(question)
    yield from _conversions(question)
    yield from _map_lengths(question)


def _answer(value: Fraction | int, name: MistakeName) -> MistakenAnswer:
    return MistakenAnswer(Num(Fraction(value)), name)


def _clock_times(question: Question) -> Iterator[MistakenAnswer]:
    """185 and 135 minutes from 18:45 to 20:30"""
    times = [(int(hours), int(minutes)) for hours, minutes in _CLOCK.findall(question.statement)]
    right = _in_minutes(question)
    if len(times) != 2 or right is None:
        return
    (hours, minutes), (end_hours, end_minutes) = times
    if end_hours * 60 + end_minutes - hours * 60 - minutes != right:
        return
    unit = Fraction(right) / (question.number or 1) if question.number else Fraction(1)
    as_hundreds = end_hours * 100 + end_minutes - hours * 100 - minutes
    by_parts = (end_hours - hours) * 60 + abs(end_minutes - minutes)
    yield _answer(as_hundreds / unit, MistakeName.MINUTES_AS_DECIMALS)
    yield _answer(by_parts / unit, MistakeName.SMALLER_FROM_LARGER_DIGIT)
    forgotten = (end_hours - hours) * 60 + end_minutes - minutes + 60
    yield _answer(forgotten / unit, MistakeName.BORROW_FORGOTTEN)


def _in_minutes(question: Question) -> Fraction | None:
    """The right time; None where the answer is no time."""
    if question.number is None:
        return None
    if not isinstance(question.right, Quantity):
        return question.number if question.mentions(_ASKS_MINUTES) else None
    unit = read_unit(question.right.unit)
    if unit is None or unit.dimension != _HOUR:
        return None
    return question.number * Fraction(unit.factor) / 60


def _minutes_as_decimals(question: Question) -> Iterator[MistakenAnswer]:
    """1.45 h for 1.75 h, and 2.5 hours as 2 h 50 min"""
    right = _in_minutes(question)
    if right is None or question.number is None or not right:
        return
    unit = right / question.number  # minutes
    hours, minutes = divmod(right, 60)
    if not hours or not minutes:
        return
    yield _answer((hours + minutes / 100) * 60 / unit, MistakeName.MINUTES_AS_DECIMALS)
    yield _answer((hours * 100 + minutes) / unit, MistakeName.MINUTES_AS_DECIMALS)
    tenths = minutes / 60 * 100
    if tenths.denominator == 1:
        yield _answer((hours * 60 + tenths) / unit, MistakeName.MINUTES_AS_DECIMALS)


def _conversions(question: Question) -> Iterator[MistakenAnswer]:
    """0.0036 kg and 360 kg for 3.6 t"""
    is_conversion = isinstance(question.right, Quantity) or question.mentions(_CONVERT)
    if len(question.numbers) != 1 or not is_conversion:
        return
    [number] = question.numbers
    if not number or not question.number:
        return
    factor = question.number / number
    if factor == 1:
        return
    name = MistakeName.CONVERTED_THE_WRONG_WAY
    if factor < 1 and not _is_power_of_ten(factor) and not question.mentions(_SPEED):
        name = MistakeName.MULTIPLIED_INSTEAD_OF_DIVIDED
    yield _answer(number / factor, name)
    root = _root(factor)
    if root is not None and question.mentions(_SQUARE):
        yield _answer(number * root, MistakeName.CONVERSION_FACTOR)
    for power in (1, -1, 2, -2, 3, -3):
        yield _answer(question.number * Fraction(10) ** power, MistakeName.CONVERSION_FACTOR)
    if question.mentions(_TIMES):
        for other in _FACTORS_OF_TIMES:
            yield _answer(number * other, MistakeName.CONVERSION_FACTOR)
    yield _answer(number, MistakeName.CONVERSION_FACTOR)


def _root(factor: Fraction) -> Fraction | None:
    """100 for 10000, by which square metres become square centimetres."""
    root = Fraction(math.isqrt(factor.numerator), math.isqrt(factor.denominator))
    return root if root**2 == factor else None


def _map_lengths(question: Question) -> Iterator[MistakenAnswer]:
    """20 km for 8 cm on a map 1 : 25000"""
    right = question.number
    if not right or not question.mentions(_MAP_SCALE):
        return
    for power in (1, -1, 2, -2, 3, -3, 5, -5):
        yield _answer(right * Fraction(10) ** power, MistakeName.CONVERSION_FACTOR)


_FACTORS_OF_TIMES = tuple(
    value
    for base in (Fraction(60), Fraction(3600), Fraction(100, 6), Fraction(100), Fraction(24))
    for value in (base, 1 / base)
)


def _is_power_of_ten(factor: Fraction) -> bool:
    digits = str(max(factor.numerator, factor.denominator))
    return 1 in (factor.numerator, factor.denominator) and digits.strip("0") == "1"
