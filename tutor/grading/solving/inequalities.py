"""Solves comparisons in one real variable."""

from __future__ import annotations

from fractions import Fraction

from flint import arb, fmpq, fmpq_poly

from tutor.grading.numeric.equivalence import difference
from tutor.grading.numeric.evaluate import Evaluator
from tutor.grading.numeric.intervals import BASE_BITS, Undefined, precision
from tutor.grading.numeric.polynomials import (
    RationalFunction,
    polynomial_of_zeros,
    rational_function,
)
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.numeric.roots import zeros_of
from tutor.grading.parsing.names import KNOWN_FUNCTIONS
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
    SetBuilder,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    substitute,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget, charge
from tutor.grading.solving.real_sets import (
    ALL_REALS,
    EMPTY_SET,
    Endpoint,
    RealSet,
    Undecidable,
    compare_endpoints,
    endpoint,
    intersection,
    midpoint,
    minus,
    sign_of_infinity,
    union,
)

TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_HOLDS = {  # for a negative, a zero and a positive difference
    "<": (True, False, False),
    "<=": (True, True, False),
    "=": (False, True, False),
    "!=": (True, False, True),
    ">=": (False, True, True),
    ">": (False, False, True),
}


def is_solved(value: Value) -> bool:
    """Whether every comparison in it has one variable, |x - 3| or a value f(3) alone.

    An equation counts as solved; the form of a key may demand more.
    """
    match value:
        case Logic(_, parts):
            return all(is_solved(part) for part in parts)
        case SetBuilder(_, condition):
            return is_solved(condition)
        case Comparison("=" | "in", _, _):
            return True
        case Comparison(_, left, right):
            return _is_alone(left, right) or _is_alone(right, left)
    return True


def _is_alone(side: Value, other: Value) -> bool:
    if isinstance(side, Call) and side.name == "abs":
        return _is_distance(side.args[0]) and not free_names(other) & free_names(side)
    if isinstance(side, Call):
        return side.name not in KNOWN_FUNCTIONS and not free_names(other) & free_names(side)
    return isinstance(side, Sym) and side.name not in free_names(other)


def _is_distance(term: Term) -> bool:
    """Whether its absolute value is the distance to a number: x, x - 3, and not 3x - 9."""
    parts = term.parts if isinstance(term, Add) else (term,)
    letters = [part for part in parts if free_names(part)]
    return len(letters) == 1 and isinstance(letters[0], Sym)


def solve_inequality(value: Value, name: str, budget: WorkBudget) -> RealSet:
    """Raises Undecidable where no method is known."""
    match value:
        case Logic(op, parts):
            join = intersection if op == "and" else union
            result = ALL_REALS if op == "and" else EMPTY_SET
            for part in parts:
                result = join(result, solve_inequality(part, name, budget), budget)
            return result
        case Comparison(op, left, right) if op in _HOLDS and is_term(left) and is_term(right):
            return _solve_comparison(op, left, right, name, budget)
    raise Undecidable


def _solve_comparison(op: str, left: Term, right: Term, name: str, budget: WorkBudget) -> RealSet:
    if name in free_names(right) and name not in free_names(left):
        return _solve_comparison(TURNED[op], right, left, name, budget)
    if sign := sign_of_infinity(right):
        return _against_infinity(op, left, sign)
    if isinstance(left, Call) and left.name == "abs" and name not in free_names(right):
        return _solve_absolute(op, left.args[0], right, name, budget)
    whole = difference(left, right)
    if isolated := _absolute_alone(op, whole, name):
        return _solve_absolute(*isolated, name, budget)
    if line := linear_coefficients(whole, name):
        return _solve_linear(op, *line, budget)
    fraction = rational_function(whole, name)
    if fraction is None:
        raise Undecidable
    return _solve_polynomial(op, fraction, budget)


def _absolute_alone(op: str, whole: Term, name: str) -> tuple[str, Term, Term] | None:
    """≥, x + 3 and 4 for 2|x + 3| - 8 ≥ 0; None where the variable is elsewhere, too."""
    calls = {p for p in walk(whole) if isinstance(p, Call) and p.name == "abs" and free_names(p)}
    if len(calls) != 1:
        return None
    call = calls.pop()
    size = Sym("|…|")
    line = linear_coefficients(substitute(whole, call, size), size.name)
    slope = rational_value(line[0]) if line else None
    if line is None or not slope or name in free_names(line[1]):
        return None
    operator = op if slope > 0 else TURNED[op]
    return operator, call.args[0], Div(Neg(line[1]), line[0])


def _against_infinity(op: str, left: Term, sign: int) -> RealSet:
    if not isinstance(left, Sym):
        raise Undecidable
    below = op in ("<", "<=", "!=")
    return ALL_REALS if below == (sign > 0) or op == "!=" else EMPTY_SET


