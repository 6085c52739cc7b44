"""Whether the calculations in a text come to what they say."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tutor.grading.comparison.shown_working import are_equal, worked_out
from tutor.grading.parsing.answers import decimal_points
from tutor.grading.prose.spoken_calculations import SPOKEN_EQUALS, with_signs
from tutor.grading.sentences.answer_shapes import EQUALS, number_in
from tutor.grading.sentences.clauses import statements_of

CALCULATED = re.compile(
    r"[-+*/^×÷%²³]|\\(?:cdot|times|div|sqrt|frac|ln|log|(?:arc)?(?:sin|cos|tan))(?![a-z])"
    r"|\d ?x ?\d|(?<![a-z])(?:arc|a)?(?:sin|cos|tan) ?\("
)
_SPOKEN = re.compile(rf"{SPOKEN_EQUALS}\s*")
_OPERATION = re.compile(r"[\d)}] ?[-+*/^×÷]|\\(?:times|cdot|div|sqrt)(?![a-z])")
_TO_THE_POWER = re.compile(
    r"(?<=\d) (?:to the power(?: of)?|hoch|puissance|elevado a(?: la)?) (?=\d)", re.IGNORECASE
)
_NO_LETTERS = re.compile(r"[^A-Za-z]{0,80}\Z")
_COUNTED = ("个", "倍")  # 25×4就是4个25


def with_spoken_signs(text: str) -> str:
    """15% × 80 = 12 for "15% of 80 is 12"; "add to 5 are 2 and 3" states no equation."""
    signed = with_signs(_TO_THE_POWER.sub("^", text))
    for sign in list(_SPOKEN.finditer(signed)):
        before = _NO_LETTERS.search(signed[: sign.start()])
        is_worked = before and CALCULATED.search(before[0].replace("%", "").strip()[1:])
        told = "=".ljust(len(sign[0])) if is_worked else text[sign.start() : sign.end()]
        signed = signed[: sign.start()] + told + signed[sign.end() :]
    return signed


def has_false_calculation(text: str, decimal_comma: bool) -> bool:
    """Whether a calculation in numbers does not come to what it says: 3*4 = 13."""
    plain = with_spoken_signs(decimal_points(text) if decimal_comma else text)
    return any(
        _is_false(EQUALS.split(statement.text)) and not statement.behind.startswith(_COUNTED)
        for statement in statements_of(plain)
    )


def _is_false(sides: Sequence[str]) -> bool:
    if len(sides) < 2 or not _OPERATION.search(sides[0]) or None in map(number_in, sides):
        return False
    return not is_true(sides)


def is_true(sides: Sequence[str]) -> bool:
    plain = [side.strip() for side in sides]
    return worked_out(plain[:-1], plain[-1]) or are_equal(plain)


def comes_out(text: str, decimal_comma: bool) -> bool:
    """Whether the text is one calculation, perhaps in words, which is true."""
    spoken = with_spoken_signs(text)
    statements = statements_of(decimal_points(spoken) if decimal_comma else spoken)
    sides = EQUALS.split(statements[0].text) if len(statements) == 1 else []
    return len(sides) > 1 and is_true(sides)


def is_worked_out(text: str, decimal_comma: bool) -> bool:
    """Whether the last statement is a calculation with its true result: 2 + 7*3 = 23."""
    statements = statements_of(decimal_points(text) if decimal_comma else text)
    sides = EQUALS.split(statements[-1].text.strip("= ")) if statements else [""]
    return len(sides) > 1 and bool(_OPERATION.search(sides[0])) and is_true(sides)
