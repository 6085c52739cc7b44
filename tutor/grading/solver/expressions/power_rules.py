"""The rules of exponents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    ONE,
    Add,
    Const,
    Div,
    Mul,
    Neg,
    Num,
    Pow,
    Root,
    Term,
    free_names,
)
from tutor.grading.solver.expressions.changes import Change
from tutor.grading.solver.expressions.monomials import is_plain, monomial
from tutor.grading.solver.expressions.rewrite_rules import Rewrite, Rule, named_by
from tutor.grading.solver.expressions.terms import (
    factors,
    has_decimals,
    negated,
    number,
    product,
    quotient,
    summands,
    total,
    whole_value,
    without_sign,
)
from tutor.grading.solver.expressions.written_shapes import same_shape
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move

_TWO = Num(Fraction(2))


def _base_and_exponent(term: Term) -> tuple[Term, Term]:
    return (term.base, term.exponent) if isinstance(term, Pow) else (term, ONE)


def added(first: Term, second: Term) -> Term:
    """The sum of two exponents, worked out where both are numbers."""
    left, right = rational_value(first), rational_value(second)
    if left is not None and right is not None:
        return number(left + right)
    return total([*summands(first), *summands(second)])


def add_exponents(term: Term) -> Iterator[Rewrite]:
    """x^3·x^5 = x^8, and 2x^3·4x = 8x^4."""
    sign, core = without_sign(term)
    if not isinstance(core, Mul):
        return
    parts = factors(core)
    if any(isinstance(part, Add | Div | Root) for part in parts):
        return
    joined = _joined(parts)
    if joined is not None:
        whole = product([number(sign), *_numbers_multiplied(joined)])
        yield Rewrite(whole, Move(MoveName.ADD_EXPONENTS))


def _joined(parts: Sequence[Term]) -> list[Term] | None:
    """The factors with each base once; None where each is there once."""
    bases: list[tuple[Term, Term]] = []
    is_changed = False
    for part in parts:
        base, exponent = _base_and_exponent(part)
        match = _index_of(base, bases)
        if match is None or (isinstance(base, Num) and not isinstance(part, Pow)):
            bases.append((base, exponent))
            continue
        is_changed = True
        bases[match] = (base, added(bases[match][1], exponent))
    if not is_changed:
        return None
    return [base if exponent == ONE else Pow(base, exponent) for base, exponent in bases]


def _index_of(base: Term, bases: Sequence[tuple[Term, Term]]) -> int | None:
    """Of a base that was there before; a number without an exponent is a factor, not a base."""
    for index, (other, exponent) in enumerate(bases):
        is_factor = isinstance(other, Num) and exponent == ONE
        if same_shape(base, other) and not is_factor:
            return index
    return None


def _numbers_multiplied(parts: Sequence[Term]) -> list[Term]:
    numbers = [part for part in parts if isinstance(part, Num)]
    others = [part for part in parts if not isinstance(part, Num)]
    value = rational_value(Mul(tuple(numbers))) if len(numbers) > 1 else None
    if value is None:
        return list(parts)
    return [number(value, decimal=has_decimals(Mul(tuple(numbers)))), *others]


def subtract_exponents(term: Term) -> Iterator[Rewrite]:
    """x^7/x^3 = x^4."""
    if not isinstance(term, Div):
        return
    (base, above), (other, below) = _base_and_exponent(term.top), _base_and_exponent(term.bottom)
    is_cancelled = other == term.bottom and above == _TWO  # x^2/x
    is_power = isinstance(term.top, Pow) or isinstance(term.bottom, Pow)
    if is_power and same_shape(base, other) and not is_cancelled:
        exponent = added(above, negated(below))
        whole = base if exponent == ONE else Pow(base, exponent)
        yield Rewrite(whole, Move(MoveName.SUBTRACT_EXPONENTS))


def divide_monomials(term: Term) -> Iterator[Rewrite]:
    """12x^5/(4x^2) = 3x^3."""
    if not isinstance(term, Div) or not free_names(term.bottom):
        return
    halves = (term.top, term.bottom)
    if not all(map(is_plain, halves)) or any(isinstance(half, Div) for half in halves):
        return
    whole = monomial(term)
    if whole is None:
        return
    reduced = whole.term()
    if not same_shape(reduced, term):
        yield Rewrite(reduced, Move(MoveName.CANCEL))


def multiply_exponents(term: Term) -> Iterator[Rewrite]:
    """(y^4)^3 = y^12."""
    if isinstance(term, Pow) and isinstance(term.base, Pow):
        inner, outer = term.base.exponent, term.exponent
        left, right = rational_value(inner), rational_value(outer)
        if right is not None and right.denominator != 1 and not _is_positive(term.base.base):
            return  # the root of x^2 is |x|
        if left is not None and right is not None:
            exponent = number(left * right)
        else:
            exponent = product([outer, inner] if right is not None else [inner, outer])
        yield Rewrite(Pow(term.base.base, exponent), Move(MoveName.MULTIPLY_EXPONENTS))


def _is_positive(base: Term) -> bool:
    value = rational_value(base)
    return base == Const("e") or (value is not None and value > 0)


def raise_each_factor(term: Term) -> Iterator[Rewrite]:
    """(3x)^2 = 9x^2, (a/b)^n = a^n/b^n and (-x)^3 = -x^3."""
    if not isinstance(term, Pow) or rational_value(term) is not None:
        return
    count = whole_value(term.exponent)
    sign, base = without_sign(term.base)
    name = MoveName.SQUARE_EACH_FACTOR if count == 2 else MoveName.RAISE_EACH_FACTOR
    is_even = count is not None and count % 2 == 0
    if isinstance(base, Mul) and not any(isinstance(part, Div) for part in base.parts):
        raised = product(_raised(part, term.exponent) for part in base.parts)
    elif isinstance(base, Div):
        raised = quotient(_raised(base.top, term.exponent), _raised(base.bottom, term.exponent))
    elif sign < 0 and count is not None and free_names(base):
        raised = Pow(base, term.exponent)
    else:
        return
    if sign > 0 or count is not None:
        yield Rewrite(raised if sign > 0 or is_even else Neg(raised), Move(name))


def _raised(base: Term, exponent: Term) -> Term:
    value, count = rational_value(base), whole_value(exponent)
    if value is not None and count is not None and 0 <= count <= 8:
        return number(value**count, decimal=has_decimals(base))
    if isinstance(base, Pow):
        return next(multiply_exponents(Pow(base, exponent))).term
    return Pow(base, exponent)


def negative_exponent(term: Term) -> Iterator[Rewrite]:
    """5^(-2) = 1/5^2, and 5x^(-3) = 5/x^3."""
    parts = factors(term)
    below = [part for part in parts if _is_negative_power(part)]
    if not below or isinstance(term, Neg):
        return
    tops = [part for part in parts if part not in below]
    bottoms = [_reciprocal_of(part) for part in below]
    move = Move(MoveName.NEGATIVE_EXPONENT)
    if len(below) == 1 and len(parts) == 1 and isinstance(bottoms[0], Div):
        yield Rewrite(bottoms[0], move)  # (2/3)^(-2) = (3/2)^2
        return
    yield Rewrite(quotient(product(tops), product(bottoms)), move)


def _is_negative_power(part: Term) -> bool:
    if not isinstance(part, Pow) or isinstance(part.base, Div):
        return False
    return isinstance(part.exponent, Neg) or (
        isinstance(part.exponent, Num) and part.exponent.value < 0
    )


def _reciprocal_of(part: Term) -> Term:
    assert isinstance(part, Pow)  # noqa: S101 - chosen by _is_negative_power
    exponent = negated(part.exponent)
    return part.base if exponent == ONE else Pow(part.base, exponent)


def turned_fraction(term: Term) -> Iterator[Rewrite]:
    """(2/3)^(-2) = (3/2)^2."""
    if isinstance(term, Pow) and isinstance(term.base, Div) and isinstance(term.exponent, Neg):
        turned = quotient(term.base.bottom, term.base.top)
        exponent = term.exponent.part
        whole = turned if exponent == ONE else Pow(turned, exponent)
        yield Rewrite(whole, Move(MoveName.NEGATIVE_EXPONENT))


def zero_exponent(term: Term) -> Iterator[Rewrite]:
    if isinstance(term, Pow) and whole_value(term.exponent) == 0:
        yield Rewrite(ONE, Move(MoveName.ZERO_EXPONENT))


def fractional_exponent(term: Term) -> Iterator[Rewrite]:
    """16^(3/4) as the third power of the fourth root."""
    if not isinstance(term, Pow) or not isinstance(term.exponent, Div):
        return
    top, bottom = whole_value(term.exponent.top), whole_value(term.exponent.bottom)
    if top is None or bottom is None or top < 1 or bottom < 2:
        return
    root = Root(term.base, number(bottom))
    move = Move(MoveName.FRACTIONAL_EXPONENT)
    if top == 1:
        yield Rewrite(root, move)
        return
    yield Rewrite(Pow(root, number(top)), move)
    yield Rewrite(Root(Pow(term.base, number(top)), number(bottom)), move)
    unit = Div(ONE, number(bottom))
    yield Rewrite(Pow(Pow(term.base, unit), number(top)), move)
    yield Rewrite(Pow(Pow(term.base, number(top)), unit), move)


def root_as_power(term: Term) -> Iterator[Rewrite]:
    """√x as x^(1/2), and the cube root of x^2 as x^(2/3)."""
    if isinstance(term, Root):
        move = Move(MoveName.ROOT_AS_POWER)
        base, exponent = _base_and_exponent(term.inner)
        yield Rewrite(Pow(base, Div(exponent, term.index)), move)
        yield Rewrite(Pow(term.inner, Div(ONE, term.index)), move)


def same_exponent(term: Term) -> Iterator[Rewrite]:
    """2^5·3^5 = 6^5."""
    sign, core = without_sign(term)
    parts = core.parts if isinstance(core, Mul) else ()
    if len(parts) < 2 or not all(isinstance(part, Pow) for part in parts):
        return
    powers = [part for part in parts if isinstance(part, Pow)]
    exponent = powers[0].exponent
    if not all(same_shape(power.exponent, exponent) for power in powers[1:]):
        return
    base = product(power.base for power in powers)
    value = rational_value(base)
    raised = Pow(base if value is None else number(value), exponent)
    yield Rewrite(raised if sign > 0 else Neg(raised), Move(MoveName.SAME_EXPONENT))


SIMPLIFYING: tuple[Rule, ...] = (
    zero_exponent,
    multiply_exponents,
    raise_each_factor,
    add_exponents,
    subtract_exponents,
    divide_monomials,
    turned_fraction,
    negative_exponent,
)
_NAMED: tuple[Rule, ...] = (
    *SIMPLIFYING,
    fractional_exponent,
    root_as_power,
    same_exponent,
)


def name_powers(change: Change) -> Iterator[Move]:
    """By the rules themselves; then by what they leave, with numbers put together or not."""
    yield from named_by(_NAMED, change)
    before, after = change.before, change.after
    _, core = without_sign(before)
    if _is_written_as_power(before, after):
        yield Move(MoveName.WRITE_AS_POWER)
    elif _is_reciprocal(after, before):
        yield Move(MoveName.NEGATIVE_EXPONENT)
    elif isinstance(core, Mul) and not isinstance(after, Add) and _has_equal_bases(core):
        if is_plain(after):
            yield Move(MoveName.ADD_EXPONENTS)
    elif isinstance(core, Pow) and _is_product(core.base) and _is_product(after):
        is_square = core.exponent == _TWO
        yield Move(MoveName.SQUARE_EACH_FACTOR if is_square else MoveName.RAISE_EACH_FACTOR)


def _is_written_as_power(before: Term, after: Term) -> bool:
    """8 as 2^3, and 1.05·1.05 as 1.05^2."""
    if not isinstance(after, Pow) or whole_value(after.exponent) is None:
        return False
    if isinstance(before, Num):
        return isinstance(after.base, Num)
    return isinstance(before, Mul) and all(same_shape(p, after.base) for p in factors(before))


def _is_product(term: Term) -> bool:
    return bool(free_names(term)) and isinstance(without_sign(term)[1], Mul | Div)


def _has_equal_bases(core: Mul) -> bool:
    if any(isinstance(part, Add | Div | Root) for part in core.parts):
        return False
    return _joined([part for part in factors(core) if not isinstance(part, Num)]) is not None


def _is_reciprocal(after: Term, before: Term) -> bool:
    """1/x as x^(-1), written or undone."""
    swapped = next((r.term for r in _reciprocals(after)), None)
    return swapped is not None and same_shape(swapped, before)


def _reciprocals(term: Term) -> Iterator[Rewrite]:
    yield from negative_exponent(term)
