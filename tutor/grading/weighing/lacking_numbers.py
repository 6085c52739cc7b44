"""Whether a working cannot have come to the stored answer: a number of it is written nowhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress

from tutor.grading.answer_key import AnswerKey, Kind
from tutor.grading.comparison.keys import key_text
from tutor.grading.parsing.normalize import normalize_text
from tutor.grading.parsing.tree import Unreadable
from tutor.grading.weighing.key_numbers import value_of
from tutor.grading.weighing.numbers import are_close
from tutor.grading.weighing.weighed_lines import WeighedLine, last_side
from tutor.grading.working.quantities.counting_words import with_decimal_points, with_digits

_NUMBER = re.compile(r"\d{1,15}(?:\.\d{1,15})?(?:/\d{1,15})?")
_MINUS = re.compile(r"[-−]\s?(\d{1,15}(?:\.\d{1,15})?(?:/\d{1,15})?)")
_OF_LIST = re.compile(r"(?<![^\W_])[-−]?\d{1,6}(?:/\d{1,6})?(?!\s*[.,]?\d)(?![^\W_°])")
# Roots, powers, functions and products of letters, which can be written in many ways.
_FORMULA = re.compile(
    r"[√^²³π*·+≈~±%]|\d[.,]\d|\\|(?<!\w)(?:sqrt|ln|log|e)(?!\w)|\d[a-zA-Z(](?!\w)"
)
# 13 and 7: who writes one of them may have the other in mind.
_OF_STORY = re.compile(r"[^=(){}|°]*")
_LETTERS = re.compile(r"(?<![^\W\d])[a-zA-Z](?![^\W\d])")  # of 3y - 4
_DEGREES = re.compile(r"\^?\{?\\circ\}?|\\degree")
_UNIT = re.compile(r"\d\s?[a-zA-Z€$]")
# π/4 for 45°, and 45° + k·180°
_OTHER_ANGLE = re.compile(r"π|\\pi|(?<![a-zA-Z])(?:pi|[kn])(?![a-zA-Z])")
_SEVERAL = (Kind.LIST, Kind.SET, Kind.TUPLE)
_IN_WORDS = re.compile(
    r"(?<!\w)(?:zero|one|once|null|eins?|zéro|une?|cero|uno?)(?!\w)|[零一]", re.IGNORECASE
)


def lacks_numbers(lines: Sequence[WeighedLine], key: AnswerKey) -> bool:
    """Of an answer of several whole numbers or fractions: x = 1 or x = 4, and 4 is nowhere."""
    text = _DEGREES.sub("°", normalize_text(key_text(key)))
    if key.kind not in _SEVERAL or _FORMULA.search(text):
        return False
    right = [_value(part) for part in _OF_LIST.findall(text)]
    if len(right) < 2 or ("°" in text and any(_OTHER_ANGLE.search(line.text) for line in lines)):
        return False
    is_story = bool(_OF_STORY.fullmatch(text))
    sides = [last_side(claim) for line in lines for claim in line.claims]
    written = [value for side in sides if (value := value_of(side)) is not None]
    written += [value for side in sides if not _LETTERS.search(side) for value in numerals(side)]
    told = lines[-1:] if is_story else lines  # x = 3y + 4 of a story is not its 4
    written += [value for line in told for value in numerals(line.text)]
    if any(_IN_WORDS.search(line.text) for line in lines):
        written += [0.0, 1.0]
    if _UNIT.search(text):  # 5 cm may be 50 mm
        written += [value * 10.0**places for value in written for places in range(-3, 4)]
    lacking = [value for value in right if not _is_among(value, written)]
    return len(lacking) == len(right) if is_story else bool(lacking)


def numerals(text: str) -> list[float]:
    """Of 3/4: 0.75, 3 and 4; of - 5: 5 and -5. Small numbers in words, too."""
    with suppress(Unreadable):
        text = normalize_text(text)
    text = with_decimal_points(with_digits(text))
    fractions = _NUMBER.findall(text)
    parts = [part for fraction in fractions for part in fraction.split("/")]
    turned = [f"-{number}" for number in _MINUS.findall(text)]
    return [*map(_value, fractions), *map(_value, parts), *map(_value, turned)]


def _value(text: str) -> float:
    top, _, bottom = text.replace("−", "-").partition("/")
    divisor = float(bottom) if bottom else 1.0
    return float(top) / divisor if divisor else 0.0


def _is_among(value: float, others: Sequence[float]) -> bool:
    return any(are_close(value, other) for other in others)
