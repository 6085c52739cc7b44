"""Mistakes without which a line would lead to the stored answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import Comparison, Div, Mul, Num, Term, free_names
from tutor.grading.steps.claim_results import Slip
from tutor.grading.weighing.calculations import regrouped
from tutor.grading.weighing.evidence import Evidence
from tutor.grading.weighing.key_numbers import key_numbers
from tutor.grading.weighing.numbers import are_close, holds, number
from tutor.grading.weighing.slip_evidence.by_formula import slips_by_formula
from tutor.grading.weighing.slip_evidence.by_quantities import (
    has_opposite_coordinate,
    slips_by_quantities,
)
from tutor.grading.weighing.weighed_lines import WeighedClaim
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.slip_names.topic_rules import ONE_OF_EACH

MIN_COUNTED = 10  # a smaller number is often one off by chance
_FACTORIALS = (2, 6, 24, 120)
_ORDERS = (2, 3, 4, 5, 6, 10)
_MEAN = words(r"mean|average|averages?|durchschnitt\w*|mittelwert|moyenne|media|promedio", "平均")
_ROW = words(
    r"terms?|sequence|row|posts?|poles?|trees?|lamps?|pages?|days?|stops?|numbers?|integers?"
    r"|glieder\w*|folge|pfosten|pfähle|bäume|laternen|seiten|tage|zahlen|termes?|suite|piquets?"
    r"|poteaux|arbres|jours|nombres|términos|sucesión|postes|árboles|páginas|días|números",
    "项|数列|棵|根|页|天|个数",
)
_CHANCE = words(
    r"probability|chances?|likely|wahrscheinlich\w*|probabilité|probabilidad", "概率|可能性"
)
_AT_LEAST = words(r"at least|at most|mindestens|höchstens|au moins|al menos", "至少|至多")


def slips_by_answer(claim: WeighedClaim, evidence: Evidence) -> Iterator[Slip]:
    """The surest first."""
    if _is_upside_down(claim, evidence):
        yield Slip.INVERSE_RATIO
    if has_opposite_coordinate(claim, evidence):
        yield Slip.LOST_SIGN
    right = key_numbers(evidence.key)
    if len(right.values) != 1 and not right.are_same:
        return
    goal = right.values[0]
    yield from slips_by_quantities(claim, goal, evidence)
    yield from slips_by_formula(claim, goal, evidence)
    if goal:
        yield from _by_ratio(claim, goal, evidence)


def _by_ratio(claim: WeighedClaim, goal: float, evidence: Evidence) -> Iterator[Slip]:
    """goal: the number that is the stored answer."""
    if any(_divides_by_other_number(term, goal, evidence) for term in claim.terms):
        yield Slip.WRONG_COUNT
    if _counts_orders(claim, goal, evidence):
        yield Slip.ORDER_COUNTED
    if _has_order_of_one(claim, goal, evidence):
        yield Slip.ORDER_FORGOTTEN
    if _is_one_off(claim, goal, evidence):
        yield Slip.OFF_BY_ONE


def _is_upside_down(claim: WeighedClaim, evidence: Evidence) -> bool:
    """h/12 = 3/2, where 2/3 would be right"""
    equation, solutions = claim.equation, evidence.known.solutions
    if equation is None or not solutions:
        return False
    return any(
        all(holds(turned, values, evidence.budget) for values in solutions)
        for turned in _turned(equation)
    )


def _turned(equation: Comparison) -> Iterator[Comparison]:
    """The equation with a quotient of two numbers upside down."""
    match equation.left, equation.right:
        case _, Div(top, bottom) if not free_names(equation.right) and top != bottom:
            yield replace(equation, right=Div(bottom, top))
        case Div(top, bottom), _ if not free_names(equation.left) and top != bottom:
            yield replace(equation, left=Div(bottom, top))


def _divides_by_other_number(term: Term, goal: float, evidence: Evidence) -> bool:
    """52/4 for a mean of 2.6, which is 52/20"""
    if not isinstance(term, Div) or free_names(term) or not _MEAN.search(evidence.statement):
        return False
    top, count = number(term.top, evidence.budget), rational_value(term.bottom)
    if top is None or count is None or count.denominator > 1:
        return False
    right = top / goal
    return right > 1 and are_close(right, round(right)) and not are_close(right, float(count))


def _counts_orders(claim: WeighedClaim, goal: float, evidence: Evidence) -> bool:
    """9·8 for 36 pairs"""
    if _CHANCE.search(evidence.statement):
        return False
    return any(
        _is_falling(term) and _ratio(term, goal, evidence) in _FACTORIALS for term in claim.terms
    )


def _is_falling(term: Term) -> bool:
    """12·11, 10·9·8"""
    parts = term.parts if isinstance(term, Mul) else ()
    values = [part.value for part in parts if isinstance(part, Num)]
    return len(values) == len(parts) > 1 and {a - b for a, b in pairwise(values)} == {1}


def _ratio(term: Term, goal: float, evidence: Evidence) -> int | None:
    """How many times the goal a number is, if that is a whole number."""
    value = None if free_names(term) else number(term, evidence.budget)
    ratio = (value or 0.0) / goal
    return round(ratio) if 1 <= ratio < 10**6 and are_close(ratio, round(ratio)) else None


def _has_order_of_one(claim: WeighedClaim, goal: float, evidence: Evidence) -> bool:
    """4/10 · 6/9 for one of each colour, whose chance is twice as much"""
    text = evidence.statement
    if not _CHANCE.search(text) or _AT_LEAST.search(text) or not 0 < goal <= 1:
        return False
    is_mixed = bool(ONE_OF_EACH.search(text))
    return any(
        _has_orders(term, goal, evidence, _ORDERS if is_mixed else _orders(term, evidence))
        for term in claim.terms
        if not free_names(term)
    )


def _orders(term: Term, evidence: Evidence) -> tuple[int, ...]:
    """In how many orders may come what has a product of chances; of equal ones, two may."""
    product = regrouped(term)
    parts = product.parts if isinstance(product, Mul) else ()
    values = [number(part, evidence.budget) for part in parts if not free_names(part)]
    chances = [value for value in values if value is not None and 0 < value < 1]
    if len(chances) != len(parts) or len(chances) < 2:
        return ()
    return _ORDERS if len(set(chances)) > 1 else _ORDERS[:1]


def _has_orders(term: Term, goal: float, evidence: Evidence, orders: Sequence[int]) -> bool:
    """Whether the goal is as many times as much."""
    value = number(term, evidence.budget)
    return bool(value) and any(are_close(goal, count * (value or 0.0)) for count in orders)


def _is_one_off(claim: WeighedClaim, goal: float, evidence: Evidence) -> bool:
    """23 terms for 24"""
    if not _ROW.search(evidence.statement) or not claim.terms:
        return False
    last = claim.terms[-1]
    value = None if free_names(last) else rational_value(last)
    return (
        value is not None
        and value.denominator == 1
        and value >= MIN_COUNTED
        and are_close(abs(float(value) - goal), 1.0)
    )
