"""Decodes what numbers a text says in disguise.

A hint is withheld if a decoder finds the stored answer in it. Other modules compare the readings
with the answer; most readings are nonsense.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

from tutor.grading.leaks import digits
from tutor.grading.leaks.bases import in_other_bases
from tutor.grading.leaks.codes import letters_apart
from tutor.grading.leaks.counting import counted
from tutor.grading.leaks.descriptions import described, folded, in_plain_words
from tutor.grading.leaks.number_words import in_digits
from tutor.grading.leaks.plain_text import looks, plain
from tutor.grading.leaks.roman_numerals import roman

_FORMULA = re.compile(r"\\\(.{1,200}?\\\)|\$[^$]{1,200}\$")
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_CENTURY = re.compile(
    rf"\b(ten|eleven|twelve|\w{{3,5}}teen|{_TENS})(?=\s(?:ten|eleven|twelve|\w{{3,5}}teen|{_TENS})\b)",
    re.IGNORECASE,
)
_PAIR = re.compile(r"(?<![\d.])(\d\d) ; (\d\d)(?!\d)")
_REVERSED_WORD = re.compile(r"\b(?:eht|si|rewsna|rebmun|tsi|tse)\b")
_DIGITS = re.compile(r"\d{1,30}(?:\.\d{1,30})?")


def numbers_in(text: str, known: str = "") -> set[Fraction]:
    """Numbers that are spelled out, counted or described, backwards or in another base.

    known: what the reader knows already; a sum of its numbers is no news.
    """
    told = _plain_problem(known)
    numbers: set[Fraction] = set()
    for reading in _looks(text):
        numbers |= {*_written(reading), *digits.backwards(reading, told)}
        if news := described(reading, told):
            numbers |= news - _described(told)
    return numbers


@lru_cache(maxsize=16)  # a problem is asked for each of its hints
def _plain_problem(known: str) -> str:
    return plain(known)


@lru_cache(maxsize=16)
def _described(told: str) -> frozenset[Fraction]:
    return frozenset(described(told))


@lru_cache(maxsize=256)  # a hint is often the same in all variants of its problem
def _looks(text: str) -> tuple[str, ...]:
    shown = plain(text)
    return tuple(dict.fromkeys([shown, *looks(text), *letters_apart(shown)]))


@lru_cache(maxsize=512)
def _written(shown: str) -> frozenset[Fraction]:
    return frozenset(
        (
            *digits.spelled_out(shown),
            *in_other_bases(shown),
            *digits.fractions_in_parts(shown),
            *roman(shown),
            *counted(shown),
            *_years(shown),
        )
    )


def _years(text: str) -> Iterator[Fraction]:
    """Ten sixty-six."""
    for years in _PAIR.finditer(folded(_CENTURY.sub(r"\1 ;", text))):
        yield Fraction(years[1] + years[2])


def in_words(text: str) -> set[Fraction]:
    """Numbers in English or Chinese words."""
    shown = plain(text)
    return set(map(Fraction, _DIGITS.findall(folded(shown)))) - set(
        map(Fraction, _DIGITS.findall(shown))
    )


@lru_cache(maxsize=256)
def other_readings(text: str) -> tuple[str, ...]:
    """The text as it looks, and with the number words of other languages as digits."""
    shown = plain(text)
    prose = _FORMULA.sub(" ", shown)
    apart = re.sub(r"\band\b", ";", shown)  # three and eight are no eleven
    is_turned = digits.BACKWARDS.search(shown) or _REVERSED_WORD.search(shown)
    turned = shown[::-1] if is_turned else shown
    readings = dict.fromkeys(
        [shown, *looks(text), *in_digits(prose), in_plain_words(shown), apart, turned]
    )
    return tuple(reading for reading in readings if reading != text)
