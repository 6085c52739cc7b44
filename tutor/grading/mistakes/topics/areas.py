"""Plane figures and scale: areas, perimeters, what doubling a length does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations

from tutor.grading.mistakes.explanation import MistakenAnswer, Question
from tutor.grading.mistakes.names import MistakeName
from tutor.grading.parsing.tree import Num

MAX_NUMBERS = 4
_N = MistakeName
_FIGURE = re.compile(
    r"\barea\b|perimeter|rectang|triang|square|trapez|parallelogram|rhomb|\bfield|garden|\bpen\b"
    r"|fence|Fläche|Umfang|Rechteck|Dreieck|Quadrat|Zaun|\baire\b|périmètre|carré|clôture|área"
    r"|perímetro|cuadrado|rectángulo|面积|周长|矩形|长方形|正方形|三角形|梯形|篱笆",
    re.IGNORECASE,
)
_SCALE = re.compile(
    r"doubl|verdoppel|tripl|verdreifach|\btwice|\btimes as|scale|similar|ähnlich|maßstab|factor"
    r"|faktor|semblable|échelle|facteur|semejant|escala|相似|扩大|倍|比例尺",
    re.IGNORECASE,
)
_WORDS = (
    (re.compile(r"doubl|verdoppel|twice|doppelt|两倍|2倍", re.I), Fraction(2)),
    (re.compile(r"tripl|verdreifach|three times|dreifach|三倍|3倍", re.I), Fraction(3)),
    (re.compile(r"halv|halbier|divisé par deux|一半", re.I), Fraction(1, 2)),
)
_WALL = re.compile(
    r"wall|river|barn|house|Mauer|Wand|Fluss|mur\b|rivière|muro|pared|río|墙|河", re.I
)


def area_mistakes(question: Question) -> Iterator[MistakenAnswer]:
    if question.number is None or len(question.numbers) > MAX_NUMBERS:
        return
    numbers = [number for number in question.numbers if number > 0]
    if question.mentions(_FIGURE):
        for a, b in permutations(numbers, 2):
            if a <= b:
                yield from _two_lengths(a, b, question)
        for a in numbers:
            yield from _one_length(a, question)
        for a, b, h in permutations(numbers, 3):
            yield from _trapezium(a, b, h, question)
        if question.mentions(_WALL):
            for length in numbers:
                yield from _fence(length, question)
    if question.mentions(_SCALE):
        yield from _scaled(numbers, question)


def _answer(value: Fraction, name: MistakeName) -> MistakenAnswer:
    return MistakenAnswer(Num(value), name)


def _two_lengths(a: Fraction, b: Fraction, question: Question) -> Iterator[MistakenAnswer]:
    if question.is_right(Num(a * b / 2)):
        yield _answer(a * b, _N.HALF_FORGOTTEN)
        yield _answer(a + b, _N.ADDED_INSTEAD_OF_MULTIPLIED)
        yield _answer((a + b) / 2, _N.ADDED_INSTEAD_OF_MULTIPLIED)
        yield _answer(a * b / 4, _N.FACTOR_FORGOTTEN)
    elif question.is_right(Num(a * b)):
        yield _answer(2 * (a + b), _N.AREA_FOR_CIRCUMFERENCE)
        yield _answer(a + b, _N.ADDED_INSTEAD_OF_MULTIPLIED)
        yield _answer(a * b / 2, _N.HALF_FORGOTTEN)
    elif question.is_right(Num(b / a)) and not question.mentions(_SCALE):
        yield _answer(b / 2 - a, _N.AREA_FOR_CIRCUMFERENCE)
    elif question.is_right(Num(b / 2 - a)):
        yield _answer(b / a, _N.AREA_FOR_CIRCUMFERENCE)
        yield _answer(b - a, _N.FACTOR_FORGOTTEN)
        yield _answer(b - 2 * a, _N.STOPPED_EARLY)
        yield _answer((b - a) / 2, _N.TERM_DROPPED)
    elif question.is_right(Num(2 * (a + b))):
        yield _answer(a * b, _N.AREA_FOR_CIRCUMFERENCE)
        yield _answer(a + b, _N.FACTOR_FORGOTTEN)
        yield _answer(2 * a + b, _N.TERM_DROPPED)
        yield _answer(a + 2 * b, _N.TERM_DROPPED)


def _one_length(a: Fraction, question: Question) -> Iterator[MistakenAnswer]:
    """A square"""
    if question.is_right(Num(a * a)) and a != 1:
        yield _answer(4 * a, _N.AREA_FOR_CIRCUMFERENCE)
        yield _answer(2 * a, _N.POWER_AS_PRODUCT)
    elif question.is_right(Num(4 * a)) and a != 1:
        yield _answer(a * a, _N.AREA_FOR_CIRCUMFERENCE)
        yield _answer(2 * a, _N.FACTOR_FORGOTTEN)


def _trapezium(
    a: Fraction, b: Fraction, h: Fraction, question: Question
) -> Iterator[MistakenAnswer]:
    if a <= b and question.is_right(Num((a + b) * h / 2)):
        yield _answer((a + b) * h, _N.HALF_FORGOTTEN)
        yield _answer(a * b * h / 2, _N.MULTIPLIED_INSTEAD_OF_ADDED)
        yield _answer(a * b * h, _N.MULTIPLIED_INSTEAD_OF_ADDED)
        for side in (a, b):
            yield _answer(side * h, _N.TERM_DROPPED)
            yield _answer(side * h / 2, _N.TERM_DROPPED)
        yield _answer((b - a) * h / 2, _N.HALF_DIFFERENCE_FOR_MEAN)
        yield _answer(a + b * h / 2, _N.ORDER_OF_OPERATIONS)
        yield _answer(b + a * h / 2, _N.ORDER_OF_OPERATIONS)


def _fence(length: Fraction, question: Question) -> Iterator[MistakenAnswer]:
    """Three sides of the largest pen at a wall"""
    if question.is_right(Num(length**2 / 8)):
        yield _answer(length**2 / 16, _N.WALL_COUNTED)
        for side in (length / 4, length / 2):
            yield _answer(side, _N.POSITION_FOR_VALUE)
        yield _answer(length**2 / 9, _N.FACTOR_FORGOTTEN)
    for side, wrong in ((length / 4, length / 2), (length / 2, length / 4)):
        if question.is_right(Num(side)):
            yield _answer(length**2 / 8, _N.POSITION_FOR_VALUE)
            yield _answer(wrong, _N.OTHER_PART_ANSWERED)


def _scaled(numbers: list[Fraction], question: Question) -> Iterator[MistakenAnswer]:
    """8 times the volume for twice the length"""
    factors = [factor for words, factor in _WORDS if question.mentions(words)]
    for k in (*factors, *(n for n in numbers if n not in (0, 1) and n <= 1000)):
        for start in (Fraction(1), *numbers):
            if start == k and start in numbers and numbers.count(start) == 1:
                continue
            yield from _of_scale(k, start, question)
    for a, b in permutations(numbers, 2):
        for start in numbers:
            if start not in (a, b):
                yield from _of_scale(b / a, start, question)


def _of_scale(k: Fraction, start: Fraction, question: Question) -> Iterator[MistakenAnswer]:
    if k == 1:
        return
    for power in (2, 3):
        if question.is_right(Num(start * k**power)):
            for other in (1, 2, 3):
                if other != power:
                    yield _answer(start * k**other, _N.LENGTH_RATIO_FOR_AREA)
            yield _answer(start * k * power, _N.POWER_AS_PRODUCT)
            yield _answer(start / k**power, _N.QUOTIENT_UPSIDE_DOWN)
