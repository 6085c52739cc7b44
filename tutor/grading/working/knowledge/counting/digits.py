"""How many numbers of so many digits there are, no digit twice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import perm

from tutor.grading.working.knowledge.formulas import words

_PLACES = {
    word: number
    for number, names in enumerate(
        ("two zwei deux dos 两 二 2", "three drei trois tres 三 3", "four vier quatre cuatro 四 4",
         "five fünf cinq cinco 五 5", "six sechs seis 六 6"),
        start=2,
    )
    for word in names.split()
}  # fmt: skip
_COUNT = "|".join(sorted(_PLACES, key=len, reverse=True))
_NUMBERS = re.compile(
    rf"(?<!\w)({_COUNT})[- ]?(?:digit|stellige\w?)\s(?:whole |natural |ganze |natürliche )?"
    rf"(?:numbers?|zahlen)"
    rf"|(?:nombres? (?:entiers? )?(?:de|à)|números? de) ({_COUNT}) (?:chiffres|cifras|dígitos)"
    rf"|({_COUNT})位数",
    re.IGNORECASE,
)
_ONCE = words(
    r"different digits|distinct digits|without repetition|no (?:repeated|digit)"
    r"|all digits different"
    r"|verschieden\w{0,2} ziffern|ohne wiederholung|keine ziffer"
    r"|chiffres (?:tous |deux à deux )?(?:distincts|différents)|sans répétition"
    r"|(?:cifras|dígitos) (?:distint[oa]s|diferentes)|sin repe\w+",
    "没有重复|无重复|不重复|互不相同|各不相同",
)
_OTHER = words(
    r"even|odd|gerade\w{0,2}|ungerade\w{0,2}|pairs?|impairs?|impares|divisible|teilbar|multiples?"
    r"|greater|larger|less|smaller|größer\w*|kleiner\w*|supérieurs?|inférieurs?|mayores|menores"
    r"|beginn?\w*|start\w*|end\w*|commen\w+|termin\w+|empie\w+|enden|contain\w*|enthalten|with the"
    r"|codes?|pins?|passwords?|first|leading|führende\w?|vorne",
    "偶数|奇数|整除|倍数|大于|小于|开头|结尾|密码|首位|相邻",
)
_LISTED = re.compile(r"(?<![\d.])\d(?:\s?(?:,|、|，|and|und|et|y|和)\s?\d){2,9}(?![\d.])")
_RANGE = re.compile(r"(?<![\d.])0\s?(?:–|-|~|～|to|bis|à|a|到|至)\s?9(?!\d)")


@dataclass(frozen=True, slots=True)
class DistinctDigits:
    """digits: from which the numbers are made. places: of each number."""

    digits: frozenset[int]
    places: int

    @property
    def numbers(self) -> int:
        return perm(len(self.digits), self.places) - self.with_zero_first

    @property
    def with_zero_first(self) -> int:
        has_zero = 0 in self.digits
        return perm(len(self.digits) - 1, self.places - 1) if has_zero else 0


def distinct_digits_in(text: str) -> DistinctDigits | None:
    """None where further conditions are told, or digits may come twice."""
    match = _NUMBERS.search(text)
    if match is None or not _ONCE.search(text) or _OTHER.search(text):
        return None
    places = _PLACES[next(filter(None, match.groups())).casefold()]
    listed = _LISTED.search(text)
    digits = frozenset(map(int, re.findall(r"\d", listed[0]))) if listed else frozenset(range(10))
    rest = text.replace(listed[0], " ") if listed else _RANGE.sub(" ", text)
    rest = rest.replace(match[0], " ")
    if re.search(r"\d", rest) or not places <= len(digits):
        return None
    return DistinctDigits(digits, places)


def repeated_digits_in(text: str) -> str:
    """11223 where all of 1, 1, 2, 2, 3 make one number; "" for anything else."""
    listed, match = _LISTED.search(text), _NUMBERS.search(text)
    digits = "".join(re.findall(r"\d", listed[0])) if listed else ""
    if match is None or _OTHER.search(text) or "0" in digits:
        return ""
    places = _PLACES[next(filter(None, match.groups())).casefold()]
    is_whole = places == len(digits) > len(set(digits))
    return digits if is_whole else ""
