"""Names what was done to both sides of an equation or inequality."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import replace

from tutor.grading.parsing.tree import Comparison, Sym, Term, Value, free_names
from tutor.grading.parsing.typed import typed
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move
from tutor.grading.solver.relations import Relation
from tutor.grading.solver.sums import (
    Sum,
    Summand,
    as_product,
    collected,
    expanded,
    negated,
    summands,
    times,
)
from tutor.grading.solver.topics.linear import addition_move

MAX_FACTORS = 6  # that are tried as what both sides were multiplied by


def name_both_sides(before: Value, after: Value) -> Iterator[Move]:
    first, second = Relation.of(before), Relation.of(after)
    if first is None or second is None or len(first.sides) != len(second.sides):
        return
    if second.swapped.sides == first.sides and second.sides != first.sides:
        yield Move(MoveName.SWAP_SIDES)
        return
    for turned in (second, second.swapped):
        yield from _added(first, turned)
        yield from _multiplied(first, turned)
    yield from _solved_for(first, second)


def _added(before: Relation, after: Relation) -> Iterator[Move]:
    if before.operators != after.operators:
        return
    gaps = [
        _multiplied_out([*new, *negated(old)])
        for old, new in zip(before.sides, after.sides, strict=True)
    ]
    first = gaps[0]
    if any(_multiplied_out([*gap, *negated(first)]) for gap in gaps[1:]):
        return
    if not first:
        return
    if _brackets(before.sides) - _brackets(after.sides) - _brackets((first,)):
        return  # brackets were multiplied out as well
    if _brackets(after.sides) - _brackets(before.sides):
        if all(part.is_number for part in first) and _squares(after) and not _squares(before):
            yield Move(MoveName.COMPLETE_SQUARE)
        return  # and here the result was factored
    if square := _completed_square(before, first):
        yield square
    if len(first) == 1:
        yield addition_move(first[0], before)
    elif not all(map(_multiplied_out, after.sides)):
        yield Move(MoveName.BRING_TO_ONE_SIDE)


def _squares(relation: Relation) -> list[Term]:
    """(x - 5)²"""
    return [
        base
        for side in relation.sides
        for part in side
        for base, exponent in part.brackets
        if exponent == 2
    ]


def _brackets(sides: Iterable[Sum]) -> set[Hashable]:
    """Each without the order of its summands."""
    return {
        _unordered(summands(base)) for side in sides for part in side for base, _ in part.brackets
    }


def _unordered(side: Sum) -> Hashable:
    return frozenset((part.key, part.coefficient) for part in side)


def _multiplied_out(side: Sum) -> Sum:
    return collected(inner for part in side for inner in expanded(part))


def _completed_square(before: Relation, gap: Sum) -> Move | None:
    """x² + 6x = 7, to which 9 is added."""
    if len(gap) != 1 or not gap[0].is_number or not before.is_equation:
        return None
    for side in before.sides:
        parts = {part.powers: part.coefficient for part in _multiplied_out(side)}
        for powers in parts:
            if len(powers) == 1 and powers[0][1] == 2:
                linear = parts.get(((powers[0][0], 1),))
                is_monic = parts[powers] == 1 and len(parts) == 2
                if is_monic and linear and gap[0].coefficient == (linear / 2) ** 2:
                    return Move(MoveName.COMPLETE_SQUARE)
    return None


def _multiplied(before: Relation, after: Relation) -> Iterator[Move]:
    for factor in _factors(before, after):
        changed = before.times(factor)
        if changed.operators != after.operators:
            continue
        if _brackets(after.sides) - _brackets(changed.sides) - set(map(_unordered, before.sides)):
            continue  # the result was factored as well
        pairs = zip(changed.sides, after.sides, strict=True)
        if all(_are_equal(left, right) for left, right in pairs):
            yield multiplication_move(factor, before)
            return


def _are_equal(left: Sum, right: Sum) -> bool:
    return not _multiplied_out([*left, *negated(right)])


def _factors(before: Relation, after: Relation) -> list[Summand]:
    """What may lead from a summand of one line to one of the other."""
    factors: list[Summand] = []
    for old, new in zip(before.sides, after.sides, strict=True):
        for own in (old, _multiplied_out(old)):
            for other in (new, _multiplied_out(new)):
                if own and other and own[0].coefficient:
                    factors += [part.times(own[0].to_power(-1)) for part in other]
    distinct = {(factor.coefficient, factor.key): factor for factor in factors}
    plain = [f for f in distinct.values() if not (f.is_number and f.coefficient == 1)]
    return plain[:MAX_FACTORS]


def multiplication_move(factor: Summand, relation: Relation) -> Move:
    """As people say it: divide by 3 rather than multiply by 1/3."""
    coefficient = factor.coefficient
    is_division = abs(coefficient.numerator) == 1 and coefficient.denominator > 1
    exponents = [n for _, n in factor.powers]
    if exponents:
        is_division = all(n < 0 for n in exponents) and abs(coefficient.numerator) == 1
    by = factor.to_power(-1) if is_division else factor
    term = (typed(as_product(replace(by, is_divided=False))),)
    turns = factor.is_number and coefficient < 0 and not relation.is_equation
    if relation.is_chain:
        return Move(MoveName.DIVIDE_ALL if is_division else MoveName.MULTIPLY_ALL, term)
    if turns:
        return Move(
            MoveName.DIVIDE_BOTH_AND_TURN if is_division else MoveName.MULTIPLY_BOTH_AND_TURN, term
        )
    return Move(MoveName.DIVIDE_BOTH if is_division else MoveName.MULTIPLY_BOTH, term)


def _solved_for(before: Relation, after: Relation) -> Iterator[Move]:
    """y = 2x + 1 for y - 3 = 2(x - 1)."""
    value = after.value
    match value:
        case Comparison("=", Sym(name), right) if name not in free_names(right):
            pass
        case _:
            return
    names = frozenset(n for side in before.sides for part in side for n in _names(part))
    if name not in names or len(names) < 2 or before.is_chain:
        return
    whole = _multiplied_out([*before.left, *negated(before.right)])
    own = _multiplied_out([*after.left, *negated(after.right)])
    multiples = [part for part in whole if part.contains(Sym(name))]
    if len(multiples) != 1 or multiples[0].powers != ((Sym(name), 1),):
        return
    scaled = times(own, Summand(multiples[0].coefficient))
    if _are_equal(scaled, whole):
        yield Move(MoveName.SOLVE_FOR, (name,))


def _names(part: Summand) -> frozenset[str]:
    return frozenset[str]().union(*(free_names(base) for base, _ in part.powers))
