"""Wrong rules, such as (a + b)^2 = a^2 + b^2, applied to a term.

Each yields the terms that come out of it by the mistake in its name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import count

from tutor.grading.numeric.polynomials import rational_function
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Add,
    Call,
    Div,
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
)
from tutor.grading.steps import power_slips
from tutor.grading.steps.claim_results import Slip

_TWO = Num(Fraction(2))


def everywhere(change: Callable[[Term], Iterator[Term]]) -> Callable[[Term], Iterator[Term]]:
    """The change made in a single part of a term, for each part, and in all parts at once."""

    def variants(term: Term) -> Iterator[Term]:
        yield from _in_one_part(term, change)
        everywhere = _in_all_parts(term, change)
        if everywhere != term:
            yield everywhere

    return variants


def _in_one_part(term: Term, change: Callable[[Term], Iterator[Term]]) -> Iterator[Term]:
    yield from change(term)
    for index, part in enumerate(children(term)):
        if not is_term(part):
            continue
        for variant in _in_one_part(part, change):
            yield _with_part(term, index, variant)


def _in_all_parts(term: Term, change: Callable[[Term], Iterator[Term]]) -> Term:
    inner: Term = rebuild(term, lambda part: _in_all_parts(part, change) if is_term(part) else part)
    return next(iter(change(inner)), inner)


def _with_part(term: Term, index: int, part: Term) -> Term:
    indices = count()
    changed: Term = rebuild(term, lambda old: part if next(indices) == index else old)
    return changed


def split_square(term: Term) -> Iterator[Term]:
    """(a + b)^2 as a^2 + b^2"""
    if isinstance(term, Pow) and isinstance(term.base, Add):
        yield Add(tuple(Pow(part, term.exponent) for part in term.base.parts))
        # A square of a difference that keeps its minus: (a - b)^2 as a^2 - b^2.
        with_minus = [
            Neg(Pow(p.part, term.exponent)) if isinstance(p, Neg) else Pow(p, term.exponent)
            for p in term.base.parts
        ]
        yield Add(tuple(with_minus))


def _not_inverted(term: Term) -> Iterator[Term]:
    """(a/b)/(c/d) as a/b·c/d, b/a·c/d or b/a·d/c; none for a whole number in place of c/d."""
    match term:
        case Div(first, Div(top, bottom) as second):
            yield Mul((first, second))
            if isinstance(first, Div):
                turned = Div(first.bottom, first.top)
                yield Mul((turned, second))
                yield Mul((turned, Div(bottom, top)))


def _middle_term(term: Term) -> Iterator[Term]:
    """(a + b)^2 as a^2 + ab + b^2"""
    if isinstance(term, Pow) and isinstance(term.base, Add) and rational_value(term.exponent) == 2:
        parts = term.base.parts
        if len(parts) == 2:
            a, b = parts
            yield Add((Pow(a, _TWO), Mul((a, b)), Pow(b, _TWO)))
            yield Add((Pow(a, _TWO), Neg(Mul((_TWO, a, b))), Pow(b, _TWO)))


def _factor_not_squared(term: Term) -> Iterator[Term]:
    """(2k + 1)^2 as 2k^2 + 4k + 1"""
    match term:
        case Pow(Add((a, b)), exponent) if exponent == _TWO:
            squares = [_squared_but_for_factor(a), _squared_but_for_factor(b)]
            middle = Mul((_TWO, a, b))
            if squares[0] is not None:
                yield Add((squares[0], middle, Pow(b, _TWO)))
            if squares[1] is not None:
                yield Add((Pow(a, _TWO), middle, squares[1]))


def _squared_but_for_factor(term: Term) -> Term | None:
    """2k^2 for 2k"""
    match term:
        case Mul((Num() as factor, *rest)) if rest:
            return Mul((factor, *(Pow(part, _TWO) for part in rest)))
        case Neg(part):
            return _squared_but_for_factor(part)
    return None


def _completed_without_half(term: Term) -> Iterator[Term]:
    """x^2 + 8x as (x + 8)^2 - 64"""
    names = sorted(free_names(term))
    polynomial = rational_function(term, names[0]) if len(names) == 1 else None
    if polynomial is None or polynomial.bottom.degree() > 0 or polynomial.top.degree() != 2:
        return
    top = polynomial.top / polynomial.bottom[0]
    c, b, a = (Num(Fraction(int(top[n].p), int(top[n].q))) for n in range(3))
    step = Div(b, a)
    bracket = Pow(Add((Sym(names[0]), step)), _TWO)
    yield Add((Mul((a, Add((bracket, Neg(Pow(step, _TWO)))))), c))


def _split_root(term: Term) -> Iterator[Term]:
    if isinstance(term, Root) and isinstance(term.inner, Add):
        yield Add(tuple(_root_of(part, term.index) for part in term.inner.parts))


def _root_of(part: Term, index: Term) -> Term:
    return Neg(Root(part.part, index)) if isinstance(part, Neg) else Root(part, index)


def _half_distributed(term: Term) -> Iterator[Term]:
    """k(a + b) as ka + b, and -k(a + b) as -ka + b"""
    match term:
        case Neg(Mul((first, *rest))) if not isinstance(first, Add):
            term = Mul((Neg(first), *rest))
    if not isinstance(term, Mul):
        return
    for index, part in enumerate(term.parts):
        if isinstance(part, Add):
            factors = term.parts[:index] + term.parts[index + 1 :]
            if any(isinstance(factor, Add) for factor in factors):
                continue  # a product of brackets is multiplied out in another way
            for chosen in _some_of(len(part.parts)):
                summands = [
                    Mul((*factors, p)) if n in chosen else p for n, p in enumerate(part.parts)
                ]
                yield Add(tuple(summands))


def _some_of(count: int) -> Iterator[frozenset[int]]:
    """One of the numbers below the count, or all but the last one."""
    yield from (frozenset([number]) for number in range(count))
    if count > 2:
        yield frozenset(range(count - 1))


def _minus_bracket(term: Term) -> Iterator[Term]:
    """-(a + b + c) as -a + b + c, or with some more signs changed; -(a + b)/c too"""
    match term:
        case Neg(Div(Add() as top, bottom)):
            yield from (Div(changed, bottom) for changed in _minus_bracket(Neg(top)))
    if isinstance(term, Neg):
        inner = _multiplied_out(term.part)
        parts = inner.parts if isinstance(inner, Add) else ()
        for changed in range(1, len(parts)):
            yield Add(tuple(Neg(p) if i < changed else p for i, p in enumerate(parts)))
        if isinstance(inner, Mul) and isinstance(inner.parts[-1], Add):  # -3(x - 2) as -3x - 6
            *factors, bracket = inner.parts
            first, *rest = bracket.parts  # type: ignore[union-attr]
            multiplied = [Mul((*factors, part)) for part in (first, *rest)]
            yield Add((Neg(multiplied[0]), *multiplied[1:]))


def _multiplied_out(term: Term) -> Term:
    """(a + b)^2 and (a + b)(c + d) as sums; anything else as it is."""
    match term:
        case Pow(Add((a, b)), exponent) if exponent == _TWO:
            return Add((Pow(a, _TWO), Mul((_TWO, a, b)), Pow(b, _TWO)))
        case Mul((Add(first), Add(second))):
            return Add(tuple(Mul((a, b)) for a in first for b in second))
    return term


def _added_denominators(term: Term) -> Iterator[Term]:
    """a/b + c/d as (a + c)/(b + d), a/b - c/d as (a - c)/(b - d), and 1/a + 1/b as 1/(a + b)"""
    match term:
        case Add((Div(a, b), Neg(Div(c, d)))):
            yield Div(Add((a, Neg(c))), Add((b, Neg(d))))
    if isinstance(term, Add) and all(isinstance(part, Div) for part in term.parts):
        tops = tuple(part.top for part in term.parts if isinstance(part, Div))
        bottoms = tuple(part.bottom for part in term.parts if isinstance(part, Div))
        yield Div(Add(tops), Add(bottoms))
        if len(set(tops)) == 1:
            yield Div(tops[0], Add(bottoms))


def _log_of_sum(term: Term) -> Iterator[Term]:
    """ln a + ln b as ln(a + b), and the other way round"""
    logs = ("ln", "log", "lg")
    if isinstance(term, Add) and all(
        isinstance(part, Call) and part.name in logs for part in term.parts
    ):
        calls = [part for part in term.parts if isinstance(part, Call)]
        yield Call(calls[0].name, (Add(tuple(call.args[0] for call in calls)), *calls[0].args[1:]))
    if isinstance(term, Call) and term.name in logs and isinstance(term.args[0], Add):
        yield Add(tuple(Call(term.name, (part, *term.args[1:])) for part in term.args[0].parts))


def _power_of_log(term: Term) -> Iterator[Term]:
    """k ln a as ln(ka) or as (ln a)^k"""
    if isinstance(term, Mul) and len(term.parts) == 2:
        factor, log = term.parts
        if isinstance(log, Call) and log.name in ("ln", "log", "lg"):
            yield Call(log.name, (Mul((factor, log.args[0])), *log.args[1:]))
            yield Pow(log, factor)


RULE_SLIPS: list[tuple[Slip, Callable[[Term], Iterator[Term]]]] = [
    (Slip.ADDED_DENOMINATORS, everywhere(_added_denominators)),
    (Slip.NOT_INVERTED, _not_inverted),
    (Slip.LOG_OF_SUM, everywhere(_log_of_sum)),
    (Slip.POWER_OF_LOG, everywhere(_power_of_log)),
    (Slip.SPLIT_SQUARE, everywhere(split_square)),
    (Slip.MIDDLE_TERM, everywhere(_middle_term)),
    (Slip.SPLIT_ROOT, everywhere(_split_root)),
    (Slip.MINUS_BRACKET, everywhere(_minus_bracket)),
    (Slip.HALF_DISTRIBUTED, everywhere(_half_distributed)),
    (Slip.SPLIT_ROOT, everywhere(power_slips.root_of_sum)),
    (Slip.CANCELLED_TERM, everywhere(power_slips.cancelled_term)),
    (Slip.COMMON_DENOMINATOR, everywhere(power_slips.common_denominator)),
    (Slip.NEGATIVE_SQUARE, everywhere(power_slips.negative_square)),
    (Slip.DOUBLED_FOR_SQUARED, everywhere(power_slips.doubled_for_squared)),
    (Slip.POWER_AS_PRODUCT, everywhere(power_slips.power_as_product)),
    (Slip.EXPONENT_RULE, everywhere(power_slips.exponent_rule)),
    (Slip.POWER_OF_POWER, everywhere(power_slips.power_of_power)),
    (Slip.POWER_OF_PRODUCT, everywhere(power_slips.power_of_product)),
    (Slip.POWER_OF_PRODUCT, everywhere(_factor_not_squared)),
    (Slip.HALF_FORGOTTEN, _completed_without_half),
    (Slip.ROOT_AS_DIVISION, everywhere(power_slips.root_as_division)),
    (Slip.ROOT_FORGOTTEN, power_slips.root_forgotten),
    (Slip.ORDER_OF_OPERATIONS, everywhere(power_slips.order_of_operations)),
]
LOST_SIGN = everywhere(power_slips.lost_sign)
# Those that people also make from right to left.
BACKWARDS = [
    (Slip.MIDDLE_TERM, everywhere(_middle_term)),
    (Slip.SPLIT_SQUARE, everywhere(split_square)),
    (Slip.SPLIT_ROOT, everywhere(_split_root)),
    (Slip.HALF_DISTRIBUTED, everywhere(_half_distributed)),
    (Slip.LOST_SIGN, LOST_SIGN),
]
