"""Fractions of terms with letters: factor and cancel, one denominator, term by term."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import reduce
from math import gcd, lcm

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import ONE, Add, Div, Mul, Neg, Pow, Term, free_names, walk
from tutor.grading.parsing.typed import typed
from tutor.grading.solver.expressions.changes import Change, are_equal
from tutor.grading.solver.expressions.factoring import common_factor, factored_by_primes
from tutor.grading.solver.expressions.fractions import (
    as_decimal,
    decimal_as_fraction,
    halves,
    inverted_division,
    is_fraction,
    is_mixed_number,
    move_of_numerators,
)
from tutor.grading.solver.expressions.fractions import reduce as reduce_fraction
from tutor.grading.solver.expressions.monomials import Monomial, monomial
from tutor.grading.solver.expressions.rewriting import Rewrite
from tutor.grading.solver.expressions.shapes import same_shape, shape
from tutor.grading.solver.expressions.terms import (
    factors,
    is_decimal,
    negated,
    number,
    product,
    quotient,
    summands,
    total,
    whole_value,
    without_sign,
)
from tutor.grading.solver.moves import Move, MoveName
from tutor.grading.solver.shapes import same_form

_CANCEL = Move(MoveName.CANCEL)


def cancel(term: Term) -> Iterator[Rewrite]:
    """(x - 2)(x + 2)/(x(x + 2)) as (x - 2)/x: the factors that both halves show."""
    if not isinstance(term, Div) or rational_value(term) is not None or _has_fractions(term):
        return
    are_sums = isinstance(term.top, Add) and isinstance(term.bottom, Add)
    if are_sums and not same_shape(term.top, term.bottom):
        return
    top, bottom = monomial(term.top), monomial(term.bottom)
    if top is None or bottom is None or (not bottom.powers and not _share_number(top, bottom)):
        return
    whole = top.over(bottom)
    if _size(whole) < _size(top) + _size(bottom) or _share_number(top, bottom):
        yield Rewrite(whole.term(), _CANCEL)


def cancel_in_product(term: Term) -> Iterator[Rewrite]:
    """sin(x)/cos(x)·cos(x) as sin(x)."""
    parts = term.parts if isinstance(term, Mul) else ()
    if sum(isinstance(part, Div) for part in parts) != 1 or rational_value(term) is not None:
        return
    members = [monomial(part) for part in parts]
    whole = monomial(term)
    sizes = [_size(member) for member in members if member is not None]
    if whole is None or len(sizes) < len(members):
        return
    if _size(whole) < sum(sizes) or not free_names(term):
        yield Rewrite(whole.term(), _CANCEL)


def _has_fractions(term: Div) -> bool:
    return any(isinstance(part, Div) for half in (term.top, term.bottom) for part in walk(half))


def _size(part: Monomial) -> Fraction:
    return sum((abs(exponent) for _, exponent in part.powers), Fraction(0))


def _share_number(top: Monomial, bottom: Monomial) -> bool:
    values = top.coefficient, bottom.coefficient
    if any(value.denominator != 1 for value in values):
        return False
    return gcd(*(value.numerator for value in values)) > 1


def factor_halves(term: Term) -> Iterator[Rewrite]:
    """(x^2 - 4)/(x^2 + 2x) with both halves factored, where they have a common factor."""
    if not isinstance(term, Div) or not free_names(term.bottom):
        return
    top, bottom = factored(term.top), factored(term.bottom)
    top = _turned(top or term.top, bottom or term.bottom) or top
    if top is None and bottom is None:
        return
    whole = Div(top or term.top, bottom or term.bottom)
    if next(cancel(whole), None) is None:
        return
    if top is not None and bottom is not None:
        name = MoveName.FACTOR_HALVES
    else:
        name = MoveName.FACTOR_TOP if top is not None else MoveName.FACTOR_BOTTOM
    yield Rewrite(whole, Move(name))


def _turned(top: Term, bottom: Term) -> Term | None:
    """2(3 - x) as -2(x - 3), where x - 3 is below; None where no bracket is turned."""
    below = [part for part in factors(without_sign(bottom)[1]) if isinstance(part, Add)]
    sign, core = without_sign(top)
    for index, part in enumerate(parts := factors(core)):
        turned = total(negated(summand) for summand in summands(part))
        twin = next((other for other in below if same_shape(other, turned)), None)
        if isinstance(part, Add) and twin is not None:
            return product([number(-sign), *parts[:index], twin, *parts[index + 1 :]])
    return None


def factored(term: Term) -> Term | None:
    """None where nothing in it has factors; the sums of a product are tried."""
    if isinstance(term, Mul):
        parts = [factored(part) or part for part in factors(term)]
        whole = product(parts)
        return None if same_shape(whole, term) else whole
    if not isinstance(term, Add):
        return None
    primes = factored_by_primes(term)
    if primes is not None:
        return primes
    common = common_factor(term)
    return None if common is None else common.term


def cancel_number(term: Term) -> Iterator[Rewrite]:
    """(18 + 6√5)/4 as (9 + 3√5)/2."""
    bottom = whole_value(term.bottom) if isinstance(term, Div) else None
    if not isinstance(term, Div) or not isinstance(term.top, Add) or not bottom:
        return
    parts = [part for s in summands(term.top) if (part := monomial(s)) is not None]
    tops = [part.coefficient for part in parts]
    if len(parts) < len(summands(term.top)) or any(top.denominator != 1 for top in tops):
        return
    common = gcd(bottom, *(top.numerator for top in tops))
    if common > 1:
        above = total(part.with_coefficient(part.coefficient / common).term() for part in parts)
        yield Rewrite(quotient(above, number(bottom // common)), _CANCEL)


def divide_each_term(term: Term) -> Iterator[Rewrite]:
    """(6x + 4)/2 as 3x + 2."""
    if not isinstance(term, Div) or not isinstance(term.top, Add):
        return
    divisor = monomial(term.bottom)
    parts = [monomial(part) for part in summands(term.top)]
    if divisor is None or any(isinstance(base, Add) for base, _ in divisor.powers):
        return
    quotients = [part.over(divisor) for part in parts if part is not None]
    if len(quotients) == len(parts) and all(_is_entire(part) for part in quotients):
        whole = total(part.term() for part in quotients)
        yield Rewrite(whole, Move(MoveName.DIVIDE_EACH_TERM, (typed(term.bottom),)))


def _is_entire(part: Monomial) -> bool:
    return part.coefficient.denominator == 1 and all(exponent > 0 for _, exponent in part.powers)


# One denominator


def find_common_denominator(term: Term) -> Iterator[Rewrite]:
    """2/x + 3/(x + 1) with the denominator x(x + 1) for both."""
    if not isinstance(term, Add) or not free_names(term):
        return
    parts = [_halves(part) for part in summands(term)]
    bottoms = [bottom for _, bottom in parts]
    own = [bottom for bottom in bottoms if bottom != ONE]
    if not own or _are_equal(bottoms) or (len(own) == 1 and not isinstance(own[0], Add)):
        return
    common = common_denominator(bottoms)
    if common is not None:
        whole = total(_over(top, bottom, common) for top, bottom in parts)
        yield Rewrite(whole, Move(MoveName.COMMON_DENOMINATOR))


def add_numerators(term: Term) -> Iterator[Rewrite]:
    """Fractions that have one denominator as a single one."""
    if not isinstance(term, Add) or not free_names(term):
        return
    parts = [_halves(part) for part in summands(term)]
    bottoms = [bottom for _, bottom in parts]
    if bottoms[0] != ONE and _are_equal(bottoms):
        whole = quotient(total(s for top, _ in parts for s in summands(top)), bottoms[0])
        yield Rewrite(whole, move_of_numerators(summands(term)))


def _are_equal(terms: Sequence[Term]) -> bool:
    return all(same_shape(term, terms[0]) for term in terms[1:])


def _halves(part: Term) -> tuple[Term, Term]:
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
            yield Rewrite(product([number(sign), inverted]), _RECIPROCAL)
    elif isinstance(core, Mul) and sum(isinstance(part, Div) for part in core.parts) > 1:
        parts = [_halves(part) for part in core.parts]
        whole = Div(product(top for top, _ in parts), product(bottom for _, bottom in parts))
        is_plain_product = not any(isinstance(part, Add) for part in walk(whole))
        reduced = next(cancel(whole), None) if is_plain_product else None
        yield reduced or Rewrite(product([number(sign), whole]), Move(MoveName.MULTIPLY_FRACTIONS))


_RECIPROCAL = Move(MoveName.MULTIPLY_BY_RECIPROCAL)


# Names, of fractions of numbers too


def name_fractions(change: Change) -> Iterator[Move]:
    _, before = without_sign(change.before)
    _, after = without_sign(change.after)
    yield from _names_of_notation(before, after)
    match before:
        case Add():
            yield from _names_of_sum(change.before, before, after)
        case Mul():
            yield from _names_of_product(before, after)
        case Div():
            yield from _names_of_quotient(before, after, change.around)
        case _ if isinstance(after, Div) and _is_in_sum(change.around) and _is_entire_term(before):
            yield Move(MoveName.COMMON_DENOMINATOR)


def _names_of_notation(before: Term, after: Term) -> Iterator[Move]:
    """Mixed numbers and decimals."""
    if is_mixed_number(before) and is_fraction(after):
        yield Move(MoveName.MIXED_TO_FRACTION)
    elif is_fraction(before) and is_mixed_number(after):
        yield Move(MoveName.FRACTION_TO_MIXED)
    elif is_decimal(before) and is_fraction(after):
        yield Move(MoveName.DECIMAL_TO_FRACTION)
    elif is_fraction(before) and is_decimal(after):
        yield Move(MoveName.FRACTION_TO_DECIMAL)


def _is_entire_term(term: Term) -> bool:
    return whole_value(term) is not None or bool(free_names(term))


def _is_in_sum(around: Sequence[Term]) -> bool:
    return bool(around) and isinstance(around[-1], Add)


def _names_of_sum(whole: Term, before: Add, after: Term) -> Iterator[Move]:
    parts = summands(before)
    fractions = [part for part in parts if isinstance(without_sign(part)[1], Div)]
    if not fractions or not (isinstance(after, Div) or _is_sum_of_fractions(after)):
        if fractions and len(fractions) == len(parts) and _have_one_bottom(parts):
            yield move_of_numerators(parts)  # 1/3 + 2/3 = 1
        return
    if isinstance(after, Add):
        if _have_one_bottom(summands(after)) and not _have_one_bottom(parts):
            yield Move(MoveName.COMMON_DENOMINATOR)
    elif len(fractions) == len(parts) and _have_one_bottom(parts):
        yield move_of_numerators(parts)
    elif isinstance(after, Div) and _is_not_collected(whole, after.top):
        yield Move(MoveName.COMMON_DENOMINATOR)
    else:
        is_difference = all(isinstance(part, Neg) for part in parts[1:])
        yield Move(MoveName.SUBTRACT_FRACTIONS if is_difference else MoveName.ADD_FRACTIONS)


def _is_not_collected(whole: Term, top: Term) -> bool:
    """2(x + 1) + 3x, of 2/x + 3/(x + 1): the numerators over one denominator, and no more."""
    if not free_names(whole):
        return isinstance(top, Add)
    step = next(find_common_denominator(whole), None)
    tops = [] if step is None else [_halves(part)[0] for part in summands(step.term)]
    return same_shape(total(s for part in tops for s in summands(part)), top)


def _is_sum_of_fractions(term: Term) -> bool:
    return isinstance(term, Add) and any(
        isinstance(without_sign(part)[1], Div) for part in summands(term)
    )


def _have_one_bottom(parts: Sequence[Term]) -> bool:
    bottoms = [bottom for _, bottom in map(_halves, parts)]
    return bottoms[0] != ONE and _are_equal(bottoms)


def _names_of_product(before: Mul, after: Term) -> Iterator[Move]:
    parts = factors(before)
    if not any(isinstance(part, Div) for part in parts):
        return
    split = [_halves(part) for part in parts]
    top, bottom = product(top for top, _ in split), product(bottom for _, bottom in split)
    is_number = not free_names(before)
    if isinstance(after, Mul) and any(isinstance(part, Div) for part in after.parts):
        yield _CANCEL
    elif not isinstance(after, Div):
        is_simple = sum(isinstance(part, Div) for part in parts) == 1
        yield Move(MoveName.MULTIPLY if is_simple and is_number else MoveName.MULTIPLY_FRACTIONS)
    else:
        is_reduced = is_fraction(after) and reduce_fraction(after) is None
        is_joined = are_equal(after.top, top) and are_equal(after.bottom, bottom)
        yield Move(MoveName.MULTIPLY_FRACTIONS) if is_joined or is_reduced else _CANCEL


def _names_of_quotient(before: Div, after: Term, around: Sequence[Term]) -> Iterator[Move]:
    inverted = inverted_division(before)
    if inverted is not None and same_form(inverted, after) and not is_fraction(after):
        yield _RECIPROCAL
    elif isinstance(after, Add) and isinstance(before.bottom, Add):
        yield _CANCEL
    elif isinstance(after, Add):
        yield from _names_of_division(before, after)
    elif isinstance(before.bottom, Div) or isinstance(before.top, Div):
        if isinstance(after, Div) and not any(isinstance(p, Div) for p in walk(after.top)):
            yield Move(MoveName.DIVIDE_FRACTIONS)
    elif isinstance(after, Div):
        yield from _names_of_two_fractions(before, after, around)
    elif free_names(before):
        yield _CANCEL


def _names_of_division(before: Div, after: Add) -> Iterator[Move]:
    """(6x + 4)/2 = 3x + 2, and (x + 2)/x = x/x + 2/x."""
    parts, results = summands(before.top), summands(after)
    if len(parts) != len(results):
        return
    if all(isinstance(without_sign(part)[1], Div) for part in results):
        yield Move(MoveName.SPLIT_FRACTION)
    elif all(_is_divided(part, before.bottom, results) for part in parts):
        yield Move(MoveName.DIVIDE_EACH_TERM, (typed(before.bottom),))
    else:
        yield Move(MoveName.SIMPLIFY)


def _is_divided(part: Term, bottom: Term, results: Sequence[Term]) -> bool:
    """Whether the quotient is there with the letters and roots of the part."""
    quotient_of_part = monomial(Div(part, bottom))
    kinds = [whole.kind for result in results if (whole := monomial(result)) is not None]
    return quotient_of_part is not None and quotient_of_part.kind in kinds


def _names_of_two_fractions(before: Div, after: Div, around: Sequence[Term]) -> Iterator[Move]:
    if _is_multiple(after, before):
        in_sum = _is_in_sum(around)
        yield Move(MoveName.COMMON_DENOMINATOR if in_sum else MoveName.EXPAND_FRACTION)
    elif _is_multiple(before, after):
        yield _CANCEL


def _is_multiple(larger: Div, smaller: Div) -> bool:
    """Whether both halves of the one are those of the other times the same factor."""
    first, second = halves(larger), halves(smaller)
    if first is not None and second is not None:
        return first[1] % second[1] == 0 and first[1] != second[1]
    if free_names(larger) or free_names(smaller):
        return _weight(larger) > _weight(smaller)
    return False


def _weight(term: Term) -> Fraction:
    """The number of factors in the denominator, with their degrees."""
    bottom = term.bottom if isinstance(term, Div) else ONE
    part = monomial(bottom)
    if part is None:
        return Fraction(0)
    degree = sum((e * _degree(base) for base, e in part.powers), Fraction(0))
    return degree + Fraction(abs(part.coefficient), 10**9)


def _degree(base: Term) -> int:
    if not isinstance(base, Add):
        return 1
    return max(_degree_of_summand(part) for part in summands(base))


def _degree_of_summand(part: Term) -> int:
    whole = monomial(part)
    return 0 if whole is None else int(sum(e for _, e in whole.powers))


def decimal_rewrites(term: Term) -> Iterator[Rewrite]:
    fraction = decimal_as_fraction(term)
    if fraction is not None:
        yield Rewrite(fraction, Move(MoveName.DECIMAL_TO_FRACTION))
    decimal = as_decimal(term)
    if decimal is not None:
        yield Rewrite(decimal, Move(MoveName.FRACTION_TO_DECIMAL))


def is_power(term: Term) -> bool:
    return isinstance(term, Pow)
