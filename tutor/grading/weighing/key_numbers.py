"""The numbers of a stored answer that cannot be compared as a whole.

Such as 640π ≈ 2011 litres, 5 cm and 8 cm, and 17 chickens, 11 rabbits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from tutor.grading.answer_key import AnswerKey, Kind
from tutor.grading.comparison.keys import key_text, key_value
from tutor.grading.parsing.answers import read_answer
from tutor.grading.parsing.currencies import without_rare_signs
from tutor.grading.parsing.names import KNOWN_FUNCTIONS
from tutor.grading.parsing.normalize import normalize_text
from tutor.grading.parsing.shapes import expand_plus_minus, solutions
from tutor.grading.parsing.tree import (
    Bracketed,
    Call,
    Comparison,
    Listing,
    Logic,
    Quantity,
    Unreadable,
    Value,
    Words,
    free_names,
    is_term,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.statements import says_no_solution
from tutor.grading.weighing.numbers import are_close, is_name, number
from tutor.grading.weighing.weighed_lines import WeighedClaim, WeighedLine, last_side
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.percents import DOWN

MAX_NUMBERS = 12  # of a key in words
MAX_WORK_S = 0.05  # of the value of one text
SEVERAL_AMOUNTS = re.compile(  # 144 min, 8640 s; 7 cm and 12 cm
    r"\d[^,，;；、\d]{0,20}(?:[，;；、和与]|, | (?:and|und|et|y|e) )[^\d]{0,20}\d"
)
_APPROXIMATELY = re.compile(r"≈|≃|\\approx|~")
_ABOUT = words(
    r"about|approximately|approx|roughly|around|etwa|ungefähr|rund|circa|ca|environ"
    r"|aproximadamente|aprox",
    r"≈|≃|\\approx|~|约",
)
_FALLS = words(
    r"gesunken|gefallen|sank|fiel|drop(?:s|ped)?|down|smaller|kleiner|weniger|baja|bajado|caído",
    "下降|减少|降低",
)
_NUMERAL = re.compile(
    r"(?<![A-Za-z\d.^])(?<!\^\{)(?:(?<![A-Za-z)\d])[-−])?\d{1,15}(?:\.\d{1,15})?(?:/\d{1,15})?"
)
_AMOUNTS = re.compile(r"[,;，；、]\s|[;，；、]|\s(?:and|und|et|y|e)\s|[和与]")
_NAME_OF_AMOUNT = re.compile(r"\s?[A-Za-z](?:_?\{?\w\}?)?\s?=(?!=)")
_DECIMALS = re.compile(r"\d\.(\d{1,15})")
_LEADING_WORD = re.compile(r"\s?([^\W\d_]{3,20}|in|en|at|um|am|au|à)\s(?=\d)")
_CLOCK = re.compile(  # a las 10:00, um 10:00 Uhr, at 10.00 a.m.
    r"\s?(?:[^\W\d_]{1,12} ){1,3}(\d{1,2}):(\d{2})(?: ?(?:h|Uhr|hrs?|o'clock))?\s?\.?"
)
_RANDS = re.compile(r"\s?R\s?(\d[\d.]*(?:[ ,]\d{3})*(?:\.\d{1,2})?)\s?")  # R6 298.56
_PERCENT = ("%", r"\%")


@dataclass(frozen=True, slots=True)
class KeyNumbers:
    """are_same: whether they are the same number, rounded or not: ln 16 ≈ 2.77."""

    values: tuple[float, ...]
    are_same: bool


def denies_solutions(key: AnswerKey) -> bool:
    """Whether the stored answer is that there is no solution, and nothing else."""
    text = key_text(key)
    return says_no_solution(text) and not any(map(str.isdigit, text))


def key_numbers(key: AnswerKey) -> KeyNumbers:
    text = normalize_text(key_text(key))
    parts = _APPROXIMATELY.split(text)
    if len(parts) > 1:
        values = [value for part in parts if (value := value_of(part)) is not None]
        if len(values) == len(parts):
            return KeyNumbers(tuple(values), are_same=True)
    return KeyNumbers(tuple(_listed(text)), are_same=False)


def without_leading_word(key: AnswerKey) -> AnswerKey:
    """15 h for "nach 15 h", whose letters are no factors; 10:00 for "a las 10:00"; 72 for R72."""
    text = key_text(key)
    if (rands := _RANDS.fullmatch(text)) is not None:
        return replace(key, value=re.sub("[ ,]", "", rands[1]), kind=Kind.NUMBER)
    if (clock := _CLOCK.fullmatch(text)) is not None:
        return replace(key, value=f"{clock[1]}:{clock[2]}", kind=Kind.QUANTITY)
    word = _LEADING_WORD.match(text) if key.kind in (Kind.EXPRESSION, Kind.QUANTITY) else None
    if word is None or word[1].lower() in KNOWN_FUNCTIONS or not free_names(key_value(key)):
        return key
    return replace(key, value=text[word.end() :])


def value_of(text: str) -> float | None:
    """Of a number, with a name or a unit or without; None for anything else."""
    with suppress(Unreadable, RecursionError), WorkBudget(MAX_WORK_S) as budget:
        return _value(read_answer(without_rare_signs(text), units=True), budget)
    return None


def is_rounding(text: str, value: float, right: float) -> bool:
    """Whether a number that is written so is the right one, as far as its digits go."""
    decimals = [len(digits) for digits in _DECIMALS.findall(text)]
    half = 0.5 * 10.0 ** -max(decimals, default=0)
    half *= 0.01 if any(sign in text for sign in _PERCENT) else 1.0
    return are_close(value, right, 1e-9) or (
        abs(value - right) <= 1.01 * half and are_close(value, right)
    )


def is_rounded_to(text: str, value: float, number: float) -> bool:
    """Whether a decimal that is written so is this number, to its last digit: 4.2 of √18."""
    decimals = max(map(len, _DECIMALS.findall(text)), default=0)
    return decimals > 0 and abs(value - number) <= 0.5 * 10.0**-decimals


def is_told_roughly(key: AnswerKey, value: float) -> bool:
    """Whether the key is this value, rounded: about 8.5 cm, and 8.51 is closer."""
    text = normalize_text(key_text(key))
    right = key_numbers(key)
    is_one = len(right.values) == 1 or right.are_same
    is_about = bool(_ABOUT.search(text))
    return is_about and is_one and any(is_rounding(text, part, value) for part in right.values)


def is_fall(key: AnswerKey, value: float, text: str) -> bool:
    """Whether words give the sign of the key: it has fallen by 4 %, where -4 % is asked for."""
    values = key_numbers(key).values
    is_opposite = len(values) == 1 and values[0] < 0 and are_close(values[0], -value, 1e-9)
    return is_opposite and bool(DOWN.search(text) or _FALLS.search(text))


def gives_each(lines: Sequence[WeighedLine], right: KeyNumbers) -> bool:
    """Whether each of these numbers has come out, and the last line gives no others."""
    if not right.values or not lines:
        return False
    last = list(_results(lines[-1])) if lines[-1].claims else _numerals(lines[-1].text)
    given = [value for line in lines for value in _results(line)]
    given += _numerals(lines[-1].text)
    return (
        bool(last)
        and all(_is_among(value, right.values) for value in last)
        and (right.are_same or all(_is_among(value, given) for value in right.values))
    )


def _results(line: WeighedLine) -> Iterator[float]:
    for claim in line.results:
        if _gives_value(claim):
            yield from _listed(last_side(claim), may_have_words=False)


def _gives_value(claim: WeighedClaim) -> bool:
    """Whether its last side is what comes out, as it is not in 3x = 24."""
    first = claim.terms[0] if claim.terms else None
    is_plain = first is None or is_name(first) or isinstance(first, Call) or not free_names(first)
    return is_plain or not claim.claim.operators


def _listed(text: str, *, may_have_words: bool = True) -> Iterator[float]:
    if named := _named_amounts(text):
        yield from named
        return
    with suppress(Unreadable, RecursionError), WorkBudget(MAX_WORK_S) as budget:
        value = expand_plus_minus(read_answer(text, units=True))
        members = [_value(member, budget) for member in _members(value)]
        numbers = [member for member in members if member is not None]
        is_read = len(numbers) == len(members) or (
            len(members) == 1 and not isinstance(value, Words) and not SEVERAL_AMOUNTS.search(text)
        )
        if is_read or not may_have_words:
            yield from numbers
            return
    if may_have_words:
        yield from _numerals(text)


def _named_amounts(text: str) -> list[float]:
    """96 and 40 of A = 96 cm², P = 40 cm; empty where a part is no amount with a name."""
    parts = _AMOUNTS.split(text)
    if len(parts) < 2 or not all(_NAME_OF_AMOUNT.match(part) for part in parts):
        return []
    values = [value for part in parts if (value := value_of(part)) is not None]
    return values if len(values) == len(parts) else []


def _members(value: Value) -> tuple[Value, ...]:
    if isinstance(value, Bracketed | Listing):
        return value.parts
    if not isinstance(value, Logic):
        return (value,)
    listed = solutions(value)
    return listed.values if listed else value.parts


def _value(value: Value, budget: WorkBudget) -> float | None:
    match value:
        case Comparison("=", left, right) if free_names(left) and not free_names(right):
            value = right  # also of cos θ = -12/13
    if isinstance(value, Quantity):
        value = Call("percent", (value.amount,)) if value.unit in _PERCENT else value.amount
    if isinstance(value, Call) and value.name == "degrees":
        value = value.args[0]
    return number(value, budget) if is_term(value) else None


def _numerals(text: str) -> list[float]:
    texts = _NUMERAL.findall(text)[:MAX_NUMBERS]
    return [value for numeral in texts if (value := value_of(numeral)) is not None]


def _is_among(value: float, others: Sequence[float]) -> bool:
    return any(are_close(value, other) for other in others)
