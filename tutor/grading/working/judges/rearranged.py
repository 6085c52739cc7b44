"""A formula that is rearranged: each line holds wherever the formula does."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from flint import arb

from tutor.grading.numeric.evaluate import Evaluator
from tutor.grading.numeric.intervals import BASE_BITS, Undefined, precision
from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.tree import (
    Comparison,
    Num,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    substitute,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solving.equations import zeros_near
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, Witness, refuted
from tutor.grading.working.claim_reader import Claim
from tutor.grading.working.facts import Facts
from tutor.grading.working.knowledge.formulas import words

_REARRANGES = words(
    r"subject|rearrange\w{0,2}|transpose|in terms of|solve .{0,80}for|express"
    r"|stelle?n?|umstellen|forme|löse .{0,80}nach|auflösen|isole[rz]?|exprim\w{0,4}"
    r"|despej\w{0,4}|expres\w{0,3}",
    "用.{0,12}表示|变形",
)
_POINTS = ((2, 7, 11, 19, 23), (3, 5, 13, 29, 17), (31, 8, 41, 6, 9))
_NEAR = 1e-6
MAX_LETTERS = 5
Point = dict[str, arb]


def judge_rearranged(claim: Claim, facts: Facts, budget: WorkBudget) -> ClaimResult | None:
    """Refuted where the formula holds at some points and the line at none of them.

    Raises WorkBudgetSpent.
    """
    if claim.operators != ("=",) or None in claim.terms or not 2 <= len(claim.names) <= MAX_LETTERS:
        return None
    if len(facts.task.equations) != 1 or not _REARRANGES.search(facts.task.text):
        return None
    formula = next((f.value for f in facts.facts if _is_formula(f.value, claim.names)), None)
    if not isinstance(formula, Comparison):
        return None
    left, right = claim.terms
    assert left is not None  # noqa: S101 - no side is left out
    assert right is not None  # noqa: S101
    points = list(_points(formula, budget))
    if len(points) < len(_POINTS):
        return None
    pairs = [(_value(left, point, budget), _value(right, point, budget)) for point in points]
    if not all(_differ(*pair) for pair in pairs):
        return None
    at = {name: f"{float(value.mid()):.4g}" for name, value in sorted(points[0].items())}
    return refuted(ClaimRelation.IMPLIES, Witness(at, latex(left), latex(right)))


def _is_formula(value: Value, names: frozenset[str]) -> bool:
    if not isinstance(value, Comparison) or value.op != "=" or free_names(value) != names:
        return False
    return is_term(value.left) and is_term(value.right)


def _points(formula: Comparison, budget: WorkBudget) -> Iterator[Point]:
    """At which the formula holds."""
    names = sorted(free_names(formula))
    for values in _POINTS:
        numbers = {name: Fraction(v) for name, v in zip(names, values, strict=False)}
        solved = (_solved(formula, name, numbers, budget) for name in names)
        point = next((point for point in solved if point is not None), None)
        if point is not None:
            yield point


def _solved(
    formula: Comparison, name: str, numbers: dict[str, Fraction], budget: WorkBudget
) -> Point | None:
    """With the positive value of this letter at which the formula holds."""
    equation: Value = formula
    for other, value in numbers.items():
        if other != name:
            equation = substitute(equation, Sym(other), Num(value))
    others = {letter: arb(value.numerator) for letter, value in numbers.items()}
    if isinstance(equation, Comparison) and equation.left == Sym(name):
        is_free = name not in free_names(equation.right)
        result = _ball(equation.right, {}, budget) if is_free else None  # type: ignore[arg-type]
        return None if result is None else {**others, name: result}
    zeros = zeros_near(equation, name, budget)
    positive = [zero for zero in zeros if isinstance(zero, arb) and zero > 0]
    if len(positive) != 1:
        return None
    return {**others, name: positive[0]}


def _value(term: Term, point: Point, budget: WorkBudget) -> float | None:
    ball = _ball(term, point, budget)
    return None if ball is None else float(ball.mid())


def _ball(term: Term, point: Point, budget: WorkBudget) -> arb | None:
    with precision(BASE_BITS):
        try:
            value = Evaluator(point, budget, real=True).value(term)
        except (Undefined, OverflowError):
            return None
    return value if isinstance(value, arb) and value.is_finite() else None


def _differ(left: float | None, right: float | None) -> bool:
    if left is None or right is None:
        return False
    return abs(left - right) > _NEAR * max(1.0, abs(left), abs(right))
