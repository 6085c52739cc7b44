"""What a comma or a point between digits may mean: a decimal, thousands, two values."""

from __future__ import annotations

import re
from contextlib import suppress

from tutor.grading.answer_key import (
    NUMBERS,
    AnswerKey,
    Kind,
)
from tutor.grading.feedback import FeedbackCode
from tutor.grading.parsing.answers import read_plain_answer
from tutor.grading.parsing.normalize import PlainText
from tutor.grading.parsing.tree import Unreadable, Value

_SINGLE = (*NUMBERS, Kind.EXPRESSION)
_MAY_BE_ONE_VALUE = (Kind.EQUATION, Kind.INEQUALITY, Kind.RATIO)
# 0,75 and 2,5 but not the thousands of 1,250; in "2, 5" there are two numbers.
_DECIMAL_COMMA = re.compile(
    r"(?<![\d,.;\[({|])(?:(\d{1,9}),(\d{1,2}|\d{4,9})|(0), ?(\d{1,9}))(?![\d,]|\.(?!\.))"
)
# x = 2,5 and 2,5 : 1; in (2,5; 4) and in the interval [2,5, 4)
_ONE_VALUE = re.compile(
    r"\s?(?:[A-Za-z]\s?(?:=|[<>]=?|\\[lg]eq?)\s?)?[-+]?\d{1,9},\d{1,9}(?:\s?:\s?[-+]?\d{1,9})?\s?"
)
_TWO_ENDS = re.compile(
    r"\s?[\[\](]\s?[-+]?\d{1,9}(?:,\d{1,9})?\s?(?:[;|]|,\s)\s?[-+]?\d{1,9}(?:,\d{1,9})?\s?[)\[\]]\s?"
)
_IN_BRACKETS = re.compile(r"\s?\(\s?[-+]?\d{1,9},\d{1,9}\s?\)\s?")  # (-2,5)
_BETWEEN_DIGITS = re.compile(r"(?<=\d),(?=\d)")
_SPACED_COMMA = re.compile(r"(?<=\d) ?, ?(?=\d)")
_THOUSANDS_OR_DECIMAL = re.compile(r"(?<![\d,.])[1-9]\d{0,2},\d{3}(?![\d,.])")
_POINT_OF_THOUSANDS = re.compile(r"(?<![\d,.])[1-9]\d{0,2}\.\d{3}(?![\d,.])")


def ask_about_comma(text: PlainText, kind: Kind) -> None:
    """Raises Unreadable where a comma can only be that of a decimal."""
    if kind == Kind.INTERVAL or (kind == Kind.TUPLE and (";" in text or "|" in text)):
        if _TWO_ENDS.fullmatch(text) and _BETWEEN_DIGITS.search(text):
            meant = _BETWEEN_DIGITS.sub(".", text).replace(";", ",").replace("|", ",")
            raise Unreadable(FeedbackCode.DECIMAL_COMMA, text=meant.strip())
        return
    if kind in _SINGLE and _IN_BRACKETS.fullmatch(text):
        raise Unreadable(FeedbackCode.DECIMAL_COMMA, text=text.replace(",", ".").strip())
    if ";" in text or not (
        kind in _SINGLE or (kind in _MAY_BE_ONE_VALUE and _ONE_VALUE.fullmatch(text))
    ):
        return
    comma = _DECIMAL_COMMA.search(text)
    if comma and text.count("(", 0, comma.start()) == text.count(")", 0, comma.start()):
        meant = _DECIMAL_COMMA.sub(lambda n: f"{n[1] or n[3]}.{n[2] or n[4]}", text)
        raise Unreadable(FeedbackCode.DECIMAL_COMMA, text=meant.strip())


def other_decimal(text: PlainText, key: AnswerKey) -> Value | None:
    """The value with the other decimal sign, where that may be meant.

    1,250 may be one and a quarter as well as a thousand, 2,5 one number or two, and so may 2, 5
    where one number is asked for. With a decimal comma, 1.234 may be little more than one.
    """
    if key.decimal_comma:
        may_be_meant = _POINT_OF_THOUSANDS.search(text)
    else:
        if key.kind in NUMBERS:
            text = PlainText(_SPACED_COMMA.sub(",", text))
        is_lone = text.count(",") == 1 and "(" not in text and _BETWEEN_DIGITS.search(text)
        may_be_meant = is_lone or _THOUSANDS_OR_DECIMAL.search(text)
    with suppress(Unreadable):
        return read_plain_answer(text, not key.decimal_comma, units=True) if may_be_meant else None
    return None  # {1,2.50} is read with one sign alone
