"""Mistakes between two numbers, or in one number or sign of a calculation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Add,
    BigOperator,
    Call,
    Comparison,
    Div,
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
from tutor.grading.steps.claim_results import Slip
from tutor.grading.steps.equation_slips import summands
from tutor.grading.steps.rule_slips import everywhere
from tutor.grading.working.slip_names.power_rules import squares_turned
from tutor.grading.working.slip_names.scene import Scene, ratio_of, values_of

_MIXED_NUMBER = re.compile(r"(?<![\d./])\d{1,3} \d{1,3}/\d{1,3}(?![\d/])")
MAX_VARIANTS = 12
MAX_SHIFT = 3  # places of a decimal point


def sign_in_calculation(scene: Scene) -> Slip:
    """(-2)² - 3·(-2) = 4 - 6, b² - 4ac = 25 - 32 for a negative c, and -y·2y = 2y²."""
    for before, after in _links(scene):
        if _has_other_signs(_with_known_values(before, scene), after) or _is_opposite(
            before, after
        ):
            return Slip.LOST_SIGN
        if isinstance(before, BigOperator) and scene.are_same(before, Neg(after)):
            return Slip.LOST_SIGN
    return Slip.NONE


def mixed_number(scene: Scene) -> Slip:
    """2 1/3 = 5/3, which is 2 - 1/3 by chance"""
    return Slip.ARITHMETIC if _MIXED_NUMBER.search(scene.text) else Slip.NONE


def _links(scene: Scene) -> Iterator[tuple[Term, Term]]:
    yield from pairwise(scene.sides)
    if scene.goes_on:
        yield from ((term, scene.sides[0]) for term in scene.terms[:1] if scene.sides)
    elif len(scene.sides) == 1:  # it stands alone
        yield from ((term, scene.sides[0]) for term in scene.terms if isinstance(term, Add))


def _with_known_values(term: Term, scene: Scene) -> Term:
    for premise in scene.premises:
        match premise:
            case Comparison("=", Sym() as name, value) if is_term(value) and not free_names(value):
                term = substitute(term, name, value)
    return term


def _has_other_signs(before: Term, after: Term) -> bool:
    """Whether the summands are the same numbers, and some with the other sign."""
    if not isinstance(after, Add) or free_names(before):
        return False
    pairs = [[rational_value(part) for part in summands(term)] for term in (before, after)]
    if len(pairs[0]) != len(pairs[1]) or None in pairs[0] or None in pairs[1]:
        return False
    sizes = [[abs(value or 0) for value in values] for values in pairs]
    return sizes[0] == sizes[1] and pairs[0] != pairs[1]


def _is_opposite(before: Term, after: Term) -> bool:
    """Whether a product has the other sign; a single name is none of it."""
    if not isinstance(before, Mul | Div | Neg | Pow | Call):
        return False
    samples = values_of(before, after)
    return samples is not None and ratio_of(*samples) == -1


def point_shifted(scene: Scene) -> Slip:
    """2.5 % = 0.25, and 0.3·0.2 = 0.6; 0.4·0.3 + 0.5·0.1 = 0.12 + 0.5"""
    if scene.slip not in (Slip.NONE, Slip.ARITHMETIC):
        is_shifted = any(_is_summand_shifted(a, b) for a, b in _links(scene))
    else:
        is_shifted = any(
            _is_shifted(a, b) or _is_summand_shifted(a, b) for a, b in pairwise(scene.sides)
        )
    return Slip.DECIMAL_PLACE if is_shifted else Slip.NONE


def _is_summand_shifted(before: Term, after: Term) -> bool:
    """Whether sums differ in one summand, which has its point elsewhere."""
    if not isinstance(before, Add) or not isinstance(after, Add):
        return False
    pairs = list(zip(before.parts, after.parts, strict=False))
    if len(before.parts) != len(after.parts) or free_names(before) or free_names(after):
        return False
    differing = [(a, b) for a, b in pairs if rational_value(a) != rational_value(b)]
    return len(differing) == 1 < len(pairs) and _is_shifted(*differing[0])


def _is_shifted(before: Term, after: Term) -> bool:
    values = (rational_value(before), rational_value(after))
    match values:
        case (Fraction() as right, Fraction() as wrong) if right and wrong:
            ratio = right / wrong
            is_decimal = any(v.denominator > 1 for v in (right, wrong)) or isinstance(before, Call)
            shifts = (Fraction(10) ** n for n in range(-MAX_SHIFT, MAX_SHIFT + 1) if n)
            return is_decimal and not isinstance(after, Div) and ratio in shifts
    return False


def fraction_turned_over(scene: Scene) -> Slip:
    """sin 5x/(2x) = sin 5x/(5x)·2/5"""
    pairs = scene.pairs if any(map(free_names, scene.sides)) else pairwise(scene.sides)
    for before, after in pairs:
        is_whole = isinstance(after, Div) and not free_names(before)
        for _, variant in zip(range(MAX_VARIANTS), _turned(after), strict=False):
            if not is_whole and variant != after and scene.are_same(variant, before):
                return Slip.INVERSE_RATIO
    return Slip.NONE


def _turned_over(term: Term) -> Iterator[Term]:
    match term:
        case Div(top, bottom) if rational_value(top) and rational_value(bottom):
            yield Div(bottom, top)
        case Div(Mul((*factors, Num() as top)), Num() as bottom):  # a·5/2
            yield Div(Mul((*factors, bottom)), top)


_turned = everywhere(_turned_over)


def argument_without_brackets(scene: Scene) -> Slip:
    """f(-1) = -1² - 4·(-1) for f(x) = x² - 4x"""
    for call, after in scene.pairs:
        match call:
            case Call(name, (argument,)) if name in scene.definitions.functions:
                function = scene.definitions.functions[name]
                value = rational_value(argument)
                if value is None or value >= 0:
                    continue
                wrong = squares_turned(function.body, Sym(function.variable), Num(value))
                if wrong != function.at(Num(value)) and scene.are_same(wrong, after):
                    return Slip.NEGATIVE_SQUARE
    return Slip.NONE


def coefficient_forgotten(scene: Scene) -> Slip:
    """4x = 18 - 2 from 4x + 3y = 18 and y = 2"""
    return Slip.BACK_SUBSTITUTION if _is_put_in(_put_in_wrongly, scene) else Slip.NONE


def sign_when_put_in(scene: Scene) -> Slip:
    """y = 2·3 + 1 from y = 2x - 1 and x = 3"""
    return Slip.LOST_SIGN if _is_put_in(_put_in_with_sign, scene) else Slip.NONE


def _is_put_in(
    wrongly: Callable[[Comparison, Sym, Num], Iterator[Comparison]], scene: Scene
) -> bool:
    """Whether a known value is put in by a mistake, and the claim is what comes out."""
    claim = scene.comparison
    if claim is None or claim.op != "=" or len(free_names(claim)) != 1:
        return False
    return any(
        _are_equivalent(wrong, claim)
        for premise in scene.all_comparisons
        for name, value in _known_values(scene.premises)
        if name in free_names(premise) and len(free_names(premise)) > 1
        for wrong in wrongly(premise, Sym(name), value)
    )


def _put_in_with_sign(premise: Comparison, letter: Sym, value: Num) -> Iterator[Comparison]:
    parts = summands(premise.right)  # type: ignore[arg-type]
    for index, part in enumerate(parts if len(parts) > 1 else ()):
        turned = part.part if isinstance(part, Neg) else Neg(part)
        right = Add((*parts[:index], turned, *parts[index + 1 :]))
        yield substitute(Comparison("=", premise.left, right), letter, value)


def _known_values(premises: Sequence[Value]) -> Iterator[tuple[str, Num]]:
    for premise in premises:
        match premise:
            case Comparison("=", Sym(name), value) if is_term(value):
                number = rational_value(value)
                if number is not None:
                    yield name, Num(number)


def _put_in_wrongly(premise: Comparison, letter: Sym, value: Num) -> Iterator[Comparison]:
    sides = [summands(side) for side in (premise.left, premise.right)]  # type: ignore[arg-type]
    for which, parts in enumerate(sides):
        for index, part in enumerate(parts):
            for wrong in _wrong_products(part, letter, value):
                changed = [*parts[:index], wrong, *parts[index + 1 :]]
                terms = [list(side) for side in sides]
                terms[which] = changed
                left, right = (Add(tuple(side)) for side in terms)
                yield substitute(Comparison("=", left, right), letter, value)


def _wrong_products(part: Term, letter: Sym, value: Num) -> Iterator[Term]:
    """2, 3 + 2 and 32 for 3y with y = 2, and x for 2x"""
    inner = part.part if isinstance(part, Neg) else part
    bare: tuple[Term, ...] = ()
    match inner:
        case Mul((Num(factor), Sym() as other)) if other == letter:
            bare = (value, Add((Num(factor), value)))
            if value.value.denominator == factor.denominator == 1 and 0 <= value.value < 10:
                bare += (Num(10 * factor + value.value),)
        case Mul((Num(), Sym() as other)):
            bare = (other,)
    yield from (Neg(term) if isinstance(part, Neg) else term for term in bare)


def _are_equivalent(wrong: Comparison, claim: Comparison) -> bool:
    sides = [Add((c.left, Neg(c.right))) for c in (wrong, claim)]  # type: ignore[arg-type]
    samples = values_of(*sides)
    return samples is not None and ratio_of(*samples) not in (None, 0)


def negative_squares(scene: Scene) -> Slip:
    """((2 - 4)² + (6 - 4)²)/2 = (-4 + 4)/2"""
    for before, after in scene.pairs:
        totals = [part for part in walk(after) if isinstance(part, Add)]
        for total in (part for part in walk(before) if isinstance(part, Add)):
            if any(_has_squares_turned(total, other) for other in totals):
                return Slip.NEGATIVE_SQUARE
    return Slip.NONE


def _has_squares_turned(before: Add, after: Add) -> bool:
    """Whether summands differ only in the sign of squares of negative numbers."""
    if len(before.parts) != len(after.parts) or free_names(before) or free_names(after):
        return False
    pairs = [
        (part, rational_value(part), rational_value(other))
        for part, other in zip(before.parts, after.parts, strict=True)
    ]
    turned = [part for part, right, own in pairs if right != own]
    are_opposite = all(right is not None and own in (right, -right) for _, right, own in pairs)
    return bool(turned) and are_opposite and all(map(_is_square_of_negative, turned))


def _is_square_of_negative(term: Term) -> bool:
    match term:
        case Pow(base, exponent) if rational_value(exponent) == 2:
            return (rational_value(base) or 0) < 0
    return False


def expanded_wrongly(scene: Scene) -> Slip:
    """3/8 = 3/24, and 3/8 = 6/24: the fraction was not made larger by the same number."""
    for before, after in pairwise(scene.sides):
        match before, after:
            case Div(Num(), Num(bottom)), Div(Num(), Num(common)):
                if common > bottom and (common / bottom).denominator == 1:
                    return Slip.COMMON_DENOMINATOR
    return Slip.NONE
