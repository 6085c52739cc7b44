"""Answers that are right lines of a working, but not its end."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations

from tutor.grading.answer_key import Kind
from tutor.grading.mistakes.wrong_response import GivenAnswer
from tutor.grading.numeric.equivalence import same_value
from tutor.grading.parsing.shapes import definition, expand_plus_minus, solutions
from tutor.grading.parsing.tree import (
    Bracketed,
    Comparison,
    Logic,
    Num,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    substitute,
    walk,
)
from tutor.grading.steps.claim_results import StepVerdict
from tutor.grading.working.checker import check_working

_ORDERS = ("<", ">", "<=", ">=")
_PROBE = Num(Fraction(7919, 97))  # at which no equation of a problem holds by chance


def is_on_the_way(given: GivenAnswer) -> bool:
    """Whether it is an equation or an inequality that holds for the right answer, unsolved."""
    value = given.value
    if not isinstance(value, Comparison | Logic) or not free_names(value):
        return False
    if _repeats_statement(given) or _has_order(value) or _is_in_form_asked_for(given):
        return False
    return not _is_identity(given) and (_holds_for_answer(given) or _follows(given))


def _has_order(value: Value) -> bool:
    """Whether an inequality is in it; the grader tells the right ones, which are only unsolved."""
    return any(isinstance(part, Comparison) and part.op in _ORDERS for part in walk(value))


def _is_in_form_asked_for(given: GivenAnswer) -> bool:
    """Whether it is a wrong y = ... where y = ... is asked for."""
    right, own = given.question.right, given.value
    if given.question.key.kind != Kind.EQUATION or not isinstance(right, Comparison):
        return False
    return isinstance(own, Comparison) and own.left == right.left


def _is_identity(given: GivenAnswer) -> bool:
    """Whether it holds for every value, such as 2x = 2x."""
    value = given.value
    if not isinstance(value, Comparison):
        return False
    return _holds(value, dict.fromkeys(free_names(value), _PROBE), given)


def _repeats_statement(given: GivenAnswer) -> bool:
    return given.value in given.question.task.equations


def _holds_for_answer(given: GivenAnswer) -> bool:
    """Whether the right values fulfil the equation."""
    value = given.value
    if not isinstance(value, Comparison) or value.op != "=":
        return False
    if not is_term(value.left) or not is_term(value.right) or definition(value):
        return False
    names = sorted(free_names(value))
    return any(
        all(_holds(value, assignment, given) for assignment in assignments)
        for assignments in _assignments(names, given)
    )


def _assignments(names: list[str], given: GivenAnswer) -> Iterator[list[dict[str, Term]]]:
    """Ways to give the right values to the names: one way is all solutions together."""
    right = given.question.right
    if given.question.key.kind in (Kind.TUPLE, Kind.EQUATION) and isinstance(right, Bracketed):
        parts = [part for part in right.parts if is_term(part)]
        if len(parts) == len(right.parts) and len(names) <= len(parts) <= 3:
            for chosen in permutations(parts, len(names)):
                yield [dict(zip(names, chosen, strict=True))]
        return
    listed = solutions(expand_plus_minus(right))
    if listed is None or len(names) != 1:
        return
    values = [value for value in listed.values if is_term(value) and not free_names(value)]
    amount = given.question.amount
    if not values and amount is not None and not free_names(amount):
        values = [amount]
    if values:
        yield [{names[0]: value} for value in values]


def _holds(equation: Comparison, values: dict[str, Term], given: GivenAnswer) -> bool:
    left, right = equation.left, equation.right
    for name, value in values.items():
        left, right = (substitute(side, Sym(name), value) for side in (left, right))
    if not is_term(left) or not is_term(right):
        return False
    return same_value(left, right, given.budget).equal is True


def _follows(given: GivenAnswer) -> bool:
    """Whether the check of working proves it as the first line."""
    if isinstance(given.value, Comparison) and definition(given.value):
        return False
    [check] = check_working([given.text], given.question.statement)
    return check.verdict == StepVerdict.PROVED
