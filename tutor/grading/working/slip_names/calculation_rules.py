"""Mistakes that the numbers of a line show by themselves: wrong sums, and wrong roundings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from math import floor

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    BigOperator,
    Call,
    Comparison,
    Logic,
    Neg,
    Num,
    Root,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    walk,
)
from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.slip_names.scene import MAX_TERMS, Scene

_ROUNDING = words(
    r"round\w*|nearest|correct to|decimal places?|d\.?p\.?|significant|s\.?f\.?|(?:auf|ab)?gerundet"
    r"|runde\w*|nachkommastellen?|arrondi\w*|près|décimales?|redonde\w*|décim[ao]s?|cifras"
    r"|decimales",
    "四舍五入|保留|精确|≈|\\\\approx",
)
_DECIMALS = re.compile(r"\.(\d+)")


def rounded_wrongly(scene: Scene) -> Slip:
    """28.2 for 28.2743, to one decimal place"""
    if not _ROUNDING.search(scene.text) and not _ROUNDING.search(scene.statement):
        return Slip.NONE
    sources = [*scene.sides[:-1], *scene.terms[:MAX_TERMS]]
    is_wrong = any(_is_rounded_wrongly(source, side) for side in scene.sides for source in sources)
    return Slip.ROUNDED_THE_WRONG_WAY if is_wrong else Slip.NONE


def _is_rounded_wrongly(source: Term, side: Term) -> bool:
    """Whether it is next to the source, less than one unit of its last place away."""
    unit, value, exact = _unit(side), rational_value(side), rational_value(source)
    if unit is None or value is None or exact is None or (exact / unit).denominator == 1:
        return False
    below = floor(exact / unit) * unit
    is_upper_nearer = exact - below >= unit / 2
    return value == (below if is_upper_nearer else below + unit)


def _unit(number: Term) -> Fraction | None:
    """Of the last place of a number as it is written; None for anything else."""
    match number:
        case Neg(part):
            return _unit(part)
        case Call("percent", (part,)):
            unit = _unit(part)
            return None if unit is None else unit / 100
        case Num(_, text) if text:
            decimals = _DECIMALS.search(text)
            return Fraction(1, 10 ** len(decimals[1])) if decimals else Fraction(1)
    return None


def false_calculation(scene: Scene) -> Slip:
    """V = 864/3·π = 216π, and 3·(32 - 1) after 3·(2⁶ - 1): no formula is wrong."""
    return Slip.ARITHMETIC if has_false_calculation(scene) else Slip.NONE


def false_sum(scene: Scene) -> Slip:
    """16 + 1 + 4 = 20, where no root was to be taken."""
    has_root = any(isinstance(part, Root) for side in scene.sides for part in walk(side))
    return Slip.NONE if has_root else false_calculation(scene)


def has_false_calculation(scene: Scene) -> bool:
    """Whether two numbers that the line puts equal are not."""
    return any(_are_different(left, right, scene) for left, right in _calculations(scene))


def _calculations(scene: Scene) -> Iterator[tuple[Term, Term]]:
    """A calculation and its result, also in one of several cases.

    3 + 2 = 7 may be an equation that came out of another one.
    """
    is_equation = not scene.goes_on and any(map(free_names, scene.comparisons))
    sides = (*(scene.terms[:1] if scene.goes_on else ()), *scene.sides)
    for left, right in pairwise(sides):
        if not isinstance(left, Num) and (len(sides) > 2 or not is_equation):
            yield left, right
    for part in walk(scene.claim.value) if scene.claim.value is not None else ():
        match part:
            case Comparison("=", calculation, result) if is_term(calculation) and is_term(result):
                if not isinstance(calculation, Num | Sym):
                    yield calculation, result


def wrong_case(scene: Scene) -> Slip:
    """x = 7 or x = 2 for x = (10 ± 4)/2"""
    claimed = _cases(scene.claim.value)
    for premise in scene.premises[:MAX_TERMS]:
        cases = _cases(premise)
        wrong = [case for case in claimed if case not in cases]
        if len(cases) == len(claimed) > len(wrong) > 0 and cases[0][0] == claimed[0][0]:
            is_sign = all((name, -value) in cases for name, value in wrong)
            return Slip.LOST_SIGN if is_sign else Slip.ARITHMETIC
    return Slip.NONE


def _cases(value: Value | None) -> list[tuple[Term, Fraction]]:
    """The letter and the number of each case; empty unless all of them are such."""
    cases: list[tuple[Term, Fraction]] = []
    for part in value.parts if isinstance(value, Logic) and value.op == "or" else ():
        match part:
            case Comparison("=", Sym() as name, right) if is_term(right):
                number = rational_value(right)
                cases += [] if number is None else [(name, number)]
    is_whole = isinstance(value, Logic) and len(cases) == len(value.parts)
    return cases if is_whole else []


def _are_different(left: Term, right: Term, scene: Scene) -> bool:
    if free_names(left) or free_names(right) or _is_vague(left) or _is_vague(right):
        return False
    return same_value(left, right, scene.budget).equal is False


def _is_vague(term: Term) -> bool:
    """A limit has rules of its own, a decimal may be rounded, and a percentage be of something."""
    return any(
        isinstance(part, BigOperator)
        or (isinstance(part, Call) and part.name == "percent")
        or (isinstance(part, Num) and "." in part.text)
        for part in walk(term)
    )
