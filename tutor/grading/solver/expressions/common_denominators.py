"""Fractions with letters: one denominator, one fraction, products and quotients."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import reduce
from math import lcm

from tutor.grading.parsing.tree import ONE, Add, Div, Mul, Neg, Term, free_names, has_part
from tutor.grading.solver.expressions.monomials import Monomial, monomial
from tutor.grading.solver.expressions.number_fractions import (
    BY_RECIPROCAL,
    inverted_division,
    move_of_numerators,
)
from tutor.grading.solver.expressions.rational_expressions import cancel, factored
from tutor.grading.solver.expressions.rewrite_rules import Rewrite
from tutor.grading.solver.expressions.terms import (
    number,
    product,
    quotient,
    summands,
    total,
    without_sign,
)
from tutor.grading.solver.expressions.written_shapes import same_shape, shape
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move


def find_common_denominator(term: Term) -> Iterator[Rewrite]:
    """2/x + 3/(x + 1) with the denominator x(x + 1) for both."""
    if not isinstance(term, Add) or not free_names(term):
        return
    parts = [top_and_bottom(part) for part in summands(term)]
    bottoms = [bottom for _, bottom in parts]
    own = [bottom for bottom in bottoms if bottom != ONE]
    if not own or all_same(bottoms) or (len(own) == 1 and not isinstance(own[0], Add)):
        return
    common = common_denominator(bottoms)
    if common is not None:
        whole = total(_over(top, bottom, common) for top, bottom in parts)
        yield Rewrite(whole, Move(MoveName.COMMON_DENOMINATOR))


def add_numerators(term: Term) -> Iterator[Rewrite]:
    """Fractions that have one denominator as a single one."""
    if not isinstance(term, Add) or not free_names(term):
        return
    parts = [top_and_bottom(part) for part in summands(term)]
    bottoms = [bottom for _, bottom in parts]
    if bottoms[0] != ONE and all_same(bottoms):
        whole = quotient(total(s for top, _ in parts for s in summands(top)), bottoms[0])
        yield Rewrite(whole, move_of_numerators(summands(term)))


def all_same(terms: Sequence[Term]) -> bool:
    return all(same_shape(term, terms[0]) for term in terms[1:])


def top_and_bottom(part: Term) -> tuple[Term, Term]:
    sign, core = without_sign(part)
    top, bottom = (core.top, core.bottom) if isinstance(core, Div) else (core, ONE)
    if sign > 0:
        return top, bottom
    if isinstance(top, Add):
        return Neg(top), bottom
    return product([Neg(top)]), bottom


def common_denominator(bottoms: Sequence[Term]) -> Monomial | None:
    """The least one, of bottoms that are factored where they have common factors."""
    parts = [monomial(factored(bottom) or bottom) for bottom in bottoms]
    known = [part for part in parts if part is not None]
    if len(known) != len(parts) or any(part.coefficient.denominator != 1 for part in known):
        return None
    return reduce(_least_multiple, known)


def _least_multiple(first: Monomial, second: Monomial) -> Monomial:
    size = lcm(first.coefficient.numerator, second.coefficient.numerator)
    exponents = {shape(base): exponent for base, exponent in first.powers}
    powers = list(first.powers)
    for base, exponent in second.powers:
        held = exponents.get(shape(base))
        if held is None:
            powers.append((base, exponent))
        elif exponent > held:
            powers = [(b, exponent if shape(b) == shape(base) else e) for b, e in powers]
    return Monomial(Fraction(size), tuple(powers))


def _over(top: Term, bottom: Term, common: Monomial) -> Term:
    divisor = monomial(factored(bottom) or bottom) or Monomial(Fraction(1))
    extra = common.over(divisor)
    sign, unsigned = without_sign(top)
    above = product([unsigned, extra.term()])
    joined = monomial(above)
    raised = above if joined is None else joined.term()
    whole = Div(raised, common.term())
    return whole if sign > 0 else Neg(whole)


def multiply_fractions(term: Term) -> Iterator[Rewrite]:
    """a/b·c/d as one fraction; a/b ÷ c/d as a product."""
    if not free_names(term):
        return
    sign, core = without_sign(term)
    if isinstance(core, Div):
        inverted = inverted_division(core)
        if inverted is not None:
            yield Rewrite(product([number(sign), inverted]), BY_RECIPROCAL)
    elif isinstance(core, Mul) and sum(isinstance(part, Div) for part in core.parts) > 1:
        parts = [top_and_bottom(part) for part in core.parts]
        whole = Div(product(top for top, _ in parts), product(bottom for _, bottom in parts))
        is_plain_product = not has_part(whole, Add)
        reduced = next(cancel(whole), None) if is_plain_product else None
        yield reduced or Rewrite(product([number(sign), whole]), Move(MoveName.MULTIPLY_FRACTIONS))