def linear_coefficients(term: Term, name: str) -> tuple[Term, Term] | None:
    """(a, b) for a·name + b; None if it is not linear."""
    if name not in free_names(term):
        return ZERO, term
    match term:
        case Sym():
            return Num(Fraction(1)), ZERO
        case Neg(part):
            line = linear_coefficients(part, name)
            return line and (Neg(line[0]), Neg(line[1]))
        case Add(parts):
            lines = [linear_coefficients(part, name) for part in parts]
            if None in lines:
                return None
            pairs = [line for line in lines if line is not None]
            return Add(tuple(a for a, _ in pairs)), Add(tuple(b for _, b in pairs))
        case Mul(parts):
            inner = [part for part in parts if name in free_names(part)]
            constants = tuple(part for part in parts if name not in free_names(part))
            line = linear_coefficients(inner[0], name) if len(inner) == 1 else None
            return line and (Mul((*constants, line[0])), Mul((*constants, line[1])))
        case Div(top, bottom) if name not in free_names(bottom):
            line = linear_coefficients(top, name)
            return line and (Div(line[0], bottom), Div(line[1], bottom))
    return None


def _solve_linear(op: str, a: Term, b: Term, budget: WorkBudget) -> RealSet:
    slope = endpoint(a, budget)
    zero = Endpoint(arb(0), ZERO)
    side = compare_endpoints(slope, zero, budget)
    if side == 0:
        return (
            ALL_REALS
            if _HOLDS[op][1 + compare_endpoints(endpoint(b, budget), zero, budget)]
            else EMPTY_SET
        )
    holds = _HOLDS[op] if side > 0 else _HOLDS[op][::-1]
    if holds[0] == holds[1] == holds[2]:
        return ALL_REALS if holds[0] else EMPTY_SET
    return RealSet((endpoint(Div(Neg(b), a), budget),), holds)


def _solve_absolute(op: str, inner: Term, bound: Term, name: str, budget: WorkBudget) -> RealSet:
    """|u| < c as -c < u and u < c; |u| > c as u > c or u < -c."""
    negative = compare_endpoints(endpoint(bound, budget), Endpoint(arb(0), ZERO), budget) < 0
    if negative:
        return ALL_REALS if op in (">", ">=", "!=") else EMPTY_SET
    upper = _solve_comparison(op, inner, bound, name, budget)
    lower = _solve_comparison(TURNED[op], inner, Neg(bound), name, budget)
    if op in ("<", "<=", "!="):
        return intersection(upper, lower, budget)
    return union(upper, lower, budget)


def _solve_polynomial(op: str, fraction: RationalFunction, budget: WorkBudget) -> RealSet:
    if not fraction.top:
        raise Undecidable
    roots, poles = (
        polynomial_of_zeros(fraction),
        polynomial_of_zeros(RationalFunction(fraction.bottom, fmpq_poly([1]))),
    )
    numbers = _real_roots(roots) + _real_roots(poles)
    numbers.sort(key=lambda number: midpoint(number.value))
    charge(fraction.work * (1 + len(numbers)))
    cells = [_HOLDS[op][1 + _sign(fraction, _point_before(numbers))]]
    for index, number in enumerate(numbers):
        pole = not _vanishes(roots, number)
        cells.append(not pole and _HOLDS[op][1])
        following = numbers[index + 1] if index + 1 < len(numbers) else None
        cells.append(_HOLDS[op][1 + _sign(fraction, _point_between(number, following))])
    return minus(RealSet(tuple(numbers), tuple(cells)), EMPTY_SET, budget)


def _real_roots(polynomial: fmpq_poly) -> list[Endpoint]:
    values = (zero.value for zero in zeros_of(polynomial))
    return [Endpoint(value) for value in values if isinstance(value, arb)]


def _vanishes(polynomial: fmpq_poly, number: Endpoint) -> bool:
    total = arb(0)
    for power in range(polynomial.degree(), -1, -1):
        total = total * number.value + arb(polynomial[power])
    return bool(total.contains(0))


def _point_before(numbers: list[Endpoint]) -> Fraction:
    with precision(BASE_BITS):
        return midpoint(numbers[0].value.lower()) - 1 if numbers else Fraction(0)


def _point_between(number: Endpoint, following: Endpoint | None) -> Fraction:
    with precision(BASE_BITS):
        low = midpoint(number.value.upper())
        high = low + 2 if following is None else midpoint(following.value.lower())
    return (low + high) / 2


def _sign(fraction: RationalFunction, at: Fraction) -> int:
    x = fmpq(at.numerator, at.denominator)
    value = fraction.top(x) * fraction.bottom(x)
    return (value > 0) - (value < 0)


def holds(value: Value, point: dict[str, arb], budget: WorkBudget) -> bool | None:
    """Whether a comparison holds at a point; None where it is undefined or too close."""
    match value:
        case Logic(op, parts):
            truths = [holds(part, point, budget) for part in parts]
            if None in truths:
                return None
            return all(truths) if op == "and" else any(truths)
        case Comparison(op, left, right) if op in _HOLDS and is_term(left) and is_term(right):
            try:
                evaluator = Evaluator(point, budget, real=True)
                gap = evaluator.value(difference(left, right))
            except (Undefined, KeyError):
                return None
            if not isinstance(gap, arb) or (gap.contains(0) and gap != 0):
                return None
            return _HOLDS[op][1 + (gap > 0) - (gap < 0)]
    return None
