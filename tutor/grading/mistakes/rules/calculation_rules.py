"""Wrong rules for calculations with numbers, each a change of one part of a term."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from tutor.grading.mistakes.names import MistakeName
from tutor.grading.mistakes.rules.rewriting import Change, negated
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import Add, Div, Mul, Neg, Num, Pow, Root, Term
from tutor.grading.steps import power_slips
from tutor.grading.working.knowledge.statement_numbers import number_term

MAX_RADICAND = 10_000


def _number(value: Fraction | int) -> Term:
    return number_term(Fraction(value))


def left_to_right(term: Term) -> Iterator[Term]:
    """(3 + 4)·5 for 3 + 4·5"""
    yield from power_slips.order_of_operations(term)
    if isinstance(term, Add) and len(term.parts) > 2:
        total = term.parts[0]
        for part in term.parts[1:]:
            total = next(iter(power_slips.order_of_operations(Add((total, part)))), None) or Add(
                (total, part)
            )
        yield total


def minus_squared_too(term: Term) -> Iterator[Term]:
    """(-3)² for -3²"""
    if isinstance(term, Neg) and isinstance(term.part, Pow):
        yield Pow(Neg(term.part.base), term.part.exponent)


def odd_power_of_negative(term: Term) -> Iterator[Term]:
    """8 for (-2)³"""
    if isinstance(term, Pow) and isinstance(term.base, Neg):
        exponent = rational_value(term.exponent)
        if exponent is not None and exponent % 2 == 1:
            yield Pow(term.base.part, term.exponent)


def even_power_of_negative(term: Term) -> Iterator[Term]:
    """-9 for (-3)²"""
    if isinstance(term, Pow) and isinstance(term.base, Neg):
        exponent = rational_value(term.exponent)
        if exponent is not None and exponent > 0 and exponent % 2 == 0:
            yield Neg(Pow(term.base.part, term.exponent))


def negative_exponent(term: Term) -> Iterator[Term]:
    """-8 for 2^-3"""
    if isinstance(term, Pow):
        exponent = rational_value(term.exponent)
        if exponent is not None and exponent < 0:
            yield Neg(Pow(term.base, _number(-exponent)))


def product_below_one(term: Term) -> Iterator[Term]:
    """1/10 for 5^-2"""
    if isinstance(term, Pow):
        exponent = rational_value(term.exponent)
        if exponent is not None and exponent < 0:
            yield Div(_number(1), Mul((term.base, _number(-exponent))))


def base_and_exponent_swapped(term: Term) -> Iterator[Term]:
    """81 for 4³"""
    if isinstance(term, Pow):
        base, exponent = rational_value(term.base), rational_value(term.exponent)
        if base is not None and exponent is not None and 1 < base <= 100 and exponent > 1:
            yield Pow(term.exponent, term.base)


def sign_of_exponent(term: Term) -> Iterator[Term]:
    """8 for 2^-3"""
    if isinstance(term, Pow):
        exponent = rational_value(term.exponent)
        if exponent is not None and exponent < 0:
            yield Pow(term.base, _number(-exponent))


def fractional_exponent(term: Term) -> Iterator[Term]:
    """16^3/4 and (√16)³ for 16^(3/4)"""
    if not isinstance(term, Pow):
        return
    exponent = rational_value(term.exponent)
    if exponent is None or exponent.denominator == 1:
        return
    top, bottom = exponent.numerator, exponent.denominator
    yield Div(Pow(term.base, _number(top)), _number(bottom))
    yield Pow(term.base, _number(Fraction(bottom, top)))
    yield Pow(term.base, _number(top))
    for index in (2, 3):
        if index != bottom:
            yield Pow(term.base, _number(Fraction(top, index)))
    yield Pow(term.base, _number(Fraction(1, bottom)))


def root_split(term: Term) -> Iterator[Term]:
    """√9 + √16 for √(9 + 16)"""
    if isinstance(term, Root) and isinstance(term.inner, Add):
        yield Add(tuple(_root_of(part, term.index) for part in term.inner.parts))


def _root_of(part: Term, index: Term) -> Term:
    return Neg(Root(part.part, index)) if isinstance(part, Neg) else Root(part, index)


def root_forgotten(term: Term) -> Iterator[Term]:
    """25 for √25"""
    if isinstance(term, Root):
        yield term.inner


def root_of_square_forgotten(term: Term) -> Iterator[Term]:
    """25√2 for √50"""
    if not isinstance(term, Root):
        return
    value, index = rational_value(term.inner), rational_value(term.index)
    if value is None or index != 2 or value.denominator != 1:
        return
    square = _largest_square(value.numerator)
    if square > 1:
        yield Mul((_number(square), Root(_number(value / square), term.index)))


def _largest_square(number: int) -> int:
    if not 1 < number <= MAX_RADICAND:
        return 1
    return max(n * n for n in range(1, math.isqrt(number) + 1) if number % (n * n) == 0)


def radicands_added(term: Term) -> Iterator[Term]:
    """√68 for √50 + √18, also for two of several roots"""
    if not isinstance(term, Add):
        return
    indices = [i for i, part in enumerate(term.parts) if isinstance(_unsigned(part), Root)]
    for chosen in (indices, *combinations(indices, 2)):
        if len(chosen) < 2:
            continue
        inner = [_radicand(term.parts[i]) for i in chosen]
        rest = [part for i, part in enumerate(term.parts) if i not in chosen]
        joined = Root(Add(tuple(inner)), Num(Fraction(2)))
        yield Add((joined, *rest)) if rest else joined


def surds_added(term: Term) -> Iterator[Term]:
    """5√10 for 3√5 + 2√5, and 6√5"""
    if not isinstance(term, Add):
        return
    pairs = [pair for part in term.parts if (pair := _surd(part)) is not None]
    if len(pairs) < 2 or len(pairs) < len(term.parts):
        return
    factors, radicands = zip(*pairs, strict=True)
    total = Root(Add(radicands), Num(Fraction(2)))
    yield Mul((Add(factors), total))


def surds_multiplied(term: Term) -> Iterator[Term]:
    """6√5 for 3√5 + 2√5"""
    if isinstance(term, Add):
        pairs = [pair for part in term.parts if (pair := _surd(part)) is not None]
        if len(pairs) == len(term.parts) == 2 and pairs[0][1] == pairs[1][1]:
            root = Root(pairs[0][1], Num(Fraction(2)))
            yield Mul((pairs[0][0], pairs[1][0], root))


def _surd(term: Term) -> tuple[Term, Term] | None:
    """3 and 5 of 3√5; None for anything else."""
    match term:
        case Neg(part):
            pair = _surd(part)
            return None if pair is None else (Neg(pair[0]), pair[1])
        case Root(inner, index) if rational_value(index) == 2:
            return _number(1), inner
        case Mul((factor, Root(inner, index))) if rational_value(index) == 2:
            return factor, inner
    return None


def _unsigned(term: Term) -> Term:
    return term.part if isinstance(term, Neg) else term


def _radicand(term: Term) -> Term:
    root = _unsigned(term)
    assert isinstance(root, Root)  # noqa: S101 - `radicands_added` asks
    return Neg(root.inner) if isinstance(term, Neg) else root.inner


def _fractions(term: Term) -> list[tuple[Term, Term]]:
    """Numerators, with their signs, and denominators of a sum of fractions; else empty."""
    if not isinstance(term, Add):
        return []
    pairs = []
    for part in term.parts:
        fraction = _unsigned(part)
        if not isinstance(fraction, Div):
            return []
        top = Neg(fraction.top) if isinstance(part, Neg) else fraction.top
        pairs.append((top, fraction.bottom))
    return pairs


def _added(terms: Sequence[Term]) -> Term:
    return Add(tuple(terms))


def added_denominators(term: Term) -> Iterator[Term]:
    """2/6 for 1/2 + 1/4"""
    pairs = _fractions(term)
    if pairs and not any(isinstance(top, Neg) for top, _ in pairs):
        yield Div(_added([top for top, _ in pairs]), _added([bottom for _, bottom in pairs]))


def subtracted_denominators(term: Term) -> Iterator[Term]:
    """2/2 for 3/4 - 1/6"""
    pairs = _fractions(term)
    if any(isinstance(top, Neg) for top, _ in pairs):
        bottoms = [Neg(bottom) if isinstance(top, Neg) else bottom for top, bottom in pairs]
        tops = _added([top for top, _ in pairs])
        yield Div(tops, _added(bottoms))
        yield Div(tops, negated(_added(bottoms)))


def numerators_not_changed(term: Term) -> Iterator[Term]:
    """2/4 for 1/2 + 1/4"""
    pairs = _fractions(term)
    if not pairs:
        return
    tops = _added([top for top, _ in pairs])
    bottoms = [bottom for _, bottom in pairs]
    numbers = [rational_value(bottom) for bottom in bottoms]
    whole = [n.numerator for n in numbers if n is not None and n.denominator == 1 and n > 0]
    if len(whole) == len(bottoms):
        yield Div(tops, _number(math.lcm(*whole)))
    yield Div(tops, Mul(tuple(bottoms)))
    if len(whole) < len(bottoms):
        yield from (Div(tops, bottom) for bottom in bottoms)


def mixed_number(term: Term) -> Iterator[Term]:
    """2·1/4 and (2 + 1)/4 for 2 1/4"""
    match term:
        case Add((Num() as whole, Div(Num() as top, Num() as bottom) as fraction)):
            yield Mul((whole, fraction))
            yield Div(Add((whole, top)), bottom)


def _is_plain(term: Term) -> bool:
    """A number or a fraction, and no calculation; without a sign."""
    if isinstance(term, Div):
        return not isinstance(term.top, Add | Neg) and not isinstance(term.bottom, Add | Neg)
    return isinstance(term, Num)


def multiplied_for_added(term: Term) -> Iterator[Term]:
    """1/8 for 1/2 + 1/4"""
    match term:
        case Add((first, second)) if _is_plain(first) and _is_plain(second):
            yield Mul((first, second))


def added_for_subtracted(term: Term) -> Iterator[Term]:
    """8 for 5 - 3"""
    match term:
        case Add((first, Neg(second))) if _is_plain(first) and _is_plain(second):
            yield Add((first, second))


def subtracted_for_added(term: Term) -> Iterator[Term]:
    """2 for 5 + 3"""
    match term:
        case Add((Num(), Div(Num(), Num()))):
            return  # a mixed number
        case Add((first, second)) if _is_plain(first) and _is_plain(second):
            yield Add((first, Neg(second)))


def added_for_multiplied(term: Term) -> Iterator[Term]:
    """7 for 3·4"""
    match term:
        case Mul((first, second)) if _is_plain(first) and _is_plain(second):
            yield Add((first, second))


def multiplied_for_divided(term: Term) -> Iterator[Term]:
    """3/4·9/10 for 3/4 : 9/10"""
    match term:
        case Div(Div() as top, bottom) | Div(top, Div() as bottom):
            yield Mul((top, bottom))


def cross_multiplied(term: Term) -> Iterator[Term]:
    """3·5/(4·2) for 3/4·2/5"""
    match term:
        case Mul((Div(a, b), Div(c, d))):
            yield Div(Mul((a, d)), Mul((b, c)))


def divided_for_multiplied(term: Term) -> Iterator[Term]:
    match term:
        case Mul((first, second)) if _is_plain(first) and _is_plain(second):
            yield Div(first, second)


def minus_times_minus(term: Term) -> Iterator[Term]:
    """-12 for (-4)·(-3)"""
    if isinstance(term, Mul | Div):
        parts = term.parts if isinstance(term, Mul) else (term.top, term.bottom)
        if any(isinstance(part, Neg) for part in parts):
            yield Neg(term)


def two_minus_signs(term: Term) -> Iterator[Term]:
    """5 - 8 for 5 - (-8)"""
    match term:
        case Neg(Neg(part)):
            yield Neg(part)
        case Num(value) if value < 0:
            yield Num(-value)


def lost_sign(term: Term) -> Iterator[Term]:
    """3 + 2 for 3 - 2"""
    if isinstance(term, Add):
        for index in range(len(term.parts)):
            yield Add(tuple(negated(p) if at == index else p for at, p in enumerate(term.parts)))


def denominator_dropped(term: Term) -> Iterator[Term]:
    """12 + 4√5 for 4/(3 - √5)"""
    conjugate = _conjugate(term)
    if conjugate is not None:
        yield Mul((conjugate[0], conjugate[1]))


def sign_in_difference_of_squares(term: Term) -> Iterator[Term]:
    """4(3 + √5)/14 for 4/(3 - √5)"""
    conjugate = _conjugate(term)
    if conjugate is not None:
        top, turned, squares = conjugate
        yield Div(Mul((top, turned)), Add(tuple(squares)))


def multiplied_by_itself(term: Term) -> Iterator[Term]:
    """4(3 - √5)/4 for 4/(3 - √5)"""
    conjugate = _conjugate(term)
    if conjugate is not None and isinstance(term, Div):
        top, _, (first, second) = conjugate
        yield Div(Mul((top, term.bottom)), Add((first, Neg(second))))


def _conjugate(term: Term) -> tuple[Term, Term, list[Term]] | None:
    """Of a/(b - √c): a, b + √c, and b² and c; None for other terms."""
    match term:
        case Div(top, Add((first, second)) as bottom) if _has_root(bottom):
            squares: list[Term] = [Pow(part, Num(Fraction(2))) for part in (first, second)]
            return top, Add((first, negated(second))), squares
    return None


def _has_root(term: Add) -> bool:
    return any(
        isinstance(factor, Root)
        for part in term.parts
        for factor in (
            (_unsigned(part),) if not isinstance(_unsigned(part), Mul) else _factors(part)
        )
    )


def _factors(term: Term) -> tuple[Term, ...]:
    product = _unsigned(term)
    return product.parts if isinstance(product, Mul) else (product,)


CALCULATION_RULES: tuple[tuple[MistakeName, Change], ...] = (
    (MistakeName.MIXED_NUMBER_MISREAD, mixed_number),
    (MistakeName.MULTIPLIED_BY_DENOMINATOR_ITSELF, multiplied_by_itself),
    (MistakeName.SIGN_ERROR, sign_in_difference_of_squares),
    (MistakeName.DENOMINATOR_DROPPED, denominator_dropped),
    (MistakeName.ADDED_DENOMINATORS, added_denominators),
    (MistakeName.SUBTRACTED_DENOMINATORS, subtracted_denominators),
    (MistakeName.NUMERATORS_NOT_CHANGED, numerators_not_changed),
    (MistakeName.TWO_MINUS_SIGNS, two_minus_signs),
    (MistakeName.MINUS_TIMES_MINUS, minus_times_minus),
    (MistakeName.MINUS_SQUARED_TOO, minus_squared_too),
    (MistakeName.ODD_POWER_OF_NEGATIVE, odd_power_of_negative),
    (MistakeName.MINUS_SQUARED_TOO, even_power_of_negative),
    (MistakeName.ROOT_SPLIT, root_split),
    (MistakeName.ROOT_AS_HALF, power_slips.root_as_division),
    (MistakeName.RADICANDS_ADDED, radicands_added),
    (MistakeName.RADICANDS_ADDED, surds_added),
    (MistakeName.MULTIPLIED_INSTEAD_OF_ADDED, surds_multiplied),
    (MistakeName.ADDED_INSTEAD_OF_SUBTRACTED, added_for_subtracted),
    (MistakeName.SUBTRACTED_INSTEAD_OF_ADDED, subtracted_for_added),
    (MistakeName.SIGN_ERROR, lost_sign),
    (MistakeName.ROOT_FORGOTTEN, root_forgotten),
    (MistakeName.ROOT_FORGOTTEN, root_of_square_forgotten),
    (MistakeName.POWER_AS_PRODUCT, power_slips.power_as_product),
    (MistakeName.POWER_AS_PRODUCT, product_below_one),
    (MistakeName.NEGATIVE_EXPONENT_AS_NEGATIVE, negative_exponent),
    (MistakeName.BASE_AND_EXPONENT_SWAPPED, base_and_exponent_swapped),
    (MistakeName.FRACTIONAL_EXPONENT, fractional_exponent),
    (MistakeName.SIGN_OF_EXPONENT, sign_of_exponent),
    (MistakeName.ORDER_OF_OPERATIONS, left_to_right),
    (MistakeName.MULTIPLIED_INSTEAD_OF_DIVIDED, multiplied_for_divided),
    (MistakeName.CROSS_MULTIPLIED, cross_multiplied),
    (MistakeName.MULTIPLIED_INSTEAD_OF_ADDED, multiplied_for_added),
    (MistakeName.ADDED_INSTEAD_OF_MULTIPLIED, added_for_multiplied),
    (MistakeName.DIVIDED_INSTEAD_OF_MULTIPLIED, divided_for_multiplied),
)
