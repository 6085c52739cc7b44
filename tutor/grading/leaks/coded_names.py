"""Names of numbers in code: shifted, backwards, in the initials of other words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from tutor.grading.leaks.codes import ATBASH, MAX_CODE, initials
from tutor.grading.leaks.number_words import spoken_names
from tutor.grading.leaks.plain_text import plain

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_MIN_CODED, _MIN_ANNOUNCED = 5, 3  # letters
_SECRET = re.compile(
    r"shift|letter|code|cipher|caesar|rot|secret|alphabet|vowel|latin|verschieb"
    r"|buchstabe|décal|lettre|letra|字母",
    re.IGNORECASE,
)


@lru_cache(maxsize=512)
def _coded_names(number: Fraction) -> frozenset[str]:
    return frozenset(
        coded for name in spoken_names(number) if name.isascii() for coded in _ways_to_code(name)
    )


def _ways_to_code(name: str) -> Iterator[str]:
    for shift in range(1, 26):
        yield name.translate(str.maketrans(_LETTERS, _LETTERS[shift:] + _LETTERS[:shift]))
    yield name.translate(ATBASH)
    yield name[::-1]
    first = re.match(r"[^aeiou]*", name)
    start = first[0] if first else ""
    yield from (name[len(start) :] + start + end for end in ("ay", "way", "yay", "hay"))
    yield "".join(letter + letter for letter in name)
    if len(consonants := re.sub("[aeiou]", "", name)) > 3:
        yield consonants


def names_in_code(text: str, number: Fraction) -> str:
    """The word that names the number with its letters shifted, backwards or the like; or none."""
    coded = _coded_names(number)
    for word in _words_of_code(text):
        if word in coded:
            return word
    for reading in _initials(text):
        for name in spoken_names(number):
            if len(name) >= _MIN_CODED and name in reading.lower():
                return reading[:MAX_CODE]
    return ""


@lru_cache(maxsize=256)
def _words_of_code(text: str) -> tuple[str, ...]:
    """Words and pairs of neighbours that are long enough to be a number's name in code."""
    shown = plain(text).lower()
    words: list[str] = re.findall(r"[a-z]+", shown)
    pairs = [first + second for first, second in pairwise(words)]
    is_short = len(words) <= 2 or bool(_SECRET.search(shown))
    shortest = _MIN_ANNOUNCED if is_short else _MIN_CODED
    return tuple(word for word in (*words, *pairs) if len(word) >= shortest)


@lru_cache(maxsize=256)
def _initials(text: str) -> tuple[str, ...]:
    return tuple(initials(plain(text)))
