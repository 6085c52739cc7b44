"""Probabilities and counts: replacement, added trials, the order of hits, groups."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations_with_replacement, permutations
from math import comb

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import Add, Div, Mul, Neg, Num, Pow, Term
from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.knowledge.chances.balls import colour_counts, is_without_replacement
from tutor.grading.working.knowledge.chances.trials import trial_in
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.wrong_calculations.told_numbers import NUMBER_WORDS, number_of
from tutor.grading.working.knowledge.wrong_calculations.wrong_calculation import (
    WrongCalculation,
    as_term,
)

MAX_GROUP = 30


def draws(text: str) -> Iterator[WrongCalculation]:
    """4/10 · 4/10, where the first ball stays out."""
    counts = colour_counts(text)
    if len(counts) < 2 or not is_without_replacement(text):
        return
    total = sum(counts)
    for first, second in combinations_with_replacement(counts, 2):
        for a, b in {(first, second), (second, first)}:
            rest = a - 1 if a == b else b
            written = Mul((Div(as_term(a), as_term(total)), Div(as_term(b), as_term(total))))
            right = Mul((Div(as_term(a), as_term(total)), Div(as_term(rest), as_term(total - 1))))
            yield WrongCalculation(Slip.WITH_REPLACEMENT, written, right)


def added_trials(text: str) -> Iterator[WrongCalculation]:
    """1/6 + 1/6 + 1/6 for at least one six of three; of two, 1/36 may be taken off later."""
    trial = trial_in(text)
    if trial is None or not trial.is_at_least_once or trial.times < 3:
        return
    chance, times = trial.chance, trial.times
    right = Add((as_term(1), Neg(Pow(as_term(1 - chance), as_term(times)))))
    yield WrongCalculation(Slip.ADDED_PROBABILITIES, Add((as_term(chance),) * times), right)


_CHOSEN = words(
    r"committees?|teams?|groups?|ausschuss|ausschüsse|gruppen?|mannschaft\w*|comités?|équipes?"
    r"|groupes?|comisi\w+|equipos?|grupos?",
    "选|小组|委员会",
)
_CHOICE = re.compile(
    r"(?:exactly|genau|exactement|exactamente)\s(\d{1,2}|" + "|".join(NUMBER_WORDS) + r")"
    r"|选(?:出)?\s?(\d)\s?名?\w{0,4}和\s?(\d)\s?名",
)
_COUNTED = re.compile(r"(?<![\d.])(\d{1,2})(?![\d.%])")


def committees(text: str) -> Iterator[WrongCalculation]:
    """15 + 10 for 15 ways to choose the girls and 10 to choose the boys."""
    match = _CHOICE.search(text)
    if match is None or not _CHOSEN.search(text):
        return
    numbers = [int(number) for number in _COUNTED.findall(text)]
    if match[2]:
        pairs = [(int(match[2]), int(match[3]))]
    else:
        exact = int(number_of(match[1]))
        pairs = [(exact, size - exact) for size in numbers if size > exact]
    for groups in permutations([n for n in numbers if n <= MAX_GROUP], 2):
        for pair in pairs:
            if all(0 < k <= n for k, n in zip(pair, groups, strict=True)):
                first, second = (comb(n, k) for n, k in zip(groups, pair, strict=True))
                if 1 not in (first, second):
                    parts = as_term(first), as_term(second)
                    yield WrongCalculation(Slip.SUM_FOR_PRODUCT, Add(parts), Mul(parts))


_COMBINED = words(
    r"outfits?|menus?|(?:different )?meals?|ice creams?|kombinationen|outfits|menüs|tenues?"
    r"|conjuntos|atuendos|menús",
    "搭配|穿法|套餐",
)
_HOW_MANY = words(
    r"how many|wie ?viele?|combien|cuánt[oa]s|in how many ways|number of", "多少|几种"
)


def combined_choices(text: str) -> Iterator[WrongCalculation]:
    """4 + 3 outfits of 4 shirts and 3 pairs of trousers."""
    counts = [int(number) for number in _COUNTED.findall(text)]
    if not 2 <= len(counts) <= 4 or not (_COMBINED.search(text) and _HOW_MANY.search(text)):
        return
    if min(counts) > 1:
        parts = tuple(map(as_term, counts))
        yield WrongCalculation(Slip.SUM_FOR_PRODUCT, Add(parts), Mul(parts))


_BINOMIAL = re.compile(r"P\s?\(\s?[A-Z]\s?=\s?(\d{1,2})\s?\)\s?=")


def lacks_coefficient(text: str, term: Term) -> Term | None:
    """10·(1/4)^2·(3/4)^3 for P(X = 2) = (1/4)^2·(3/4)^3; None for any other line."""
    match = _BINOMIAL.search(text)
    if match is None or not isinstance(term, Mul) or len(term.parts) != 2:
        return None
    powers = [_power(part) for part in term.parts]
    if None in powers:
        return None
    (p, hits), (q, misses) = powers  # type: ignore[misc]
    if p + q != 1 or int(match[1]) not in (hits, misses) or not hits or not misses:
        return None
    return Mul((as_term(comb(hits + misses, hits)), term))


def _power(term: Term) -> tuple[Fraction, int] | None:
    base, exponent = (
        (term.base, term.exponent) if isinstance(term, Pow) else (term, Num(Fraction(1)))
    )
    value, count = rational_value(base), rational_value(exponent)
    if value is None or count is None or count.denominator != 1:
        return None
    return value, int(count)
