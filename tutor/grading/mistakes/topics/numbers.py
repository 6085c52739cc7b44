"""Calculations with two numbers: another operation, digits, place value, divisors, multiples."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from fractions import Fraction

from tutor.grading.mistakes.explanation import MistakenAnswer, Question
from tutor.grading.mistakes.names import MistakeName
from tutor.grading.mistakes.topics.data.number_words import all_numbers
from tutor.grading.parsing.tree import Num

MAX_DIVISORS = 12
_SCIENTIFIC = re.compile(
    r"scientific notation|standard form|wissenschaftliche|Zehnerpotenz|notation scientifique"
    r"|notación científica|科学记数法|科学计数法",
    re.I,
)
_EACH = re.compile(
    r"\bmean\b|\baverage|\beach\b|\bper\b|Mittelwert|Durchschnitt|\bjede|\bmoyenne|\bchaque|\bchacun"
    r"|\bmedia\b|\bpromedio|\bcada\b|平均|每",
    re.I,
)
_MEAN = re.compile(
    r"\bmean\b|\baverage|Mittelwert|Durchschnitt|\bmoyenne|\bmedia\b|\bpromedio|平均", re.I
)
_CONVERT = re.compile(
    r"\bconvert|\bumrechn|\brechne .{1,60} um\b|\bconverti|\bconvierte|换算|等于多少"
    r"|\bhow many (?:milli|centi|deci|kilo)?(?:met|gram|lit|second|minute|hour)"
    r"|\bin (?:milli|centi|kilo)",
    re.I,
)
_NEGATIVE = re.compile(r"(?:^|[(={\[,;])\s*[-−]\s*\d")
_HALF = re.compile(r"\bhalf\b|Hälfte|\bhalb|moitié|\bmitad\b|一半", re.I)
_PERCENT = re.compile(r"%|percent|Prozent|pour ?cent|por ciento|百分")


def number_mistakes(question: Question) -> Iterator[MistakenAnswer]:
    right = question.number
    if right is None:
        return
    yield from _with_exponent_off(right, question)
    if len(question.numbers) == 2:
        first, second = question.numbers
        if question.mentions(_NEGATIVE):
            yield from _with_two_minus_signs(first, second, right)
        else:
            yield from _by_other_operation(first, second, right)
        yield from _by_digits(first, second, right)
    if len(question.numbers) == 1 and right == question.numbers[0] / 2 and question.mentions(_HALF):
        yield _answer(4 * right, MistakeName.MULTIPLIED_INSTEAD_OF_DIVIDED)
    yield from _common_divisors_and_multiples(question.numbers, right)


def _answer(value: Fraction | int, name: MistakeName) -> MistakenAnswer:
    return MistakenAnswer(Num(Fraction(value)), name)


_Operation = Callable[[Fraction, Fraction], Fraction]
_ADD: _Operation = lambda a, b: a + b  # noqa: E731
_SUBTRACT: _Operation = lambda a, b: a - b  # noqa: E731
_MULTIPLY: _Operation = lambda a, b: a * b  # noqa: E731
_DIVIDE: _Operation = lambda a, b: a / b  # noqa: E731
# The right operation, and what other ones are called.
_OTHERS: tuple[tuple[_Operation, tuple[tuple[_Operation, MistakeName], ...]], ...] = (
    (
        _ADD,
        (
            (_MULTIPLY, MistakeName.MULTIPLIED_INSTEAD_OF_ADDED),
            (_SUBTRACT, MistakeName.SUBTRACTED_INSTEAD_OF_ADDED),
        ),
    ),
    (_SUBTRACT, ((_ADD, MistakeName.ADDED_INSTEAD_OF_SUBTRACTED),)),
    (
        _MULTIPLY,
        (
            (_ADD, MistakeName.ADDED_INSTEAD_OF_MULTIPLIED),
            (_DIVIDE, MistakeName.DIVIDED_INSTEAD_OF_MULTIPLIED),
        ),
    ),
    (
        _DIVIDE,
        (
            (_MULTIPLY, MistakeName.MULTIPLIED_INSTEAD_OF_DIVIDED),
            (lambda a, b: b / a, MistakeName.QUOTIENT_UPSIDE_DOWN),
        ),
    ),
)


def _by_other_operation(
    first: Fraction, second: Fraction, right: Fraction
) -> Iterator[MistakenAnswer]:
    """7 for 3·4, where the problem has no other numbers"""
    if not first or not second:
        return
    for left, other in ((first, second), (second, first)):
        for operation, wrong in _OTHERS:
            if operation(left, other) == right:
                for wrong_operation, name in wrong:
                    yield _answer(wrong_operation(left, other), name)


def _with_two_minus_signs(
    first: Fraction, second: Fraction, right: Fraction
) -> Iterator[MistakenAnswer]:
    """-3 and 3 for 5 - (-8)"""
    if right == first + second:
        yield _answer(first - second, MistakeName.TWO_MINUS_SIGNS)
        yield _answer(second - first, MistakeName.SIGN_IGNORED)
    elif right == first * second:
        yield _answer(-right, MistakeName.MINUS_TIMES_MINUS)


def _by_digits(first: Fraction, second: Fraction, right: Fraction) -> Iterator[MistakenAnswer]:
    """274 and 226 for 304 - 178"""
    scale = 10 ** max(_decimals(first), _decimals(second))
    larger, smaller = (int(number * scale) for number in (max(first, second), min(first, second)))
    if smaller < 0 or larger > 10**12:
        return
    if right == Fraction(larger - smaller, scale):
        yield from _subtracted_by_digits(larger, smaller, scale)
    elif right == Fraction(larger + smaller, scale):
        yield from _added_without_carry(larger, smaller, scale)


def _decimals(number: Fraction) -> int:
    """0 also for a number that no decimal can write."""
    return next((n for n in range(10) if (number * 10**n).denominator == 1), 0)


def _subtracted_by_digits(larger: int, smaller: int, scale: int) -> Iterator[MistakenAnswer]:
    columns = _columns(larger, smaller)
    by_digit = sum(abs(top - bottom) * 10**power for power, (top, bottom) in enumerate(columns))
    yield _answer(Fraction(by_digit, scale), MistakeName.SMALLER_FROM_LARGER_DIGIT)
    borrow = 0
    for power, (top, bottom) in enumerate(columns):
        borrow = int(top - borrow < bottom)
        if borrow:
            without = larger - smaller + 10 ** (power + 1)
            yield _answer(Fraction(without, scale), MistakeName.BORROW_FORGOTTEN)
    all_forgotten = sum(
        ((top - bottom) % 10) * 10**power for power, (top, bottom) in enumerate(columns)
    )
    yield _answer(Fraction(all_forgotten, scale), MistakeName.BORROW_FORGOTTEN)


def _added_without_carry(larger: int, smaller: int, scale: int) -> Iterator[MistakenAnswer]:
    columns = _columns(larger, smaller)
    carry = 0
    for power, (top, bottom) in enumerate(columns):
        carry = int(top + bottom + carry > 9)
        if carry:
            without = larger + smaller - 10 ** (power + 1)
            yield _answer(Fraction(without, scale), MistakeName.CARRY_FORGOTTEN)
    all_forgotten = sum(
        ((top + bottom) % 10) * 10**power for power, (top, bottom) in enumerate(columns)
    )
    yield _answer(Fraction(all_forgotten, scale), MistakeName.CARRY_FORGOTTEN)


def _columns(larger: int, smaller: int) -> list[tuple[int, int]]:
    """The digits above each other, the last ones first."""
    digits = str(larger)[::-1]
    others = str(smaller)[::-1].ljust(len(digits), "0")
    return [(int(top), int(bottom)) for top, bottom in zip(digits, others, strict=True)]


def _common_divisors_and_multiples(
    numbers: tuple[Fraction, ...], right: Fraction
) -> Iterator[MistakenAnswer]:
    """6 and 216 for the least common multiple 36 of 12 and 18"""
    whole = [number.numerator for number in numbers if number.denominator == 1 and number > 1]
    if len(set(whole)) < len(whole):
        return
    if not 2 <= len(whole) <= 4 or len(whole) < len(numbers):
        return
    multiple, divisor = math.lcm(*whole), math.gcd(*whole)
    if right not in (multiple, divisor) or multiple == divisor or divisor == 1:
        return
    is_multiple = right == multiple
    yield _answer(divisor if is_multiple else multiple, MistakeName.LCM_FOR_GCD)
    yield _answer(math.prod(whole), MistakeName.PRODUCT_FOR_MULTIPLE_OR_DIVISOR)
    yield _answer(sum(whole), MistakeName.PRODUCT_FOR_MULTIPLE_OR_DIVISOR)
    if is_multiple:
        for factor in (2, 3):
            yield _answer(multiple * factor, MistakeName.MULTIPLE_NOT_LEAST)
        return
    smaller = [n for n in range(2, min(divisor, 1_000)) if divisor % n == 0]
    for number in smaller[-MAX_DIVISORS:]:
        yield _answer(number, MistakeName.DIVISOR_NOT_GREATEST)


def _with_exponent_off(right: Fraction, question: Question) -> Iterator[MistakenAnswer]:
    """5.2·10^-3 for 5.2·10^-4"""
    if not right or not question.mentions(_SCIENTIFIC):
        return
    power = math.floor(math.log10(abs(right)))
    yield _answer(right / Fraction(10) ** (2 * power), MistakeName.SIGN_OF_EXPONENT)
    for shift in (1, -1):
        yield _answer(right * Fraction(10) ** shift, MistakeName.OFF_BY_ONE)


def place_value_mistakes(question: Question) -> Iterator[MistakenAnswer]:
    """0.6 and 0.006 for 0.06"""
    right = question.number
    if not right:
        return
    if question.mentions(_PERCENT):
        yield _answer(right * 100, MistakeName.FORGOT_TO_DIVIDE_BY_HUNDRED)
    if question.mentions(_EACH):
        for number in sorted(set(question.numbers)):
            if number > 1 and number.denominator == 1:
                yield _answer(right * number, MistakeName.STOPPED_EARLY)
    if question.mentions(_MEAN):
        return  # ten times the mean of ten numbers is their sum
    name = MistakeName.PLACE_VALUE_SHIFTED
    if question.mentions(_CONVERT):
        name = MistakeName.CONVERSION_FACTOR
    numbers = all_numbers(question)
    for power in (1, -1, 2, -2, 3, -3):
        if 10 ** abs(power) not in numbers:  # by which it may have been multiplied
            yield _answer(right * Fraction(10) ** power, name)
