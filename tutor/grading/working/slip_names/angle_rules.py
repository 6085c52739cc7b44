"""Angles in the wrong mode or outside what is given, and slopes of perpendicular lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from math import acos, asin, atan, cos, degrees, sin, tan

from tutor.grading.numeric.polynomials import rational_function
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Call,
    Comparison,
    Neg,
    Num,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    rebuild,
    walk,
)
from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.slip_names.scene import Scene

MIN_DIGITS = 2
_RATIOS = {"sin": sin, "cos": cos, "tan": tan}
_INVERSES = {"asin": asin, "acos": acos, "atan": atan}
_OPERATORS = {
    "<": Fraction.__lt__,
    "<=": Fraction.__le__,
    ">": Fraction.__gt__,
    ">=": Fraction.__ge__,
}
_PERPENDICULAR = words(
    r"perpendicular\w*|orthogonal\w*|normal|senkrecht\w*|lotrecht\w*|normale|perpendiculaires?",
    r"垂直|法线|\\perp|⊥",
)
_DECIMAL = re.compile(r"-?\d{1,6}\.\d{1,8}")


def other_angle(scene: Scene) -> Slip:
    """x = π - π/3 as the other solution of cos x = 1/2"""
    match scene.comparison:
        case Comparison("=", Sym() as name, angle) if is_term(angle) and not free_names(angle):
            pass
        case _:
            return Slip.NONE
    for premise in scene.comparisons:
        match premise:
            case Comparison("=", Call(ratio, (argument,)), value) if ratio in _RATIOS:
                opposite = Neg(value)  # type: ignore[arg-type]
                if argument == name and scene.are_same(Call(ratio, (angle,)), opposite):
                    return Slip.WRONG_BRANCH
    return Slip.NONE


def degrees_in_radians(scene: Scene) -> Slip:
    """12·0.745 for 12·sin 40°: the calculator took 40 for radians."""
    decimals = [
        (part.value, len(part.text.partition(".")[2]))
        for side in scene.sides
        for part in walk(side)
        if isinstance(part, Num) and part.text and _DECIMAL.fullmatch(part.text)
    ]
    for name, angle in _ratios_of_degrees(scene) if decimals else ():
        value = abs(_RATIOS[name](float(angle)))
        for number, digits in decimals:
            if digits >= MIN_DIGITS and abs(abs(float(number)) - value) <= 0.51 * 10**-digits:
                return Slip.DEGREES_RADIANS
    return Slip.NONE


def _ratios_of_degrees(scene: Scene) -> Iterator[tuple[str, Fraction]]:
    values = (*scene.sides, *scene.terms, *scene.premises)
    for part in (part for value in values for part in walk(value)):
        match part:
            case Call(name, (Call("degrees", (inner,)),)) if name in _RATIOS:
                angle = rational_value(inner)
                if angle is not None:
                    yield name, angle


def outside_given(scene: Scene) -> Slip:
    """x = 30° from sin x = 0.5 for 90° < x < 180°"""
    match scene.comparison:
        case Comparison("=", Sym() as name, value) if is_term(value) and not free_names(value):
            own = _degrees(value)
        case _:
            return Slip.NONE
    is_angle = any(
        isinstance(part, Call) and part.name in _RATIOS
        for value in (*scene.premises, *scene.terms)
        for part in walk(value)
    )
    if own is None or not is_angle:
        return Slip.NONE
    is_outside = any(_excludes(bound, name, own) for bound in scene.premises)
    return Slip.WRONG_BRANCH if is_outside else Slip.NONE


def _degrees(value: Term) -> Fraction | None:
    """30 of 30°, and 60 of arccos 0.5"""
    match value:
        case Call(name, (inner,)) if name in _INVERSES:
            ratio = rational_value(inner)
            if ratio is None or (name != "atan" and abs(ratio) > 1):
                return None
            return Fraction(degrees(_INVERSES[name](float(ratio)))).limit_denominator(10**6)
    return rational_value(_without_degrees(value))


def _excludes(bound: Value, name: Sym, own: Fraction) -> bool:
    match bound:
        case Comparison(operator, left, right) if operator in _OPERATORS:
            values = [_value_at(side, name, own) for side in (left, right)]
            known = [value for value in values if value is not None]
            if name in (left, right) and len(known) == len(values):
                return not _OPERATORS[operator](known[0], known[1])
    return False


def _value_at(side: Value, name: Sym, own: Fraction) -> Fraction | None:
    if side == name:
        return own
    return rational_value(_without_degrees(side)) if is_term(side) else None


def _without_degrees(term: Term) -> Term:
    def bare(part: Value) -> Value:
        match part:
            case Call("degrees", (inner,)):
                return inner
        changed: Value = rebuild(part, bare)
        return changed

    return bare(term)  # type: ignore[return-value]


def slope_of_perpendicular(scene: Scene) -> Slip:
    """1/3 and -3 for the slope of a line that is perpendicular to y = 3x - 2"""
    value = rational_value(scene.sides[-1]) if scene.sides else None
    if not value or not _PERPENDICULAR.search(scene.statement):
        return Slip.NONE
    for slope in _slopes(scene):
        if value == 1 / slope:
            return Slip.LOST_SIGN
        if value == -slope:
            return Slip.INVERSE_RATIO
    return Slip.NONE


def _slopes(scene: Scene) -> Iterator[Fraction]:
    for premise in scene.comparisons:
        match premise:
            case Comparison("=", Sym("y"), right) if is_term(right) and free_names(right) == {"x"}:
                line = rational_function(right, "x")
                if line is not None and not line.bottom.degree() and line.top.degree() == 1:
                    slope = line.top[1] / line.bottom[0]
                    yield Fraction(int(slope.p), int(slope.q))
