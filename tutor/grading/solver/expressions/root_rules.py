"""Roots: square factors, products of roots, rational denominators."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    ONE,
    Add,
    Call,
    Div,
    Mul,
    Neg,
    Num,
    Pow,
    Root,
    Term,
    free_names,
    walk,
)
from tutor.grading.solver.expressions.changes import Change
from tutor.grading.solver.expressions.complex_rules import has_i
from tutor.grading.solver.expressions.expanding import conjugate_parts
from tutor.grading.solver.expressions.monomials import monomial
from tutor.grading.solver.expressions.rewrite_rules import Rewrite, Rule, named_by
from tutor.grading.solver.expressions.terms import (
    factors,
    negated,
    number,
    product,
    quotient,
    summands,
    total,
    whole_value,
    without_sign,
)
from tutor.grading.solver.expressions.written_shapes import same_shape, shape
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move

MAX_RADICAND = 10**9
_SPLIT = Move(MoveName.SPLIT_ROOT)
_SQUARE_FACTOR = Move(MoveName.SQUARE_FACTOR)


def largest_factor(radicand: int, index: int) -> int:
    """The largest number whose power of this index divides the radicand."""
    largest, base = 1, 2
    while base**index <= radicand and base < 40_000:
        while radicand % base**index == 0:
            radicand //= base**index
            largest *= base
        base += 1
    return largest


def split_square_factor(term: Term) -> Iterator[Rewrite]:
    """√72 as √(36·2)."""
    parts = _square_factor(term)
    if parts is not None and isinstance(term, Root) and isinstance(term.inner, Num):
        outer, index, inner = parts
        if inner != 1:
            under = Mul((number(outer**index), number(inner)))
            yield Rewrite(Root(under, term.index), Move(MoveName.LARGEST_SQUARE))


def take_square_factor(term: Term) -> Iterator[Rewrite]:
    """√72 as 6√2, and likewise √(36·2)."""
    parts = _square_factor(term)
    if parts is None or not isinstance(term, Root):
        return
    outer, _, inner = parts
    root: Term = ONE if inner == 1 else Root(number(inner), term.index)
    is_product = isinstance(term.inner, Mul)
    move = _SPLIT if is_product else Move(MoveName.LARGEST_SQUARE)
    yield Rewrite(product([number(outer), root]), move)


def _square_factor(term: Term) -> tuple[int, int, int] | None:
    """The factor before the root, the index, and what stays below it."""
    if not isinstance(term, Root) or free_names(term):
        return None
    index, radicand = whole_value(term.index), rational_value(term.inner)
    if index is None or not 2 <= index <= 5 or radicand is None or radicand.denominator != 1:
        return None
    if not 1 < radicand <= MAX_RADICAND:
        return None
    outer = largest_factor(radicand.numerator, index)
    return (outer, index, radicand.numerator // outer**index) if outer > 1 else None


def split_product(term: Term) -> Iterator[Rewrite]:
    """√(36·2) as √36·√2."""
    if isinstance(term, Root) and isinstance(term.inner, Mul):
        yield Rewrite(product(Root(part, term.index) for part in term.inner.parts), _SPLIT)


def split_quotient(term: Term) -> Iterator[Rewrite]:
    """√(3/4) as √3/√4, or at once as √3/2."""
    if isinstance(term, Root) and isinstance(term.inner, Div):
        top, bottom = Root(term.inner.top, term.index), Root(term.inner.bottom, term.index)
        value = rational_value(bottom)
        move = Move(MoveName.SPLIT_ROOT_OF_QUOTIENT)
        if value is not None:
            yield Rewrite(quotient(top, number(value)), move)
        yield Rewrite(Div(top, bottom), move)


def join_roots(term: Term) -> Iterator[Rewrite]:
    """√6·√15 as √90, and √18/√2 as √9."""
    sign, core = without_sign(term)
    if isinstance(core, Mul):
        roots = [part for part in core.parts if isinstance(part, Root)]
        others = [part for part in core.parts if not isinstance(part, Root)]
        if len(roots) > 1 and all(same_shape(root.index, roots[0].index) for root in roots):
            under = _joined_radicands(roots)
            yield Rewrite(product([number(sign), *others, under]), Move(MoveName.JOIN_ROOTS))
    elif isinstance(core, Div) and isinstance(core.top, Root) and isinstance(core.bottom, Root):
        inner, value = Div(core.top.inner, core.bottom.inner), rational_value(core)
        ratio = rational_value(inner)
        if value is None and (ratio is None or ratio.denominator != 1):
            return
        joined = Root(inner if ratio is None else number(ratio), core.top.index)
        yield Rewrite(product([number(sign), joined]), Move(MoveName.JOIN_ROOTS))


def join_to_square(term: Term) -> Iterator[Rewrite]:
    """√50/√2 as √25, and √2·√32 as √64: where that leaves no root."""
    for rewrite in join_roots(term):
        is_quotient = isinstance(without_sign(term)[1], Div)
        if is_quotient or rational_value(rewrite.term) is not None:
            yield rewrite


def _joined_radicands(roots: Sequence[Root]) -> Term:
    first = roots[0]
    if all(same_shape(root, first) for root in roots) and whole_value(first.index) == len(roots):
        return first.inner
    radicand = product(root.inner for root in roots)
    value = rational_value(radicand)
    return Root(radicand if value is None else number(value), first.index)


def square_root(term: Term) -> Iterator[Rewrite]:
    """(√5)^2 as 5."""
    if isinstance(term, Pow) and isinstance(root := term.base, Root):
        is_undone = same_shape(term.exponent, root.index)
        if is_undone:
            yield Rewrite(root.inner, Move(MoveName.SQUARE_ROOT))


def rationalise(term: Term) -> Iterator[Rewrite]:
    """6/√2 as 6√2/2, and 6/(3 - √5) with the conjugate above and below."""
    sign, core = without_sign(term)
    if not isinstance(core, Div):
        return
    roots = [part for part in factors(core.bottom) if isinstance(part, Root)]
    root = next((part for part in roots if _is_square_root(part)), None)
    if root is not None:
        rest = _without(factors(core.bottom), root)
        bottom = product([*rest, root.inner])
        value = rational_value(bottom)
        bottom = bottom if value is None else number(value)
        top = product([core.top, root])
        whole = Div(top, bottom)
        yield Rewrite(whole if sign > 0 else Neg(whole), Move(MoveName.RATIONALISE))
        return
    conjugate = conjugate_of(core.bottom)
    if conjugate is not None:
        whole = Div(product([core.top, conjugate]), Mul((core.bottom, conjugate)))
        yield Rewrite(whole if sign > 0 else Neg(whole), Move(MoveName.CONJUGATE))


def multiply_by_extension(term: Term) -> Iterator[Rewrite]:
    """6/√2·√2/√2 as 6√2/(√2·√2): a fraction was expanded by a root, or by a conjugate."""
    parts = term.parts if isinstance(term, Mul) else ()
    halves = [(part.top, part.bottom) for part in parts if isinstance(part, Div)]
    is_expanded = any(same_shape(top, bottom) and _has_roots(top) for top, bottom in halves)
    if is_expanded and len(halves) == len(parts):
        top, bottom = (product(half) for half in zip(*halves, strict=True))
        yield Rewrite(Div(top, bottom), Move(MoveName.MULTIPLY_FRACTIONS))


def with_numbers_multiplied(term: Term) -> Term:
    """6√5 for 2·3√5, in each summand."""
    parts = []
    for part in summands(term):
        sign, core = without_sign(part)
        numbers = [factor for factor in factors(core) if isinstance(factor, Num)]
        others = [factor for factor in factors(core) if not isinstance(factor, Num)]
        value = rational_value(product(numbers))
        if isinstance(core, Mul) and len(numbers) > 1 and value is not None:
            part = product([number(sign * value), *others])
        parts.append(part)
    return total(parts)


def expand_conjugates(term: Term) -> Iterator[Rewrite]:
    """(3 - √5)(3 + √5) below the fraction line as 9 - 5."""
    if not isinstance(term, Div):
        return
    parts = factors(term.bottom)
    pair = conjugate_parts(*parts) if len(parts) == 2 else None
    if pair is not None and any(_has_root(part) or has_i(part) for part in pair):
        first, second = (_squared(part) for part in pair)
        whole = Div(term.top, total([first, negated(second)]))
        yield Rewrite(whole, Move(MoveName.USE_DIFFERENCE_OF_SQUARES))


def _squared(term: Term) -> Term:
    whole = monomial(Pow(term, number(2)))
    return Pow(term, number(2)) if whole is None else whole.without_squared_roots().term()


def _without(parts: Sequence[Term], part: Term) -> list[Term]:
    rest = list(parts)
    rest.remove(part)
    return rest


def _is_square_root(part: Term) -> bool:
    return (
        isinstance(part, Root)
        and whole_value(part.index) == 2
        and rational_value(part) is None
        and not free_names(part)
    )


def conjugate_of(term: Term) -> Term | None:
    """3 + √5 of 3 - √5; None for sums without a root, and for longer ones."""
    parts = summands(term)
    if len(parts) != 2 or not any(_has_root(part) for part in parts):
        return None
    first, second = parts
    return total([first, negated(second)])


def _has_root(part: Term) -> bool:
    return any(_is_square_root(factor) for factor in factors(without_sign(part)[1]))


SIMPLIFYING: tuple[Rule, ...] = (square_root, join_roots, split_quotient)
_NAMED: tuple[Rule, ...] = (
    square_root,
    split_square_factor,
    split_product,
    split_quotient,
    join_roots,
    rationalise,
)


def name_roots(change: Change) -> Iterator[Move]:
    before, after = change.before, change.after
    _, core = without_sign(before)
    if isinstance(core, Mul) and _is_power_of_root(core) and not _has_roots(after):
        yield Move(MoveName.SQUARE_ROOT)
    yield from named_by(_NAMED, change)
    if isinstance(core, Div) and _has_roots(core.bottom):
        bottom = after.bottom if isinstance(after, Div) else ONE
        if not _has_roots(bottom):
            yield Move(MoveName.RATIONALISE)
        elif isinstance(bottom, Mul) and isinstance(core.bottom, Add):
            yield Move(MoveName.CONJUGATE)
    elif isinstance(core, Root):
        yield from _names_of_root(core, after)
    elif isinstance(core, Mul) and all(isinstance(part, Root) for part in core.parts):
        yield Move(MoveName.JOIN_ROOTS)


def _is_power_of_root(core: Mul) -> bool:
    """√3·√3."""
    return isinstance(core.parts[0], Root) and len({shape(part) for part in core.parts}) == 1


def _names_of_root(root: Root, after: Term) -> Iterator[Move]:
    if isinstance(root.inner, Pow) and isinstance(after, Call) and after.name == "abs":
        yield Move(MoveName.SQUARE_ROOT)  # √(x^2) = |x|
    if isinstance(after, Root) and isinstance(after.inner, Mul) and isinstance(root.inner, Num):
        yield Move(MoveName.LARGEST_SQUARE)
    parts = factors(after)
    inner = [part for part in parts if isinstance(part, Root)]
    if inner and len(parts) > 1 and same_shape(inner[0].index, root.index):
        yield _SPLIT if len(inner) > 1 else _SQUARE_FACTOR


def _has_roots(term: Term) -> bool:
    return any(isinstance(part, Root) and rational_value(part) is None for part in walk(term))
