"""Decodes what numbers a text says in disguise.

A hint is withheld if a decoder finds the stored answer in it. Other modules compare the readings
with the answer; most readings are nonsense.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from tutor.grading.leaks import digits
from tutor.grading.leaks.counting import counted
from tutor.grading.leaks.descriptions import described, folded, in_plain_words
from tutor.grading.leaks.number_words import in_digits
from tutor.grading.leaks.plain_text import looks, plain

_FORMULA = re.compile(r"\\\([^()]{1,300}?\\\)|\$[^$]{1,300}\$|\\\(.{1,300}?\\\)")
_DIGITS = re.compile(r"\d{1,30}(?:\.\d{1,30})?")


def numbers_in(text: str, known: str = "") -> set[Fraction]:
    """Numbers that are spelled out, counted or described, backwards or in another base.

    known: what the reader knows already; a sum of its numbers is no news.
    """
    shown, told = plain(text), plain(known)
    numbers = {
        *digits.spelled_out(shown),
        *digits.backwards(shown),
        *digits.in_other_bases(shown),
        *digits.fractions_in_parts(shown),
        *digits.roman(shown),
        *counted(shown),
    }
    return numbers | (described(shown, told) - described(told))


def in_words(text: str) -> set[Fraction]:
    """Numbers in English or Chinese words."""
    shown = plain(text)
    return set(map(Fraction, _DIGITS.findall(folded(shown)))) - set(
        map(Fraction, _DIGITS.findall(shown))
    )


def other_readings(text: str) -> Iterator[str]:
    """The text as it looks, and with the number words of other languages as digits."""
    shown = plain(text)
    prose = _FORMULA.sub(" ", shown)
    apart = re.sub(r"\band\b", ";", shown)  # three and eight are no eleven
    turned = shown[::-1] if digits.BACKWARDS.search(shown) else shown
    readings = dict.fromkeys(
        [shown, *looks(text), *in_digits(prose), in_plain_words(shown), apart, turned]
    )
    yield from (reading for reading in readings if reading != text)
