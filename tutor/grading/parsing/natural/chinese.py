"""Rewrites Chinese numbers and mathematical words in digits and LaTeX."""

from __future__ import annotations

import re
from fractions import Fraction

_DIGITS = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
MAX_CHARACTERS = 24  # of one number
_NUMBER = "[零〇一二两三四五六七八九十百千万亿]"
# After digits, 千克 is a unit and not a thousand grams.
_CJK_RUN = re.compile("(?<![\\d\u4e00-\u9fff〇])(?<!\\d )[\u4e00-\u9fff〇]+")
_MIXED_MYRIAD = re.compile(r"(?<![\d.])(\d++(?:\.\d++)?)\s*+([万亿]{1,3})(?![万亿])")
_AND_MORE = re.compile(r"(?<![\d.])(\d{1,9})万(\d{1,4})(?![\d.])")
_WHOLE_FRACTION = re.compile(rf"(?:({_NUMBER}+)又)?({_NUMBER}+)分之(根号)?({_NUMBER}+)")
_DIGIT_FRACTION = re.compile(
    rf"(?<!\d)(?:(\d++)又)?({_NUMBER}{{1,20}}|\d++)分之({_NUMBER}{{1,20}}|\d++)"
)
_DECIMAL = re.compile(rf"({_NUMBER}+)点([零〇一二三四五六七八九]+)")
_WORDS = [
    ("大于或等于", r"\ge "), ("大于等于", r"\ge "), ("不小于", r"\ge "),
    ("小于或等于", r"\le "), ("小于等于", r"\le "), ("不大于", r"\le "),
    ("不等于", r"\ne "), ("大于", ">"), ("小于", "<"), ("等于", "="),
    ("正无穷大", r"+\infty "), ("负无穷大", r"-\infty "), ("正无穷", r"+\infty "),
    ("负无穷", r"-\infty "), ("无穷大", r"\infty "), ("空集", r"\emptyset "),
    ("全体实数", r"\mathbb{R}"), ("实数集", r"\mathbb{R}"), ("正负", r"\pm "), ("根号", r"\sqrt "),
    ("圆周率", r"\pi "), ("并且", " and "), ("或者", " or "), ("或", " or "), ("且", " and "),
    ("以及", " and "), ("和", " and "), ("与", " and "), ("及", " and "), ("属于", r"\in "),
]  # fmt: skip

# Only beside what is calculated with: 30名乘客 are passengers.
_BEFORE, _BEHIND = r"(?<=[A-Za-z\d)}])", r"(?=[-A-Za-z\d(\\])"
_POWERS = re.compile(
    rf"{_BEFORE} ?(?:的 ?(?:平方|立方)(?!根)|的? ?({_NUMBER}{{1,3}}|\d{{1,4}}) ?次(?:方|幂))"
)
_OPERATIONS = [
    (re.compile(rf"{_BEFORE} ?(?:{words}) ?{_BEHIND}"), sign)
    for words, sign in (("乘以?", r"\\times "), ("除以", "/"), ("加上?", "+"), ("减去?", "-"))
]


def fold_numbers(text: str, is_unit: re.Pattern[str]) -> str:
    """三分之一 → \\frac{1}{3}, 3万 → 30000, 十二个 → 12个.

    Only runs that are a number, perhaps with a unit, change; any other run is prose.
    """
    if text.isascii():
        return text
    text = _AND_MORE.sub(lambda n: str(int(n[1]) * 10_000 + int(n[2])), text)
    text = _MIXED_MYRIAD.sub(_myriad, text)
    text = _DIGIT_FRACTION.sub(_digit_fraction, text)
    return _CJK_RUN.sub(lambda run: _fold_run(run[0], is_unit), text)


def fold_words(text: str) -> str:
    """大于 → >, 正无穷 → +\\infty and other words of formulas."""
    if text.isascii():
        return text
    for word, sign in _WORDS:
        text = text.replace(word, sign)
    return text


def fold_operations(text: str) -> str:
    """3.84乘以10的五次方 → 3.84\\times 10^{5}"""
    if text.isascii():
        return text
    text = _POWERS.sub(_power, text)
    for words, sign in _OPERATIONS:
        text = words.sub(sign, text)
    return text


def _power(words: re.Match[str]) -> str:
    """10的五次方 and 3的平方."""
    exponent = words[1]
    if exponent is None:
        return "^{2}" if "平" in words[0] else "^{3}"
    value = int(exponent) if exponent.isdigit() else read_integer(exponent)
    return words[0] if value is None else f"^{{{value}}}"


def _myriad(number: re.Match[str]) -> str:
    value = Fraction(number[1])
    for char in number[2]:
        value *= _MYRIADS[char]
    return str(value.numerator) if value.denominator == 1 else number[0]


def _digit_fraction(fraction: re.Match[str]) -> str:
    """2又二分之一 and 3分之2."""
    whole, bottom, top = fraction.groups()
    numbers = [int(part) if part.isdigit() else read_integer(part) for part in (bottom, top)]
    if None in numbers or not (whole or bottom.isdigit()):
        return fraction[0]
    return rf"{whole or ''}\frac{{{numbers[1]}}}{{{numbers[0]}}}"


def _fold_run(run: str, is_unit: re.Pattern[str]) -> str:
    sign, rest = ("-", run[1:]) if run.startswith("负") else ("", run)
    if rest.startswith("百分之") and (value := _decimal(rest[3:])):
        return f"{sign}{value}%"
    for end in range(len(rest), 0, -1):
        unit = rest[end:]
        if unit and not is_unit.fullmatch(unit):
            continue
        if number := _fraction(rest[:end]) or _decimal(rest[:end]):
            return sign + number + unit
    return sign + rest if sign and not rest else run


def _fraction(text: str) -> str | None:
    fraction = _WHOLE_FRACTION.fullmatch(text)
    if not fraction:
        return None
    whole, bottom, root, top = fraction.groups()
    parts = [read_integer(part) for part in (whole or "零", bottom, top)]
    if None in parts:
        return None
    above = rf"\sqrt{{{parts[2]}}}" if root else str(parts[2])
    return (str(parts[0]) if whole else "") + rf"\frac{{{above}}}{{{parts[1]}}}"


def _decimal(text: str) -> str | None:
    if decimal := _DECIMAL.fullmatch(text):
        whole = read_integer(decimal[1])
        return None if whole is None else f"{whole}." + "".join(str(_DIGITS[c]) for c in decimal[2])
    value = read_integer(text)
    return None if value is None else str(value)


def read_integer(text: str) -> int | None:
    """三万五千 → 35000, 二〇二四 → 2024; None if it is not a number."""
    if not 0 < len(text) <= MAX_CHARACTERS or not re.fullmatch(_NUMBER + "+", text):
        return None
    if all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    total = section = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _TENS:
            section += (digit or 1) * _TENS[char]
            digit = 0
        else:
            total = (total + section + digit or 1) * _MYRIADS[char]
            section = digit = 0
    return total + section + digit
