"""Draws from a bag or a pack of cards, found again in the right probability."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from tutor.grading.mistakes.names import MistakeName
from tutor.grading.mistakes.topics.data.chance_finder import AT_LEAST, ChanceFinder, Pairs

_N = MistakeName
_CARDS = re.compile(r"\bcards?\b|spielkarte|\bcartes?\b|\bcartas?\b|扑克", re.IGNORECASE)


def _bags(finder: ChanceFinder) -> Iterator[tuple[int, int]]:
    """How many balls are of one colour, and how many there are: some from 5 and 3, or 5 of 8"""
    counts = [n for n in finder.counts if n <= 100]
    if finder.mentions(_CARDS):
        for total in (52, 32):
            for favourable in (4, 8, 13, 16, 12, 26):
                if favourable < total:
                    yield favourable, total
    for size in (2, 3, 4):
        for group in combinations(counts, size):
            for favourable in group:
                yield favourable, sum(group)
    for total in counts:
        for favourable in counts:
            if favourable < total:
                yield favourable, total
    for n in counts:
        yield n, 2 * n


def draw_mistakes(finder: ChanceFinder) -> Pairs:
    for favourable, total in dict.fromkeys(_bags(finder)):
        for k in (2, 3):
            if favourable <= total and total > k:
                yield from _of_draws(favourable, total, k, finder)
                yield from _of_mixed_draws(favourable, total, k, finder)


def _of_draws(f: int, total: int, k: int, finder: ChanceFinder) -> Pairs:
    """All k of one colour"""
    removed = Fraction(math.comb(f, k), math.comb(total, k))
    replaced = Fraction(f, total) ** k
    single = Fraction(f, total)
    if finder.is_right(removed) and f > 1:
        yield replaced, _N.WITH_FOR_WITHOUT_REPLACEMENT
        yield single * Fraction(f - 1, total), _N.WITH_FOR_WITHOUT_REPLACEMENT
        yield single * Fraction(f, total - 1), _N.WITH_FOR_WITHOUT_REPLACEMENT
        steps = (Fraction(f - n, total - n) for n in range(k))
        yield sum(steps, Fraction(0)), _N.ADDED_INSTEAD_OF_MULTIPLIED
        yield k * single, _N.ADDED_INSTEAD_OF_MULTIPLIED
    elif finder.is_right(replaced):
        yield removed, _N.WITH_FOR_WITHOUT_REPLACEMENT
        yield k * single, _N.ADDED_INSTEAD_OF_MULTIPLIED
    else:
        return
    yield single, _N.STOPPED_EARLY
    for wrong in (removed / math.factorial(k), removed * math.factorial(k)):
        yield wrong, _N.PERMUTATIONS_FOR_COMBINATIONS
    for outcomes in (3, 4):
        yield Fraction(1, outcomes), _N.OUTCOMES_NOT_EQUALLY_LIKELY
    yield Fraction(k, total), _N.COUNTING_FORMULA
    yield Fraction(k, f), _N.COUNTING_FORMULA
    yield 1 - removed, _N.COMPLEMENT_FORGOTTEN
    yield 1 - replaced, _N.COMPLEMENT_FORGOTTEN
    rest = total - f
    for other in (Fraction(math.comb(rest, k), math.comb(total, k)), Fraction(rest, total) ** k):
        yield other, _N.OTHER_PART_ANSWERED


def _of_mixed_draws(f: int, total: int, k: int, finder: ChanceFinder) -> Pairs:
    """One of a colour and the others not; at least one; two of the same colour"""
    rest, ways = total - f, math.comb(total, k)
    removed = Fraction(f * math.comb(rest, k - 1), ways)
    p = Fraction(f, total)
    replaced = k * p * (1 - p) ** (k - 1)
    none = Fraction(math.comb(rest, k), ways), (1 - p) ** k
    both = Fraction(math.comb(f, k), ways), p**k
    for index, mixed in enumerate((removed, replaced)):
        other = (replaced, removed)[index]
        if finder.is_right(mixed):
            yield mixed / k, _N.ORDER_IGNORED
            yield other, _N.WITH_FOR_WITHOUT_REPLACEMENT
            yield other / k, _N.ORDER_IGNORED
            yield Fraction(1, k + 1), _N.OUTCOMES_NOT_EQUALLY_LIKELY
            yield Fraction(1, 2), _N.OUTCOMES_NOT_EQUALLY_LIKELY
            yield 1 - mixed, _N.COMPLEMENT_FORGOTTEN
            yield 1 - none[index], _N.EXACTLY_FOR_AT_LEAST
            yield p, _N.STOPPED_EARLY
            return
        if finder.mentions(AT_LEAST) and finder.is_right(1 - none[index]):
            yield none[index], _N.COMPLEMENT_FORGOTTEN
            yield mixed, _N.EXACTLY_FOR_AT_LEAST
            yield 1 - none[1 - index], _N.WITH_FOR_WITHOUT_REPLACEMENT
            yield mixed / k, _N.EXACTLY_FOR_AT_LEAST
            yield both[index], _N.EXACTLY_FOR_AT_LEAST
            yield 1 - both[index], _N.COMPLEMENT_FORGOTTEN
            yield k * p, _N.INTERSECTION_NOT_SUBTRACTED
            yield p, _N.STOPPED_EARLY
            return
        if k == 2 and finder.is_right(none[index] + both[index]):
            for part in (both[index], none[index]):
                yield part, _N.STOPPED_EARLY
            yield both[index] * none[index], _N.MULTIPLIED_INSTEAD_OF_ADDED
            yield both[1 - index] + none[1 - index], _N.WITH_FOR_WITHOUT_REPLACEMENT
            yield mixed, _N.COMPLEMENT_FORGOTTEN
            for outcomes in (2, 3):
                yield Fraction(outcomes - 1, outcomes), _N.OUTCOMES_NOT_EQUALLY_LIKELY
            return


def single_draw_mistakes(finder: ChanceFinder) -> Pairs:
    """5/3 and 1/2 for one red ball of 5 red and 3 blue"""
    for favourable, total in dict.fromkeys(_bags(finder)):
        if not finder.is_right(Fraction(favourable, total)):
            continue
        rest = total - favourable
        yield Fraction(favourable, rest), _N.PART_FOR_WHOLE_RATIO
        yield Fraction(rest, total), _N.COMPLEMENT_FORGOTTEN
        yield Fraction(total, favourable), _N.QUOTIENT_UPSIDE_DOWN
        yield Fraction(1, total), _N.OUTCOMES_NOT_EQUALLY_LIKELY
        yield Fraction(1, favourable), _N.OUTCOMES_NOT_EQUALLY_LIKELY
        for outcomes in (2, 3, 4):
            yield Fraction(1, outcomes), _N.OUTCOMES_NOT_EQUALLY_LIKELY
        return
