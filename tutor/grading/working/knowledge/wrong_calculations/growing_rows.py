"""Rows that grow by the same step or factor: the 20th of them has 19 steps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from tutor.grading.parsing.tree import Add, Div, Mul, Neg, Num, Pow
from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.wrong_calculations.told_numbers import ANY_NUMBER, number_of
from tutor.grading.working.knowledge.wrong_calculations.wrong_calculation import (
    WrongCalculation,
    as_term,
)

_EACH = words(
    r"each|every|jed\w{1,2}|chaque|cada|suivante?s?|weitere\w?|täglich|following",
    "每|后面|以后",
)
_MORE = r"(?:more|mehr|länger|de plus|supplémentaires?|más|additional|further)"
_ORDINALS = {
    word: number
    for number, names in enumerate(
        (
            "third dritte\\w? troisième tercer\\w?",
            "fourth vierte\\w? quatrième cuart\\w",
            "fifth fünfte\\w? cinquième quint\\w",
            "sixth sechste\\w? sixième sext\\w",
            "seventh siebte\\w? septième séptim\\w",
            "eighth achte\\w? huitième octav\\w",
            "ninth neunte\\w? neuvième noven\\w",
            "tenth zehnte\\w? dixième décim\\w",
        ),
        start=3,
    )
    for word in names.split()
}
_STEP = re.compile(
    rf"(?<![\w.]){ANY_NUMBER}(?:\s\w{{1,15}}){{0,2}}?\s{_MORE}(?!\w)|多\s?{ANY_NUMBER}",
    re.IGNORECASE,
)
_DOUBLES = words(
    r"double[sd]?|doubling|twice|doppelt\w*|verdoppel\w*|doble|duplica", "两倍|2倍|翻倍"
)
_TREBLES = words(r"tripl\w+|treble\w*|three times|dreifach\w*|verdreifach\w*", "三倍|3倍")
_FIRST = words(
    r"first|erste[nrs]?|premi(?:er|ère)|primer[ao]?|1er|1st|starts?|beginn\w*", "第一|首"
)
_TOTAL = words(
    r"total|altogether|sum|in all|insgesamt|zusammen|summe|en tout|somme|acumula|suma",
    "总|一共|共计",
)
_PLAIN = re.compile(
    rf"(?<![A-Za-zÀ-ÿ\d.,]){ANY_NUMBER}(?:e|ème|th|\.)?(?![A-Za-zÀ-ÿ\d%])", re.IGNORECASE
)


def members(text: str) -> Iterator[WrongCalculation]:
    """18 + 20·3 for the 20th row, 5·2^8 for the 8th day."""
    if not _EACH.search(text) or (first := _FIRST.search(text)) is None:
        return
    step = _STEP.search(text)
    taken = step.span() if step else (-1, -1)
    numbers = [
        (number_of(match[1]), match)
        for match in _PLAIN.finditer(text)
        if not taken[0] <= match.start() < taken[1]
    ]
    near = [(abs(match.start() - first.end()), value) for value, match in numbers if value > 1]
    near = [entry for entry in near if entry[0] < 60]
    if not near:
        return
    start = min(near)[1]
    counts = {value for value, _ in numbers if value != start} | set(_ordinals(text))
    for count in sorted(c for c in counts if 3 <= c <= 400 and c.denominator == 1):
        if step:
            difference = number_of(step[1] or step[2])
            yield _off_by_one_sum(start, difference, count)
        for factor in _factors(text):
            yield from _off_by_one_powers(start, factor, int(count), bool(_TOTAL.search(text)))


def _ordinals(text: str) -> Iterator[Fraction]:
    for pattern, number in _ORDINALS.items():
        if re.search(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE):
            yield Fraction(number)


def _factors(text: str) -> Iterator[int]:
    if _DOUBLES.search(text):
        yield 2
    if _TREBLES.search(text):
        yield 3


def _off_by_one_sum(start: Fraction, step: Fraction, count: Fraction) -> WrongCalculation:
    written = Add((as_term(start), as_term(count * step)))
    right = Add((as_term(start), Mul((as_term(count - 1), as_term(step)))))
    return WrongCalculation(Slip.OFF_BY_ONE, written, right)


def _off_by_one_powers(
    start: Fraction, factor: int, count: int, is_summed: bool
) -> Iterator[WrongCalculation]:
    """5·2^8 for the 8th member, and 5·(2^7 - 1) for the sum of 8."""
    power, before = (Pow(as_term(factor), as_term(n)) for n in (count, count - 1))
    right = Mul((as_term(start), before))
    yield WrongCalculation(Slip.OFF_BY_ONE, Mul((as_term(start), power)), right)
    if is_summed:
        sums = (Mul((as_term(start), Add((p, Neg(Num(Fraction(1))))))) for p in (before, power))
        shorter, whole = (Div(total, as_term(factor - 1)) for total in sums)
        yield WrongCalculation(Slip.OFF_BY_ONE, shorter, whole)
