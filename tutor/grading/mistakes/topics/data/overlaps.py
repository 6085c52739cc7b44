"""Two groups that overlap: how many are in one of them, in both, in neither."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations

from tutor.grading.mistakes.explanation import MistakenAnswer, Question
from tutor.grading.mistakes.names import MistakeName
from tutor.grading.mistakes.topics.data.number_words import whole_numbers
from tutor.grading.parsing.tree import Num

_N = MistakeName
_BOTH = re.compile(
    r"\bboth\b|neither|beide|sowohl|weder|les deux|ni l|ambos|ambas|ninguno|都|两者|既",
    re.IGNORECASE,
)


def overlap_mistakes(question: Question) -> Iterator[MistakenAnswer]:
    """26 and -3 for the 4 of 30 that are neither among 18 nor among 15, of which 7 are in both"""
    right, numbers = question.number, whole_numbers(question)
    if right is None or not question.mentions(_BOTH) or not 3 <= len(numbers) <= 4:
        return
    for whole, first, second, both in _groups(numbers):
        union = first + second - both
        outside = whole - union
        if both >= min(first, second) or union > whole:
            continue
        if right == outside and len(numbers) == 4:
            yield _answer(union, _N.STOPPED_EARLY)
            yield _answer(abs(whole - first - second), _N.INTERSECTION_NOT_SUBTRACTED)
            yield _answer(whole - first - second, _N.INTERSECTION_NOT_SUBTRACTED)
            yield _answer(whole - both, _N.OTHER_PART_ANSWERED)
        elif right == union:
            yield _answer(first + second, _N.INTERSECTION_NOT_SUBTRACTED)
            yield _answer(first + second + both, _N.SIGN_ERROR)
            yield _answer(first + second - 2 * both, _N.EXACTLY_FOR_AT_LEAST)
            yield _answer(outside, _N.COMPLEMENT_FORGOTTEN)
        elif right in (first - both, second - both):
            yield _answer(first if right == first - both else second, _N.CONDITION_NOT_USED)
            yield _answer(first + second - 2 * both - int(right), _N.OTHER_PART_ANSWERED)
        else:
            continue
        return


def _answer(value: int, name: MistakeName) -> MistakenAnswer:
    return MistakenAnswer(Num(Fraction(value)), name)


def _groups(numbers: tuple[int, ...]) -> Iterator[tuple[int, int, int, int]]:
    """All, the two groups, and those in both; three numbers are without all."""
    for order in permutations(numbers):
        if len(order) == 4 and order[1] >= order[2]:
            yield order[0], order[1], order[2], order[3]
        elif len(order) == 3 and order[0] >= order[1]:
            yield order[0] + order[1], order[0], order[1], order[2]
