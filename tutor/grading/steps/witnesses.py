"""Searches for values for which a claim fails, easy numbers first, and writes them in LaTeX."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import product

from flint import acb, arb

from tutor.grading.numeric.equivalence import overlap
from tutor.grading.numeric.evaluate import Evaluator
from tutor.grading.numeric.intervals import BASE_BITS, Ball, Undefined, ball, precision
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.shapes import alternatives
from tutor.grading.parsing.tree import (
    Add,
    Comparison,
    Div,
    Neg,
    Num,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    substitute,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solving.inequalities import linear_coefficients
from tutor.grading.steps.claim_results import FailingStatement, Witness
from tutor.grading.steps.statements import comparisons

_HOLDS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_EASY = (2, 3, 1, 5, 0, -1, 4, -2, 7, 10, -3)
SHOWN_DIGITS = 6
MAX_EXACT_DIGITS = 12  # digits above or below a fraction that is written in full


def number(value: Fraction) -> Term:
    size = abs(value)
    numerator = Num(Fraction(size.numerator))
    denominator = Num(Fraction(size.denominator))
    term: Term = numerator if size.denominator == 1 else Div(numerator, denominator)
    return Neg(term) if value < 0 else term


def written(value: Ball | Fraction) -> str:
    """LaTeX: a fraction in full where it is short, else a few digits and dots."""
    if isinstance(value, Fraction):
        if max(abs(value.numerator), value.denominator) < 10**MAX_EXACT_DIGITS:
            return latex(number(value))
        value = ball(value)
    if isinstance(value, acb):
        sign = "-" if value.imag < 0 else "+"
        return rf"{written(value.real)} {sign} {written(abs(value.imag))}\,i"
    is_short = value.is_exact() and abs(value) < 10**12
    if is_short and (whole := value.unique_fmpz()) is not None:
        return str(int(whole))
    return _cut_off(value)


def _cut_off(value: arb) -> str:
    if value.contains(0):
        return rf"{0.0:.{SHOWN_DIGITS}f}\ldots"
    power = int(float((abs(value).log() / arb(10).log()).floor().mid()))
    if -4 <= power < MAX_EXACT_DIGITS:
        return rf"{float(value.mid()):.{SHOWN_DIGITS}f}\ldots"
    mantissa = float((value / arb(10) ** power).mid())
    return rf"{mantissa:.{SHOWN_DIGITS}f}\ldots \cdot 10^{{{power}}}"


def value_at(term: Term, point: Mapping[str, Ball], budget: WorkBudget) -> Ball | None:
    """The real value; None where the term has none."""
    rational = rational_value(term) if not free_names(term) else None
    if rational is not None:
        return ball(rational)
    try:
        return Evaluator(point, budget, real=True).value(term)
    except (Undefined, KeyError, OverflowError):
        return None


def exact_at(term: Term, point: Mapping[str, Fraction]) -> Fraction | None:
    """The rational value; None where the term has none."""
    for name, value in point.items():
        term = substitute(term, Sym(name), number(value))
    return rational_value(term)


def easy_points(names: list[str]) -> Iterator[dict[str, Fraction]]:
    """Small whole numbers: all combinations for few variables, some combinations for many."""
    count = len(names)
    if count <= 1:
        choices: Iterable[tuple[int, ...]] = ((value,) for value in _EASY)
    elif count <= 3:
        choices = product(_EASY[:4], repeat=count)
    else:
        size = len(_EASY)
        choices = (tuple(_EASY[(n + i) % size] for i in range(count)) for n in range(size))
    for values in choices:
        yield {name: Fraction(value) for name, value in zip(names, values, strict=True)}


def where_they_differ(left: Term, right: Term, budget: WorkBudget) -> Witness | None:
    """Easy values at which two expressions are both defined and proven to differ."""
    names = sorted(free_names(left) | free_names(right))
    with precision(BASE_BITS):
        for point in easy_points(names) if names else [{}]:
            budget.check()
            balls = {name: ball(value) for name, value in point.items()}
            left_value = value_at(left, balls, budget)
            right_value = value_at(right, balls, budget)
            if left_value is None or right_value is None or overlap(left_value, right_value):
                continue
            return Witness(
                {name: written(value) for name, value in point.items()},
                _shown(left, point, left_value),
                _shown(right, point, right_value),
            )
    return None


def _shown(term: Term, point: Mapping[str, Fraction], value: Ball) -> str:
    rational = exact_at(term, point)
    return written(value if rational is None else rational)


def failing_after(premise: Comparison, claim: Comparison, budget: WorkBudget) -> Witness | None:
    """Rational values for which the premise holds and the claim fails.

    None where the premise is linear in none of the variables.
    """
    names = sorted(free_names(premise))
    left, right = premise.left, premise.right
    if not (is_term(left) and is_term(right)):
        return None
    side: Term = Add((left, Neg(right)))
    for name in reversed(names):
        line = linear_coefficients(side, name)
        if line is None:
            continue
        others = [other for other in names if other != name]
        for numbers in product(_EASY[:5], repeat=len(others)):
            point = {n: Fraction(x) for n, x in zip(others, numbers, strict=True)}
            slope, constant = (exact_at(part, point) for part in line)
            if slope and constant is not None:
                values = {**point, name: -constant / slope}
                witness = failing_at(claim, values, budget, FailingStatement.CLAIM)
                if witness is not None:
                    return witness
    return None


def failing_at(
    statement: Value,
    values: Mapping[str, Ball | Fraction],
    budget: WorkBudget,
    failing: FailingStatement,
) -> Witness | None:
    """A witness for the first comparison of the statement that fails at these values.

    None where no comparison is proven to fail, or where one of several alternatives has none.
    """
    cases = alternatives(statement)
    if len(cases) == 1:
        with precision(BASE_BITS):
            return _failing_comparison(statement, values, budget, failing)
    witness = None
    for case in cases:
        witness = failing_at(case, values, budget, failing)
        if witness is None:
            return None
    return witness


def _failing_comparison(
    case: Value,
    values: Mapping[str, Ball | Fraction],
    budget: WorkBudget,
    failing: FailingStatement,
) -> Witness | None:
    """Of statements that hold together."""
    for part in comparisons(case):
        if not (is_term(part.left) and is_term(part.right)):
            continue
        sides = _sides_at(part, values, budget)
        if sides is not None and fails(part.op, *sides):
            texts = {name: written(value) for name, value in values.items()}
            return Witness(texts, written(sides[0]), written(sides[1]), failing)
    return None


def _sides_at(
    comparison: Comparison, values: Mapping[str, Ball | Fraction], budget: WorkBudget
) -> tuple[Ball | Fraction, Ball | Fraction] | None:
    """Both exact where possible, else both as balls; None where one of them is undefined."""
    sides = (comparison.left, comparison.right)
    point = {name: value for name, value in values.items() if isinstance(value, Fraction)}
    if len(point) == len(values):
        exactly = [exact_at(side, point) for side in sides]  # type: ignore[arg-type]
        if exactly[0] is not None and exactly[1] is not None:
            return exactly[0], exactly[1]
    balls = {name: as_ball(value) for name, value in values.items()}
    left, right = (value_at(side, balls, budget) for side in sides)  # type: ignore[arg-type]
    return None if left is None or right is None else (left, right)


def as_ball(value: Ball | Fraction) -> Ball:
    return ball(value) if isinstance(value, Fraction) else value


def fails(op: str, left: Ball | Fraction, right: Ball | Fraction) -> bool:
    """Whether the comparison is proven not to hold."""
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return not _HOLDS[op](left, right) if op in _HOLDS else False
    left, right = as_ball(left), as_ball(right)
    if op == "=":
        return not overlap(left, right)
    if isinstance(left, acb) or isinstance(right, acb):
        return False
    return bool(
        {
            "<": left >= right,
            "<=": left > right,
            ">": left <= right,
            ">=": left < right,
        }.get(op, False)
    )
