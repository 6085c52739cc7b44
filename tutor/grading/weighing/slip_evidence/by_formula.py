"""Formulas that give the stored answer once one usual mistake in them is mended."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import count, permutations
from math import hypot, pi, prod

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Add,
    Comparison,
    Const,
    Mul,
    Neg,
    Num,
    Pow,
    Root,
    Sym,
    Term,
    children,
    free_names,
    is_term,
    rebuild,
    substitute,
)
from tutor.grading.steps.claim_results import Slip
from tutor.grading.steps.definitions import Function
from tutor.grading.weighing.evidence import Evidence
from tutor.grading.weighing.numbers import ROUNDED, are_close, number
from tutor.grading.weighing.weighed_lines import WeighedClaim
from tutor.grading.working.knowledge.formulas import words

MAX_FACTORS = 5
_EXPONENTS = range(2, 31)
_AREA = words(r"area|volume|surface|flächen?\w*|volumen|inhalt|aire|superficie|área", "面积|体积")
_SLANTED = words(
    r"cones?|pyramids?|kegels?|pyramiden?|cônes?|pyramides?|conos?|pirámides?", "圆锥|棱锥"
)
_SEQUENCE = words(
    r"sequences?|progressions?|terms?|series|folge|reihe|glied\w*|suite|termes?|sucesión"
    r"|progresión|términos?",
    r"数列|项|\\dots|\\ldots|\\cdots|…|\.\.\.",
)


def slips_by_formula(claim: WeighedClaim, goal: float, evidence: Evidence) -> Iterator[Slip]:
    """goal: the number that is the stored answer."""
    text = evidence.statement
    values = [known for term in claim.terms if (known := _with_results(term, evidence))]
    if _SLANTED.search(text) and any(_has_height_for_slant(t, goal) for t in values):
        yield Slip.WRONG_HEIGHT
    if _AREA.search(text) and any(_lacks_square(term, goal, evidence) for term in values):
        yield Slip.SQUARE_FORGOTTEN
    if any(_lacks_squares_below_root(term, goal) for term in values):
        yield Slip.SQUARE_FORGOTTEN
    if any(_multiplies_for_power(term, goal, evidence) for term in values):
        yield Slip.POWER_AS_PRODUCT
    if _SEQUENCE.search(text) and any(_counts_one_off(t, goal, evidence) for t in values):
        yield Slip.OFF_BY_ONE
    if _is_composed_in_other_order(claim, goal, evidence):
        yield Slip.COMPOSITION_ORDER


def _with_results(term: Term, evidence: Evidence) -> Term | None:
    """The term with the numbers that are given or found so far; None if a letter is left."""
    for name, value in _known_numbers(evidence) if free_names(term) else ():
        if name in free_names(term):
            term = substitute(term, Sym(name), Num(value))
    return None if free_names(term) else term


def _known_numbers(evidence: Evidence) -> Iterator[tuple[str, Fraction]]:
    for calculation in evidence.calculations:
        if calculation.name:
            yield calculation.name, Fraction(calculation.result).limit_denominator(10**6)
    for equation in evidence.task.equations:
        match equation:
            case Comparison("=", Sym(name), right) if is_term(right):
                if (value := rational_value(right)) is not None:
                    yield name, value


def _factors(term: Term, evidence: Evidence) -> list[float]:
    parts = term.parts if isinstance(term, Mul) else ()
    values = [number(part, evidence.budget) for part in parts]
    return [value for value in values if value is not None]


def _lacks_square(term: Term, goal: float, evidence: Evidence) -> bool:
    """π·4 for π·4²"""
    factors = _factors(term, evidence)
    value = number(term, evidence.budget)
    if value is None or not 1 < len(factors) <= MAX_FACTORS:
        return False
    return any(
        factor not in (1, 2)
        and not are_close(factor, pi)
        and are_close(value * factor, goal, ROUNDED)
        for factor in factors
    )


def _lacks_squares_below_root(term: Term, goal: float) -> bool:
    """√(9 + 9) for √(9² + 9²)"""
    match term:
        case Root(Add((first, second))):
            a, b = rational_value(first), rational_value(second)
            return a is not None and b is not None and are_close(hypot(a, b), goal, ROUNDED)
    return False


def _multiplies_for_power(term: Term, goal: float, evidence: Evidence) -> bool:
    """500·2·4 for 500·2⁴"""
    factors = _factors(term, evidence)
    if not isinstance(term, Mul) or not 2 < len(factors) == len(term.parts) <= MAX_FACTORS:
        return False
    return any(
        exponent in _EXPONENTS
        and are_close(prod(factors) / (base * exponent) * base**exponent, goal)
        for base, exponent in permutations(factors, 2)
        if base > 0
    )


def _has_height_for_slant(term: Term, goal: float) -> bool:
    """π·3·4 for π·3·5, where 4 is the height of a cone"""
    parts = term.parts if isinstance(term, Mul) else ()
    values = [float(value) for part in parts if (value := rational_value(part)) is not None]
    has_pi = Const("pi") in parts
    for index, height in enumerate(values):
        rest = [*values[:index], *values[index + 1 :]]
        for radius in rest:
            right = prod(rest) * hypot(radius, height) * (pi if has_pi else 1.0)
            if are_close(right, goal, ROUNDED):
                return True
    return False


def _counts_one_off(term: Term, goal: float, evidence: Evidence) -> bool:
    """3 + 20·5 for 3 + 19·5, and 2^10 - 1 for 2^11 - 1"""
    values = (number(changed, evidence.budget) for changed in _with_other_count(term))
    return any(value is not None and are_close(value, goal) for value in values)


def _with_other_count(term: Term) -> Iterator[Term]:
    """With a whole factor of a summand, or an exponent, one more or less."""
    match term:
        case Pow(base, Num(exponent)) if exponent.denominator == 1 and exponent > 1:
            yield from (Pow(base, Num(exponent + step)) for step in (1, -1))
        case Add(parts):
            for index, part in enumerate(parts):
                for changed in _with_other_factor(part):
                    yield Add((*parts[:index], changed, *parts[index + 1 :]))
    for index, child in enumerate(children(term)):
        for other in _with_other_count(child) if is_term(child) else ():
            yield _with_child(term, index, other)


def _with_other_factor(part: Term) -> Iterator[Term]:
    match part:
        case Neg(inner):
            yield from map(Neg, _with_other_factor(inner))
        case Mul(factors):
            for index, factor in enumerate(factors):
                value = rational_value(factor)
                if value is None or value.denominator > 1 or value <= 1:
                    continue
                for step in (1, -1):
                    yield Mul((*factors[:index], Num(value + step), *factors[index + 1 :]))


def _with_child(term: Term, index: int, child: Term) -> Term:
    indices = count()
    changed: Term = rebuild(term, lambda old: child if next(indices) == index else old)
    return changed


def _is_composed_in_other_order(claim: WeighedClaim, goal: float, evidence: Evidence) -> bool:
    """g(f(2)), where f(g(2)) is the stored answer"""
    functions = list(evidence.task.definitions.functions.values())
    last = claim.terms[-1:]
    own = next((number(term, evidence.budget) for term in last if not free_names(term)), None)
    if own is None or len(functions) != 2 or are_close(own, goal):
        return False
    return any(
        _composed(outer, inner, a, evidence) == goal and _composed(inner, outer, a, evidence) == own
        for outer, inner in permutations(functions)
        for a in evidence.task.numbers
    )


def _composed(outer: Function, inner: Function, a: Fraction, evidence: Evidence) -> float | None:
    return number(outer.at(inner.at(Num(a))), evidence.budget)
