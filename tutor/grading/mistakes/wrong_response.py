"""A wrong response, and whether it is what a mistake makes of the problem."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from flint import arb

from tutor.grading.answer_key import AnswerKey, Form, Grade
from tutor.grading.comparison.compare import AnswerComparer
from tutor.grading.mistakes.explanation import Question, bare_term
from tutor.grading.mistakes.real_values import decimal_places, half_unit, real_number, unsigned
from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.intervals import BASE_BITS, ball, precision
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.shapes import definition
from tutor.grading.parsing.tree import (
    Call,
    Quantity,
    Term,
    Value,
    free_names,
)
from tutor.grading.parsing.units import read_unit
from tutor.grading.processes.once import cached_property
from tutor.grading.processes.work_budget import WorkBudget

MIN_FIGURES = 3  # of a response that counts as a rounded value


@dataclass(frozen=True)
class GivenAnswer:
    """text: as typed. value: as the grader reads it. grade: what the grader said of it."""

    text: str
    value: Value
    grade: Grade
    question: Question
    budget: WorkBudget

    @cached_property
    def amount(self) -> Term | None:
        """The number or term, without a name and a unit; None for other answers."""
        return bare_term(self.value)

    @cached_property
    def number(self) -> arb | None:
        return real_number(self.amount, self.budget)

    @cached_property
    def places(self) -> int | None:
        """How many decimals it is written with; None unless it is a plain decimal number."""
        return decimal_places(self.amount)

    @property
    def is_percentage(self) -> bool:
        return read_unit(_unit_of(self.value)) == read_unit("%")

    def are_same(self, left: Value, right: Value) -> bool:
        """Whether two entries of answers are equal; the form does not matter."""
        comparer = AnswerComparer(_without_form(self.question.key), self.budget)
        return comparer.part(left, right).equal is True

    def is_value(self, candidate: Value) -> bool:
        """Whether it is the candidate: in any form, in any unit, rounded as the key asks.

        Raises WorkBudgetSpent.
        """
        self.budget.check()
        amount = bare_term(candidate)
        if amount is not None and self.amount is not None:
            return self._is_amount(candidate, amount)
        comparer = AnswerComparer(_without_form(self.question.key), self.budget)
        return comparer.whole(candidate, self.value).equal is True

    def _is_amount(self, candidate: Value, amount: Term) -> bool:
        assert self.amount is not None  # noqa: S101 - `is_value` asks
        factor = _factor_between(self.value, candidate, self.question.right)
        if not free_names(amount) and not free_names(self.amount):
            return self._is_number(amount, factor)
        names, own_names = free_names(amount), free_names(self.amount)
        if not (names <= own_names or own_names <= names):
            return False
        return same_value(amount, self.amount, self.budget).equal is True

    def _is_number(self, amount: Term, factor: Fraction) -> bool:
        assert self.amount is not None  # noqa: S101
        exact, own = rational_value(amount), rational_value(self.amount)
        if exact is not None and own is not None and exact == own * factor:
            return True
        number = real_number(amount, self.budget)
        if number is None or self.number is None:
            return False
        with precision(BASE_BITS):
            gap = abs(number - self.number * ball(factor))
            if self.places is not None and self._is_precise_enough(exact):
                return bool(gap <= ball(factor) * half_unit(self.places))
            is_near = bool(gap < abs(number) * arb("1e-9"))
        return (
            is_near and exact is None and same_value(amount, self.amount, self.budget).equal is True
        )

    def _is_precise_enough(self, exact: Fraction | None) -> bool:
        """Whether a value that only rounds to it may be meant: 10.9 for √119, not 3 for 2.6."""
        places = self.places or 0
        if exact is not None and (exact * 10**places).denominator == 1:
            return False  # it could be written in full
        key = self.question.key
        if key.form == Form.DECIMAL_PLACES and key.places == places:
            return True
        if exact is None and 0 < places == decimal_places(self.question.amount):
            return True
        digits = re.sub(r"\D", "", getattr(unsigned(self.amount), "text", "")).lstrip("0")
        return len(digits) >= MIN_FIGURES


def _without_form(key: AnswerKey) -> AnswerKey:
    exact = {"form": Form.ANY, "places": None, "tolerance": None, "relative": False}
    return replace(key, unit_optional=True, **exact)  # type: ignore[arg-type]


def _factor_between(value: Value, candidate: Value, right: Value) -> Fraction:
    """By what to multiply the response's number to get it in the candidate's unit.

    Without a unit, or with one of another kind, the bare numbers are compared.
    """
    own = _unit_of(value)
    other = _unit_of(candidate) or _unit_of(right)
    units = [read_unit(unit) if unit else None for unit in (own, other)]
    if units[0] is None:
        return Fraction(1)
    if units[1] is None:
        return units[0].number if not units[0].dimension else Fraction(1)
    if units[0].dimension != units[1].dimension or units[0].offset or units[1].offset:
        return Fraction(1)
    return Fraction(units[0].factor) / Fraction(units[1].factor)


def _unit_of(value: Value) -> str:
    pair = definition(value)
    bare = pair[1] if pair else value
    if isinstance(bare, Quantity):
        return bare.unit
    return "%" if isinstance(bare, Call) and bare.name == "percent" else ""
