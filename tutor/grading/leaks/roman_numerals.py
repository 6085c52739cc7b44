"""Numbers that a text writes in Roman numerals, also backwards, apart or in small letters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from tutor.grading.leaks.digits import BACKWARDS

_ROMAN = re.compile(r"\bM{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})\b")
_ADDED = re.compile(r"\b[IVXLCDM]{1,20}\b")
_SMALL = re.compile(
    r"(?<![\w(])(?!mix\b|dix\b|mmm\b|dim\b|ccc\b|iii\b)[ivxlcdm]{3,20}\b(?!\))", re.IGNORECASE
)
_ROMAN_APART = re.compile(r"(?<!\w)[IVXLCDM](?:[ .,-]{1,2}[IVXLCDM])+(?!\w)")
_ROMAN_CUE = re.compile(r"roman|römisch|romain|romisch|罗马|caesar", re.IGNORECASE)
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def roman(text: str) -> Iterator[Fraction]:
    is_announced = bool(_ROMAN_CUE.search(text))
    joined = _ROMAN_APART.sub(lambda run: re.sub(r"\W", "", run[0]), text)
    small = _SMALL.sub(lambda word: word[0].upper(), joined)
    if is_announced:
        added = [_roman_value(letters) for letters in _ADDED.findall(text)]
        yield Fraction(sum(added))
    if BACKWARDS.search(text):
        yield from (Fraction(_roman_value(word[::-1])) for word in _ADDED.findall(text))
    for reading in dict.fromkeys([text.upper() if is_announced else text, joined, small]):
        for match in (_ADDED if is_announced else _ROMAN).finditer(reading):
            if len(match[0]) > (0 if is_announced else 1):
                yield Fraction(_roman_value(match[0]))


def _roman_value(letters: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in letters]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)
