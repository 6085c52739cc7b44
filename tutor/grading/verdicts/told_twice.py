"""A value in two forms, as 3/4 (0.75), 150 min (2.5 h) and 10√3 m ≈ 17.3 m."""

from __future__ import annotations

import re
from dataclasses import replace

from tutor.grading.answer_key import NUMBERS, AnswerKey
from tutor.grading.comparison.lone_numbers import last_of_equal_quantities
from tutor.grading.comparison.shown_working import value_of
from tutor.grading.parsing.answers import decimal_points
from tutor.grading.parsing.normalize import PlainText, normalize_text
from tutor.grading.parsing.tree import Unreadable
from tutor.grading.parsing.words import without_about

_MAX_CHARACTERS = 80
_BRACKETED = re.compile(
    r"(?P<first>[^≈]{1,50}?)\s?\("
    r"\s?(?:=|≈|or\s|oder\s|ou\s|o\s|also\s|i\.e\.\s|d\.h\.\s|soit\s|即|或)?\s?"
    r"(?P<second>[^()≈]{1,40})\)\s?\.?\s?"
)
_ROUNDED = re.compile(r"(?P<first>[^≈=]{1,50})≈(?P<second>[^≈=]{1,40})")
_UNIT = re.compile(r"[\dπ)]\s?([^\W\d_π][^\d()=]{0,12}[²³]?)\Z")
_WHOLE = re.compile(r"\s?-?\d+\s?")
_DECIMALS = re.compile(r"\d[.,](\d{1,12})(?!\d)")
_DECIMAL = re.compile(r"-?\d{1,12}[.,](\d{1,12})(?!\d)")
_APPROXIMATELY = re.compile(r"≃|\\approx(?![a-z])|~(?=\s?\d)")


def told_forms(response: str, key: AnswerKey) -> tuple[str, ...]:
    """The two forms of a response that has one of them in brackets; of any other, itself."""
    if key.kind not in NUMBERS or ")" not in response:
        return (response,)
    return _forms(_in_brackets(response), key) or (response,)


def told_keys(key: AnswerKey) -> tuple[AnswerKey, ...]:
    """A key for each form of the value; one that is told roughly allows what rounds to it."""
    if key.kind not in NUMBERS or key.condition:
        return (key,)
    text = _APPROXIMATELY.sub("≈", key.value)
    value = without_about(text)
    forms = _forms(_in_brackets(value), key) or _forms(_beside(value), key) or (value,)
    forms = _with_unit(*forms) if len(forms) == 2 else forms
    if value == text and len(forms) == 1:
        return (key,)
    keys = (replace(key, value=form) for form in forms)
    return tuple(_as_rounded(own) if value != text else own for own in keys)


def _in_brackets(text: str) -> re.Match[str] | None:
    may_be_told = len(text) <= _MAX_CHARACTERS and ")(" not in text  # a product
    return _BRACKETED.fullmatch(text) if may_be_told else None


def _beside(text: str) -> re.Match[str] | None:
    return _ROUNDED.fullmatch(text) if len(text) <= _MAX_CHARACTERS else None


def _forms(told: re.Match[str] | None, key: AnswerKey) -> tuple[str, ...]:
    if told is None:
        return ()
    first, second = told["first"].strip(), told["second"].strip()
    if _WHOLE.fullmatch(first) and _WHOLE.fullmatch(second):
        return ()  # a product
    return (first, second) if _are_same(first, second, decimal_comma=key.decimal_comma) else ()


def _with_unit(first: str, second: str) -> tuple[str, str]:
    """12.5π m² and 39.27 m² of 12.5π ≈ 39.27 m²."""
    unit = _UNIT.search(second)
    if unit is None or _UNIT.search(first):
        return first, second
    return f"{first} {unit[1]}", second


def _are_same(first: str, second: str, *, decimal_comma: bool) -> bool:
    """Whether one of them is the other one, perhaps in another unit, or rounded."""
    try:
        equation = normalize_text(f"{first} = {second}")
        sides = [normalize_text(side) for side in (first, second)]
    except Unreadable:
        return False
    if last_of_equal_quantities(equation, decimal_comma) != equation:
        return True
    amounts = [value_of(decimal_points(side) if decimal_comma else side) for side in sides]
    known = [amount for amount in amounts if amount is not None]
    half = max(map(_half_of_last_digit, sides))
    return len(known) == 2 and abs(known[0] - known[1]) <= 1.01 * half + 1e-9 * abs(known[0])


def _half_of_last_digit(text: PlainText) -> float:
    """0.05 of 17.3; 0 without decimals."""
    decimals = max(map(len, _DECIMALS.findall(text)), default=0)
    return 0.5 * 10.0**-decimals if decimals else 0.0


def _as_rounded(key: AnswerKey) -> AnswerKey:
    """With a tolerance of half its last digit, where it is a decimal that has none."""
    decimal = _DECIMAL.match(key.value.strip())
    if decimal is None or key.tolerance is not None or "%" in key.value:
        return key
    return replace(key, tolerance=f"0.{'0' * len(decimal[1])}5")
