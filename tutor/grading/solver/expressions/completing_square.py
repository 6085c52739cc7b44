"""x^2 - 6x + 5 as (x - 3)^2 - 4."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.grading.numeric.polynomials import rational_function
from tutor.grading.parsing.tree import ZERO, Add, Pow, Sym, Term, free_names
from tutor.grading.parsing.typed import typed
from tutor.grading.solver.expressions.changes import Change
from tutor.grading.solver.expressions.rewrite_rules import Rewrite
from tutor.grading.solver.expressions.terms import (
    factors,
    negated,
    number,
    product,
    summands,
    total,
    whole_value,
    without_sign,
)
from tutor.grading.solver.expressions.written_shapes import same_shape
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move

_TWO = number(2)
_COMPLETE = Move(MoveName.COMPLETE_SQUARE)


def quadratic(term: Term) -> tuple[Fraction, Fraction, Fraction, Sym] | None:
    """a, b, c and x of ax^2 + bx + c."""
    names = free_names(term)
    if len(names) != 1:
        return None
    name = next(iter(names))
    function = rational_function(term, name)
    if function is None or function.bottom.degree() > 0 or function.top.degree() != 2:
        return None
    top = function.top / function.bottom[0]
    c, b, a = (Fraction(int(top[n].p), int(top[n].q)) for n in range(3))
    return a, b, c, Sym(name)


def complete_square(term: Term) -> Iterator[Rewrite]:
    """A quadratic sum; the number before x^2 is taken out first."""
    coefficients = quadratic(term) if isinstance(term, Add) and not has_square(term) else None
    if coefficients is None or coefficients[1] == 0:
        return
    a, b, c, letter = coefficients
    if a == 1:
        half = b / 2
        square = Pow(total([letter, number(half)]), _TWO)
        parts = [square, negated(number(half**2)), number(c)]
        yield Rewrite(total(parts), _COMPLETE)
        return
    inner = total([Pow(letter, _TWO), product([number(b / a), letter])])
    whole = total([product([number(a), inner]), number(c)])
    yield Rewrite(whole, Move(MoveName.FACTOR_OUT, (typed(number(a)),)))


def complete_within(term: Term) -> Iterator[Rewrite]:
    """2(x^2 - 4x) + 3: the square in the bracket."""
    parts = summands(term)
    for index, summand in enumerate(parts):
        sign, part = without_sign(summand)
        members = [*([] if sign > 0 else [number(-1)]), *factors(part)]
        for at, bracket in enumerate(members):
            inner = next(complete_square(bracket), None) if isinstance(bracket, Add) else None
            if inner is not None and len(members) > 1:
                whole = product([*members[:at], inner.term, *members[at + 1 :]])
                yield Rewrite(total([*parts[:index], whole, *parts[index + 1 :]]), _COMPLETE)


def write_square(term: Term) -> Iterator[Rewrite]:
    """x^2 - 6x + 9 - 9 + 5 as (x - 3)^2 - 9 + 5."""
    parts = summands(term)
    if len(parts) < 4 or quadratic(term) is None:
        return
    head = quadratic(total(parts[:3]))
    if head is None or head[0] != 1 or not head[1]:
        return
    _, b, _, letter = head
    square = Pow(total([letter, number(b / 2)]), _TWO)
    if head == quadratic(square):
        name = MoveName.SQUARE_OF_SUM if b > 0 else MoveName.SQUARE_OF_DIFFERENCE
        yield Rewrite(total([square, *parts[3:]]), Move(name))


def has_square(term: Term) -> bool:
    """Whether a summand is a multiple of the square of a sum."""
    return any(
        isinstance(factor, Pow) and isinstance(factor.base, Add) and _is_two(factor.exponent)
        for part in summands(term)
        for factor in factors(without_sign(part)[1])
    )


def has_square_within(term: Term) -> bool:
    """Also one in a bracket: 2((x - 3)^2 - 9)."""
    return has_square(term) or any(
        isinstance(factor, Add) and has_square(factor)
        for part in summands(term)
        for factor in factors(without_sign(part)[1])
    )


def _is_two(term: Term) -> bool:
    return whole_value(term) == 2


def name_completing(change: Change) -> Iterator[Move]:
    before, after = change.before, change.after
    if before == ZERO and isinstance(after, Add) and len(after.parts) == 2:
        added, taken = after.parts
        if same_shape(negated(added), taken):
            yield Move(MoveName.ADD_AND_SUBTRACT, (typed(without_sign(added)[1]),))
        return
    if not isinstance(before, Add) or not isinstance(after, Add) or quadratic(before) is None:
        return
    is_longer = len(summands(after)) > len(summands(before)) and _may_become_square(after)
    if is_longer or (has_square(after) and not has_square(before)):
        yield _COMPLETE


def _may_become_square(term: Add) -> bool:
    return any(True for _ in write_square(term))
