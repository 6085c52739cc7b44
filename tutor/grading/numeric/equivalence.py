"""Decides whether two expressions are equal: by structure, exact rationals, or proven numbers.

Each layer answers yes, no, or None where it cannot decide.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any

from flint import acb, arb

from tutor.grading.answer_key import Rule
from tutor.grading.feedback import Feedback
from tutor.grading.numeric import operation_work
from tutor.grading.numeric.evaluate import Evaluator
from tutor.grading.numeric.intervals import BASE_BITS, MAX_SPREAD, Ball, Undefined, precision
from tutor.grading.numeric.power_limits import with_power_limits
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.numeric.sample_points import needs_integers, sample_points
from tutor.grading.numeric.sympy_client import same_by_sympy
from tutor.grading.parsing.tree import (
    Add,
    BigOperator,
    Call,
    Const,
    Neg,
    Num,
    Term,
    Value,
    children,
    free_names,
    has_constant,
    has_part,
    rebuild,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget

LOG_BASES = (10, 2)  # that a plain logarithm may have in a book, beside e
MIN_POINTS = 3  # at which two expressions must agree
AGREED_BITS = 100  # to which they must agree at each point


@dataclass(frozen=True, slots=True)
class Equality:
    """Whether two values are equal; as a boolean, whether they certainly are.

    equal: None if undecided. rule: what decided. feedback: what the student is told.
    share: how much of a response that is not equal is right, 0..1.
    """

    equal: bool | None
    rule: Rule
    feedback: Feedback | None = None
    share: float = 0.0

    def __bool__(self) -> bool:
        return self.equal is True


EQUAL_STRUCTURE = Equality(True, Rule.STRUCTURE)
UNKNOWN = Equality(None, Rule.NUMBERS)


def same_value(left: Term, right: Term, budget: WorkBudget) -> Equality:
    operation_work.count_walks(left, budget)
    operation_work.count_walks(right, budget)
    if left == right:
        return EQUAL_STRUCTURE
    if _has_big_operator(left) or _has_big_operator(right):
        left, right = with_power_limits(left), with_power_limits(right)
    left_value, right_value = rational_value(left), rational_value(right)
    if left_value is not None and right_value is not None:
        return Equality(left_value == right_value, Rule.EXACT)
    if (
        not _has_big_operator(left)
        and not _has_big_operator(right)
        and (has_infinity(left) or has_infinity(right))
    ):
        return Equality(_infinite(left, right), Rule.STRUCTURE)
    if not (has_plain_log(left) or has_plain_log(right)):
        equality = _by_numbers(left, right, budget, log10=False)
        if equality.equal is None and (_has_big_operator(left) or _has_big_operator(right)):
            return Equality(same_by_sympy(left, right, budget), Rule.SYMBOLS)
        return equality
    # The base of a plain log is ten in one book and e in the next: either may be meant,
    # the same one on both sides.
    natural = _by_numbers(left, right, budget, log10=False)
    return natural or _by_numbers(left, right, budget, log10=True)


def _has_big_operator(term: Term) -> bool:
    return has_part(term, BigOperator)


def has_infinity(term: Value) -> bool:
    return has_constant(term, "oo")


def _infinite(left: Term, right: Term) -> bool | None:
    signs = [_sign_of_infinity(term) for term in (left, right)]
    if None in signs:
        # A finite number is not infinite; ∞ - ∞ is unknown.
        plain = [sign for sign in signs if sign is not None]
        return False if plain and not (has_infinity(left) and has_infinity(right)) else None
    return signs[0] == signs[1]


def _sign_of_infinity(term: Term) -> int | None:
    if isinstance(term, Neg):
        inner = _sign_of_infinity(term.part)
        return None if inner is None else -inner
    return 1 if term == Const("oo") else None


def has_plain_log(value: Value) -> bool:
    return any(map(_is_plain_log, walk(value)))


def with_log_base(value: Any, base: int) -> Any:
    """The value with plain logarithms as those to this base."""
    changed = rebuild(value, partial(with_log_base, base=base)) if children(value) else value
    return Call("log", (*changed.args, Num(Fraction(base)))) if _is_plain_log(changed) else changed


def _is_plain_log(value: Value) -> bool:
    return isinstance(value, Call) and value.name == "log" and len(value.args) == 1


def _by_numbers(left: Term, right: Term, budget: WorkBudget, *, log10: bool) -> Equality:
    names = sorted(free_names(left) | free_names(right))
    for real in (True, False) if are_real(left, right) else (False,):
        pair = _Pair(left, right, budget, real, log10)
        equal = pair.constant() if not names else pair.at_points(names)
        if equal is not None:
            return Equality(equal, Rule.NUMBERS)
    return UNKNOWN


def are_real(*terms: Term) -> bool:
    """Whether none of them has the imaginary unit."""
    return not any(has_constant(term, "i") for term in terms)


@dataclass(slots=True)
class _Pair:
    left: Term
    right: Term
    budget: WorkBudget
    real: bool
    log10: bool

    @property
    def restricted(self) -> bool:
        return needs_integers(self.left) or needs_integers(self.right)

    def constant(self) -> bool | None:
        with precision(BASE_BITS):
            return self.confirmed({})

    def at_points(self, names: list[str]) -> bool | None:
        """None where both are defined at too few points."""
        agreed, lonely = 0, 0
        with precision(BASE_BITS):
            for positive, point in sample_points(names, self.left, self.right):
                self.budget.check()
                values = [self.value(term, point) for term in (self.left, self.right)]
                left, right = values
                if left is None or right is None:
                    # Over positive numbers both must be defined together.
                    lonely += positive and (left is None) != (right is None)
                    continue
                if not overlap(left, right):
                    return False
                agreed += 1
                if agreed == 1 and (sure := self.confirmed(point)) is not True:
                    return sure
            if lonely and self.real and not self.restricted:
                return False
            return True if agreed >= MIN_POINTS else None

    def value(self, term: Term, point: dict[str, Ball]) -> Ball | None:
        evaluator = Evaluator(point, self.budget, real=self.real, log10=self.log10)
        try:
            return evaluator.value(term)
        except (Undefined, OverflowError):
            return None

    def evaluated(self, term: Term, point: dict[str, Ball]) -> tuple[Ball | None, int]:
        evaluator = Evaluator(point, self.budget, real=self.real, log10=self.log10, measuring=True)
        try:
            value = evaluator.value(term)
        except (Undefined, OverflowError):
            return None, 0
        # A value that may be zero is compared with the smallest summand on the way.
        smallest = -evaluator.least if value.contains(0) else 0
        return value, evaluator.spread + smallest

    def confirmed(self, point: dict[str, Ball]) -> bool | None:
        """Compares with as many bits as the numbers in the expressions need, and a hundred more."""
        bits = BASE_BITS
        for _ in range(6):
            self.budget.check()
            with precision(bits):
                left, left_spread = self.evaluated(self.left, point)
                right, right_spread = self.evaluated(self.right, point)
                if left is None or right is None:
                    return None
                if not overlap(left, right):
                    return False
                spread = max(left_spread, right_spread)
                if spread > MAX_SPREAD:
                    return None
                if _agreed_bits(left, right) >= AGREED_BITS + spread:
                    return True
            bits = max(2 * bits, 2 * AGREED_BITS + 2 * spread)
            if bits > 2 * MAX_SPREAD:
                return None
        return None


def _agreed_bits(left: Ball, right: Ball) -> int:
    """How many bits the bound of the difference lies below the values, or below 1 for zero."""
    bound = abs(left - right).upper()
    if bound == 0:
        return 10**9
    size = abs(left).lower()
    scale = size.log() if size > 0 else arb(0)
    return int(float((scale - bound.log()).mid()) * 1.4427)


def overlap(left: Ball, right: Ball) -> bool:
    """Whether two balls have a point in common."""
    if isinstance(left, arb) and isinstance(right, arb):
        return left.overlaps(right)
    return acb(left).overlaps(acb(right))


def difference(left: Term, right: Term) -> Term:
    return Add((left, Neg(right)))
