"""Numbers of a statement written in words or with a comma: five pens, 两支笔, 2,5 kg."""

from __future__ import annotations

import re

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
_COMMA = re.compile(r"(?<![\d,.(])(\d{1,6}),(\d{1,2})(?![\d,])(?!\s?\))")


def with_decimal_points(text: str) -> str:
    """2.5 for 2,5; commas in lists without blanks and in points (2,5) stay."""
    return _COMMA.sub(r"\1.\2", text)


def with_digits(text: str) -> str:
    """With the small whole numbers among its words in digits."""
    text = _CHINESE_WORD.sub(lambda match: str(_CHINESE[match[1]]), text)
    return _WORD.sub(lambda match: str(_WORDS[match[0].casefold()]), text)
