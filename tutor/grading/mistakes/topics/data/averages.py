"""Averages: means with and without frequencies, a missing value, medians, modes, ranges."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from tutor.grading.mistakes.explanation import MistakenAnswer, Question, is_right_number
from tutor.grading.mistakes.names import MistakeName
from tutor.grading.mistakes.topics.data.number_words import all_numbers
from tutor.grading.numeric.rationals import median_of
from tutor.grading.parsing.tree import Num
from tutor.grading.working.knowledge.statistics import data_in
from tutor.grading.working.quantities.stated import plain_text

MIN_DATA = 3
MAX_NUMBERS = 24
_N = MistakeName
_AVERAGE = re.compile(
    r"\bmeans?\b|averag|median|\bmode\b|\brange\b|mittelwert|durchschnitt|arithmetische|modus"
    r"|modalwert|zentralwert|spannweite|moyen|médian|étendue|\bmedia\b|promedio|\bmoda\b|rango"
    r"|平均|中位数|众数|极差",
    re.IGNORECASE,
)
_SPREAD = re.compile(
    r"varian|deviation|standardabweichung|écart|desviación|方差|标准差", re.IGNORECASE
)
_DATA_UNITS = re.compile(r"\\(?:text|mathrm)\s*\{[^{}]{0,20}\}|[°€$]")


def average_mistakes(question: Question) -> Iterator[MistakenAnswer]:
    if question.number is None:
        return
    if question.mentions(_SPREAD):
        yield from _of_variance(question)
        return
    if not question.mentions(_AVERAGE):
        return
    numbers = all_numbers(question)
    if not MIN_DATA <= len(numbers) <= MAX_NUMBERS:
        return
    data = data_in(plain_text(_DATA_UNITS.sub(" ", question.statement)))
    if len(data) >= MIN_DATA:
        yield from _of_data(data, question)
        yield from _missing_value(data, list((Counter(numbers) - Counter(data)).keys()), question)
    yield from _with_frequencies(numbers, question)
    yield from _changed_mean(numbers, question)


def _of_variance(question: Question) -> Iterator[MistakenAnswer]:
    """10 for the variance 2 of 9, 7, 10, 8, 6"""
    data = data_in(plain_text(_DATA_UNITS.sub(" ", question.statement)))
    if not MIN_DATA <= len(data) <= MAX_NUMBERS:
        return
    mean = _mean(data)
    squares = sum(((value - mean) ** 2 for value in data), Fraction(0))
    if squares and is_right_number(question, squares / len(data)):
        yield _answer(squares, _N.STOPPED_EARLY)


def _answer(value: Fraction, name: MistakeName) -> MistakenAnswer:
    return MistakenAnswer(Num(value), name)


def _mean(data: Sequence[Fraction]) -> Fraction:
    return sum(data, Fraction(0)) / len(data)


def _modes(data: Sequence[Fraction]) -> list[Fraction]:
    """The most frequent values; none where all are equally frequent."""
    counts = Counter(data)
    most = max(counts.values())
    modes = [value for value, count in counts.items() if count == most]
    return [] if len(modes) == len(counts) else modes


def _statistics(data: Sequence[Fraction]) -> Iterator[Fraction]:
    ordered = sorted(data)
    yield _mean(data)
    yield median_of(ordered)
    yield from _modes(data)
    yield ordered[-1] - ordered[0]
    yield (ordered[0] + ordered[-1]) / 2


def _of_data(data: Sequence[Fraction], question: Question) -> Iterator[MistakenAnswer]:
    ordered = sorted(data)
    if is_right_number(question, median_of(ordered)) and _asks_median(question):
        yield from _of_median(data)
    elif is_right_number(question, _mean(data)):
        for count in (len(data) - 1, len(data) + 1):
            yield _answer(sum(data, Fraction(0)) / count, _N.OFF_BY_ONE)
        yield _answer(sum(data, Fraction(0)), _N.STOPPED_EARLY)
    elif is_right_number(question, ordered[-1] - ordered[0]):
        yield _answer(abs(data[-1] - data[0]), _N.NOT_SORTED)
        yield _answer(ordered[-1], _N.STOPPED_EARLY)
    else:
        modes = _modes(data)
        if len(modes) != 1 or question.number != modes[0]:
            return
        yield _answer(Fraction(data.count(modes[0])), _N.OTHER_PART_ANSWERED)
    for value in _statistics(data):
        yield _answer(value, _N.OTHER_STATISTIC)


_MEDIAN = re.compile(r"median|médian|zentralwert|中位数", re.IGNORECASE)


def _asks_median(question: Question) -> bool:
    return question.mentions(_MEDIAN)


def _of_median(data: Sequence[Fraction]) -> Iterator[MistakenAnswer]:
    """11.5, 7 and 10 for the median 8.5 of 10, 2, 21, 7"""
    ordered, half = sorted(data), len(data) // 2
    yield _answer(median_of(data), _N.NOT_SORTED)
    if len(data) % 2 == 0:
        for value in (ordered[half - 1], ordered[half]):
            yield _answer(value, _N.MIDDLE_VALUE_ALONE)
    for value in _statistics(data):
        yield _answer(value, _N.OTHER_STATISTIC)
    if len(data) % 2 == 0:
        yield _answer(ordered[half - 1] + ordered[half], _N.HALF_FORGOTTEN)
        for value in (data[half - 1], data[half]):
            yield _answer(value, _N.NOT_SORTED)
    else:
        for other in (half - 1, half + 1):
            yield _answer(ordered[other], _N.OFF_BY_ONE)
    yield _answer(Fraction(len(data) + 1, 2), _N.POSITION_FOR_VALUE)


def _missing_value(
    data: Sequence[Fraction], others: Sequence[Fraction], question: Question
) -> Iterator[MistakenAnswer]:
    """79 and 81 where 72, 85, 78, 81 and the sought 84 have the mean 80"""
    total, count = sum(data, Fraction(0)), len(data)
    for mean in dict.fromkeys(others):
        if question.number != mean * (count + 1) - total:
            continue
        yield _answer(_mean(data), _N.STOPPED_EARLY)
        yield _answer(2 * mean - _mean(data), _N.DIFFERENCE_NOT_MULTIPLIED)
        yield _answer(mean * count - total, _N.OFF_BY_ONE)
        yield _answer(mean, _N.CONDITION_NOT_USED)
        for unfinished in (mean * (count + 1), total):
            yield _answer(unfinished, _N.STOPPED_EARLY)
        yield _answer((total + mean) / (count + 1), _N.OTHER_PART_ANSWERED)
        return


def _with_frequencies(numbers: Sequence[Fraction], question: Question) -> Iterator[MistakenAnswer]:
    """2 and 7 for the mean 2.1 of two times 1, five times 2 and three times 3"""
    for values, counts in _tables(numbers):
        size = sum(counts, Fraction(0))
        total = sum((v * c for v, c in zip(values, counts, strict=True)), Fraction(0))
        if not size or not is_right_number(question, total / size):
            continue
        rows = len(values)
        yield _answer(_mean(values), _N.FREQUENCIES_IGNORED)
        yield _answer(total / rows, _N.FREQUENCIES_IGNORED)
        yield _answer(size / rows, _N.FREQUENCIES_IGNORED)
        yield _answer(total, _N.STOPPED_EARLY)
        if values_sum := sum(values, Fraction(0)):
            yield _answer(total / values_sum, _N.FREQUENCIES_IGNORED)
        if all(c.denominator == 1 for c in counts) and size <= 1000:
            data = [v for v, c in zip(values, counts, strict=True) for _ in range(int(c))]
            for value in _statistics(data):
                yield _answer(value, _N.OTHER_STATISTIC)
        return


def _tables(
    numbers: Sequence[Fraction],
) -> Iterator[tuple[Sequence[Fraction], Sequence[Fraction]]]:
    """Ways to read the numbers as values with their frequencies, perhaps with their sum too."""
    for start, end in ((0, 0), (1, 0), (0, 1)):
        rest = numbers[start : len(numbers) - end]
        if len(rest) < 4 or len(rest) % 2:
            continue
        half = len(rest) // 2
        for first, second in ((rest[::2], rest[1::2]), (rest[:half], rest[half:])):
            for values, counts in ((first, second), (second, first)):
                if start + end == 0 or sum(counts, Fraction(0)) in (numbers[0], numbers[-1]):
                    yield values, counts


def _changed_mean(numbers: Sequence[Fraction], question: Question) -> Iterator[MistakenAnswer]:
    """Of so many values with a mean, to which a value comes, or a value that changes the mean"""
    if not 3 <= len(numbers) <= 4:
        return
    for count in numbers:
        if count.denominator != 1 or not 1 < count <= 100:
            continue
        rest = [number for number in numbers if number != count and number != count + 1]
        if len(rest) != 2:
            continue
        for old, other in (rest, rest[::-1]):
            if is_right_number(question, (count * old + other) / (count + 1)):
                yield _answer((old + other) / 2, _N.FREQUENCIES_IGNORED)
                yield _answer(count * old + other, _N.STOPPED_EARLY)
                yield _answer((count * old + other) / count, _N.OFF_BY_ONE)
            elif question.number == other * (count + 1) - old * count:
                yield _answer(2 * other - old, _N.DIFFERENCE_NOT_MULTIPLIED)
                yield _answer(other, _N.CONDITION_NOT_USED)
                yield _answer(abs(other - old), _N.STOPPED_EARLY)
                yield _answer((other - old) * count, _N.OFF_BY_ONE)
                yield _answer(other * (count + 1), _N.STOPPED_EARLY)
