"""Linear equations and inequalities, also for a term such as √x or (x - 1)² as the unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction

from tutor.grading.parsing.tree import Comparison, Sym, Value
from tutor.grading.parsing.typed import typed
from tutor.grading.solver.cores import Core, core_of
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move
from tutor.grading.solver.relations import NO_SOLUTION, Relation, relation_to_solve
from tutor.grading.solver.shapes import same_form
from tutor.grading.solver.step import Position, Step
from tutor.grading.solver.sums import (
    Sum,
    Summand,
    as_product,
    as_term,
    collected,
    common_denominator,
    expanded,
    negated,
    number,
)
from tutor.grading.solving.inequalities import TURNED


def steps(position: Position) -> Iterator[Step]:
    relation, name = relation_to_solve(position)
    if relation is None:
        return
    if relation.is_equation and _is_contradiction(relation):
        yield Step(NO_SOLUTION, Move(MoveName.SEE_CONTRADICTION))
        return
    core = core_of(relation, name)
    if core is not None and core.exponent > 0:
        yield from isolating_steps(relation, core, position.current)


def _is_contradiction(relation: Relation) -> bool:
    """2x + 5 = 2x + 7: like terms are collected, and the sides differ by a number."""
    if any(part.brackets or part.is_divided for side in relation.sides for part in side):
        return False
    gap = collected([*relation.left, *negated(relation.right)])
    is_collected = all(len(collected(side)) == len(side) for side in relation.sides)
    return is_collected and len(gap) == 1 and gap[0].is_number


def isolating_steps(relation: Relation, core: Core, current: Value | None) -> Iterator[Step]:
    """The next line towards the core alone on one side.

    current: the relation as it was written.
    """
    for rule in _RULES:
        step = rule(relation, core)
        if step is not None and current is not None and not same_form(step.value, current):
            yield replace(step, value=_unknown_first(step.value, core))
            return
    alone = None if relation.is_chain else isolated(relation, core)
    if alone is not None and alone[0] == 1 and isinstance(core.term, Sym):
        yield Step(relation.swapped.value, Move(MoveName.SWAP_SIDES))


def _unknown_first(value: Value, core: Core) -> Value:
    """x = 3 for 3 = x."""
    match value:
        case Comparison(op, left, right) if right == core.term and not core.is_within(left):
            return Comparison(TURNED[op], right, left)
    return value


def _work_out(relation: Relation, core: Core) -> Step | None:
    """x = 20/4, 2·3x = 18: numbers within a product, and sums of numbers alone."""
    return Step(relation.changed(_with_numbers_added).value, Move(MoveName.WORK_OUT))


def _with_numbers_added(side: Sum) -> Sum:
    return collected(side) if all(part.is_number for part in side) else side


def _clear_fractions(relation: Relation, core: Core) -> Step | None:
    parts = [part for side in relation.sides for part in side]
    divided = [part for part in parts if part.is_divided and part.coefficient.denominator > 1]
    with_core = [part for part in divided if core.is_in(part)]
    alone = isolated(relation, core)
    if not with_core or (alone is not None and core.factor(alone[1]).is_number):
        return None
    others = sum(core.is_in(part) for part in parts) > len(with_core)
    is_simple = len(divided) == 1 and not with_core[0].brackets and not others
    is_simple = is_simple and core.factor(with_core[0]).is_number
    if is_simple or relation.is_chain:
        return None
    return cleared(relation, divided)


def cleared(relation: Relation, divided: list[Summand]) -> Step:
    """With both sides multiplied by the common denominator of these summands."""
    factor = Fraction(common_denominator(divided))
    by = typed(number(factor))
    return Step(relation.times(Summand(factor)).value, Move(MoveName.MULTIPLY_BOTH, (by,)))


def _divide_by_letters(relation: Relation, core: Core) -> Step | None:
    """A = (a + b)h: the bracket with the unknown stays as it is."""
    sides = relation.sides_with(core.base)
    if len(sides) != 1 or len(relation.sides[sides[0]]) != 1 or relation.is_chain:
        return None
    [part] = relation.sides[sides[0]]
    powers = [
        (base, n) for base, n in part.brackets if core.is_in(Summand(Fraction(1), ((base, n),)))
    ]
    factor = replace(part, powers=tuple(p for p in part.powers if p not in powers))
    if len(powers) != 1 or factor.is_number or core.is_in(factor):
        return None
    return Step(relation.over(factor).value, division_move(factor, relation))


def _expand(relation: Relation, core: Core) -> Step | None:
    def without_brackets(side: Sum) -> Sum:
        return [inner for part in side for inner in (expanded(part) if is_open(part) else [part])]

    def is_open(part: Summand) -> bool:
        return core.is_in(part) and not core.is_multiple(part)

    return Step(relation.changed(without_brackets).value, Move(MoveName.EXPAND))


def _collect(relation: Relation, core: Core) -> Step | None:
    return Step(relation.changed(collected).value, Move(MoveName.COLLECT_LIKE_TERMS))


def _move(relation: Relation, core: Core) -> Step | None:
    """One summand goes to the other side: the smaller multiple, then what stands beside it."""
    part = _to_move(relation, core)
    if part is None:
        return None
    opposite = replace(part, coefficient=-part.coefficient)
    return Step(relation.plus(opposite).value, addition_move(opposite, relation))


def addition_move(part: Summand, relation: Relation) -> Move:
    """Of adding the summand to each side."""
    positive = replace(part, coefficient=abs(part.coefficient))
    size = typed(as_product(positive, decimals=relation.decimals))
    if relation.is_chain:
        name = MoveName.ADD_TO_ALL if part.coefficient > 0 else MoveName.SUBTRACT_FROM_ALL
    else:
        name = MoveName.ADD_TO_BOTH if part.coefficient > 0 else MoveName.SUBTRACT_FROM_BOTH
    return Move(name, (size,))


def _to_move(relation: Relation, core: Core) -> Summand | None:
    sides = relation.sides_with(core.base)
    if relation.is_chain and sides != [1]:
        return None
    if len(sides) == 2:
        multiples = [next(filter(core.is_in, relation.sides[side])) for side in sides]
        left, right = multiples
        is_left = left.key == right.key and left.coefficient < right.coefficient
        return left if is_left else right
    beside = [part for part in relation.sides[sides[0]] if not core.is_in(part)]
    return beside[0] if beside else None


def _factor_out(relation: Relation, core: Core) -> Step | None:
    """ax + bx = c, with x as a factor."""
    sides = relation.sides_with(core.base)
    if len(sides) != 1 or len(relation.sides[sides[0]]) < 2:
        return None
    factors = [core.factor(part) for part in relation.sides[sides[0]] if core.is_multiple(part)]
    if len(factors) < len(relation.sides[sides[0]]):
        return None
    product = Summand(Fraction(1), ((core.base, core.exponent), (as_term(factors), 1)))
    changed = tuple(
        [product] if side == sides[0] else parts for side, parts in enumerate(relation.sides)
    )
    return Step(
        replace(relation, sides=changed).value, Move(MoveName.FACTOR_OUT, (typed(core.term),))
    )


def isolated(relation: Relation, core: Core) -> tuple[int, Summand] | None:
    """The side on which a multiple of the core stands alone, with the multiple."""
    sides = relation.sides_with(core.base)
    if len(sides) != 1 or len(relation.sides[sides[0]]) != 1:
        return None
    [multiple] = relation.sides[sides[0]]
    return (sides[0], multiple) if core.is_multiple(multiple) else None


def _divide(relation: Relation, core: Core) -> Step | None:
    alone = isolated(relation, core)
    if alone is None:
        return None
    side, multiple = alone
    factor = core.factor(multiple)
    divided = relation.over(factor)
    is_turned = relation.is_chain and divided.operators != relation.operators
    if is_turned or (side == 1 and not relation.is_chain):
        divided = divided.swapped
    return Step(divided.value, division_move(factor, relation))


def division_move(factor: Summand, relation: Relation) -> Move:
    """Of a division by the factor."""
    coefficient = factor.coefficient
    by = typed(as_product(factor, decimals=relation.decimals))
    is_inverted = factor.is_number and (factor.is_divided or coefficient == -1)
    if factor.powers and all(n < 0 for _, n in factor.powers):
        inverse = factor.to_power(-1)
        return Move(MoveName.MULTIPLY_BOTH, (typed(as_product(inverse)),))
    turns = factor.is_number and coefficient < 0 and not relation.is_equation
    if is_inverted:
        by = typed(number(1 / coefficient))
    if relation.is_chain:
        return Move(MoveName.MULTIPLY_ALL if is_inverted else MoveName.DIVIDE_ALL, (by,))
    if turns and is_inverted:
        return Move(MoveName.MULTIPLY_BOTH_AND_TURN, (by,))
    if turns:
        return Move(MoveName.DIVIDE_BOTH_AND_TURN, (by,))
    return Move(MoveName.MULTIPLY_BOTH if is_inverted else MoveName.DIVIDE_BOTH, (by,))


_RULES: tuple[Callable[[Relation, Core], Step | None], ...] = (
    *(_work_out, _clear_fractions, _divide_by_letters, _expand, _collect),
    *(_move, _factor_out, _divide),
)
