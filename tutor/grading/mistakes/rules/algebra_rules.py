"""Wrong rules for terms with letters, each a change of one part of a term."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.grading.mistakes.names import MistakeName
from tutor.grading.mistakes.rules import calculation_rules as numbers
from tutor.grading.mistakes.rules.rewriting import Change
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import Add, Div, Mul, Neg, Num, Pow, Term, free_names
from tutor.grading.steps import power_slips, rule_slips

_TWO = Num(Fraction(2))


def _square(term: Term) -> tuple[Term, Term] | None:
    """The a and b of (a + b)²; None for other terms."""
    match term:
        case Pow(Add((a, b)), exponent) if rational_value(exponent) == 2:
            return a, b
        case Mul((Add((a, b)) as left, right)) if left == right:
            return a, b
    return None


def middle_term_not_doubled(term: Term) -> Iterator[Term]:
    """x² + 5x + 25 for (x + 5)²"""
    if pair := _square(term):
        a, b = pair
        yield Add((Pow(a, _TWO), Mul((a, b)), Pow(b, _TWO)))


def squared_separately(term: Term) -> Iterator[Term]:
    """x² + 25 for (x + 5)²"""
    yield from rule_slips.split_square(term)


def sign_in_square(term: Term) -> Iterator[Term]:
    """x² + 10x - 25 for (x + 5)²"""
    if pair := _square(term):
        a, b = pair
        middle, last = Mul((_TWO, a, b)), Pow(b, _TWO)
        yield Add((Pow(a, _TWO), Neg(middle), last))
        yield Add((Pow(a, _TWO), middle, Neg(last)))
        yield Add((Pow(a, _TWO), Neg(middle), Neg(last)))


def constant_doubled(term: Term) -> Iterator[Term]:
    """x² + 10x + 10 for (x + 5)²"""
    if pair := _square(term):
        a, b = pair
        for doubled, other in ((b, a), (a, b)):
            yield Add((Pow(other, _TWO), Mul((_TWO, a, b)), Mul((_TWO, doubled))))


def coefficient_not_squared(term: Term) -> Iterator[Term]:
    """2x² + 12x + 9 for (2x + 3)²"""
    if pair := _square(term):
        a, b = pair
        for part, other in ((a, b), (b, a)):
            match part:
                case Mul((Num() as factor, *rest)):
                    unsquared = Mul((factor, *(Pow(inner, _TWO) for inner in rest)))
                    yield Add((unsquared, Mul((_TWO, a, b)), Pow(other, _TWO)))


def _brackets(term: Term) -> tuple[Add, Add] | None:
    match term:
        case Mul((Add() as left, Add() as right)):
            return left, right
    return None


def middle_term_forgotten(term: Term) -> Iterator[Term]:
    """2x² - 12 for (2x - 3)(x + 4)"""
    if (pair := _brackets(term)) and len(pair[0].parts) == len(pair[1].parts) == 2:
        yield Add(tuple(Mul(both) for both in zip(pair[0].parts, pair[1].parts, strict=True)))


def sign_in_product(term: Term) -> Iterator[Term]:
    """2x² + 11x - 12 for (2x - 3)(x + 4)"""
    pair = _brackets(term)
    if pair is None:
        return
    products: list[Term] = [Mul((a, b)) for a in pair[0].parts for b in pair[1].parts]
    for index in range(len(products)):
        yield Add(tuple(Neg(p) if at == index else p for at, p in enumerate(products)))
    for first in range(len(products)):
        for second in range(first + 1, len(products)):
            yield Add(
                tuple(Neg(p) if at in (first, second) else p for at, p in enumerate(products))
            )


def one_product_missing(term: Term) -> Iterator[Term]:
    """2x² + 8x - 12 for (2x - 3)(x + 4)"""
    pair = _brackets(term)
    if pair is None:
        return
    products: list[Term] = [Mul((a, b)) for a in pair[0].parts for b in pair[1].parts]
    for index in range(len(products)):
        yield Add(tuple(product for at, product in enumerate(products) if at != index))


def half_distributed(term: Term) -> Iterator[Term]:
    """3x - 4 for 3(x - 4), and -3x - 4 for -3(x - 4)"""
    match term:
        case Neg(Mul((*factors, Add((first, *rest))))):
            yield Add((Neg(Mul((*factors, first))), *rest))
    if not isinstance(term, Mul):
        return
    *factors, bracket = term.parts
    if isinstance(bracket, Add) and not any(isinstance(factor, Add) for factor in factors):
        first, *rest = bracket.parts
        yield Add((Mul((*factors, first)), *rest))
        *start, last = bracket.parts
        yield Add((*start, Mul((*factors, last))))


def minus_to_first_term(term: Term) -> Iterator[Term]:
    """-2x - 10 for -2(x - 5), and -x + 3 for -(x + 3)"""
    if not isinstance(term, Neg):
        return
    inner = term.part
    if isinstance(inner, Add):
        first, *rest = inner.parts
        yield Add((Neg(first), *rest))
    if isinstance(inner, Mul) and isinstance(inner.parts[-1], Add):
        *factors, bracket = inner.parts
        if isinstance(bracket, Add):
            products = [Mul((*factors, part)) for part in bracket.parts]
            yield Add((Neg(products[0]), *products[1:]))


def bases_added(term: Term) -> Iterator[Term]:
    """2x^7 for x³·x⁴"""
    match term:
        case Mul((left, right)) if (pair := _same_base(left, right)) is not None:
            base, exponents = pair
            yield Mul((_TWO, Pow(base, Add(exponents))))
            yield Pow(Mul((_TWO, base)), Add(exponents))


def exponents_multiplied(term: Term) -> Iterator[Term]:
    """x^12 for x³·x⁴"""
    match term:
        case Mul((left, right)) if (pair := _same_base(left, right)) is not None:
            yield Pow(pair[0], Mul(pair[1]))
    yield from power_slips.exponent_rule(term)


def _same_base(left: Term, right: Term) -> tuple[Term, tuple[Term, Term]] | None:
    bases = [part.base if isinstance(part, Pow) else part for part in (left, right)]
    exponents = [
        part.exponent if isinstance(part, Pow) else Num(Fraction(1)) for part in (left, right)
    ]
    if bases[0] != bases[1] or not free_names(bases[0]):
        return None
    return bases[0], (exponents[0], exponents[1])


def exponents_divided(term: Term) -> Iterator[Term]:
    """x² for x⁸/x⁴, and x^12"""
    match term:
        case Div(left, right) if (pair := _same_base(left, right)) is not None:
            base, (above, below) = pair
            yield Pow(base, Div(above, below))
            yield Pow(base, Add((above, below)))


def power_of_power(term: Term) -> Iterator[Term]:
    """x^5 for (x²)³, and x^8"""
    yield from power_slips.power_of_power(term)
    match term:
        case Pow(Pow(base, inner), outer):
            yield Pow(base, Pow(inner, outer))
        case Pow(Mul(parts), outer) if any(isinstance(part, Pow) for part in parts):
            for join in (lambda a, b: Pow(a, b), lambda a, b: Add((a, b))):
                yield Mul(
                    tuple(
                        Pow(part.base, join(part.exponent, outer))
                        if isinstance(part, Pow)
                        else Pow(part, outer)
                        for part in parts
                    )
                )


def cancelled_term(term: Term) -> Iterator[Term]:
    """x for (x + 3)/3"""
    yield from power_slips.cancelled_term(term)
    match term:
        case Div(Add(parts), bottom):
            for index, part in enumerate(parts):
                rest = parts[:index] + parts[index + 1 :]
                if part == bottom:
                    yield rest[0] if len(rest) == 1 else Add(rest)
                yield Add((*rest, Div(part, bottom)))


def part_not_raised(term: Term) -> Iterator[Term]:
    """3a⁶ for (3a²)³"""
    match term:
        case Pow(Mul(parts), exponent):
            for index in range(len(parts)):
                yield Mul(
                    tuple(p if at == index else Pow(p, exponent) for at, p in enumerate(parts))
                )


def coefficient_multiplied(term: Term) -> Iterator[Term]:
    """9a⁶ for (3a²)³"""
    match term:
        case Pow(Mul((Num() as factor, *rest)), exponent):
            raised = (Pow(part, exponent) for part in rest)
            yield Mul((Mul((factor, exponent)), *raised))


ALGEBRA_RULES: tuple[tuple[MistakeName, Change], ...] = (
    (MistakeName.SQUARED_TERMS_SEPARATELY, squared_separately),
    (MistakeName.MIDDLE_TERM_NOT_DOUBLED, middle_term_not_doubled),
    (MistakeName.POWER_AS_PRODUCT, constant_doubled),
    (MistakeName.POWER_OF_PRODUCT, coefficient_not_squared),
    (MistakeName.SIGN_ERROR, sign_in_square),
    (MistakeName.MIDDLE_TERM_FORGOTTEN, middle_term_forgotten),
    (MistakeName.SIGN_ERROR, sign_in_product),
    (MistakeName.TERM_DROPPED, one_product_missing),
    (MistakeName.MINUS_DISTRIBUTED_TO_FIRST_TERM, minus_to_first_term),
    (MistakeName.DISTRIBUTED_TO_FIRST_TERM, half_distributed),
    (MistakeName.EXPONENT_RULE, exponents_multiplied),
    (MistakeName.EXPONENT_RULE, bases_added),
    (MistakeName.EXPONENT_RULE, exponents_divided),
    (MistakeName.EXPONENT_RULE, power_of_power),
    (MistakeName.POWER_OF_PRODUCT, power_slips.power_of_product),
    (MistakeName.POWER_OF_PRODUCT, part_not_raised),
    (MistakeName.POWER_AS_PRODUCT, coefficient_multiplied),
    (MistakeName.ADDED_DENOMINATORS, numbers.added_denominators),
    (MistakeName.SUBTRACTED_DENOMINATORS, numbers.subtracted_denominators),
    (MistakeName.NUMERATORS_NOT_CHANGED, numbers.numerators_not_changed),
    (MistakeName.CANCELLED_A_TERM, cancelled_term),
    (MistakeName.ROOT_SPLIT, numbers.root_split),
    (MistakeName.MULTIPLIED_INSTEAD_OF_DIVIDED, numbers.multiplied_for_divided),
    (MistakeName.MULTIPLIED_INSTEAD_OF_ADDED, numbers.multiplied_for_added),
    (MistakeName.ADDED_INSTEAD_OF_MULTIPLIED, numbers.added_for_multiplied),
    (MistakeName.POWER_AS_PRODUCT, power_slips.power_as_product),
    (MistakeName.NEGATIVE_EXPONENT_AS_NEGATIVE, numbers.negative_exponent),
    (MistakeName.SIGN_OF_EXPONENT, numbers.sign_of_exponent),
    (MistakeName.SIGN_ERROR, numbers.lost_sign),
)
