"""Percentages, found again in the right number: a change, what was before it, a share, a rate.

The right answer tells what was to be calculated: 92 is 80 raised by 15 %, and 80 is what 25 % less
made 60. The mistakes follow from that.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations, product

from tutor.grading.mistakes.explanation import MistakenAnswer, Question, is_right_number
from tutor.grading.mistakes.names import MistakeName
from tutor.grading.parsing.tree import Num

MAX_RATES = 2
MAX_OTHERS = 4  # numbers of the statement beside the rates
MAX_EXPONENT = 60
_PERCENT = (
    r"\s{0,3}+(?:\\[,;! ]|~|\\\))?\s{0,3}+"
    r"(?:\\?%|per ?cent\b|Prozent\b|pour ?cent\b|por ciento\b|％)"
)
_RATE = re.compile(rf"(\d{{1,6}}(?:\.\d{{1,6}})?){_PERCENT}", re.IGNORECASE)
_CHINESE_PERCENT = re.compile(r"百分之\s*(\d{1,3}(?:\.\d{1,3})?)")
_CHINESE_DISCOUNT = re.compile(r"([一二三四五六七八九])折|(?<![\d.])(\d(?:\.\d)?)\s*折")
_DIGITS = {digit: number for number, digit in enumerate("一二三四五六七八九", 1)}
_ASKS_RATE = re.compile(r"percent|Prozent|pour ?cent|por ciento|%|百分", re.IGNORECASE)
_HUNDRED = Fraction(100)


@dataclass(frozen=True, slots=True)
class _Change:
    """base, raised or lowered by each rate in turn, `times` times. signs: 1 or -1 for each rate."""

    base: Fraction
    rates: tuple[Fraction, ...]
    signs: tuple[int, ...]
    times: int = 1

    @property
    def factor(self) -> Fraction:
        return self._factor(self.signs, self.times)

    @property
    def opposite(self) -> Fraction:
        """The factor with increase and decrease confused."""
        return self._factor([-sign for sign in self.signs], self.times)

    def factor_of(self, times: int) -> Fraction:
        return self._factor(self.signs, times)

    def _factor(self, signs: list[int] | tuple[int, ...], times: int) -> Fraction:
        steps = [1 + sign * rate for sign, rate in zip(signs, self.rates, strict=True)]
        return math.prod(steps, start=Fraction(1)) ** times

    @property
    def total_rate(self) -> Fraction:
        """All rates added up."""
        pairs = zip(self.signs, self.rates, strict=True)
        return self.times * sum((sign * rate for sign, rate in pairs), Fraction(0))

    @property
    def other_scale(self) -> Iterator[Fraction]:
        """The factor with 3 % taken for 0.3 and for 0.003."""
        for scale in (Fraction(10), Fraction(1, 10)):
            pairs = zip(self.signs, self.rates, strict=True)
            steps = [1 + sign * rate * scale for sign, rate in pairs]
            yield math.prod(steps, start=Fraction(1)) ** self.times


def percent_mistakes(question: Question) -> Iterator[MistakenAnswer]:
    if question.number is None:
        return
    rates = rates_in(question.statement)
    if not rates:
        if question.mentions(_ASKS_RATE):
            yield from _rates_sought(question)
        return
    others = _others(question, rates)
    if len(rates) <= MAX_RATES and len(others) <= MAX_OTHERS:
        yield from _changes(question, rates, others)
        if len(rates) == 1:
            yield from _shares(question, rates[0], others)
        elif not others:
            yield from _total_rates(question, rates)


def rates_in(text: str) -> tuple[Fraction, ...]:
    """0.15 for 15 %, and 0.2 for 八折, in the order of the text."""
    rates = [
        (match.start(), Fraction(match[1]) / 100)
        for pattern in (_RATE, _CHINESE_PERCENT)
        for match in pattern.finditer(text)
    ]
    for match in _CHINESE_DISCOUNT.finditer(text):
        tenths = Fraction(_DIGITS[match[1]]) if match[1] else Fraction(match[2])
        rates.append((match.start(), 1 - tenths / 10))
    return tuple(rate for _, rate in sorted(rates))


def _others(question: Question, rates: tuple[Fraction, ...]) -> list[Fraction]:
    """The numbers of the statement that are no rates."""
    others = list(question.numbers)
    is_chinese_numeral = bool(_CHINESE_DISCOUNT.search(question.statement))
    for rate in rates:
        written = 10 * (1 - rate) if is_chinese_numeral else rate * 100
        if written in others:
            others.remove(written)
    return [number for number in others if number]


def _answer(value: Fraction, name: MistakeName) -> MistakenAnswer:
    return MistakenAnswer(Num(value), name)


def _changes(
    question: Question, rates: tuple[Fraction, ...], others: list[Fraction]
) -> Iterator[MistakenAnswer]:
    for base in others:
        rest = [number for number in others if number != base]
        whole = [int(n) for n in rest if n.denominator == 1 and 1 < n <= MAX_EXPONENT]
        for times in (1, *whole):
            for signs in product((1, -1), repeat=len(rates)):
                change = _Change(base, rates, signs, times)
                if change.factor <= 0:
                    continue
                if is_right_number(question, base * change.factor):
                    yield from _of_result(change)
                elif is_right_number(question, base / change.factor):
                    yield from _of_start(change)
                elif is_right_number(question, abs(base * change.factor - base)):
                    yield from _of_difference(change)
        yield from _with_amount(question, base, rest, rates)


def _of_result(change: _Change) -> Iterator[MistakenAnswer]:
    """For 80 raised by 15 %"""
    base, times = change.base, change.times
    yield _answer(abs(base * change.factor - base), MistakeName.CHANGE_FOR_RESULT)
    if times > 1:
        yield _answer(base * (1 + change.total_rate), MistakeName.LINEAR_FOR_EXPONENTIAL)
        yield _answer(abs(base * change.total_rate), MistakeName.LINEAR_FOR_EXPONENTIAL)
        for years in (times - 1, times + 1):
            yield _answer(base * change.factor_of(years), MistakeName.OFF_BY_ONE)
        yield _answer(base * change.factor_of(1) * times, MistakeName.POWER_AS_PRODUCT)
        yield _answer(base * change.factor_of(1), MistakeName.STOPPED_EARLY)
    elif len(change.rates) > 1:
        yield _answer(base * (1 + change.total_rate), MistakeName.PERCENTS_ADDED)
        for rate, sign in zip(change.rates, change.signs, strict=True):
            yield _answer(base * (1 + sign * rate), MistakeName.STOPPED_EARLY)
    yield _answer(base + change.total_rate * 100, MistakeName.PERCENT_AS_AMOUNT)
    yield _answer(base * change.opposite, MistakeName.INCREASE_FOR_DECREASE)
    for signs in product((1, -1), repeat=len(change.rates)):
        other = _Change(base, change.rates, signs, times)
        yield _answer(base * other.factor, MistakeName.INCREASE_FOR_DECREASE)
    whole = _Change(base, tuple(100 * rate for rate in change.rates), change.signs, times)
    yield _answer(base * whole.factor, MistakeName.FORGOT_TO_DIVIDE_BY_HUNDRED)
    yield _answer(abs(base * change.total_rate * 100), MistakeName.FORGOT_TO_DIVIDE_BY_HUNDRED)
    for factor in change.other_scale:
        yield _answer(base * factor, MistakeName.PLACE_VALUE_SHIFTED)
    if change.opposite > 0:
        yield _answer(base / change.opposite, MistakeName.PERCENT_OF_WRONG_BASE)


def _of_start(change: _Change) -> Iterator[MistakenAnswer]:
    """For what became 60 after 25 % less"""
    base = change.base
    yield _answer(base * change.opposite, MistakeName.PERCENT_OF_WRONG_BASE)
    yield _answer(base * change.factor, MistakeName.PERCENT_OF_WRONG_BASE)
    yield _answer(base - change.total_rate * 100, MistakeName.PERCENT_AS_AMOUNT)
    yield _answer(abs(base / change.factor - base), MistakeName.CHANGE_FOR_RESULT)
    if len(change.rates) > 1 or change.times > 1:
        for rate, sign in zip(change.rates, change.signs, strict=True):
            yield _answer(base / (1 + sign * rate), MistakeName.STOPPED_EARLY)
        if change.total_rate != -1:
            yield _answer(base / (1 + change.total_rate), MistakeName.PERCENTS_ADDED)
        return
    yield _answer(base / change.rates[0], MistakeName.OTHER_PART_ANSWERED)
    yield _answer(base * change.rates[0], MistakeName.CHANGE_FOR_RESULT)


def _of_difference(change: _Change) -> Iterator[MistakenAnswer]:
    """For the interest on 2000 in 3 years"""
    base = change.base
    yield _answer(base * change.factor, MistakeName.RESULT_FOR_CHANGE)
    if change.times > 1:
        yield _answer(abs(base * change.total_rate), MistakeName.LINEAR_FOR_EXPONENTIAL)
        for other in (change.times - 1, change.times + 1):
            yield _answer(abs(base * change.factor_of(other) - base), MistakeName.OFF_BY_ONE)
    elif len(change.rates) > 1:
        yield _answer(abs(base * change.total_rate), MistakeName.PERCENTS_ADDED)


def _with_amount(
    question: Question, base: Fraction, rest: list[Fraction], rates: tuple[Fraction, ...]
) -> Iterator[MistakenAnswer]:
    """For 20 % off and then another 20 euros"""
    if len(rates) != 1:
        return
    for amount, sign, of_amount in product(rest, (1, -1), (1, -1)):
        factor = 1 + sign * rates[0]
        first = base * factor + of_amount * amount
        second = (base + of_amount * amount) * factor
        for right, other, early in (
            (first, second, base * factor),
            (second, first, base + of_amount * amount),
        ):
            if not is_right_number(question, right):
                continue
            yield _answer(other, MistakeName.STEPS_IN_WRONG_ORDER)
            yield _answer(early, MistakeName.STOPPED_EARLY)
            by_amount = base + sign * rates[0] * 100 + of_amount * amount
            yield _answer(by_amount, MistakeName.PERCENT_AS_AMOUNT)
            tenths = base + sign * 10 * (1 - rates[0]) + of_amount * amount
            yield _answer(tenths, MistakeName.PERCENT_AS_AMOUNT)
            yield _answer(base * rates[0] + of_amount * amount, MistakeName.CHANGE_FOR_RESULT)


def _shares(question: Question, rate: Fraction, others: list[Fraction]) -> Iterator[MistakenAnswer]:
    """For 15 % of 80, and for what 12 is 15 % of"""
    if not rate:
        return
    for base in others:
        if is_right_number(question, base * rate):
            for factor in (1 - rate, 1 + rate):
                yield _answer(base * factor, MistakeName.RESULT_FOR_CHANGE)
            yield _answer(base / rate, MistakeName.PERCENT_OF_WRONG_BASE)
            yield _answer(base * rate * 100, MistakeName.FORGOT_TO_DIVIDE_BY_HUNDRED)
            yield _answer(rate * 100, MistakeName.PERCENT_AS_AMOUNT)
            yield _answer(base - rate * 100, MistakeName.PERCENT_AS_AMOUNT)
            yield _answer(base / (rate * 100), MistakeName.PERCENT_AS_AMOUNT)
        elif is_right_number(question, base / rate):
            yield _answer(base * rate, MistakeName.PERCENT_OF_WRONG_BASE)
            for factor in (1 + rate, 1 - rate):
                yield _answer(base * factor, MistakeName.PERCENT_OF_WRONG_BASE)
            yield _answer(base + rate * 100, MistakeName.PERCENT_AS_AMOUNT)
            yield _answer(base / (rate * 100), MistakeName.FORGOT_TO_DIVIDE_BY_HUNDRED)


def _total_rates(question: Question, rates: tuple[Fraction, ...]) -> Iterator[MistakenAnswer]:
    """For by how many percent it rises, if it rises by 10 % and again by 20 %"""
    for signs in product((1, -1), repeat=len(rates)):
        change = _Change(_HUNDRED, rates, signs)
        total = 100 * change.factor - 100
        for scale in (1, Fraction(1, 100)):
            if is_right_number(question, abs(total) * scale):
                added = abs(change.total_rate) * 100 * scale
                yield _answer(added, MistakeName.PERCENTS_ADDED)
                yield _answer(100 * change.factor * scale, MistakeName.RESULT_FOR_CHANGE)


def _rates_sought(question: Question) -> Iterator[MistakenAnswer]:
    """For how many percent 80 must rise to become 92, and how many percent of 60 are 15"""
    numbers = [number for number in question.numbers if number and number != _HUNDRED]
    if len(numbers) != 2:
        return
    for old, new in permutations(numbers):
        change = abs(new - old)
        if is_right_number(question, change / old * 100):
            yield _answer(change / new * 100, MistakeName.PERCENT_OF_WRONG_BASE)
            yield _answer(change, MistakeName.PERCENT_AS_AMOUNT)
            yield _answer(new / old * 100, MistakeName.RESULT_FOR_CHANGE)
            yield _answer(old / new * 100, MistakeName.PERCENT_OF_WRONG_BASE)
            yield _answer(change / old, MistakeName.FACTOR_FOR_PERCENT)
            yield _answer(new / old, MistakeName.FACTOR_FOR_PERCENT)
        elif is_right_number(question, new / old * 100):
            yield _answer(old / new * 100, MistakeName.QUOTIENT_UPSIDE_DOWN)
            yield _answer(new / old, MistakeName.FACTOR_FOR_PERCENT)
            yield _answer(abs(100 - new / old * 100), MistakeName.OTHER_PART_ANSWERED)
            yield _answer(change / old * 100, MistakeName.OTHER_PART_ANSWERED)
