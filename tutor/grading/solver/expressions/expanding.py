"""Multiplying out: the distributive law, each term by each term, the binomial formulas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import Add, Div, Mul, Neg, Num, Pow, Term, free_names, walk
from tutor.grading.solver.expressions.changes import Change
from tutor.grading.solver.expressions.like_terms import collect
from tutor.grading.solver.expressions.monomials import monomial
from tutor.grading.solver.expressions.rewrite_rules import Rewrite
from tutor.grading.solver.expressions.terms import (
    factors,
    has_decimals,
    negated,
    power,
    product,
    summands,
    total,
    whole_value,
    without_sign,
)
from tutor.grading.solver.expressions.written_shapes import same_shape
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move

MAX_SUMMANDS = 24
_TWO = Num(Fraction(2))


def expand(term: Term) -> Iterator[Rewrite]:
    """A product or a power of sums, multiplied out; equal brackets by a binomial formula."""
    sign, core = without_sign(term)
    rewrite = _expanded(core)
    if rewrite is None and sign < 0 and isinstance(core, Add):
        yield Rewrite(total(negated(part) for part in summands(core)), Move(MoveName.EXPAND))
    elif rewrite is not None and sign < 0:
        yield Rewrite(total(negated(part) for part in summands(rewrite.term)), rewrite.move)
    elif rewrite is not None:
        yield rewrite


def _expanded(core: Term) -> Rewrite | None:
    match core:
        case Pow(Add() as base, exponent) if (count := whole_value(exponent)) and 2 <= count <= 6:
            return _power_of_sum(base, count)
        case Mul():
            return _product_of_sums(factors(core))
    return None


def _power_of_sum(base: Add, exponent: int) -> Rewrite | None:
    parts = summands(base)
    if exponent == 2 and len(parts) == 2:
        return _square(parts[0], parts[1])
    square = _each_by_each(parts, parts)
    rest = power(base, exponent - 2)
    whole = next(collect(total(square)), None)
    collected = whole.term if whole else total(square)
    if exponent == 2:
        return Rewrite(collected, Move(MoveName.EACH_BY_EACH))
    return Rewrite(product([collected, rest]), Move(MoveName.EXPAND))


def _square(first: Term, second: Term) -> Rewrite | None:
    """(a + b)^2 = a^2 + 2ab + b^2."""
    middle = multiplied([_TWO, first, second])
    whole = total([multiplied([first, first]), middle, multiplied([second, second])])
    return Rewrite(whole, Move(_name_of_square(first, second)))


def _name_of_square(first: Term, second: Term) -> MoveName:
    signs = without_sign(first)[0] * without_sign(second)[0]
    return MoveName.SQUARE_OF_SUM if signs > 0 else MoveName.SQUARE_OF_DIFFERENCE


def _product_of_sums(parts: Sequence[Term]) -> Rewrite | None:
    brackets = [part for part in parts if _is_bracket(part)]
    others = [part for part in parts if not _is_bracket(part)]
    if not brackets:
        return _with_a_power(parts)
    if others and len(brackets) == 1:
        bracket = brackets[0]
        whole = total(multiplied([*others, part]) for part in summands(bracket))
        return Rewrite(whole, Move(MoveName.EXPAND))
    first, second, *rest = brackets
    conjugates = conjugate_parts(first, second)
    if conjugates is not None:
        a, b = conjugates
        whole = total([multiplied([a, a]), negated(multiplied([b, b]))])
        name = MoveName.USE_DIFFERENCE_OF_SQUARES
    else:
        products = _each_by_each(summands(first), summands(second))
        if len(products) > MAX_SUMMANDS:
            return None
        whole, name = total(products), MoveName.EACH_BY_EACH
    if others or rest:
        whole_term = next(collect(whole), None)
        whole = product([*others, whole_term.term if whole_term else whole, *rest])
    return Rewrite(whole, Move(name))


def _is_bracket(part: Term) -> bool:
    return isinstance(part, Add)


def _with_a_power(parts: Sequence[Term]) -> Rewrite | None:
    """2(x + 1)^2: the power first."""
    for index, part in enumerate(parts):
        inner = _expanded(part) if isinstance(part, Pow) else None
        if inner is not None:
            rest = [*parts[:index], inner.term, *parts[index + 1 :]]
            return Rewrite(product(rest), inner.move)
    return None


def conjugate_parts(first: Term, second: Term) -> tuple[Term, Term] | None:
    """a and b of (a - b)(a + b); None for other products."""
    left, right = summands(first), summands(second)
    if len(left) != 2 or len(right) != 2:
        return None
    for equal, other in ((0, 1), (1, 0)):
        for twin in (0, 1):
            is_equal = same_shape(left[equal], right[twin])
            if is_equal and same_shape(negated(left[other]), right[1 - twin]):
                return left[equal], without_sign(left[other])[1]
    return None


def _each_by_each(first: Sequence[Term], second: Sequence[Term]) -> list[Term]:
    return [multiplied([left, right]) for left in first for right in second]


def multiplied(parts: Sequence[Term]) -> Term:
    """The product with its numbers multiplied and equal letters put together."""
    whole = product(parts)
    if any(isinstance(part, Add) for part in factors(without_sign(whole)[1])):
        return whole
    decimal = has_decimals(whole)
    joined = monomial(whole)
    return whole if joined is None else joined.without_squared_roots().term(decimal=decimal)


# Names


def name_expanding(change: Change) -> Iterator[Move]:
    """Brackets of the first term are gone in the second, or on the way; not those of numbers."""
    if rational_value(change.before) is not None:
        return
    _, before = without_sign(change.before)
    after = change.after
    if isinstance(before, Pow) and isinstance(before.base, Add):
        yield from _names_of_power(before, before.base, after)
    elif isinstance(before, Mul):
        yield from _names_of_product(factors(before), after)
    elif isinstance(before, Add) and isinstance(change.before, Neg) and isinstance(after, Add):
        yield Move(MoveName.EXPAND)
    elif (
        isinstance(before, Add) and isinstance(after, Add) and _brackets(after) < _brackets(before)
    ):
        yield from _names_of_summands(summands(before), after)


def _names_of_power(before: Pow, base: Add, after: Term) -> Iterator[Move]:
    exponent = whole_value(before.exponent)
    if exponent is None or exponent < 2:
        return
    if isinstance(after, Mul) and all(same_shape(part, base) for part in factors(after)):
        yield Move(MoveName.SQUARE_AS_PRODUCT if exponent == 2 else MoveName.POWER_AS_PRODUCT)
    elif is_expanded(after):
        parts = summands(base)
        is_formula = exponent == 2 and len(parts) == 2 and len(summands(after)) <= 3
        yield Move(_name_of_square(*parts) if is_formula else MoveName.EXPAND)


def _names_of_product(parts: Sequence[Term], after: Term) -> Iterator[Move]:
    brackets = [part for part in parts if _is_bracket(part)]
    powers = [part for part in parts if isinstance(part, Pow) and isinstance(part.base, Add)]
    if not brackets and not powers:
        return
    if not isinstance(after, Add) or (not free_names(after) and not _has_roots(after)):
        return
    if len(brackets) == len(parts) == 2 and is_expanded(after):
        yield _name_of_two(brackets[0], brackets[1], after)
    elif _brackets(after) < len(brackets) + len(powers) or len(brackets) > 1:
        yield Move(MoveName.EXPAND)


def _name_of_two(first: Term, second: Term, after: Term) -> Move:
    if conjugate_parts(first, second) is not None and len(summands(after)) == 2:
        return Move(MoveName.USE_DIFFERENCE_OF_SQUARES)
    left = summands(first)
    if same_shape(first, second) and len(left) == 2 and len(summands(after)) == 3:
        return Move(_name_of_square(*left))
    return Move(MoveName.EACH_BY_EACH)


def _names_of_summands(parts: Sequence[Term], after: Term) -> Iterator[Move]:
    """Of brackets among other terms, which may have been collected in the same line."""
    steps = {part: next(expand(part), None) for part in parts}
    moves = {step.move for step in steps.values() if step is not None}
    whole = total(s for part, step in steps.items() for s in summands(step.term if step else part))
    if is_expanded(after) and len(summands(after)) < len(summands(whole)):
        yield Move(MoveName.EXPAND_AND_COLLECT)
    else:
        yield moves.pop() if len(moves) == 1 else Move(MoveName.EXPAND)


def is_expanded(term: Term) -> bool:
    return not any(_brackets(part) for part in summands(term))


def _brackets(term: Term) -> int:
    """The number of sums that are a factor, or the base of a power, in it."""
    count = 0
    for part in walk(term):
        match part:
            case Mul(parts):
                count += sum(isinstance(factor, Add) for factor in parts)
            case Neg(Add()):
                count += 1
            case Pow(Add(), exponent) if whole_value(exponent) is not None:
                count += 1
    return count


def _has_roots(term: Term) -> bool:
    return any(not isinstance(part, Num | Neg | Mul | Add | Div) for part in walk(term))
