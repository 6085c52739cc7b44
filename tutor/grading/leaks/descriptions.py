"""Numbers that a text describes: one more than 41, six times seven, 4 tens and 2 ones."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from fractions import Fraction

from tutor.grading.parsing.chinese import fold_numbers
from tutor.grading.parsing.english import fold_english
from tutor.grading.parsing.units import CHINESE_UNIT

_N = r"(-?(?<!\d)\d{1,30}(?:\.\d{1,30})?(?!\d))"
_AFTER = r"(?:right|just|directly|immediately|comes?|number|integer)\s+(?:right\s+)?"
_DESCRIPTIONS: list[tuple[str, str]] = [
    (rf"{_N}\s+(?:more|greater|larger|bigger|higher|above|up)\s++(?:than|from|of)?\s*+{_N}", "1+2"),
    (rf"{_N}\s+(?:less|fewer|smaller|lower|below|short|down)\s++(?:than|from|of)?\s*+{_N}", "2-1"),
    (rf"(?:twice|double|doubling|2\s*times|two\s+times)\s+(?:of\s+)?{_N}", "2*1"),
    (rf"(?:thrice|triple|tripling)\s+(?:of\s+)?{_N}", "3*1"),
    (rf"(?:half|halve|halving|0\.5|1/2)(?:\s*+(?:of|as\s+(?:much|many)\s+as))?\s++{_N}", "1/2"),
    (rf"(?:1/3|third)\s+of\s+{_N}", "1/3"),
    (rf"(?:1/4|quarter)\s+of\s+{_N}", "1/4"),
    (rf"sum\s+of\s+{_N}\s+and\s+{_N}", "1+2"),
    (rf"(?:add|adding)\s+{_N}\s+(?:to|and)\s+{_N}", "1+2"),
    (rf"difference\s+(?:of|between)\s+{_N}\s+and\s+{_N}", "d"),
    (rf"(?:subtract|subtracting|take)\s+{_N}\s+from\s+{_N}", "2-1"),
    (rf"product\s+of\s+{_N}\s+and\s+{_N}", "p"),
    (rf"quotient\s+of\s+{_N}\s+and\s+{_N}", "q"),
    (rf"{_N}\s+(?:squared)|square\s+of\s+{_N}", "s"),
    (rf"{_N}\s+(?:increased\s+by|plus)\s+{_N}", "1+2"),
    (rf"{_N}\s+(?:decreased\s+by|minus|reduced\s+by)\s+{_N}", "1-2"),
    (rf"{_N}\s+(?:multiplied\s+by|times|×)\s+{_N}", "p"),
    (rf"{_N}\s+divided\s+by\s+{_N}", "q"),
    (rf"(?:successor\s+of|{_AFTER}(?:after|following))\s+{_N}", "n"),
    (rf"(?:predecessor\s+of|{_AFTER}(?:before|preceding))\s+{_N}", "b"),
    (rf"(?:integer|whole number)\s+between\s+{_N}\s+and\s+{_N}", "m"),
    (rf"{_N}\s*+tens?\s+(?:and\s+)?{_N}\s*+(?:ones?|units?)\b", "10"),
    (rf"{_N}\s+(?:lots|groups|sets)\s+of\s+{_N}", "p"),
    (rf"{_N}(?:st|nd|rd|th)\s+multiple\s+of\s+{_N}", "p"),
    (rf"{_N}\s+(?:parts?\s+)?out\s+of\s+{_N}", "q"),
    (rf"square\s+root\s+of\s+{_N}", "r"),
    (rf"(?:opposite|negative|additive\s+inverse)\s+of\s+{_N}", "o"),
    (rf"reciprocal\s+of\s+{_N}", "v"),
    (rf"{_N}\s*(?:的)?(?:后面|之后|下)的?(?:一个)?(?:整|自然)?数", "n"),
    (rf"{_N}\s*(?:的)?(?:前面|之前|上)的?(?:一个)?(?:整|自然)?数", "b"),
    (rf"比\s*{_N}\s*(?:多|大)\s*{_N}", "1+2"),
    (rf"比\s*{_N}\s*(?:少|小)\s*{_N}", "1-2"),
    (rf"{_N}\s*的\s*(?:2|两|二)\s*倍", "2*1"),
    (rf"{_N}\s*的\s*(?:一半|1/2)", "1/2"),
    (rf"{_N}\s*(?:和|与)\s*{_N}\s*的(?:之)?和", "1+2"),
    (rf"{_N}\s*(?:和|与)\s*{_N}\s*的(?:之)?差", "d"),
    (rf"{_N}\s*(?:和|与)\s*{_N}\s*的(?:之)?积", "p"),
]  # fmt: skip
_METHODS = {"r", "o", "v"}  # what is done to a number of the problem
_RULES = [(re.compile(pattern, re.IGNORECASE), how) for pattern, how in _DESCRIPTIONS]


def described(text: str) -> Iterator[Fraction]:
    for reading in _readings(text):
        for rule, how in _RULES:
            for match in rule.finditer(reading):
                yield from _calculate(
                    how, [Fraction(digits) for digits in match.groups() if digits]
                )


def _readings(text: str) -> set[str]:
    """The text as it is, and with number words as digits: six and seven as two numbers."""
    apart = "".join(map(folded, re.split(r"(\band\b)", text)))
    return {text, folded(text), apart}


def folded(text: str) -> str:
    """Number words of English and Chinese as digits; 的 and signs stay words."""
    text = re.sub("[零〇一二三四五六七八九十百千万亿两]+", lambda run: _folded(run[0]), text)
    return re.sub(r"(?:(?<!\s)\s++)?\*\s*+", " times ", fold_english(text))


def _folded(run: str) -> str:
    return "2" if run == "两" else fold_numbers(run, CHINESE_UNIT)


def _calculate(how: str, numbers: list[Fraction]) -> Iterator[Fraction]:
    first, second = (*numbers, Fraction(0))[:2]
    match how:
        case "1+2":
            yield first + second
        case "1-2":
            yield first - second
        case "2-1":
            yield second - first
        case "d":
            yield abs(first - second)
        case "p":
            yield first * second
        case "q" if second:
            yield first / second
        case "s":
            yield first * first
        case "n":
            yield first + 1
        case "b":
            yield first - 1
        case "m" if 0 < second - first <= 2:
            yield (first + second) / 2
        case "10":
            yield 10 * first + second
        case "r" if (root := Fraction(math.isqrt(max(0, int(first))))) ** 2 == first:
            yield root
        case "o":
            yield -first
        case "v" if first:
            yield 1 / first
        case "2*1" | "3*1":
            yield first * int(how[0])
        case "1/2" | "1/3" | "1/4":
            yield first / int(how[2])


def sums_of_known(text: str, known: str) -> set[Fraction]:
    """Results from the problem's own numbers alone; a hint may describe them as its method."""
    known_digits = {*re.findall(r"\d+(?:\.\d+)?", folded(known))} if known.strip() else set()
    return {
        value
        for reading in _readings(text)
        for rule, how in _RULES
        for match in rule.finditer(reading)
        if (len(numbers := [digits for digits in match.groups() if digits]) > 1 or how in _METHODS)
        and {digits.lstrip("-") for digits in numbers} <= known_digits
        for value in _calculate(how, [Fraction(digits) for digits in numbers])
    }
