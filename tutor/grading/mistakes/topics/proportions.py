"""Proportions, shares, speeds, and two numbers of which the sum is known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations

from tutor.grading.mistakes.explanation import MistakenAnswer, Question, is_right_number
from tutor.grading.mistakes.names import MistakeName
from tutor.grading.parsing.tree import Add, Comparison, Mul, Neg, Num, Sym, free_names

_N = MistakeName
_RATIO = re.compile(r"\bratio|Verhältnis|rapport|razón|proporción|\d\s*:\s*\d|比", re.I)
_TRIANGLE = re.compile(r"angles? of a triangle|triangle.{0,40}angles|Dreieck|triangle|三角形", re.I)
_OPERATOR = re.compile(r"\\(?:lim|int|sum|log|ln)\b|\^")
_SUM_AND_DIFFERENCE = re.compile(
    r"difference|Differenz|différence|diferencia|more than|less than|mehr als|älter|older|差|多|少",
    re.I,
)
_DELIMITERS = re.compile(r"\\[()]|\$")
_HOURS_AND_MINUTES = re.compile(
    r"(\d{1,2})\s{0,3}+(?:h\b|hours?\b|Stunden?\b|heures?\b|horas?\b|小时)\s{0,3}+(?:and|und|et|y)?\s{0,3}+"
    r"(\d{1,2})\s{0,3}+(?:min|m\b|分)",
    re.I,
)


def proportion_mistakes(question: Question) -> Iterator[MistakenAnswer]:
    yield from _multiples(question)
    if question.number is None:
        return
    numbers = [number for number in question.numbers if number > 0]
    if len(numbers) == 3 and not _has_formula(question):
        yield from _three_numbers(numbers, question)
    if question.mentions(_RATIO) and len(numbers) in (3, 4) and not _has_formula(question):
        yield from _three_parts(numbers, question)
    if len(numbers) == 2 and question.mentions(_SUM_AND_DIFFERENCE):
        yield from _sum_and_difference(numbers[0], numbers[1], question)
    yield from _speeds(question)


def _has_formula(question: Question) -> bool:
    """Whether the statement has a term or an equation with letters."""
    if question.mentions(_OPERATOR):
        return True
    task = question.task
    return any(free_names(value) for value in (*task.expressions, *task.equations))


def _answer(value: Fraction, name: MistakeName) -> MistakenAnswer:
    return MistakenAnswer(Num(value), name)


def _multiples(question: Question) -> Iterator[MistakenAnswer]:
    """S = P + 6 for S = 6P"""
    match question.right:
        case Comparison("=", Sym() as left, Mul((Num() as factor, Sym() as right))):
            for first, second in ((left, right), (right, left)):
                for step in (factor, Neg(factor)):
                    value = Comparison("=", first, Add((second, step)))
                    yield MistakenAnswer(value, _N.ADDITIVE_FOR_MULTIPLICATIVE)


def _three_numbers(numbers: list[Fraction], question: Question) -> Iterator[MistakenAnswer]:
    if question.mentions(_RATIO):
        for total, a, b in permutations(numbers):
            yield from _shared(total, a, b, question)
    for first, second, third in permutations(numbers):
        if first > second or not is_right_number(question, first * second / third):
            continue
        for known, other in ((first, second), (second, first)):
            yield _answer(known * third / other, _N.DIRECT_FOR_INVERSE_PROPORTION)
        for known, other in ((first, second), (second, first)):
            yield _answer(known + other - third, _N.ADDITIVE_FOR_MULTIPLICATIVE)
            yield _answer(abs(known + third - other), _N.ADDITIVE_FOR_MULTIPLICATIVE)
            yield _answer(known / third, _N.STOPPED_EARLY)
        yield _answer(first * second, _N.STOPPED_EARLY)


def _shared(
    total: Fraction, a: Fraction, b: Fraction, question: Question
) -> Iterator[MistakenAnswer]:
    """60 sweets in the ratio 2 : 3"""
    if not is_right_number(question, total * a / (a + b)):
        return
    yield _answer(total * b / (a + b), _N.OTHER_PART_ANSWERED)
    yield _answer(total * a / b, _N.PART_FOR_WHOLE_RATIO)
    yield _answer(total / b, _N.PART_FOR_WHOLE_RATIO)
    yield _answer(total / a, _N.PART_FOR_WHOLE_RATIO)
    yield _answer(total / (a + b), _N.STOPPED_EARLY)
    yield _answer(total * a, _N.STOPPED_EARLY)
    yield _answer(total / 2, _N.PART_FOR_WHOLE_RATIO)


def _three_parts(numbers: list[Fraction], question: Question) -> Iterator[MistakenAnswer]:
    """The angles of a triangle, or 60 sweets, in the ratio 2 : 3 : 4"""
    totals = numbers[:1] + numbers[3:] if len(numbers) == 4 else []
    if len(numbers) == 3 and question.mentions(_TRIANGLE):
        totals = [Fraction(180)]
    for total in totals:
        parts = [n for n in numbers if n != total] if len(numbers) == 4 else numbers
        unit = total / sum(parts)
        if not any(is_right_number(question, unit * part) for part in parts):
            continue
        for part in parts:
            yield _answer(unit * part, _N.OTHER_PART_ANSWERED)
        for part in parts if total == 180 else ():
            yield _answer(2 * unit * part, _N.WRONG_ANGLE_SUM)
        for part in parts:
            yield _answer(total / part, _N.PART_FOR_WHOLE_RATIO)
        yield _answer(unit, _N.STOPPED_EARLY)
        yield _answer(total / len(parts), _N.PART_FOR_WHOLE_RATIO)


def _sum_and_difference(
    first: Fraction, second: Fraction, question: Question
) -> Iterator[MistakenAnswer]:
    for total, difference in ((first, second), (second, first)):
        larger, smaller = (total + difference) / 2, (total - difference) / 2
        for right, other in ((larger, smaller), (smaller, larger)):
            if not is_right_number(question, right) or not difference:
                continue
            yield _answer(total - difference, _N.SUBTRACTED_ONCE)
            yield _answer(other, _N.OTHER_PART_ANSWERED)
            yield _answer(total / 2 + difference, _N.HALF_OF_SUM_PLUS_DIFFERENCE)
            yield _answer(total / 2 - difference, _N.HALF_OF_SUM_PLUS_DIFFERENCE)
            yield _answer(total + difference, _N.HALF_FORGOTTEN)
            yield _answer(total / 2, _N.STOPPED_EARLY)


def _speeds(question: Question) -> Iterator[MistakenAnswer]:
    """27 km in 1 h 30 min"""
    match = _HOURS_AND_MINUTES.search(_DELIMITERS.sub("", question.statement))
    if match is None:
        return
    hours, minutes = Fraction(match[1]), Fraction(match[2])
    time, as_decimal = hours + minutes / 60, hours + minutes / 100
    lengths = [n for n in question.numbers if n not in (hours, minutes)]
    if not time or not as_decimal:
        return
    for length in lengths:
        for right, turned, by_decimal, by_minutes in (
            (length / time, length * time, length / as_decimal, length / (60 * time)),
            (length * time, length / time, length * as_decimal, length * 60 * time),
        ):
            if is_right_number(question, right):
                yield _answer(by_decimal, _N.MINUTES_AS_DECIMALS)
                is_quotient = right == length / time
                yield _answer(
                    turned,
                    _N.MULTIPLIED_INSTEAD_OF_DIVIDED
                    if is_quotient
                    else _N.DIVIDED_INSTEAD_OF_MULTIPLIED,
                )
                yield _answer(by_minutes, _N.CONVERSION_FACTOR)
                yield _answer(1 / right, _N.QUOTIENT_UPSIDE_DOWN)
