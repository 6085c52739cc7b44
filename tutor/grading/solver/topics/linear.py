"""Linear equations and inequalities, also for a term such as √x or |x - 1| as the unknown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from tutor.grading.parsing.tree import Sym, Term, Value
from tutor.grading.parsing.typed import typed
from tutor.grading.solver.moves import Move, MoveName
from tutor.grading.solver.relations import Relation
from tutor.grading.solver.shapes import same_form
from tutor.grading.solver.step import GoalKind, Position, Step
from tutor.grading.solver.sums import (
    Sum,
    Summand,
    as_product,
    collected,
    common_denominator,
    expanded,
    number,
)


def steps(position: Position) -> Iterator[Step]:
    relation = Relation.of(position.current)
    if position.goal.kind == GoalKind.SOLVE and relation is not None and position.unknown:
        yield from linear_steps(relation, Sym(position.unknown), position.current)


def linear_steps(relation: Relation, unknown: Term, current: Value | None) -> Iterator[Step]:
    """Towards the unknown alone on one side; nothing where it occurs otherwise than linearly.

    current: the relation as it was written.
    """
    if not is_linear(relation, unknown):
        return
    for rule in (_work_out, _clear_fractions, _expand, _collect, _move, _divide):
        step = rule(relation, unknown)
        if step is not None and current is not None and not same_form(step.value, current):
            yield step
            return


def is_linear(relation: Relation, unknown: Term) -> bool:
    """Whether each side, multiplied out, has nothing but multiples of the unknown and constants."""
    parts = [part for side in relation.sides for part in side]
    if not any(part.contains(unknown) for part in parts):
        return False
    whole = [inner for part in parts for inner in expanded(part)]
    return all(_is_multiple(part, unknown) for part in whole if part.contains(unknown))


def _is_multiple(part: Summand, unknown: Term) -> bool:
    powers = [
        (base, n)
        for base, n in part.powers
        if Summand(part.coefficient, ((base, n),)).contains(unknown)
    ]
    return powers == [(unknown, 1)]


def _work_out(relation: Relation, unknown: Term) -> Step | None:
    """x = 20/4, 2·3x = 18: numbers within a product, and sums of numbers alone."""
    return Step(relation.changed(_with_numbers_added).value, Move(MoveName.WORK_OUT))


def _with_numbers_added(side: Sum) -> Sum:
    return collected(side) if all(part.is_number for part in side) else side


def _clear_fractions(relation: Relation, unknown: Term) -> Step | None:
    parts = [part for side in relation.sides for part in side]
    divided = [part for part in parts if part.is_divided and part.coefficient.denominator > 1]
    with_unknown = [part for part in divided if part.contains(unknown)]
    if not with_unknown or _isolated(relation, unknown):
        return None
    others = sum(part.contains(unknown) for part in parts) > len(with_unknown)
    is_simple = len(divided) == 1 and not with_unknown[0].brackets and not others
    if is_simple or relation.is_chain:
        return None
    factor = Fraction(common_denominator(divided))
    cleared = relation.times(Summand(factor))
    return Step(cleared.value, Move(MoveName.MULTIPLY_BOTH, (typed(number(factor)),)))


def _expand(relation: Relation, unknown: Term) -> Step | None:
    def without_brackets(side: Sum) -> Sum:
        return [inner for part in side for inner in (expanded(part) if part.brackets else [part])]

    return Step(relation.changed(without_brackets).value, Move(MoveName.EXPAND))


def _collect(relation: Relation, unknown: Term) -> Step | None:
    return Step(relation.changed(collected).value, Move(MoveName.COLLECT_LIKE_TERMS))


def _move(relation: Relation, unknown: Term) -> Step | None:
    """One summand goes to the other side: the smaller multiple, then what stands beside it."""
    part = _to_move(relation, unknown)
    if part is None:
        return None
    moved = relation.plus(replace(part, coefficient=-part.coefficient))
    return Step(moved.value, addition_move(replace(part, coefficient=-part.coefficient), relation))


def addition_move(part: Summand, relation: Relation) -> Move:
    size = typed(
        as_product(replace(part, coefficient=abs(part.coefficient)), decimals=relation.decimals)
    )
    if relation.is_chain:
        name = MoveName.ADD_TO_ALL if part.coefficient > 0 else MoveName.SUBTRACT_FROM_ALL
    else:
        name = MoveName.ADD_TO_BOTH if part.coefficient > 0 else MoveName.SUBTRACT_FROM_BOTH
    return Move(name, (size,))


def _to_move(relation: Relation, unknown: Term) -> Summand | None:
    sides = relation.sides_with(unknown)
    multiples = [
        next(part for part in relation.sides[side] if part.contains(unknown)) for side in sides
    ]
    if relation.is_chain and sides != [1]:
        return None
    if len(sides) == 2:
        left, right = multiples
        is_left = left.powers == right.powers and left.coefficient < right.coefficient
        return left if is_left else right
    beside = [part for part in relation.sides[sides[0]] if not part.contains(unknown)]
    return beside[0] if beside else None


def _isolated(relation: Relation, unknown: Term) -> tuple[int, Summand] | None:
    """The side on which a multiple of the unknown stands alone, with the multiple."""
    sides = relation.sides_with(unknown)
    if len(sides) != 1 or len(relation.sides[sides[0]]) != 1:
        return None
    [multiple] = relation.sides[sides[0]]
    return (
        None if multiple.brackets and multiple.powers != ((unknown, 1),) else (sides[0], multiple)
    )


def _divide(relation: Relation, unknown: Term) -> Step | None:
    isolated = _isolated(relation, unknown)
    if isolated is None:
        return None
    side, multiple = isolated
    factor = replace(multiple, powers=tuple(p for p in multiple.powers if p != (unknown, 1)))
    divided = relation.times(factor.to_power(-1)).changed(collected)
    if side == 1 and not relation.is_chain:
        divided = divided.swapped
    return Step(divided.value, division_move(factor, relation))


def division_move(factor: Summand, relation: Relation) -> Move:
    """Of a division by the factor."""
    coefficient = factor.coefficient
    by = typed(as_product(factor, decimals=relation.decimals))
    if factor.is_number and coefficient == 1:
        return Move(MoveName.SWAP_SIDES)
    if factor.is_number and coefficient < 0 and not relation.is_equation:
        return Move(MoveName.DIVIDE_BOTH_AND_TURN, (by,))
    if relation.is_chain:
        return Move(MoveName.DIVIDE_ALL, (by,))
    if factor.is_number and coefficient == -1:
        return Move(MoveName.MULTIPLY_BOTH, (by,))
    if factor.is_number and factor.is_divided:
        return Move(MoveName.MULTIPLY_BOTH, (typed(number(1 / coefficient)),))
    return Move(MoveName.DIVIDE_BOTH, (by,))
