"""Names how a sum was factored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import Add, Mul, Pow, Term
from tutor.grading.parsing.typed import typed
from tutor.grading.solver.expressions.changes import Change
from tutor.grading.solver.expressions.expanding import conjugate_parts
from tutor.grading.solver.expressions.factoring import difference_of_squares
from tutor.grading.solver.expressions.terms import (
    factors,
    flattened,
    number,
    product,
    summands,
    whole_value,
    without_sign,
)
from tutor.grading.solver.expressions.written_shapes import same_shape
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move


def name_factoring(change: Change) -> Iterator[Move]:
    """A sum became a product, or a sum of products with a common bracket."""
    if not isinstance(change.before, Add) or rational_value(change.before) is not None:
        return
    sign, after = without_sign(change.after)
    if sign < 0 and isinstance(after, Add):
        yield Move(MoveName.FACTOR_OUT, ("-1",))
    elif (
        isinstance(after, Pow) and isinstance(after.base, Add) and whole_value(after.exponent) == 2
    ):
        yield from _name_of_square(after.base)
    elif isinstance(after, Mul):
        yield from _names_of_product(change.before, after, sign)
    elif isinstance(after, Add) and _is_grouped(change.before, after):
        yield Move(MoveName.GROUPING)


def _name_of_square(base: Add) -> Iterator[Move]:
    parts = summands(base)
    if len(parts) == 2:
        sign = without_sign(parts[0])[0] * without_sign(parts[1])[0]
        yield Move(MoveName.SQUARE_OF_SUM if sign > 0 else MoveName.SQUARE_OF_DIFFERENCE)


def _names_of_product(before: Add, after: Mul, sign: int) -> Iterator[Move]:
    parts = factors(after)
    brackets = [part for part in parts if isinstance(part, Add)]
    others = [part for part in parts if not isinstance(part, Add)]
    if len(brackets) == 1 and others and not any(_is_power_of_sum(part) for part in others):
        common = product([number(sign), *others])
        if len(summands(brackets[0])) == len(summands(before)):
            yield Move(MoveName.FACTOR_OUT, (typed(common),))
        elif _held_in_all(brackets[0], before):
            yield Move(MoveName.FACTOR_OUT, (typed(brackets[0]),))
    elif len(brackets) == 2 and not others:
        yield from _names_of_two(before, brackets)
    elif brackets or any(_is_power_of_sum(part) for part in others):
        is_quadratic = len(summands(before)) == 3
        yield Move(MoveName.FACTOR_QUADRATIC if is_quadratic else MoveName.FACTOR)


def _names_of_two(before: Add, brackets: Sequence[Term]) -> Iterator[Move]:
    first, second = brackets
    for bracket in (first, second):
        if _held_in_all(bracket, before):
            yield Move(MoveName.FACTOR_OUT, (typed(bracket),))
            return
    count = len(summands(before))
    lengths = sorted(len(summands(bracket)) for bracket in brackets)
    squares = difference_of_squares(before)
    is_formula = squares is not None and same_shape(flattened(squares.term), product(brackets))
    if is_formula or (count == 2 and conjugate_parts(first, second) is not None):
        yield Move(MoveName.USE_DIFFERENCE_OF_SQUARES)
    elif count == 2 and lengths == [2, 3]:
        shorter = min(brackets, key=lambda bracket: len(summands(bracket)))
        signs = [without_sign(part)[0] for part in summands(shorter)]
        is_sum = signs[0] == signs[1]
        yield Move(MoveName.SUM_OF_CUBES if is_sum else MoveName.DIFFERENCE_OF_CUBES)
    elif count == 3:
        yield Move(MoveName.FACTOR_QUADRATIC)
    elif count == 4:
        yield Move(MoveName.GROUPING)
    else:
        yield Move(MoveName.FACTOR)


def _is_power_of_sum(part: Term) -> bool:
    return isinstance(part, Pow) and isinstance(part.base, Add)


def _held_in_all(bracket: Term, whole: Add) -> bool:
    return all(
        any(same_shape(part, bracket) for part in factors(without_sign(summand)[1]))
        for summand in summands(whole)
    )


def _is_grouped(before: Add, after: Add) -> bool:
    parts = summands(after)
    if len(parts) >= len(summands(before)) or len(summands(before)) < 4:
        return False
    brackets = [_bracket_of(part) for part in parts]
    first = brackets[0]
    return first is not None and all(
        bracket is not None and same_shape(bracket, first) for bracket in brackets
    )


def _bracket_of(part: Term) -> Term | None:
    """The sum that is a factor of a summand, or the summand where it is a sum in brackets."""
    _, core = without_sign(part)
    sums = [factor for factor in factors(core) if isinstance(factor, Add)]
    return sums[0] if len(sums) == 1 else None
