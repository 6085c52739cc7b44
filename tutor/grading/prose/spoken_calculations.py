"""Rewrites calculations in words with signs: half of 18 is 9, 7 times 8, 3 dozen, 18的一半是9.

Each text stays as long as it was, so that indices into it stay valid.
"""

from __future__ import annotations

import re
from collections.abc import Callable

SPOKEN_EQUALS = "\x01"  # a word such as "is", which only a calculation before it makes a relation

_PARTS = {
    "half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}
_FOLD = {"twice": 2, "double": 2, "triple": 3, "thrice": 3}
_HAN_DIGITS = dict(zip("一二两三四五六七八九十", (1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10), strict=True))
_HAN_SIGNS = {
    "乘以": "×", "乘": "×", "除以": "÷", "加上": "+", "加": "+", "减去": "-", "减": "-",
}  # fmt: skip
_SIGNS = {
    "plus": "+", "minus": "-", "times": "×", "multiplied by": "×", "divided by": "÷",
    "percent": "%", "per cent": "%", "squared": "²", "cubed": "³",
}  # fmt: skip
_AMOUNT = r"[$€£¥]?\d"  # how a number begins
_PART = rf"(?:(?P<count>a|one|{'|'.join(_COUNTS)})[ -])?(?P<part>{'|'.join(_PARTS)})s?"
_ENDS = r"[\d)%²³½ ]"  # how a number ends, or what has become shorter
# After the result of a spoken calculation: then it is only a part of something else.
_MORE = (
    r"(?!\$?[\d.,]*\d ?(?:%|°)? ?(?:[a-z]+ )?"
    r"(?:more|less|fewer|greater|smaller|older|younger|longer|shorter|times|percent|of|than|off|out|to)\b)"
)

Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]


def _fraction(words: re.Match[str]) -> str:
    count = _COUNTS.get((words["count"] or "one").lower(), 1)
    return f"{count}/{_PARTS[words['part'].lower()]} ×"


def _dozens(words: re.Match[str]) -> str:
    """5 dozen, where the calculation has no 12 already: 12 bottles per dozen × 5 dozen."""
    before = words.string[max(0, words.start() - 40) : words.start()]
    return words[0] if re.search(r"\b12\b", before) else f"{words[1]}×12"


def _rule(pattern: str, sign: Callable[[re.Match[str]], str] | str, flags: int = re.I) -> Rule:
    return re.compile(pattern, flags), sign if callable(sign) else lambda _: sign


_RULES: tuple[Rule, ...] = (
    _rule(r"(?<=\d) (squared|cubed|per ?cent)\b", lambda w: _SIGNS[w[1].lower()]),
    _rule(rf"(?<!\band )\b{_PART} of (?:the )?(?={_AMOUNT})", _fraction),
    _rule(rf"\b({'|'.join(_FOLD)}) (?={_AMOUNT})", lambda w: f"{_FOLD[w[1].lower()]} ×"),
    _rule(rf"\b({'|'.join(_COUNTS)}) times (?={_AMOUNT})", lambda w: f"{_COUNTS[w[1].lower()]} ×"),
    _rule(rf"(?<={_ENDS}) of (?:the )?(?={_AMOUNT})", " ×"),
    _rule(r"\b(\d{1,5}) dozen\b(?!.{0,40}\b12\b)", _dozens),
    _rule(
        rf"(?<=[\w)%²³½ ]) (plus|minus|times|multiplied by|divided by) (?={_AMOUNT}|\()",
        lambda w: f" {_SIGNS[w[1].lower()]}",
    ),
    _rule(
        rf"(?<=[\w)%²³½ ]),? (?:which |that )?(?:is equal to|is|are|equals|equal|gives|makes)"
        rf" (?:a total of )?{_MORE}(?=-?{_AMOUNT}|√)",
        f" {SPOKEN_EQUALS}",
    ),
    _rule(r"(?<=\d)的(?=\d+(?:%|/))", "×"),
    _rule(r"(?<=\d)的一半", "×½"),
    _rule(
        r"(?<=\d)的([二三四五六七八九十])分之([一二三四五六七八九])",
        lambda w: f"×{_HAN_DIGITS[w[2]]}/{_HAN_DIGITS[w[1]]}",
    ),
    _rule(rf"(?<=\d)({'|'.join(_HAN_SIGNS)})(?=\d)", lambda w: _HAN_SIGNS[w[1]]),
    _rule(r"(?<=[\d%½ ])(?:等于|就是|是|得|为)(?=\d)", SPOKEN_EQUALS),
)

# Lists in words: the sum of 12, 15 and 9.
_LIST = re.compile(
    r"\b(?P<name>sum|total|product|average|mean) of "
    r"(?P<list>\d[\d.]*+(?:(?:, and|,| and) \d[\d.]*+){1,40}+)(?P<after> )"
)
_BETWEEN = re.compile(r"(?:, and|,| and) ")


def with_signs(text: str) -> str:
    """The text with signs in the place of words, padded with spaces."""
    text = _LIST.sub(_listed, text)
    for pattern, sign in _RULES:
        text = pattern.sub(lambda words, sign=sign: _padded(sign(words), words[0]), text)  # type: ignore[misc]
    return text


def _padded(sign: str, words: str) -> str:
    """The sign, as long as the words; the words where it is longer."""
    return sign.ljust(len(words)) if len(sign) <= len(words) else words


def _listed(words: re.Match[str]) -> str:
    sign = "×" if words["name"] == "product" else "+"
    numbers = _BETWEEN.sub(lambda gap: sign.ljust(len(gap[0])), words["list"])
    head = " " * (len(words["name"]) + len(" of "))
    if words["name"] not in ("average", "mean"):
        return f"{head}{numbers} "
    count = numbers.count("+") + 1
    return f"1/{count}×(".rjust(len(head) - 1) + f"{numbers}) "
