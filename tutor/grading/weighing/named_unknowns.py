"""Unknowns that a working gives to the quantities which the stored answer names.

Width 9 cm, length 14 cm: after "width: x", x is 9.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from tutor.grading.parsing.tree import Num
from tutor.grading.weighing.numbers import Values
from tutor.grading.weighing.weighed_lines import WeighedLine

_NUMBER = r"(?<![\d/.])(\d{1,6}(?:\.\d{1,4}|/[1-9]\d{0,3})?)"
_NAME = r"([^\W\d_]{3,20}|[\u4e00-\u9fff]{1,6})"
_NAMED = re.compile(rf"{_NAME}\s?(?:[:=]|is|ist|beträgt|est|es|为|是)?\s?{_NUMBER}(?![\d/])")
_COUNTED = re.compile(rf"{_NUMBER}\s{_NAME}")
_SIGN = r"\s?(?:[:=]|is|be|sei|ist|est|soit|es|sea|为|是)?\s?"
MAX_STEM = 6  # letters of a word that its forms have in common


def named_unknowns(lines: Sequence[WeighedLine], answer: str) -> Values:
    """Empty where no line says what a letter stands for, or lines say different things."""
    values: dict[str, Num] = {}
    for name, number in _quantities(answer):
        stem = re.escape(name[:MAX_STEM])
        letters = {letter for line in lines for letter in _letters(line.text, stem)}
        if len(letters) == 1:
            [letter] = letters
            if values.setdefault(letter, Num(number)).value != number:
                return {}
    return values


def _quantities(answer: str) -> Iterator[tuple[str, Fraction]]:
    """Breite and 9 of "Breite 9 cm, Länge 14 cm", chickens and 17 of "17 chickens, 11 rabbits"."""
    if answer.lstrip()[:1].isdigit():
        yield from ((name, Fraction(number)) for number, name in _COUNTED.findall(answer))
    else:
        yield from ((name, Fraction(number)) for name, number in _NAMED.findall(answer))


def _letters(text: str, stem: str) -> Iterator[str]:
    """x of "Breite: x", "let the width be x" and "x = number of chickens"."""
    ends = r"(?![\w(²³'^]|\s?[-+−*·/^=])"
    behind = rf"(?<![^\W\d_]){stem}[^\W\d_]{{0,8}}(?:\s(?:in\s)?\(?[ck]?m\)?)?{_SIGN}([a-z]){ends}"
    if "\u4e00" <= stem[0] <= "\u9fff":
        behind = rf"{stem}{_SIGN}([a-z]){ends}"
    before = rf"(?<![\w'])([a-z])\s?(?:[:=]|is|ist|est|es)\s?(?:[^\W\d_]{{1,12}}\s){{0,3}}{stem}"
    for pattern in (behind, before):
        yield from re.findall(pattern, text, re.IGNORECASE)
