"""Decides whether two equations, or two multivariate inequalities, have the same solutions."""

from __future__ import annotations

import random
from collections.abc import Mapping
from enum import Enum, auto
from fractions import Fraction

from flint import arb, fmpq

from tutor.grading.answer_key import Rule
from tutor.grading.feedback import Feedback, FeedbackCode
from tutor.grading.numeric import operation_work
from tutor.grading.numeric.equivalence import (
    UNKNOWN,
    Equality,
    are_real,
    difference,
    overlap,
    same_value,
)
from tutor.grading.numeric.evaluate import Evaluator
from tutor.grading.numeric.intervals import BASE_BITS, Ball, Undefined, precision
from tutor.grading.numeric.polynomials import (
    RationalFunction,
    polynomial_of_zeros,
    rational_function,
)
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.numeric.roots import zeros_of
from tutor.grading.numeric.sample_points import Point, sample_points
from tutor.grading.parsing.tree import (
    ZERO,
    Add,
    Call,
    Comparison,
    Div,
    Logic,
    Mul,
    Neg,
    Num,
    Pow,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    substitute,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget, charge
from tutor.grading.solving.crossings import Start, crossings, starts_at
from tutor.grading.solving.excluded_values import excludes_solutions
from tutor.grading.solving.inequalities import holds, linear_coefficients
from tutor.grading.solving.real_sets import midpoint

LINES = 4  # along which the zeros of two equations are compared, for each variable
MANY_LINES = 8
MAX_POINTS = 60
# Where the search for zeros starts; for an equation in one variable much farther out.
_NEAR = [Fraction(step, 8) + Fraction(1, 97) for step in range(-48, 49)]
_FAR = [Fraction(int(6.5 * 1.25**power)) + Fraction(1, 97) for power in range(85)]  # to 10^9
NEAR = starts_at(_NEAR)
WIDE = starts_at([*(-start for start in reversed(_FAR)), *_NEAR, *_FAR])


def vanishing_term(value: Value) -> Term | None:
    """The term that an equation, or several joined by or, sets to zero; None for other values."""
    if isinstance(value, Comparison) and value.op == "=" and _compares_terms(value):
        return difference(value.left, value.right)  # type: ignore[arg-type]
    if isinstance(value, Logic) and value.op == "or":
        factors = [vanishing_term(part) for part in value.parts]
        if all(factor is not None for factor in factors):
            return Mul(tuple(factor for factor in factors if factor is not None))
    return None


def _compares_terms(value: Comparison) -> bool:
    return is_term(value.left) and is_term(value.right)


def same_equation(first: Value, second: Value, budget: WorkBudget) -> Equality:
    left, right = vanishing_term(first), vanishing_term(second)
    if left is None or right is None:
        return UNKNOWN
    names = free_names(left) | free_names(right)
    if not names or free_names(left) != free_names(right):
        return Equality(False if names else None, Rule.EQUATIONS)
    if not sign_of_constant_ratio(left, right, budget):
        if _give_other_values(first, second, budget):
            return Equality(False, Rule.EQUATIONS)
        return Equality(_same_zeros(left, right, sorted(names), budget), Rule.EQUATIONS)
    # Three variables or more are taken for quantities, which are positive.
    if len(names) > 2:
        return Equality(True, Rule.EQUATIONS)
    if excludes_solutions(left, right, budget) or excludes_solutions(right, left, budget):
        # In one variable the solutions are points; in two it is a hole in a curve.
        return Equality(False if len(names) == 1 else None, Rule.DOMAINS)
    if _defined_together(left, right, sorted(names), budget):
        return Equality(True, Rule.EQUATIONS)
    # Where only one of them is defined, it may have solutions that the other lacks.
    zeros_agree = _same_zeros(left, right, sorted(names), budget, alike=True)
    return Equality(True, Rule.EQUATIONS) if zeros_agree else Equality(None, Rule.DOMAINS)


def _give_other_values(first: Value, second: Value, budget: WorkBudget) -> bool:
    """f'(x) = 2x and f'(x) = 3x: of the same quantity, whatever the zeros of both are."""
    match first, second:
        case Comparison("=", Sym() | Call() as named, a), Comparison("=", other, b):
            is_defined = named == other and all(named not in walk(side) for side in (a, b))
            return is_defined and is_term(a) and is_term(b) and _differ(a, b, budget)
    return False


def _differ(first: Term, second: Term, budget: WorkBudget) -> bool:
    return same_value(first, second, budget).equal is False


def sign_of_constant_ratio(left: Term, right: Term, budget: WorkBudget) -> int:
    """1 or -1 when one is a positive or negative multiple of the other (1 for complex ones)."""
    names = sorted(free_names(left) | free_names(right))
    real = are_real(left, right)
    ratios: list[Ball] = []
    points: list[Point] = []
    with precision(BASE_BITS):
        for _, point in sample_points(names, left, right):
            budget.check()
            try:
                values = [Evaluator(point, budget, real=real).value(term) for term in (left, right)]
                if values[1].contains(0) if isinstance(values[1], arb) else False:
                    continue
                ratios.append(values[0] / values[1])
            except (Undefined, OverflowError):
                continue
            if not ratios[-1].is_finite():
                ratios.pop()
            elif not overlap(ratios[0], ratios[-1]):
                return 0
            else:
                points.append(point)
        if len(ratios) < 3 or (isinstance(ratios[0], arb) and ratios[0].contains(0)):
            return 0
    if _ratios_differ_slightly(left, right, points[0], points[-1], budget):
        return 0
    return -1 if isinstance(ratios[0], arb) and ratios[0] < 0 else 1


def _ratios_differ_slightly(
    left: Term, right: Term, first: Point, last: Point, budget: WorkBudget
) -> bool:
    """Whether the ratios at two points differ by less than balls of this width can show."""
    points = [
        {name: Num(midpoint(value)) for name, value in point.items() if isinstance(value, arb)}
        for point in (first, last)
    ]
    (left_first, right_first), (left_last, right_last) = (
        [_with_values(term, point) for term in (left, right)] for point in points
    )
    products = Mul((left_first, right_last)), Mul((left_last, right_first))
    return same_value(*products, budget).equal is False


def _defined_together(left: Term, right: Term, names: list[str], budget: WorkBudget) -> bool:
    """Whether both are defined at the same random points; single points do not count."""
    real = are_real(left, right)
    with precision(BASE_BITS):
        for _, point in sample_points(names, left, right):
            budget.check()
            if _defined(left, point, real, budget) != _defined(right, point, real, budget):
                return False
    return True


def _defined(term: Term, point: dict[str, Ball], real: bool, budget: WorkBudget) -> bool:
    try:
        Evaluator(point, budget, real=real).value(term)
    except (Undefined, OverflowError):
        return False
    return True


class _Line(Enum):
    """How the zeros of two terms compare along one line."""

    SAME = auto()
    DIFFERENT = auto()
    NONE = auto()  # neither has any
    UNKNOWN = auto()


def _same_zeros(
    left: Term, right: Term, names: list[str], budget: WorkBudget, *, alike: bool = False
) -> bool | None:
    """Compares the zeros along random lines in the direction of every variable.

    alike: the two agree where both are defined, so a zero that the search misses is a zero of
    both, unless one of them is undefined there. More lines are needed to find such a zero.
    """
    dice = random.Random("/".join(names))  # noqa: S311 - repeatable, not secret
    count = 1 if len(names) == 1 else MANY_LINES if alike else LINES
    is_certain = True
    with precision(BASE_BITS):
        for name in names:
            seen: set[_Line] = set()
            for _ in range(count):
                budget.check()
                fixed = {n: _small_number(dice, alike) for n in names if n != name}
                starts = NEAR if fixed and not alike else WIDE
                sides = _with_values(left, fixed), _with_values(right, fixed)
                seen.add(_compare_on_line(*sides, name, starts, budget))
                if _Line.DIFFERENT in seen:
                    return False
            agrees = _Line.SAME in seen and _Line.UNKNOWN not in seen
            is_certain = is_certain and (seen != {_Line.NONE} if alike else agrees)
    return True if is_certain else None


def _small_number(dice: random.Random, as_often_negative: bool) -> Num:
    factors = (1, 3, -1, -3) if as_often_negative else (1, 1, 3, -1)
    return Num(Fraction(dice.randrange(1, 63), 64) * dice.choice(factors))


def _with_values(term: Term, fixed: Mapping[str, Num]) -> Term:
    charge(len(fixed) * operation_work.of_walks(term))
    for name, value in fixed.items():
        term = substitute(term, Sym(name), value)
    return term


def _compare_on_line(
    left: Term, right: Term, name: str, starts: list[Start], budget: WorkBudget
) -> _Line:
    left_function, right_function = rational_function(left, name), rational_function(right, name)
    if left_function is not None and right_function is not None:
        equal = polynomial_of_zeros(left_function, distinct=False) == polynomial_of_zeros(
            right_function, distinct=False
        )
        return _Line.SAME if equal else _Line.DIFFERENT
    factor_zeros = [_zeros(term, name, starts, budget) for term in (left, right)]
    left_zeros, right_zeros = (
        [zero for zeros in factors for zero in zeros] for factors in factor_zeros
    )
    if not left_zeros and not right_zeros:
        return _Line.NONE
    if not (
        _vanishes(right, name, left_zeros, budget) and _vanishes(left, name, right_zeros, budget)
    ):
        return _Line.DIFFERENT
    # A factor for which no zero was found may have one elsewhere.
    is_whole = all(zeros for factors in factor_zeros for zeros in factors)
    return _Line.SAME if is_whole and len(left_zeros) == len(right_zeros) else _Line.UNKNOWN


def zeros_near(equation: Value, name: str, budget: WorkBudget) -> list[Ball]:
    """Solutions of an equation in one variable, found by changes of sign; others may exist."""
    side = vanishing_term(equation)
    if side is None:
        return []
    if (line := linear_coefficients(side, name)) is not None:
        return _zero_of_line(*line, budget)
    return [zero for zeros in _zeros(side, name, NEAR, budget) for zero in zeros]


def _zeros(term: Term, name: str, starts: list[Start], budget: WorkBudget) -> list[list[Ball]]:
    """The zeros of each factor with the variable: all real ones of a polynomial, else those near
    the starts."""
    if isinstance(term, Add) and term.parts[1:] == (Neg(ZERO),):
        term = term.parts[0]
    if isinstance(term, Mul):
        return [zeros for part in term.parts for zeros in _zeros(part, name, starts, budget)]
    is_power = isinstance(term, Pow) and name not in free_names(term.base)
    if name not in free_names(term) or is_power:  # e^x is nowhere zero
        return []
    if (rational := rational_function(term, name)) is not None:
        return [_real_zeros(rational)]
    return [list(crossings(term, name, starts, budget))]


def _zero_of_line(slope: Term, constant: Term, budget: WorkBudget) -> list[Ball]:
    try:
        with precision(BASE_BITS):
            zero = Evaluator({}, budget, real=True).value(Div(Neg(constant), slope))
    except (Undefined, KeyError, OverflowError):
        return []
    return [zero] if isinstance(zero, arb) and zero.is_finite() else []


def _real_zeros(rational: RationalFunction) -> list[Ball]:
    """Each with its multiplicity."""
    all_zeros: list[Ball] = []
    polynomial = polynomial_of_zeros(rational, distinct=False)
    while polynomial.degree() > 0:
        all_zeros += [zero.value for zero in zeros_of(polynomial) if zero.is_real]
        polynomial = polynomial.gcd(polynomial.derivative())
    return all_zeros


def _vanishes(term: Term, name: str, roots: list[Ball], budget: WorkBudget) -> bool:
    for root in roots:
        try:
            value = Evaluator({name: root}, budget, real=True).value(term)
        except (Undefined, KeyError, OverflowError):
            return False
        if not (isinstance(value, arb) and value.contains(0)):
            return False
    return True


def same_inequality(first: Value, second: Value, budget: WorkBudget) -> Equality:
    """Multivariate: a positive multiple is the same; a point that solves only one refutes."""
    if isinstance(first, Comparison) and isinstance(second, Comparison):
        left, right = _as_greater_than(first), _as_greater_than(second)
        if left and right and sign_of_constant_ratio(left[0], right[0], budget) > 0:
            if left[1] == right[1]:
                return Equality(True, Rule.INEQUALITIES)
            if _is_half_plane(left[0]):
                feedback = Feedback(FeedbackCode.OTHER_BORDER)
                return Equality(False, Rule.INEQUALITIES, feedback)
    names = sorted(free_names(first) | free_names(second))
    dice = random.Random("/".join(names))  # noqa: S311 - repeatable, not secret
    with precision(BASE_BITS):
        for _ in range(MAX_POINTS):
            budget.check()
            point = {name: arb(fmpq(dice.randrange(-512, 512), 64)) for name in names}
            first_holds, second_holds = (holds(v, point, budget) for v in (first, second))
            if None not in (first_holds, second_holds) and first_holds != second_holds:
                return Equality(False, Rule.INEQUALITIES)
    return Equality(None, Rule.INEQUALITIES)


def _is_half_plane(whole: Term) -> bool:
    """Whether `whole > 0` has a border, as ax + by + c > 0 has."""
    names = sorted(free_names(whole))
    slope = linear_coefficients(whole, names[0]) if names else None
    return slope is not None and bool(rational_value(slope[0]))


def _as_greater_than(relation: Comparison) -> tuple[Term, str] | None:
    """f and > for f > 0, however it was written; None if it is not an inequality."""
    if not _compares_terms(relation):
        return None
    left, right = relation.left, relation.right
    if relation.op in (">", ">="):
        return difference(left, right), relation.op  # type: ignore[arg-type]
    if relation.op in ("<", "<="):
        return difference(right, left), ">" + relation.op[1:]  # type: ignore[arg-type]
    return None
