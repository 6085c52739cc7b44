"""Values put in wrongly, and antiderivatives that are wrong by a factor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from fractions import Fraction
from math import lcm

from tutor.grading.numeric.derivatives import NotDifferentiable, differentiate
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
    Root,
    Sym,
    Term,
    free_names,
    has_part,
    is_term,
    substitute,
    walk,
)
from tutor.grading.solving.equations import sign_of_constant_ratio
from tutor.grading.steps.claim_results import Slip
from tutor.grading.steps.equation_slips import summands
from tutor.grading.steps.slips import slip_between
from tutor.grading.working.knowledge.formula_slips import formula_slips
from tutor.grading.working.slip_names.scene import MAX_TERMS, Scene
from tutor.grading.working.task import read_task

MAX_NUMBERS = 6
MAX_EQUATIONS = 6
_OF_BRACKETS = frozenset([Slip.MINUS_BRACKET, Slip.HALF_DISTRIBUTED, Slip.SPLIT_SQUARE])
_OF_POWERS = frozenset([Slip.SQUARE_FORGOTTEN, Slip.ROOT_FORGOTTEN, Slip.DOUBLED_FOR_SQUARED])


def wrong_value(scene: Scene) -> Slip:
    """m = 1/(2·9) for x = 9 in 1/(2√x)"""
    values = [value for side in scene.sides if (value := rational_value(side)) is not None]
    numbers = _arguments(scene) or sorted(read_task(scene.statement).numbers)[:MAX_NUMBERS]
    if not values:
        return Slip.NONE
    for term in scene.terms[:MAX_TERMS]:
        names = free_names(term)
        if len(names) != 1:
            continue
        [name] = names
        for slip, variant in _without_powers(term):
            for number in numbers:
                if _at(variant, name, number) == values[0] != _at(term, name, number):
                    return slip
    return Slip.NONE


def _arguments(scene: Scene) -> list[Fraction]:
    """2 of f'(2)"""
    calls = [part for side in scene.sides for part in walk(side) if isinstance(part, Call)]
    values = [rational_value(call.args[0]) for call in calls if len(call.args) == 1]
    return [value for value in values if value is not None]


def _without_powers(term: Term) -> Iterator[tuple[Slip, Term]]:
    yield from ((slip, wrong) for slip, wrong in formula_slips(term) if slip in _OF_POWERS)
    for part in walk(term):
        if isinstance(part, Root) and is_term(part.inner):
            yield Slip.ROOT_FORGOTTEN, substitute(term, part, part.inner)


def _at(term: Term, name: str, number: Fraction) -> Fraction | None:
    return rational_value(substitute(term, Sym(name), Num(number)))


def antiderivative(scene: Scene) -> Slip:
    """3 sin 3x for ∫cos 3x dx, and cos x for ∫sin x dx"""
    integrals = [
        part
        for term in (*scene.terms, *scene.sides)
        for part in walk(term)
        if isinstance(part, BigOperator) and part.kind == "int"
    ]
    for side in scene.sides:
        for integral in integrals[:MAX_TERMS]:
            slip = _slip_of_factor(side, integral, scene)
            if slip != Slip.NONE:
                return slip
            is_wrong_value = any(scene.are_same(v, side) for v in _wrong_values(integral))
            if is_wrong_value and not scene.are_same(side, Num(Fraction(0))):  # 0 comes by chance
                return Slip.INTEGRAL_RULE
    return Slip.NONE


def _wrong_values(integral: BigOperator) -> Iterator[Term]:
    """12 for ∫x³ dx from 0 to 2: differentiated, or multiplied by x only."""
    low, high, name = integral.low, integral.high, Sym(integral.name)
    if low is None or high is None:
        return
    functions: list[Term] = [Mul((name, integral.body))]
    with suppress(NotDifferentiable):
        functions.append(differentiate(integral.body, integral.name))
    for function in functions:
        ends = [substitute(function, name, bound) for bound in (high, low)]
        yield Add((ends[0], Neg(ends[1])))


def _slip_of_factor(side: Term, integral: BigOperator, scene: Scene) -> Slip:
    if integral.name not in free_names(side) or has_part(side, BigOperator):
        return Slip.NONE
    try:
        derived = differentiate(side, integral.name)
    except NotDifferentiable:
        return Slip.NONE
    sign = sign_of_constant_ratio(derived, integral.body, scene.budget)
    if sign == -1:
        return Slip.LOST_SIGN
    return Slip.CHAIN_RULE if sign == 1 and _has_inner(integral) else Slip.NONE


def _has_inner(integral: BigOperator) -> bool:
    """(2x + 1)^3, cos 3x and e^(2x)"""
    inner = (term for part in walk(integral.body) for term in _inner_terms(part))
    return any(isinstance(t, Add | Mul | Neg) and integral.name in free_names(t) for t in inner)


def _inner_terms(part: object) -> tuple[Term, ...]:
    match part:
        case Call(_, (argument, *_)):
            return (argument,)
        case Pow(base, exponent):
            return base, exponent
        case Div(_, bottom):
            return (bottom,)
    return ()


def bracket_put_in(scene: Scene) -> Slip:
    """3x - 2x - 3 = 8 from 3x - y = 8 and y = 2x - 3"""
    claim = scene.comparison
    if claim is None or claim.op != "=":
        return Slip.NONE
    equations = list(scene.all_comparisons)[:MAX_EQUATIONS]
    for name, term in _named_terms(equations):
        for other in equations:
            if name in free_names(other) and other.left != Sym(name):
                changed = substitute(other, Sym(name), term)
                slip = slip_between(changed, claim, scene.budget)
                if slip in _OF_BRACKETS:
                    return slip
    return Slip.NONE


def _named_terms(equations: Sequence[Comparison]) -> Iterator[tuple[str, Term]]:
    """y and 2x - 3 of y = 2x - 3"""
    for equation in equations:
        match equation:
            case Comparison("=", Sym(name), Add() as term) if free_names(term) - {name}:
                yield name, term


def denominators_cleared(scene: Scene) -> Slip:
    """3x + 4x - 1 = 60 from x/4 + (x - 1)/3 = 5"""
    claim = scene.comparison
    if claim is None or claim.op != "=" or len(free_names(claim)) != 1:
        return Slip.NONE
    for premise in scene.comparisons:
        parts = [part for side in (premise.left, premise.right) for part in summands(side)]  # type: ignore[arg-type]
        bottoms = [bottom for part in parts if (bottom := _bottom(part))]
        factor = lcm(*bottoms) if bottoms else 1
        if factor == 1 or free_names(premise) != free_names(claim):
            continue
        sides = [
            Add(tuple(_multiplied(part, factor) for part in summands(side)))  # type: ignore[arg-type]
            for side in (premise.left, premise.right)
        ]
        slip = slip_between(Comparison("=", *sides), claim, scene.budget)
        if slip in _OF_BRACKETS:
            return slip
    return Slip.NONE


def _bottom(part: Term) -> int:
    """3 of (x - 1)/3; 0 for a part without a whole denominator."""
    inner = part.part if isinstance(part, Neg) else part
    match inner:
        case Div(_, Num(bottom)) if bottom.denominator == 1:
            return int(bottom)
    return 0


def _multiplied(part: Term, factor: int) -> Term:
    """4(x - 1) for (x - 1)/3 times 12"""
    if isinstance(part, Neg):
        return Neg(_multiplied(part.part, factor))
    bottom = _bottom(part)
    if bottom and isinstance(part, Div):
        times = factor // bottom
        return part.top if times == 1 else Mul((Num(Fraction(times)), part.top))
    return Mul((Num(Fraction(factor)), part))
