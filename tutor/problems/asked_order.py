"""Whether the order of a list counts because the statement asks to sort its numbers."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from tutor.grading import AnswerKey, Kind
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_answer
from tutor.grading.parsing.tree import Listing, Unreadable, is_term

_SORTS = re.compile(
    r"\b(?:(?:in|by) (?:ascending|descending|increasing|decreasing|order of (?:size|magnitude))"
    r"|from (?:the )?(?:smallest|least|lowest|coldest|shortest|lightest|largest|greatest|biggest"
    r"|highest|warmest|longest|heaviest) to|(?:smallest|least|lowest|largest|greatest) first"
    r"|der größe nach|(?:auf|ab)steigend\w{0,2}|von (?:der )?(?:klein|groß|niedrig|höchst)\w{0,5}"
    r"|ordre (?:dé)?croissant|d(?:u|e la) plus (?:petite?|grande?) (?:au|à la) plus"
    r"|orden (?:de )?(?:creciente|decreciente|ascendente|descendente)|de menor a mayor"
    r"|de mayor a menor)"
    r"|从小到大|从大到小|由小到大|由大到小|从低到高|从高到低|升序|降序",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"([-−])?\s?(?:\\[dt]?frac\s?\{?(?P<top>\d{1,6}?)\}?\s?\{?(?P<bottom>\d{1,6})\}?"
    r"|(?P<whole>\d{1,9}(?:[.,]\d{1,9})?)(?:\s?/\s?(?P<below>\d{1,6}))?)\s?(?P<percent>\\?%)?"
)


def in_asked_order(key: AnswerKey, statement: str) -> AnswerKey:
    """The key, with its order if the statement asks to sort the very numbers of the key."""
    if key.kind != Kind.LIST or key.ordered or not _SORTS.search(statement):
        return key
    values = _values(key)
    rising = all(a < b for a, b in pairwise(values))
    falling = all(a > b for a, b in pairwise(values))
    told = Counter(_told(statement, decimal_comma=key.decimal_comma))
    is_sorted = len(values) > 1 and (rising or falling)
    return replace(key, ordered=True) if is_sorted and Counter(values) <= told else key


def _values(key: AnswerKey) -> list[Fraction]:
    """Empty where the key is no list of fractions."""
    try:
        listing = read_answer(key.value, key.decimal_comma)
    except (Unreadable, RecursionError):
        return []
    parts = listing.parts if isinstance(listing, Listing) else ()
    values = [rational_value(part) if is_term(part) else None for part in parts]
    return [] if None in values else [value for value in values if value is not None]


def _told(statement: str, *, decimal_comma: bool) -> list[Fraction]:
    numbers = []
    for match in _NUMBER.finditer(statement):
        top, bottom = match["top"] or match["whole"], match["bottom"] or match["below"] or "1"
        is_pair = "," in top and not decimal_comma
        for piece in top.split(",") if is_pair else [top.replace(",", ".")]:
            if int(bottom):
                number = Fraction(piece) / int(bottom) / (100 if match["percent"] else 1)
                numbers.append(-number if match[1] else number)
    return numbers
