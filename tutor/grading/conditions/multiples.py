"""Multiples and factors: of whole numbers, of polynomials, of vectors, of functions."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.grading.conditions.comparing import quotient, whole_number
from tutor.grading.conditions.scope import AnswerScope, UndecidedValue, UnfitAnswer, put_in
from tutor.grading.conditions.syntax import WrittenExpression
from tutor.grading.conditions.truth import ConditionTruth, all_of
from tutor.grading.kinds.vectors import Vector, rank
from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.polynomials import rational_function
from tutor.grading.parsing.tree import ZERO, Add, Mul, Num, Term, Value, free_names, is_term
from tutor.grading.processes.work_budget import WorkBudget, charge
from tutor.grading.solving.real_sets import Undecidable

# Where two functions are compared that may be multiples of each other: no usual zero is there.
_POINTS = (Fraction(37, 64), Fraction(141, 64), Fraction(-53, 64), Fraction(311, 64))


def is_multiple(
    subject: WrittenExpression, other: WrittenExpression, scope: AnswerScope
) -> ConditionTruth:
    """A number times the other: of numbers a whole one, of all else any but 0."""
    value, target = scope.value_of(subject), scope.value_of(other)
    if is_term(value) and is_term(target) and not _is_vector(target, other, scope):
        if free_names(target):
            return _is_multiple_of_function(value, target, scope.budget)
        return is_divisible(value, target, scope.budget)
    vector, target_vector = scope.vector_of(subject), scope.vector_of(other)
    return _is_parallel(vector, target_vector, scope.budget)


def is_divisible(value: Term, divisor: Term, budget: WorkBudget) -> ConditionTruth:
    """A whole multiple of a number, or a polynomial times another."""
    if free_names(divisor):
        return _is_divisible_polynomial(value, divisor, budget)
    if free_names(value):
        return ConditionTruth.UNFIT
    if same_value(divisor, ZERO, budget):
        return ConditionTruth.of(same_value(value, ZERO, budget).equal)
    return ConditionTruth.of(whole_number(quotient(value, divisor, budget), budget) is not None)


def is_perpendicular(
    subject: WrittenExpression, other: WrittenExpression, scope: AnswerScope
) -> ConditionTruth:
    """Two vectors other than 0 whose product is 0."""
    vector, target = scope.vector_of(subject), scope.vector_of(other)
    if len(vector) != len(target):
        return ConditionTruth.NO
    product = Add(tuple(Mul(pair) for pair in zip(vector, target, strict=True)))
    is_zero = ConditionTruth.of(same_value(product, ZERO, scope.budget).equal)
    return all_of((is_zero, _is_zero(vector, scope.budget).negated()))


def _is_vector(value: Value, written: WrittenExpression, scope: AnswerScope) -> bool:
    try:
        scope.vector_of(written)
    except UnfitAnswer:
        return False
    return is_term(value)


def _is_zero(vector: Vector, budget: WorkBudget) -> ConditionTruth:
    return all_of(ConditionTruth.of(same_value(entry, ZERO, budget).equal) for entry in vector)


def _is_parallel(vector: Vector, target: Vector, budget: WorkBudget) -> ConditionTruth:
    if len(vector) != len(target):
        return ConditionTruth.NO
    try:
        if not rank([vector], budget) or not rank([target], budget):
            return ConditionTruth.NO
        return ConditionTruth.of(rank([vector, target], budget) == 1)
    except Undecidable:
        return ConditionTruth.OPEN


def _is_divisible_polynomial(value: Term, divisor: Term, budget: WorkBudget) -> ConditionTruth:
    names = free_names(value) | free_names(divisor)
    if len(names) != 1:
        return ConditionTruth.UNFIT
    name = next(iter(names))
    functions = rational_function(value, name), rational_function(divisor, name)
    if None in functions:
        return ConditionTruth.OPEN
    whole, part = ((f.top, f.bottom) for f in functions if f is not None)
    if not part[0] or whole[0] % whole[1] or part[0] % part[1]:
        return ConditionTruth.NO
    charge(10 * sum(f.work for f in functions if f is not None))
    return ConditionTruth.of(not (whole[0] // whole[1]) % (part[0] // part[1]))


def _is_multiple_of_function(value: Term, target: Term, budget: WorkBudget) -> ConditionTruth:
    """f = c g, as f(p) g = g(p) f for a point p where neither is 0."""
    if same_value(value, ZERO, budget):
        return ConditionTruth.NO
    for at_value, at_target in _values_at_points(value, target):
        zeros = [same_value(number, ZERO, budget).equal for number in (at_value, at_target)]
        if zeros == [False, False]:
            scaled = Mul((at_value, target)), Mul((at_target, value))
            return ConditionTruth.of(same_value(*scaled, budget).equal)
        if sorted(map(str, zeros)) == ["False", "True"]:
            return ConditionTruth.NO
    return ConditionTruth.OPEN


def _values_at_points(value: Term, target: Term) -> Iterator[tuple[Term, Term]]:
    names = sorted(free_names(value) | free_names(target))
    for number in _POINTS:
        point = {name: Num(number + index) for index, name in enumerate(names)}
        values = put_in(value, point), put_in(target, point)
        if not all(map(is_term, values)):
            raise UndecidedValue
        yield values  # type: ignore[misc]
