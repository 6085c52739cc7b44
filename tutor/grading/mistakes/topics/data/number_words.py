"""The numbers of a statement, those in words too."""

from __future__ import annotations

import re
from fractions import Fraction

from tutor.grading.mistakes.explanation import Question
from tutor.grading.working.quantities.counting_words import with_digits

_TIMES = {
    "twice": 2,
    "thrice": 3,
    **{
        f"{word}mal": number
        for number, word in enumerate(
            ("zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn"), start=2
        )
    },
}
_OF_DIGITS = re.compile(
    r"\b(two|three|four|five|six)(?=-(?:digit|letter))|\b(zwei|drei|vier|fünf|sechs)(?=stellig)"
    r"|([两三四五六])(?=位数)",
    re.IGNORECASE,
)
_DIGITS = {
    word: number
    for number, group in enumerate(
        ("two zwei 两", "three drei 三", "four vier 四", "five fünf 五", "six sechs 六"), 2
    )
    for word in group.split()
}
_TIMES_WORD = re.compile(rf"\b(?:{'|'.join(_TIMES)})\b", re.IGNORECASE)


def all_numbers(question: Question) -> tuple[Fraction, ...]:
    """In their order, such as 2 and 6 of "two dice with 6 faces", and 3 of "dreimal"."""
    return in_digits(question).numbers


def in_digits(question: Question) -> Question:
    """With the small numbers in its words as digits."""
    text = _TIMES_WORD.sub(lambda match: str(_TIMES[match[0].lower()]), question.statement)
    text = _OF_DIGITS.sub(lambda match: f"{_DIGITS[match[0].lower()]} ", text)
    return Question(with_digits(text), question.key, question.right)


def whole_numbers(question: Question) -> tuple[int, ...]:
    """The positive whole ones, each of them once."""
    return tuple(
        dict.fromkeys(
            number.numerator
            for number in all_numbers(question)
            if number.denominator == 1 and number > 0
        )
    )
