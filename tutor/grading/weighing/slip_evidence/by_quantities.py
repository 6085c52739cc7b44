"""Calculations that give the stored answer once another number of the problem is taken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import permutations
from math import cos, radians, sqrt

from tutor.grading.comparison.keys import key_text, key_value
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Add,
    Bracketed,
    Const,
    Div,
    Mul,
    Num,
    Pow,
    Term,
    free_names,
    is_term,
    substitute,
    walk,
)
from tutor.grading.steps.claim_results import Slip
from tutor.grading.weighing.evidence import Evidence
from tutor.grading.weighing.key_numbers import value_of
from tutor.grading.weighing.numbers import EXACT, ROUNDED, are_close, number
from tutor.grading.weighing.weighed_lines import WeighedClaim
from tutor.grading.working.task import stated_in

MAX_NUMBERS = 8  # of a problem
_ALMOST_PI = (Fraction("3.14"), Fraction("3.1416"), Fraction(22, 7))
_DEGREES = re.compile(r"(?<![\d.])(\d{1,3}(?:\.\d{1,3})?)\s?(?:°|\^\s?\{?\s?\\circ)")
_COORDINATES = re.compile(r"\(([^()]{1,60})\)")
_RATIO = re.compile(r"(?<![\d.:])\d{1,4}(?: ?: ?\d{1,4}){1,3}(?![\d:]|\.\d)")
_BETWEEN_COORDINATES = re.compile(r"[;|,]")


def slips_by_quantities(claim: WeighedClaim, goal: float, evidence: Evidence) -> Iterator[Slip]:
    """goal: the number that is the stored answer."""
    terms = [term for term in claim.terms if not free_names(term)]
    if any(takes_diameter_for_radius(term, goal, evidence) for term in terms):
        yield Slip.DIAMETER_FOR_RADIUS
    if any(_is_of_other_part(term, goal, evidence) for term in terms):
        yield Slip.OTHER_PART
    if any(_is_unweighted(term, goal, evidence) for term in terms):
        yield Slip.UNWEIGHTED
    if any(_has_other_base(term, goal, evidence) for term in terms):
        yield Slip.PERCENT_BASE
    if any(_lacks_product_of_sides(term, goal, evidence) for term in terms):
        yield Slip.TERM_LOST


def takes_diameter_for_radius(term: Term, goal: float, evidence: Evidence) -> bool:
    """π·10² and 2·π·10 where half of the 10 of the problem gives the stored answer."""
    if not _has_pi(term) or any(q.concept == "radius" for q in stated_in(evidence.task)):
        return False
    for width in _widths(term):
        if width.value > 0 and evidence.is_stated(float(width.value)):
            halved: Term = substitute(term, width, Num(width.value / 2))
            value = number(halved, evidence.budget)
            if value is not None and are_close(value, goal, ROUNDED):
                return True
    return False


def _has_pi(term: Term) -> bool:
    parts = [part for part in walk(term) if is_term(part)]
    return any(part == Const("pi") or rational_value(part) in _ALMOST_PI for part in parts)


def _widths(term: Term) -> Iterator[Num]:
    """What may be half as much; an exponent is not."""
    for part in walk(term):
        match part:
            case Pow(Num(value) as base, Num(exponent)) if value != exponent:
                yield base
            case Mul(factors) if Num(Fraction(2)) in factors and Const("pi") in factors:
                yield from (f for f in factors if isinstance(f, Num) and f.value != 2)


def _is_of_other_part(term: Term, goal: float, evidence: Evidence) -> bool:
    """5·80 for a ratio of 5 : 3, where 3·80 is the stored answer."""
    ratio = _RATIO.search(evidence.statement)
    factors = term.parts if ratio and isinstance(term, Mul) else ()
    if ratio is None or len(factors) != 2:
        return False
    parts = {float(part) for part in ratio[0].replace(" ", "").split(":")}
    values = [number(factor, evidence.budget) for factor in factors]
    return any(
        own in parts
        and share is not None
        and any(are_close(p * share, goal) for p in parts - {own})
        for own, share in (values, values[::-1])
    )


def _is_unweighted(term: Term, goal: float, evidence: Evidence) -> bool:
    """(71 + 81)/2 where the numbers of pupils give the stored mean."""
    match term:
        case Div(Add((first, second)), bottom) if rational_value(bottom) == 2:
            means = rational_value(first), rational_value(second)
        case _:
            return False
    if None in means or means[0] == means[1]:
        return False
    weights = permutations(_numbers(evidence), 2)
    return any(
        a > 0 < b and a != b and are_close(float(_weighted(means, (a, b))), goal, EXACT)  # type: ignore[arg-type]
        for a, b in weights
    )


def _numbers(evidence: Evidence) -> list[Fraction]:
    return sorted(evidence.task.numbers)[-MAX_NUMBERS:]


def _weighted(means: Sequence[Fraction], weights: Sequence[Fraction]) -> Fraction:
    return sum((m * w for m, w in zip(means, weights, strict=True)), Fraction(0)) / sum(weights)


def _has_other_base(term: Term, goal: float, evidence: Evidence) -> bool:
    """40/240 where 40/200 is the stored 20 %"""
    if not re.search("[%％]", key_text(evidence.key)) or not goal:
        return False
    results = [calculation.result for calculation in evidence.calculations]
    known = [*map(float, _numbers(evidence)), *results]
    for part in walk(term):
        match part:
            case Div(top, bottom) if is_term(top) and (share := number(top, evidence.budget)):
                base = rational_value(bottom)
                right = abs(share / goal)
                is_other = base is not None and not are_close(float(base), right)
                if is_other and any(are_close(right, value) for value in known):
                    return True
    return False


def _lacks_product_of_sides(term: Term, goal: float, evidence: Evidence) -> bool:
    """7² + 9² where an angle of the problem gives the stored side by the rule of cosines."""
    angles = [float(text) for text in _DEGREES.findall(evidence.statement)]
    for part in walk(term) if angles else ():
        match part:
            case Add((Pow(a, two), Pow(b, other))) if (
                rational_value(two) == rational_value(other) == 2
            ):
                first, second = rational_value(a), rational_value(b)
                if first is None or second is None:
                    continue
                sides = float(first), float(second)
                if any(are_close(_third_side(sides, angle), goal) for angle in angles):
                    return True
    return False


def _third_side(sides: tuple[float, float], degrees: float) -> float:
    a, b = sides
    return sqrt(max(a * a + b * b - 2 * a * b * cos(radians(degrees)), 0.0))


def has_opposite_coordinate(claim: WeighedClaim, evidence: Evidence) -> bool:
    """S(3|-4) where the stored answer is (-3, -4)."""
    right = key_value(evidence.key)
    points = _COORDINATES.findall(claim.statement.text)
    if not isinstance(right, Bracketed) or not points:
        return False
    parts = [number(part, evidence.budget) for part in right.parts if is_term(part)]
    own = [value_of(part) for part in _BETWEEN_COORDINATES.split(points[-1])]
    if len(parts) != len(own) or None in parts or None in own:
        return False
    pairs = [(a, b) for a, b in zip(own, parts, strict=True) if a is not None and b is not None]
    return all(are_close(abs(a), abs(b)) for a, b in pairs) and any(
        a and are_close(a, -b) for a, b in pairs
    )
