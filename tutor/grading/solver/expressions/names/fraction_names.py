"""Names what was done to fractions, of numbers or with letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from tutor.grading.parsing.tree import ONE, Add, Div, Mul, Neg, Term, free_names, has_part
from tutor.grading.parsing.typed import typed
from tutor.grading.solver.expressions.changes import Change, are_equal
from tutor.grading.solver.expressions.common_denominators import (
    all_same,
    find_common_denominator,
    top_and_bottom,
)
from tutor.grading.solver.expressions.monomials import monomial
from tutor.grading.solver.expressions.number_fractions import (
    BY_RECIPROCAL,
    halves,
    inverted_division,
    is_fraction,
    is_mixed_number,
    move_of_numerators,
)
from tutor.grading.solver.expressions.number_fractions import reduce as reduce_fraction
from tutor.grading.solver.expressions.terms import (
    factors,
    is_decimal,
    product,
    summands,
    total,
    whole_value,
    without_sign,
)
from tutor.grading.solver.expressions.written_shapes import same_shape
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move
from tutor.grading.solver.shapes import same_form

_CANCEL = Move(MoveName.CANCEL)


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
    elif is_decimal(before) and (is_fraction(after) or is_mixed_number(after)):
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
    tops = [] if step is None else [top_and_bottom(part)[0] for part in summands(step.term)]
    return same_shape(total(s for part in tops for s in summands(part)), top)


def _is_sum_of_fractions(term: Term) -> bool:
    return isinstance(term, Add) and any(
        isinstance(without_sign(part)[1], Div) for part in summands(term)
    )


def _have_one_bottom(parts: Sequence[Term]) -> bool:
    bottoms = [bottom for _, bottom in map(top_and_bottom, parts)]
    return bottoms[0] != ONE and all_same(bottoms)


def _names_of_product(before: Mul, after: Term) -> Iterator[Move]:
    parts = factors(before)
    if not any(isinstance(part, Div) for part in parts):
        return
    split = [top_and_bottom(part) for part in parts]
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
        yield BY_RECIPROCAL
    elif isinstance(after, Add) and isinstance(before.bottom, Add):
        yield _CANCEL
    elif isinstance(after, Add):
        yield from _names_of_division(before, after)
    elif isinstance(before.bottom, Div) or isinstance(before.top, Div):
        if isinstance(after, Div) and not has_part(after.top, Div):
            yield Move(MoveName.DIVIDE_FRACTIONS)
    elif isinstance(after, Div):
        yield from _names_of_two_fractions(before, after, around)
    elif free_names(before) or isinstance(after, Mul):
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
