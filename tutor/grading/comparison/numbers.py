"""Compares numbers: exactly, within a tolerance, or rounded as the key demands."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction

from flint import arb, fmpq

from tutor.grading.answer_key import AnswerKey, Form, Rule
from tutor.grading.numeric.equivalence import Equality, same_value
from tutor.grading.numeric.evaluate import Evaluator
from tutor.grading.numeric.intervals import BASE_BITS, Ball, Undefined, precision
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.quantities import percent_or_degrees
from tutor.grading.parsing.tree import Call, Sym, Term, free_names, is_term, rebuild
from tutor.grading.processes.work_budget import WorkBudget


def same_number(key: Term, response: Term, conventions: AnswerKey, budget: WorkBudget) -> Equality:
    exactly = same_value(key, response, budget)
    if exactly:
        return exactly
    if free_names(key) or free_names(response):
        if conventions.positive_letters:
            return same_value(_with_positive(key), _with_positive(response), budget)
        return exactly
    nearly = compare_approximately(key, response, conventions, budget)
    if nearly is not None:
        return nearly
    if conventions.unit_optional and (bare := _without_sign(key, response)):
        return same_value(*bare, budget)
    return exactly


def _with_positive(term: Term) -> Term:
    """The term with |a| for each letter a, which is what it says of positive letters."""
    if isinstance(term, Sym):
        return Call("abs", (term,))
    changed: Term = rebuild(term, lambda part: _with_positive(part) if is_term(part) else part)
    return changed


def _without_sign(key: Term, response: Term) -> tuple[Term, Term] | None:
    """5 for 5%, 90 for 90°: one side has the sign, the other has none."""
    signed_key, signed_response = percent_or_degrees(key), percent_or_degrees(response)
    if signed_key and not signed_response:
        return signed_key[0], response
    if signed_response and not signed_key:
        bare, sign = signed_response
        return (key, bare) if sign == "°" or may_be_percent(key) else None
    return None


def may_be_percent(key: Term) -> bool:
    """Whether 20 may mean 20%; a number below 1 is a share already."""
    value = rational_value(key)
    return value is not None and abs(value) >= 1


def compare_approximately(
    key: Term, response: Term, conventions: AnswerKey, budget: WorkBudget
) -> Equality | None:
    """None when the key asks for the exact value."""
    if conventions.tolerance is not None:
        bound = Fraction(conventions.tolerance)
        return _within(key, response, bound, conventions.relative, budget)
    if conventions.places is not None:
        return _rounded(key, response, conventions, budget)
    return None


def _value(term: Term, budget: WorkBudget) -> Ball | None:
    """The real value if there is one: the real cube root of -9, not the principal root."""
    for real in (True, False):
        with suppress(Undefined, KeyError, OverflowError):
            return Evaluator({}, budget, real=real).value(term)
    return None


def _within(
    key: Term, response: Term, bound: Fraction, relative: bool, budget: WorkBudget
) -> Equality:
    with precision(BASE_BITS):
        key_value, response_value = _value(key, budget), _value(response, budget)
        if key_value is None or response_value is None:
            return Equality(None, Rule.TOLERANCE)
        limit = arb(fmpq(bound.numerator, bound.denominator))
        if relative:
            limit = limit * abs(key_value)
        gap = abs(key_value - response_value)
        # A response at the tolerance itself is right, and rounded numbers cannot show that.
        slack = limit * (1 + arb(2) ** -60)
        return Equality(bool(gap <= slack), Rule.TOLERANCE)


def _rounded(key: Term, response: Term, conventions: AnswerKey, budget: WorkBudget) -> Equality:
    """The key's value rounded, a half away from zero, or to even where the key says so."""
    with precision(BASE_BITS):
        key_value = _value(key, budget)
    if rational_value(response) is None or not isinstance(key_value, arb):
        return Equality(False, Rule.ROUNDING)
    places = conventions.places or 0
    if conventions.form == Form.SIGNIFICANT_FIGURES:
        size = abs(key_value)
        if size.contains(0):
            return Equality(None, Rule.ROUNDING)
        places -= 1 + _magnitude(size)
    unit = Fraction(10) ** -places
    if (tie := _rounded_tie(key, unit, conventions)) is not None:
        return Equality(rational_value(response) == tie, Rule.ROUNDING)
    with precision(BASE_BITS):
        response_value = _value(response, budget)
        if response_value is None:
            return Equality(False, Rule.ROUNDING)
        step = arb(fmpq(unit.numerator, unit.denominator))
        is_near = abs(key_value - response_value) <= step / 2 * (1 + arb(2) ** -60)
        is_whole = (response_value / step).contains_integer()
    return Equality(bool(is_near and is_whole), Rule.ROUNDING)


def _rounded_tie(key: Term, unit: Fraction, conventions: AnswerKey) -> Fraction | None:
    """The key's value rounded, where it lies in the middle between two roundings; else None."""
    value = rational_value(key)
    if value is None or (value / unit * 2).denominator != 1 or (value / unit).denominator == 1:
        return None
    if conventions.ties_to_even:
        return round(value / unit) * unit  # Python rounds a half to even
    away = Fraction(1, 2) if value > 0 else Fraction(-1, 2)
    return (value / unit + away) * unit


def _magnitude(size: arb) -> int:
    """The power of ten of its first digit."""
    power = int(float((size.log() / arb(10).log()).mid()) // 1)
    if size >= arb(10) ** (power + 1):
        return power + 1
    return power - 1 if size < arb(10) ** power else power
