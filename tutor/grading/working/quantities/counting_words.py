"""Numbers of a statement written in words or with a comma: five pens, 两支笔, 2,5 kg."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

MEASURE_WORDS = (
    "个支本只名人次天年瓶袋张件辆台条杯箱斤米颗枚位周月块盒"  # of counted things, in Chinese
)
_WORDS = {
    word: number
    for number, group in enumerate(
        (
            "two|zwei|deux|dos",
            "three|drei|trois|tres",
            "four|vier|quatre|cuatro",
            "five|fünf|cinq|cinco",
            "six|sechs|seis",
            "seven|sieben|sept|siete",
            "eight|acht|huit|ocho",
            "nine|neun|neuf|nueve",
            "ten|zehn|dix|diez",
            "eleven|elf|onze|once",
            "twelve|zwölf|douze|doce",
        ),
        start=2,
    )
    for word in group.split("|")
}
_CHINESE = dict(zip("二三四五六七八九", range(2, 10), strict=True)) | {"两": 2, "十": 10}
_WORD = re.compile(rf"(?<![\w'-])(?:{'|'.join(_WORDS)})(?![\w'-])", re.IGNORECASE)
_CHINESE_WORD = re.compile(rf"([二三四五六七八九两十])(?=[{MEASURE_WORDS}])")
_DIGITS = re.compile(r"(?<![\d.,])\d{1,6}(?![\d.,])")
_NUMERAL = re.compile(r"(?<![\d.])\d{1,9}(?:\.\d{1,9})?")
_AND_A_HALF = re.compile(
    r"(?<![\d.,])(\d{1,3})\s(?:and a half|et demie?|y medi[oa])|(\d{1,3})倍半", re.IGNORECASE
)
_HALVES = {
    "anderthalb": Fraction(3, 2),
    "eineinhalb": Fraction(3, 2),
    "one and a half": Fraction(3, 2),
    "half as much again": Fraction(3, 2),
    "une fois et demie": Fraction(3, 2),
    "vez y media": Fraction(3, 2),
    "zweieinhalb": Fraction(5, 2),
    "dreieinhalb": Fraction(7, 2),
    "两倍半": Fraction(5, 2),
}
_COMMA = re.compile(r"(?<![\d,.(])(\d{1,6}),(\d{1,2})(?![\d,])(?!\s?\))")

# 打八折 leaves 80 %, 八五折 85 %
_DISCOUNT = re.compile(r"(\d(?:\.\d)?|[一二三四五六七八九]{1,2})折")
_CHINESE_DIGITS = "零一二三四五六七八九"


def with_decimal_points(text: str) -> str:
    """2.5 for 2,5; commas in lists without blanks and in points (2,5) stay."""
    return _COMMA.sub(r"\1.\2", text)


def with_digits(text: str) -> str:
    """With the small whole numbers among its words in digits."""
    text = _CHINESE_WORD.sub(lambda match: str(_CHINESE[match[1]]), text)
    return _WORD.sub(lambda match: str(_WORDS[match[0].casefold()]), text)


def numbers_in_words(text: str) -> Iterator[Fraction]:
    """Its small whole numbers, also those in digits, and two and a half."""
    text = with_digits(text)
    yield from map(Fraction, _DIGITS.findall(text))
    for match in _AND_A_HALF.finditer(text):
        yield Fraction(match[1] or match[2]) + Fraction(1, 2)
    yield from (_share(match[1]) for match in _DISCOUNT.finditer(text))
    lower = text.casefold()
    yield from (value for words, value in _HALVES.items() if words in lower)


def _share(discount: str) -> Fraction:
    """8/10 of 八折 and of 8折"""
    digits = "".join(
        str(_CHINESE_DIGITS.index(sign)) if sign in _CHINESE_DIGITS else sign for sign in discount
    )
    return Fraction(f"0.{digits.replace('.', '')}")


def is_in_order(numbers: Sequence[Fraction], text: str) -> bool:
    """Whether those of the numbers that the text tells come in the same order in it."""
    told = [Fraction(number) for number in _NUMERAL.findall(_as_told(text))]
    at = 0
    for number in numbers:
        if number in told and number not in (1, 2):
            if number not in told[at:]:
                return False
            at = told.index(number, at) + 1
    return True


def _as_told(text: str) -> str:
    return with_decimal_points(with_digits(text))
