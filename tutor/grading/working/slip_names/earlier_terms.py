"""Mistakes in a term that stands further back, or deeper inside than a whole side."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    ZERO,
    Add,
    BigOperator,
    Comparison,
    Div,
    Mul,
    Neg,
    Pow,
    Root,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    substitute,
    walk,
)
from tutor.grading.steps.claim_results import Slip
from tutor.grading.steps.equation_slips import summands
from tutor.grading.steps.expression_slips import is_product_with_signs_changed, slip_in_expression
from tutor.grading.steps.rule_slips import everywhere
from tutor.grading.working.slip_names.scene import Scene, difference

MAX_VARIANTS = 12
_VAGUE = (Slip.NONE, Slip.ARITHMETIC, Slip.LOST_SIGN)


def earlier_rule(scene: Scene) -> Slip:
    """9x² - 6x + 4 below (3x - 2)(3x - 2), which began as (3x - 2)²."""
    for before, after in scene.pairs:
        if free_names(before) and free_names(before) == free_names(after):
            slip = slip_in_expression(before, after, scene.budget)
            if slip not in _VAGUE:
                return slip
    return Slip.NONE


def factor_signs(scene: Scene) -> Slip:
    """x² - 2x - 15 = (x + 5)(x - 3)"""
    is_wrong = any(
        isinstance(before, Add) and is_product_with_signs_changed(before, after, scene.budget)
        for before, after in scene.pairs
    )
    return Slip.FACTOR_SIGN if is_wrong else Slip.NONE


def factored_with_sign(scene: Scene) -> Slip:
    """x² - 5x - 6 = 0 to (x - 2)(x - 3) = 0: the product has another sign in one place"""
    claim = scene.comparison
    if claim is None or not _has_brackets(claim.left) or rational_value(claim.right) != 0:  # type: ignore[arg-type]
        return Slip.NONE
    is_factored = any(
        isinstance(premise.left, Add) and rational_value(premise.right) == 0  # type: ignore[arg-type]
        for premise in scene.comparisons
    )
    return Slip.FACTOR_SIGN if is_factored else Slip.NONE


def _has_brackets(term: Value) -> bool:
    parts = term.parts if isinstance(term, Mul) else ()
    return sum(isinstance(part, Add) for part in parts) > 1


def kept_wrong_factor(scene: Scene) -> Slip:
    """(x - 2)(x + 2)/(x - 2) = x - 2"""
    for before, after in scene.pairs:
        match _body(before):
            case Div(Mul(parts), bottom) if bottom in parts and bottom == _body(after):
                return Slip.CANCELLED_WRONG_FACTOR
    return Slip.NONE


def _body(term: Term) -> Term:
    """Of a limit."""
    return term.body if isinstance(term, BigOperator) and term.kind == "lim" else term


def kept_divisor(scene: Scene) -> Slip:
    """2/3 · 5/6 + 1/5 for 2/3 : 5/6 + 1/5"""
    return Slip.NOT_INVERTED if _is_made_by(_multiplied, scene) else Slip.NONE


def _multiplied_by_divisor(term: Term) -> Iterator[Term]:
    match term:
        case Div(top, Div() as divisor):
            yield Mul((top, divisor))


def power_of_part(scene: Scene) -> Slip:
    """10·(-2x³) for 10·(-2x)³"""
    return Slip.POWER_OF_PRODUCT if _is_made_by(_powers, scene) else Slip.NONE


def _power_of_last_factor(term: Term) -> Iterator[Term]:
    match term:
        case Pow(Neg(Mul((*factors, last))), exponent):
            yield Neg(Mul((*factors, Pow(last, exponent))))
        case Pow(Mul((*factors, last)), exponent):
            yield Mul((*factors, Pow(last, exponent)))


_multiplied, _powers = everywhere(_multiplied_by_divisor), everywhere(_power_of_last_factor)


def _is_made_by(variants: Callable[[Term], Iterator[Term]], scene: Scene) -> bool:
    return any(
        variant != before and scene.are_same(variant, after)
        for before, after in _pairs(scene)
        for variant in islice(variants(before), MAX_VARIANTS)
    )


def _pairs(scene: Scene) -> Iterator[tuple[Term, Term]]:
    """Also A = 2/3 · 5/6 after A = 2/3 : 5/6."""
    yield from scene.pairs
    claim = scene.comparison
    for premise in scene.comparisons:
        if claim is not None and premise.left == claim.left and is_term(claim.right):
            yield premise.right, claim.right  # type: ignore[misc]


def sign_below_root(scene: Scene) -> Slip:
    """x = 3 ± √(9 - 16) for x² - 6x - 16 = 0"""
    match scene.comparison:
        case Comparison("=", Sym(name), right) if is_term(right) and not free_names(right):
            variants = list(_with_other_sign(right))
        case _:
            return Slip.NONE
    for premise in scene.comparisons if variants else ():
        if premise.op == "=" and free_names(premise) == {name}:
            side = difference(premise)
            values = (substitute(side, Sym(name), variant) for variant in variants)
            if any(scene.are_same(value, ZERO) for value in values):
                return Slip.LOST_SIGN
    return Slip.NONE


def _with_other_sign(term: Term) -> Iterator[Term]:
    """√(9 + 16) for √(9 - 16)"""
    for root in walk(term):
        if not isinstance(root, Root):
            continue
        parts = summands(root.inner)
        for index, part in enumerate(parts) if len(parts) == 2 else ():
            other = part.part if isinstance(part, Neg) else Neg(part)
            inner = Add((*parts[:index], other, *parts[index + 1 :]))
            if (rational_value(inner) or -1) < 0:
                continue
            yield substitute(term, root, Root(inner, root.index))
