"""Probabilities of trials, dice and events, found again in the right number."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations, permutations

from tutor.grading.mistakes.explanation import MistakenAnswer, Question
from tutor.grading.mistakes.names import MistakeName
from tutor.grading.mistakes.topics.data.chance_finder import AT_LEAST, ChanceFinder, Pairs
from tutor.grading.mistakes.topics.data.draws import draw_mistakes, single_draw_mistakes
from tutor.grading.parsing.tree import Num

MAX_TRIALS = 20
_N = MistakeName
_CHANCE = re.compile(
    r"probab|\blikely\b|wahrscheinlich|\bchances?\b|\bodds\b|概率|可能性|几率|\bP\s*\(\s*[A-Z\\]|\\cap|\\cup",
    re.IGNORECASE,
)
_DIE = re.compile(r"\bdie\b|\bdice\b|würfel|\bdés?\b|\bdados?\b|骰子", re.IGNORECASE)
_COIN = re.compile(r"\bcoins?\b|münze|pièces?\b|monedas?\b|硬币", re.IGNORECASE)
_SEVERAL = re.compile(r"two|both|pair|zwei|beide|deux|dos|两|二", re.IGNORECASE)


def chance_mistakes(question: Question) -> Iterator[MistakenAnswer]:
    right = question.number
    if right is None or not question.mentions(_CHANCE):
        return
    finder = ChanceFinder(question, Fraction(100) if 1 < right <= 100 else Fraction(1))
    for source in _SOURCES:
        for value, name in source(finder):
            if value >= 0:
                yield MistakenAnswer(Num(value * finder.scale), name)


# ---- Dice


def _two_dice(finder: ChanceFinder) -> Pairs:
    """1/11 and 1/7 for the sum 7 of two dice, which is 1/6"""
    if not finder.mentions(_DIE) or not finder.mentions(_SEVERAL):
        return
    rolls = [(a, b) for a in range(1, 7) for b in range(1, 7)]
    for total in (n for n in finder.counts if 2 <= n <= 12):
        exactly = [roll for roll in rolls if sum(roll) == total]
        above = [roll for roll in rolls if sum(roll) > total]
        below = [roll for roll in rolls if sum(roll) < total]
        events = (exactly, above, above + exactly, below, below + exactly)
        for event in events:
            if event and finder.is_right(Fraction(len(event), 36)):
                yield from _of_rolls(event, [other for other in events if other != event])
                return
    if finder.is_right(Fraction(1, 6)):
        yield Fraction(1, 36), _N.ORDER_IGNORED
        yield Fraction(6, 21), _N.ORDER_IGNORED
        yield Fraction(1, 3), _N.ADDED_INSTEAD_OF_MULTIPLIED


def _of_rolls(event: list[tuple[int, int]], others: list[list[tuple[int, int]]]) -> Pairs:
    sums = {sum(roll) for roll in event}
    unordered = sum(1 for a, b in event if a <= b)
    yield Fraction(len(sums), 11), _N.OUTCOMES_NOT_EQUALLY_LIKELY
    yield Fraction(unordered, 21), _N.ORDER_IGNORED
    yield Fraction(unordered, 36), _N.ORDER_IGNORED
    yield Fraction(unordered, 18), _N.ORDER_IGNORED
    for size in (12, 6):
        yield Fraction(len(event), size), _N.OUTCOMES_NOT_EQUALLY_LIKELY
        yield Fraction(len(sums), size), _N.OUTCOMES_NOT_EQUALLY_LIKELY
    yield Fraction(len(sums), 36), _N.ORDER_IGNORED
    for other in others:
        yield Fraction(len(other), 36), _N.EXACTLY_FOR_AT_LEAST
    yield 1 - Fraction(len(event), 36), _N.COMPLEMENT_FORGOTTEN


def _one_die(finder: ChanceFinder) -> Pairs:
    """1/2 for more than 4 with one die, which is 1/3"""
    if not finder.mentions(_DIE) or finder.mentions(_SEVERAL):
        return
    for bound in (n for n in finder.counts if n <= 6):
        sizes = (1, 6 - bound, 7 - bound, bound - 1, bound)
        for size in sizes:
            if finder.is_right(Fraction(size, 6)):
                others = {6 - bound: 7 - bound, 7 - bound: 6 - bound}
                others |= {bound - 1: bound, bound: bound - 1}
                if size in others and size != 1:
                    yield Fraction(others[size], 6), _N.EXACTLY_FOR_AT_LEAST
                yield 1 - Fraction(size, 6), _N.COMPLEMENT_FORGOTTEN
                return


# ---- Several trials


def _trials(finder: ChanceFinder) -> Pairs:
    """7/8 for at least one head in three throws, and 3/8 for exactly one"""
    times = [n for n in finder.counts if 2 <= n <= MAX_TRIALS]
    if not times and finder.mentions(_SEVERAL):
        times = [2]
    for p in _single_chances(finder):
        for n in times:
            for k in range(n + 1):
                yield from _of_trials(p, n, k, finder)


def _single_chances(finder: ChanceFinder) -> list[Fraction]:
    chances = list(finder.chances)
    if finder.mentions(_COIN):
        chances.append(Fraction(1, 2))
    if finder.mentions(_DIE):
        chances += [Fraction(1, 6), Fraction(1, 3), Fraction(1, 2), Fraction(2, 3)]
    return list(dict.fromkeys([*chances, *(1 - chance for chance in chances)]))


def _exactly(p: Fraction, n: int, k: int) -> Fraction:
    return math.comb(n, k) * p**k * (1 - p) ** (n - k)


def _from(p: Fraction, n: int, k: int) -> Fraction:
    """At least k times."""
    return sum((_exactly(p, n, times) for times in range(k, n + 1)), Fraction(0))


def _of_trials(p: Fraction, n: int, k: int, finder: ChanceFinder) -> Pairs:
    exactly, at_least = _exactly(p, n, k), _from(p, n, k)
    if 0 < k < n and finder.mentions(AT_LEAST) and finder.is_right(at_least):
        yield 1 - at_least, _N.COMPLEMENT_FORGOTTEN
        for other in (exactly, at_least - exactly):
            yield other, _N.EXACTLY_FOR_AT_LEAST
        yield p**k * (1 - p) ** (n - k), _N.EXACTLY_FOR_AT_LEAST
        yield p**n, _N.EXACTLY_FOR_AT_LEAST
        yield 1 - p**n, _N.COMPLEMENT_FORGOTTEN
        yield n * p, _N.INTERSECTION_NOT_SUBTRACTED
        yield p, _N.STOPPED_EARLY
        yield Fraction(n - k + 1, n + 1), _N.OUTCOMES_NOT_EQUALLY_LIKELY
    elif k == n and finder.is_right(exactly):
        yield n * p, _N.ADDED_INSTEAD_OF_MULTIPLIED
        yield p, _N.STOPPED_EARLY
        yield 1 - exactly, _N.COMPLEMENT_FORGOTTEN
        yield (1 - p) ** n, _N.OTHER_PART_ANSWERED
        yield p / n, _N.COUNTING_FORMULA
        yield Fraction(1, n + 1), _N.OUTCOMES_NOT_EQUALLY_LIKELY
    elif 0 < k < n and not finder.mentions(AT_LEAST) and finder.is_right(exactly):
        yield p**k * (1 - p) ** (n - k), _N.ORDER_IGNORED
        yield Fraction(1, n + 1), _N.OUTCOMES_NOT_EQUALLY_LIKELY
        for other in (at_least, 1 - at_least + exactly):
            yield other, _N.EXACTLY_FOR_AT_LEAST
        yield p**k, _N.ORDER_IGNORED
        yield n * p**k * (1 - p) ** (n - k), _N.COUNTING_FORMULA
        yield math.perm(n, k) * p**k * (1 - p) ** (n - k), _N.PERMUTATIONS_FOR_COMBINATIONS
        yield math.comb(n, k) * p**k, _N.TERM_DROPPED
        yield 1 - exactly, _N.COMPLEMENT_FORGOTTEN
        yield k * p, _N.ADDED_INSTEAD_OF_MULTIPLIED
        yield Fraction(k, n), _N.OUTCOMES_NOT_EQUALLY_LIKELY


# ---- Events with given probabilities


def _events(finder: ChanceFinder) -> Pairs:
    """0.9 for the union 0.8 of 0.6 and 0.3 with 0.1 in both"""
    given = finder.chances
    for a, b in combinations(given, 2):
        if a + b == 1:
            continue
        for c in (*(n for n in given if n not in (a, b)), a * b):
            if finder.is_right(a + b - c):
                if c == a * b and finder.mentions(AT_LEAST):
                    yield c, _N.EXACTLY_FOR_AT_LEAST
                yield from _of_union(a, b, c)
                return
    for a, b in permutations(given, 2):
        for c in (n for n in given if n not in (a, b)):
            if a < b and finder.is_right(a + b - c):
                yield from _of_union(a, b, c)
        if finder.is_right(a * b) and a < b:
            yield from _of_both(a, b)
        elif a < b and finder.is_right(a / b):
            yield from _of_condition(a, b, [n for n in given if n not in (a, b)])
    for a in given:
        if finder.is_right(1 - a):
            yield a, _N.COMPLEMENT_FORGOTTEN


def _of_union(a: Fraction, b: Fraction, c: Fraction) -> Pairs:
    yield a + b, _N.INTERSECTION_NOT_SUBTRACTED
    yield a * b, _N.MULTIPLIED_INSTEAD_OF_ADDED
    yield a + b + c, _N.SIGN_ERROR
    yield 1 - (a + b - c), _N.COMPLEMENT_FORGOTTEN
    yield a + b - 2 * c, _N.INTERSECTION_NOT_SUBTRACTED
    yield c, _N.OTHER_PART_ANSWERED
    for part in (a - c, b - c):
        yield part, _N.OTHER_PART_ANSWERED


def _of_both(a: Fraction, b: Fraction) -> Pairs:
    yield a + b, _N.ADDED_INSTEAD_OF_MULTIPLIED
    yield a + b - a * b, _N.OTHER_PART_ANSWERED
    yield 1 - a * b, _N.COMPLEMENT_FORGOTTEN
    yield (1 - a) * (1 - b), _N.OTHER_PART_ANSWERED
    for single, other in ((a, b), (b, a)):
        yield single * (1 - other), _N.COMPLEMENT_FORGOTTEN
        yield single / other, _N.DIVIDED_INSTEAD_OF_MULTIPLIED
    yield (a + b) / 2, _N.COUNTING_FORMULA


def _of_condition(joint: Fraction, condition: Fraction, others: Sequence[Fraction]) -> Pairs:
    for other in others:
        yield joint / other, _N.WRONG_CONDITION
    yield joint, _N.WRONG_CONDITION
    yield joint * condition, _N.MULTIPLIED_INSTEAD_OF_DIVIDED
    yield condition / joint, _N.QUOTIENT_UPSIDE_DOWN
    for other in others:
        yield other, _N.CONDITION_NOT_USED
        yield condition * other, _N.CONDITION_NOT_USED


def _branches(finder: ChanceFinder) -> Pairs:
    """A tree with two branches: all that is so, and the share of the first branch in it"""
    given = finder.chances
    either = dict.fromkeys([*given, *(1 - p for p in given)])
    for first in given[:1]:
        for yes, no in permutations(either, 2):
            if {yes, 1 - yes} & {first} or {no, 1 - no} & {first}:
                continue
            joint, other = first * yes, (1 - first) * no
            if not joint + other:
                continue
            if finder.is_right(joint + other):
                yield from _of_total(first, yes, no)
                return
            for part, single in ((joint, yes), (other, no)):
                if finder.is_right(part / (joint + other)):
                    yield single, _N.WRONG_CONDITION
                    yield part, _N.WRONG_CONDITION
                    yield joint + other, _N.STOPPED_EARLY
                    yield 1 - part / (joint + other), _N.COMPLEMENT_FORGOTTEN
                    yield first, _N.CONDITION_NOT_USED
                    return


def _of_total(first: Fraction, yes: Fraction, no: Fraction) -> Pairs:
    joint, other = first * yes, (1 - first) * no
    for part in (joint, other):
        yield part, _N.STOPPED_EARLY
    yield yes + no, _N.FREQUENCIES_IGNORED
    yield (yes + no) / 2, _N.FREQUENCIES_IGNORED
    yield first * no + (1 - first) * yes, _N.WRONG_CONDITION
    yield joint + (1 - first) * (1 - no), _N.WRONG_CONDITION
    yield 1 - joint - other, _N.COMPLEMENT_FORGOTTEN
    yield yes * no, _N.MULTIPLIED_INSTEAD_OF_ADDED
    yield joint * other, _N.MULTIPLIED_INSTEAD_OF_ADDED


def _shares(finder: ChanceFinder) -> Pairs:
    """12/30 for 12/18: of all, instead of those that fulfil the condition"""
    counts = [int(n) for n in finder.numbers if n.denominator == 1 and n > 0]
    for joint, group in permutations(dict.fromkeys(counts), 2):
        if joint < group and finder.is_right(Fraction(joint, group)):
            for other in dict.fromkeys(counts):
                if other > joint and other != group:
                    yield Fraction(joint, other), _N.WRONG_CONDITION
            for other in dict.fromkeys(counts):
                if joint != other < group:
                    yield Fraction(other, group), _N.OTHER_PART_ANSWERED
            return


_SOURCES: tuple[Callable[[ChanceFinder], Pairs], ...] = (
    _two_dice,
    _one_die,
    _trials,
    draw_mistakes,
    single_draw_mistakes,
    _events,
    _branches,
    _shares,
)
