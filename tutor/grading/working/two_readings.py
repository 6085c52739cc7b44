"""Commas that separate in one country and are decimal in another: L = {4,5}, x = 4,5."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

MAX_COMMAS = 3
_NUMBERS = r"[\s\d.,;+\-−±/|()\[\]{}\\∞]"
_LISTED = re.compile(  # L = {4,5}, D = R \\ {0,5}, S(2,5)
    rf"\s*(?:(?:[A-Z]|I[A-Z]|[xyzt](?:_?\d)?)\s?(?:[=∈:]\s?)?)?(?:(?:I?R|ℝ)\s?[\\∖-]?\s?)?"
    rf"\\?[({{\[\]]{_NUMBERS}{{1,60}}"
)
_ONE_NUMBER = re.compile(r"\s*([xyzt](?:_?\d)?\s?=\s?)([-−]?\d{1,3})\.(\d{1,3})\s*")
_COMMA = re.compile(r"(?<=\d),(?=\d)")


def decimal_readings(text: str) -> Iterator[str]:
    """L = {4.5} of L = {4,5}: a list of numbers with some of its commas as decimal points."""
    if not _LISTED.fullmatch(text):
        return
    commas = [match.start() for match in _COMMA.finditer(text)]
    if not 0 < len(commas) <= MAX_COMMAS:
        return
    for count in range(1, len(commas) + 1):
        for chosen in combinations(commas, count):
            reading = "".join("." if at in chosen else sign for at, sign in enumerate(text))
            if not re.search(r"\.\d+\.", reading):
                yield reading


def listed_reading(text: str) -> str:
    """x = 4 or 5 of x = 4.5, which may have been x = 4,5; empty for anything else."""
    number = _ONE_NUMBER.fullmatch(text)
    return f"{number[1]}{number[2]} or {number[3]}" if number else ""
