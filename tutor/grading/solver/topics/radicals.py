"""Equations with square roots beside the unknown: one root is isolated, then both sides squared."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.grading.parsing.tree import Comparison, Num, Root, Term, Value, free_names, walk
from tutor.grading.solver.cores import Core, core_of
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move
from tutor.grading.solver.relations import Relation, relation_to_solve
from tutor.grading.solver.step import Position, Step
from tutor.grading.solver.sums import Summand, as_product, bracket, expanded, negated
from tutor.grading.solver.topics.linear import isolating_steps

_TWO = Num(Fraction(2))


def steps(position: Position) -> Iterator[Step]:
    relation, name = relation_to_solve(position)
    if relation is None or not relation.is_equation or core_of(relation, name) is not None:
        return
    if roots := _square_roots(relation, name):
        yield from _without_root(relation, position.current, roots)
    else:
        yield from _expanded(relation, name)


def _square_roots(relation: Relation, name: str) -> list[Root]:
    """Those with the unknown."""
    return [
        base
        for side in relation.sides
        for part in side
        for base, exponent in part.powers
        if isinstance(base, Root) and base.index == _TWO and name in free_names(base)
    ]


def _without_root(relation: Relation, current: Value | None, roots: list[Root]) -> Iterator[Step]:
    """One of the largest roots is brought to stand alone, and then squared."""
    core = Core(_largest(roots))
    alone = [side for side in relation.sides if len(side) == 1 and core.is_in(side[0])]
    if alone and core.is_multiple(alone[0][0]) and core.factor(alone[0][0]).is_number:
        other = relation.right if alone[0] is relation.left else relation.left
        squares = [as_product(_squared(side, core)) for side in (alone[0], other)]
        yield Step(Comparison("=", *squares), Move(MoveName.SQUARE_BOTH))
        return
    sides = relation.sides_with(core.base)
    beside = [part for part in relation.sides[sides[0]] if not core.is_in(part)]
    if len(sides) == 1 and len(beside) > 1:
        yield Step(relation.plus(*negated(beside)).value, Move(MoveName.ISOLATE_ROOT))
        return
    yield from isolating_steps(relation, core, current)


def _expanded(relation: Relation, name: str) -> Iterator[Step]:
    """(1 + √x)² as 1 + 2√x + x."""
    brackets = [base for side in relation.sides for part in side for base, _ in part.brackets]
    has_roots = any(
        isinstance(part, Root) and name in free_names(part)
        for base in brackets
        for part in walk(base)
    )
    if has_roots:
        opened = relation.changed(lambda side: [inner for part in side for inner in expanded(part)])
        yield Step(opened.value, Move(MoveName.EXPAND))


def _largest(roots: list[Root]) -> Term:
    return max(roots, key=lambda root: len(str(root)))


def _squared(side: list[Summand], core: Core) -> Summand:
    """(2√x)² as 4x; other sides as the square of a bracket."""
    whole = bracket(side)
    powers: list[tuple[Term, int]] = []
    for base, exponent in whole.powers:
        if isinstance(base, Root) and base.index == _TWO and exponent == 1:
            powers.append((base.inner, 1))
        else:
            powers.append((base, 2 * exponent))
    return Summand(whole.coefficient**2, tuple(powers))
