"""Logarithms that were lost, and exponents that were guessed."""

from __future__ import annotations

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import Call, Comparison, Pow, Sym, Term, is_term
from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.slip_names.scene import Scene

_LOGS = frozenset(["ln", "log", "lg"])


def logarithm_dropped(scene: Scene) -> Slip:
    """log(x(x + 3)) = 1 to x(x + 3) = 1"""
    claim = scene.comparison
    if claim is None or claim.op != "=":
        return Slip.NONE
    for premise in scene.comparisons:
        for log, other in ((premise.left, premise.right), (premise.right, premise.left)):
            match log:
                case Call(name, (inner, *_)) if name in _LOGS and not _is_log(other):
                    if _has_sides(claim, inner, other, scene):  # type: ignore[arg-type]
                        return Slip.LOGARITHM_DROPPED
    return Slip.NONE


def _is_log(term: object) -> bool:
    return isinstance(term, Call) and term.name in _LOGS


def _has_sides(claim: Comparison, first: Term, second: Term, scene: Scene) -> bool:
    pairs = ((claim.left, claim.right), (claim.right, claim.left))
    return any(
        is_term(left)
        and is_term(right)
        and scene.are_same(left, first)
        and scene.are_same(right, second)
        for left, right in pairs
    )


def unknown_exponent(scene: Scene) -> Slip:
    """x = 0 for 2^x = 2; 4 for 2^x = 8 is a division"""
    match scene.comparison:
        case Comparison("=", Sym() as name, right) if is_term(right):
            exponent = rational_value(right)
        case _:
            return Slip.NONE
    for premise in scene.comparisons if exponent is not None else ():
        match premise:
            case Comparison("=", Pow(base, power), value) if power == name and is_term(value):
                numbers = rational_value(base), rational_value(value)
                if None in numbers or rational_value(Pow(base, right)) == numbers[1]:
                    continue
                is_divided = numbers[0] * exponent == numbers[1]  # type: ignore[operator]
                return Slip.DIVIDED_FOR_LOG if is_divided else Slip.EXPONENT_RULE
    return Slip.NONE
