"""Answers that are partly right, or nearly."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from flint import arb

from tutor.grading.answer_key import Form, Kind
from tutor.grading.feedback import FeedbackCode
from tutor.grading.mistakes.explanation import bare_term
from tutor.grading.mistakes.names import MistakeName
from tutor.grading.mistakes.real_values import decimal_places, real_number
from tutor.grading.mistakes.wrong_response import GivenAnswer
from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.intervals import BASE_BITS, precision
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.shapes import definition, expand_plus_minus, solutions
from tutor.grading.parsing.tree import (
    ZERO,
    Add,
    Bracketed,
    Comparison,
    Const,
    Listing,
    Matrix,
    Mul,
    Neg,
    Num,
    Root,
    Sym,
    Term,
    Value,
    free_names,
    has_part,
    is_term,
)
from tutor.grading.solving.real_sets import (
    EMPTY_SET,
    RealSet,
    Undecidable,
    compare_endpoints,
    equal_sets,
    minus,
)
from tutor.grading.solving.set_notation import real_set

_BARS = re.compile(
    r"\\l?vert|\||\\abs|absolute value|\bBetrag|valeur absolue|valor absoluto|绝对值"
)
_CONDITION = re.compile(
    r"[A-Za-z]'{0,2}\s*\(\s*-?\d+(?:\.\d+)?\s*\)\s*=|\bpass|through the|durch den|过点|过.{0,9}点"
)
_CLOSE = Fraction(1, 10)  # of the right number: how far off a slip of arithmetic may be
_MANY_DIGITS = 4
_TELLING = 20  # close to a smaller number are so few that the word would tell it
_VERY_CLOSE = Fraction(1, 100)  # how far off what was rounded on the way may be


def missing_part(given: GivenAnswer) -> MistakeName | None:
    """What is right in it, where nothing is wrong but something is missing or too much."""
    if given.grade.feedback is not None and (
        given.grade.feedback.code == FeedbackCode.VALUES_MISSING
    ):
        if given.question.key.kind == Kind.TUPLE:
            return MistakeName.ONE_PART_ONLY
        return _missing_solutions(given)
    return _part_of_set(given) or _single_part(given)


def _missing_solutions(given: GivenAnswer) -> MistakeName:
    listed = solutions(expand_plus_minus(given.question.right))
    values = [value for value in listed.values if is_term(value)] if listed else []
    if ZERO in values and not given.is_value(ZERO):
        return MistakeName.SOLUTION_LOST
    if len(values) == 2 and _differ_in_sign(values, given):
        return MistakeName.FORGOT_PLUS_MINUS
    return MistakeName.ONE_SOLUTION_MISSING


def _differ_in_sign(values: Sequence[Term], given: GivenAnswer) -> bool:
    """2 + √3 and 2 - √3, or 5 and -5"""
    first, second = values
    if has_part(first, Root):
        return True
    return same_value(first, Neg(second), given.budget).equal is True


def _solutions_too_many(given: GivenAnswer) -> MistakeName | None:
    """x = 1 or x = 6 where 1 is no solution"""
    right, own = (
        solutions(expand_plus_minus(value)) for value in (given.question.right, given.value)
    )
    if right is None or own is None or right.together or own.together:
        return None
    if len(own.values) != len(right.values) + 1 or given.question.key.kind == Kind.TUPLE:
        return None
    if not all(is_term(value) for value in (*right.values, *own.values)):
        return None
    remaining = list(own.values)
    for value in right.values:
        match = next((v for v in remaining if given.are_same(value, v)), None)
        if match is None:
            return None
        remaining.remove(match)
    return MistakeName.ONE_SOLUTION_TOO_MANY


def _part_of_set(given: GivenAnswer) -> MistakeName | None:
    """x > 4 for x < -4 or x > 4, and x ≤ 5 for -1 ≤ x ≤ 5"""
    if given.question.key.kind not in (Kind.INTERVAL, Kind.INEQUALITY, Kind.SET):
        return None
    try:
        right, own = (
            real_set(value, given.budget) for value in (given.question.right, given.value)
        )
        if not _has_part_of_ends(right, own, given):
            return None
        is_within = equal_sets(minus(own, right, given.budget), EMPTY_SET, given.budget)
        is_around = equal_sets(minus(right, own, given.budget), EMPTY_SET, given.budget)
        extra = minus(own, right, given.budget)
    except Undecidable:
        return None
    if is_within == is_around or own == EMPTY_SET:
        return None
    if is_around and not any(extra.inside[::2]):
        return MistakeName.ZERO_OF_DENOMINATOR  # single numbers too many
    if given.question.mentions(_BARS):
        return MistakeName.ONLY_POSITIVE_CASE
    if is_around and _leaves_out_bound(right, own, given):
        return MistakeName.CONDITION_NOT_USED
    return MistakeName.ONE_SOLUTION_MISSING if is_within else MistakeName.ONE_PART_ONLY


def _leaves_out_bound(right: RealSet, own: RealSet, given: GivenAnswer) -> bool:
    """x ≤ 8 for 0 < x ≤ 8, where the problem says x > 0. Raises Undecidable."""
    bounds = [
        real_set(value, given.budget)
        for value in given.question.task.equations
        if isinstance(value, Comparison) and {type(value.left), type(value.right)} == {Sym, Num}
    ]
    within = (minus(own, minus(own, bound, given.budget), given.budget) for bound in bounds)
    return any(equal_sets(part, right, given.budget) for part in within)


def _has_part_of_ends(right: RealSet, own: RealSet, given: GivenAnswer) -> bool:
    """Whether each of its ends is one of the right set, which has more. Raises Undecidable."""
    if not 0 < len(own.endpoints) < len(right.endpoints):
        return False
    return all(
        any(compare_endpoints(end, other, given.budget) == 0 for other in right.endpoints)
        for end in own.endpoints
    )


def _single_part(given: GivenAnswer) -> MistakeName | None:
    """x = 3 for (3, 1)."""
    own = given.amount
    if own is None or free_names(own):
        return None
    right = given.question.right
    parts = entries(right) if isinstance(right, Bracketed) else []
    own_name = _name_of(given.value)
    if len(parts) < 2:
        return None
    if own_name in ("x", "y", "z") and given.question.key.kind == Kind.TUPLE:
        index = "xyz".index(own_name)
        parts = parts[index : index + 1]
    is_part = any(given.are_same(part, own) for part in parts if is_term(part))
    return MistakeName.ONE_PART_ONLY if is_part else None


def _name_of(value: Value) -> str | None:
    pair = definition(value)
    return pair[0].name if pair and isinstance(pair[0], Sym) else None


def _missing_summand(given: GivenAnswer) -> MistakeName | None:
    """x - x²/2 for x - x²/2 + x³/3"""
    right, own = given.question.amount, given.amount
    if not isinstance(right, Add) or own is None or not free_names(right):
        return None
    for index, part in enumerate(right.parts):
        rest = right.parts[:index] + right.parts[index + 1 :]
        shorter = rest[0] if len(rest) == 1 else Add(rest)
        if same_value(shorter, own, given.budget).equal is not True:
            continue
        if part == Sym("C") or part == Sym("c"):
            return MistakeName.FORGOT_CONSTANT
        if not free_names(part) and given.question.mentions(_CONDITION):
            return MistakeName.CONDITION_NOT_USED
        return MistakeName.TERM_DROPPED
    return None


def entries(value: Value) -> list[Value]:
    """The entries of a list, a set, a point or a matrix; empty for other values."""
    match value:
        case Listing(parts) | Bracketed(_, parts, _):
            return list(parts)
        case Matrix(rows):
            return [entry for row in rows for entry in row]
    return []


def near_miss(given: GivenAnswer) -> MistakeName | None:
    """What is nearly right, and no usual mistake makes."""
    return (
        _solutions_too_many(given)
        or _missing_summand(given)
        or _wrong_entry(given)
        or _close_number(given)
    )


def _wrong_entry(given: GivenAnswer) -> MistakeName | None:
    """One entry of a point, a list or a matrix."""
    right, own = entries(given.question.right), entries(given.value)
    if given.question.key.kind == Kind.INTERVAL or len(right) != len(own) or len(right) < 2:
        return None
    wrong = [
        (bare_term(left), bare_term(other))
        for left, other in zip(right, own, strict=True)
        if not given.are_same(left, other)
    ]
    if len(wrong) != 1:
        return None
    [(left, other)] = wrong
    if left is None or other is None:
        return None
    if same_value(left, Neg(other), given.budget).equal is True:
        return MistakeName.SIGN_ERROR
    return MistakeName.PARTLY_RIGHT


def _close_number(given: GivenAnswer) -> MistakeName | None:
    right, own = given.question.amount, given.amount
    if right is None or own is None or free_names(right) or free_names(own):
        return None
    if _has_other_factor_of_pi(right, own):
        return MistakeName.ARITHMETIC_SLIP
    value, number = real_number(right, given.budget), given.number
    if value is None or number is None or given.places is None:
        return None
    if _has_one_digit_off(right, own) or _has_one_other_digit(right, own):
        return MistakeName.ARITHMETIC_SLIP
    if given.question.key.form == Form.DECIMAL_PLACES and given.question.key.places:
        with precision(BASE_BITS):
            is_near = abs(value - number) < abs(value) * arb(float(_VERY_CLOSE))
        return MistakeName.ROUNDED_TOO_EARLY if is_near else None
    return None


def _has_other_factor_of_pi(right: Term, own: Term) -> bool:
    """130π for 120π: nearly as much, in the same form."""
    match right, own:
        case Mul((Num() as factor, Const("pi"))), Mul((Num() as other, Const("pi"))):
            gap = abs(factor.value - other.value)
            return 0 < gap <= _CLOSE * factor.value and gap.denominator == 1
    return False


def _has_one_other_digit(right: Term, own: Term) -> bool:
    """6700 for 6750, 2315.52 for 2315.25: at least four digits, less than a hundredth off."""
    value, number = rational_value(right), rational_value(own)
    places = [decimal_places(term) for term in (right, own)]
    if value is None or number is None or places[0] is None or places[0] != places[1]:
        return False
    digits, others = (str(abs(n) * 10 ** places[0]) for n in (value, number))
    if len(digits) != len(others) or len(digits) < _MANY_DIGITS or value * number < 0:
        return False
    apart = [(a, b) for a, b in zip(digits, others, strict=True) if a != b]
    is_swapped = len(apart) == 2 and apart[0] == apart[1][::-1]
    return (len(apart) == 1 or is_swapped) and abs(value - number) < _VERY_CLOSE * abs(value)


def _has_one_digit_off(right: Term, own: Term) -> bool:
    """764 for 765 and 53.45 for 53.55: one digit is off by one, the last of many by up to two.

    14 and 16 are close to 15 alone: of a number so small nothing is said.
    """
    value, number = rational_value(right), rational_value(own)
    places = [decimal_places(term) for term in (right, own)]
    if value is None or number is None or places[0] is None or places[0] != places[1]:
        return False
    shift = 10 ** places[0]
    gap = abs(value - number) * shift
    if abs(value - number) > _CLOSE * abs(value) or gap.denominator != 1:
        return False
    if abs(value) * shift < _TELLING:
        return False
    digits = str(gap.numerator)
    return gap == 2 or (digits[0] == "1" and not digits[1:].strip("0"))
