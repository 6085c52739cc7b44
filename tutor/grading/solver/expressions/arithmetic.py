"""Calculating with numbers: brackets first, then powers, products, sums."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Add,
    Call,
    Div,
    Mul,
    Pow,
    Root,
    Term,
    Value,
    children,
    free_names,
    is_term,
    rebuild,
    walk,
)
from tutor.grading.solver.expressions.number_fractions import (
    is_mixed_number,
)
from tutor.grading.solver.expressions.number_products import (
    add_up,
    cancel_factorials,
    in_a_sum,
    is_final,
    is_long,
    reduce_whole,
    work_out_products,
)
from tutor.grading.solver.expressions.rewrite_rules import Rewrite
from tutor.grading.solver.expressions.terms import (
    flattened,
    has_decimals,
    number,
    product,
    regrouped,
    summands,
    whole_value,
    without_sign,
)
from tutor.grading.solver.expressions.written_shapes import same_shape
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move

_VALUES = ("factorial", "binomial", "permutations", "abs", "gcd", "lcm", "floor", "ceil")


def arithmetic(term: Term) -> Iterator[Rewrite]:
    """The next step of the calculation, or of those within a term with letters."""
    term = regrouped(term)
    rewrite = _evaluation(term) if not free_names(term) else _within_letters(term)
    if rewrite is not None:
        yield Rewrite(flattened(rewrite.term), rewrite.move)


def _evaluation(term: Term) -> Rewrite | None:
    """Of a term without letters; None where it is a number or goes no further."""
    if is_final(term):
        return None
    for stage in (
        _mixed_numbers,
        _brackets,
        cancel_factorials,
        _powers,
        work_out_products,
        add_up,
        reduce_whole,
    ):
        rewrite = stage(term)
        if rewrite is not None:
            return rewrite
    return None


# Brackets


def _mixed_numbers(term: Term) -> Rewrite | None:
    """2 1/4 within a calculation."""
    changed = _inside(term, _improper)
    is_whole_term = is_mixed_number(term)
    if is_whole_term or same_shape(changed, term):
        return None
    return Rewrite(changed, Move(MoveName.MIXED_TO_FRACTION))


def _improper(term: Term) -> Term:
    value = rational_value(term)
    return number(value) if value is not None and is_mixed_number(term) else term


def _inside(term: Term, change: Callable[[Term], Term]) -> Term:
    changed: Term = rebuild(
        term, lambda part: change(_inside(part, change)) if is_term(part) else part
    )
    return changed


def _brackets(term: Term) -> Rewrite | None:
    """All sums that stand in brackets, a step further."""
    moves: list[Move] = []

    def visit(part: Value, around: Term, index: int) -> Value:
        if not is_term(part):
            return part
        if isinstance(part, Add):
            rewrite = _evaluation(part)
            if rewrite is None:
                return part
            is_done = is_final(rewrite.term)
            own = move_of_bracket(around, index, is_whole=around == term)
            moves.append(own if is_done else rewrite.move)
            return rewrite.term
        return _with_children(part, visit)

    changed = _with_children(term, visit)
    if not moves:
        return None
    names = {move.name for move in moves}
    if names == {MoveName.NUMERATOR_FIRST, MoveName.DENOMINATOR_FIRST}:
        return Rewrite(changed, Move(MoveName.HALVES_FIRST))
    first = min(moves, key=lambda move: _PRIORITY.get(move.name, 9))
    if first.name == MoveName.BRACKET_FIRST and moves.count(first) > 1:
        first = Move(MoveName.BRACKETS_FIRST)
    return Rewrite(changed, first)


def _with_children(term: Term, visit: Callable[[Value, Term, int], Value]) -> Term:
    parts = iter([visit(part, term, index) for index, part in enumerate(children(term))])
    changed: Term = rebuild(term, lambda _: next(parts))
    return changed


def move_of_bracket(around: Term, index: int, *, is_whole: bool) -> Move:
    """is_whole: whether nothing stands around the term that holds the bracket."""
    match around, index:
        case Div(), 0 if is_whole:
            return Move(MoveName.NUMERATOR_FIRST)
        case Div(), 1 if is_whole:
            return Move(MoveName.DENOMINATOR_FIRST)
        case Pow(), 1:
            return Move(MoveName.EXPONENT_FIRST)
        case Root(), 0:
            return Move(MoveName.UNDER_ROOT_FIRST)
    return Move(MoveName.BRACKET_FIRST)


_PRIORITY = {
    MoveName.POWER_FIRST: 0,
    MoveName.BRACKET_FIRST: 1,
    MoveName.UNDER_ROOT_FIRST: 1,
    MoveName.EXPONENT_FIRST: 2,
    MoveName.NUMERATOR_FIRST: 3,
    MoveName.DENOMINATOR_FIRST: 4,
}


# Powers, roots and the like


def _powers(term: Term) -> Rewrite | None:
    changed, names = _worked_out(term)
    if not names:
        return None
    is_alone = len(names) == 1 and not isinstance(without_sign(term)[1], Add | Mul | Div)
    name = names[0]
    if name == MoveName.POWER and not is_alone:
        name = MoveName.POWER_FIRST if len(names) == 1 else _name_of_powers(term)
    return Rewrite(changed, Move(name))


def _name_of_powers(term: Term) -> MoveName:
    exponents = {whole_value(part.exponent) for part in walk(term) if isinstance(part, Pow)}
    return MoveName.SQUARES if exponents == {2} else MoveName.POWERS_FIRST


def _worked_out(term: Term) -> tuple[Term, list[MoveName]]:
    """The term with its innermost powers, roots and factorials as numbers."""
    names: list[MoveName] = []

    def visit(part: Term) -> Term:
        inner: Term = rebuild(part, lambda p: visit(p) if is_term(p) else p)
        if not same_shape(inner, part):
            return inner
        name = _name_of_value(part)
        value = rational_value(part) if name else None
        if name is None or value is None or is_long(value):
            return inner
        names.append(name)
        return number(value, decimal=has_decimals(part))

    return visit(term), names


def _name_of_value(term: Term) -> MoveName | None:
    match term:
        case Pow(_, exponent) if (value := whole_value(exponent)) is not None and value >= 0:
            return MoveName.POWER
        case Root():
            return MoveName.WORK_OUT_ROOT
        case Call("factorial"):
            return MoveName.FACTORIALS
        case Call("binomial" | "permutations"):
            return MoveName.BINOMIAL
        case Call(name) if name in _VALUES:
            return MoveName.WORK_OUT
    return None


# Calculations within a term with letters


def _within_letters(term: Term) -> Rewrite | None:
    """3·(-4) in 2k + 3·(-4); the numbers of a sum are like terms, which is another topic."""
    if isinstance(term, Mul):
        numbers = [part for part in term.parts if not free_names(part)]
        others = [part for part in term.parts if free_names(part)]
        if len(numbers) > 1:
            rewrite = _evaluation(Mul(tuple(numbers)))
            return rewrite and Rewrite(product([rewrite.term, *others]), rewrite.move)
    moves: list[Move] = []

    def visit(part: Value, around: Term, index: int) -> Value:
        if not is_term(part):
            return part
        rewrite = _within_letters(part) if free_names(part) else _of_part(part, around)
        if rewrite is None:
            return part
        moves.append(rewrite.move)
        return rewrite.term

    changed = _with_children(term, visit)
    return Rewrite(changed, moves[0]) if moves else None


def _of_part(part: Term, around: Term) -> Rewrite | None:
    """A fraction stays in a sum or a product, where it may be on the way to another one."""
    rewrite = _evaluation(part)
    if rewrite is not None and isinstance(around, Add):
        return Rewrite(rewrite.term, in_a_sum(rewrite.move, summands(around)))
    return rewrite
