"""Ratios of parts, of lengths and of areas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from math import isqrt

from tutor.grading.mistakes.explanation import MistakenAnswer, Question
from tutor.grading.mistakes.names import MistakeName
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import Num, Ratio

_AREA = re.compile(r"\barea|fläche|\baire|\bsuperficie|área|面积", re.I)


def ratio_mistakes(question: Question) -> Iterator[MistakenAnswer]:
    """3 : 7 and 4 : 7 for 3 : 4, and 2 : 3 for the ratio 4 : 9 of areas"""
    right = question.right
    if not isinstance(right, Ratio) or len(right.parts) != 2:
        return
    first, second = (rational_value(part) for part in right.parts)
    if not first or not second or first == second:
        return
    if question.mentions(_AREA):
        share = first / second
        top, bottom = isqrt(abs(share.numerator)), isqrt(share.denominator)
        if Fraction(top * top, bottom * bottom) == share:
            yield _ratio(Fraction(top), Fraction(bottom), MistakeName.LENGTH_RATIO_FOR_AREA)
        return
    for part in (first, second):
        yield _ratio(part, first + second, MistakeName.PART_FOR_WHOLE_RATIO)


def _ratio(first: Fraction, second: Fraction, name: MistakeName) -> MistakenAnswer:
    return MistakenAnswer(Ratio((Num(first), Num(second))), name)
