"""Rewrites English number words and spoken operators in digits and signs."""

from __future__ import annotations

import re
from fractions import Fraction

_UNITS = {
    "nil": 0, "nought": 0, "naught": 0,
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_GROUPS = {
    "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
}  # fmt: skip
_DOZEN = {"dozen": 12}
# How other countries write these words, and their abbreviations behind a number
_OTHER_GROUPS = {
    **dict.fromkeys(("mio", "mill", "mln", "million", "millionen", "millones", "milioni"), 10**6),
    **dict.fromkeys(("mrd", "bn", "mld", "md", "milliard", "milliarde", "milliarden"), 10**9),
    **dict.fromkeys(("milliards", "miliardi", "millardo", "milliarder"), 10**9),
    **dict.fromkeys(("tsd", "thsd", "tausend", "mille", "mil", "mila"), 1000),
    "lakh": 10**5,
    "crore": 10**7,
}
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6,
    "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "twelfth": 12, "twentieth": 20,
    "hundredth": 100,
}  # fmt: skip
# Words after a number that multiply it. Half and quarter are left out: they are things as well.
NUMBER_WORDS = {
    **{word: Fraction(count) for word, count in (_OTHER_GROUPS | _GROUPS | _DOZEN).items()},
    **{word: Fraction(1, part) for word, part in _PARTS.items() if part not in (2, 4)},
    **{f"{group}th": Fraction(1, count) for group, count in _GROUPS.items()},
}
_WORD = "|".join(sorted([*_UNITS, *_TENS, *_GROUPS, *_DOZEN], key=len, reverse=True))
_COUNT = rf"(?:{_WORD})(?:(?:[\s-]++and)?[\s-]++(?:{_WORD})){{0,8}}"
_PART = "|".join(sorted([*_PARTS, *(f"{part}s" for part in _PARTS)], key=len, reverse=True))
_NUMBER = re.compile(
    rf"\b(?:(?P<whole>{_COUNT}|\d{{1,4}})\s++and\s++)?(?:(?P<top>{_COUNT}|an?)[\s-]++)?(?P<part>{_PART})\b"
    rf"|(?<![\d{{] )\b(?P<count>{_COUNT})"
    rf"(?:\s++point\s++(?P<digits>(?:{_WORD})(?:\s++(?:{_WORD}))*))?\b",
    re.IGNORECASE,
)
_OF_GROUP = re.compile(r"(?<![\d./])(\d{1,9}/\d{1,4}) (?=(?:12|1000?|1000000)\b)")  # 3/2 dozen
_SIGN = re.compile(r"\b(?:minus|negative)\s+(?=\d)", re.IGNORECASE)
_BLANKS = r"(?:(?<!\s)\s++)?"  # as \s*, but a search tries each run of blanks only once
_SPOKEN = [
    (re.compile(pattern, re.IGNORECASE), sign)
    for pattern, sign in (
        (r"\bthe square root of\b|\bsquare root of\b", "sqrt "),
        (rf"{_BLANKS}\bsquared\b", "^2"),
        (rf"{_BLANKS}\bcubed\b", "^3"),
        (rf"{_BLANKS}\bto the power(?: of)?\b", "^"),
        (r"\bplus\b", "+"),
        (r"\bminus\b", "-"),
        (r"\btimes\b|\bmultiplied by\b", "*"),
        (r"\bdivided by\b|\bover\b", "/"),
        (r"\bequals\b|\bis equal to\b", "="),
        (r"\bis greater than\b", ">"),
        (r"\bis less than\b", "<"),
        (rf"{_BLANKS}\bpercent\b", "%"),
    )
]


def fold_english(text: str) -> str:
    """Twenty-one → 21, three quarters → 3/4, x squared plus one → x^2 + 1."""
    text = _SIGN.sub("-", _OF_GROUP.sub(r"\1*", _NUMBER.sub(_in_digits, text)))
    for pattern, sign in _SPOKEN:
        text = pattern.sub(sign, text)
    return text


def number_words_at(text: str, start: int) -> str:
    """The number in words that begins here, such as three quarters; empty where none does."""
    match = _NUMBER.match(text, start)
    return match[0] if match else ""


def _in_digits(number: re.Match[str]) -> str:
    if number["count"]:
        value = _count(number["count"])
        digits = "".join(str(_count(word)) for word in (number["digits"] or "").split())
        return f"{value}.{digits}" if digits else str(value)
    if not number["top"] and number["part"].lower() not in ("half", "halves"):
        return number[0]  # the third line
    whole = number["whole"] or "0"
    top = number["top"] or "1"
    above = 1 if top.lower() in ("a", "an", "1") else _count(top)
    part = number["part"].lower()
    below = _PARTS.get(part) or _PARTS[part.removesuffix("s")]
    before = int(whole) if whole.isdigit() else _count(whole)
    return f"{before * below + above}/{below}"


def _count(words: str) -> int:
    total = section = 0
    for word in re.findall(r"[a-z]+", words.lower()):
        if word in _GROUPS and _GROUPS[word] > 100:
            total, section = total + (section or 1) * _GROUPS[word], 0
        elif word in _GROUPS or word in _DOZEN:
            section = (section or 1) * (_GROUPS | _DOZEN)[word]
        else:
            section += _UNITS.get(word, 0) + _TENS.get(word, 0)
    return total + section
