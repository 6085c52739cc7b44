"""Undoes powers, roots and absolute values that stand alone on one side."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Call,
    Comparison,
    Logic,
    Neg,
    Num,
    Pow,
    Root,
    Sym,
    Term,
    Value,
    free_names,
)
from tutor.grading.solver.cores import core_of
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move
from tutor.grading.solver.relations import NO_SOLUTION, Relation, relation_to_solve
from tutor.grading.solver.step import Position, Step
from tutor.grading.solver.sums import (
    Summand,
    as_term,
    negated,
    number,
    summands,
)
from tutor.grading.solver.surds import square_root
from tutor.grading.solver.topics.cases import joined

MAX_INDEX = 12  # of a root whose power is worked out
_POWER_MOVES = {Fraction(2): Move(MoveName.SQUARE_BOTH), Fraction(3): Move(MoveName.CUBE_BOTH)}
_ROOT_MOVES = {2: MoveName.TAKE_SQUARE_ROOT, 3: MoveName.TAKE_CUBE_ROOT}


def steps(position: Position) -> Iterator[Step]:
    relation, name = relation_to_solve(position)
    if relation is None or relation.is_chain:
        return
    if relation.sides_with(Sym(name)) == [1]:
        relation = relation.swapped
    match relation.left:
        case (Summand(Fraction(numerator=1, denominator=1), ((base, exponent),)),):
            if name in free_names(base):
                yield from _of_power(relation, name, base, exponent)


def _of_power(relation: Relation, name: str, base: Term, exponent: int) -> Iterator[Step]:
    """base: with the unknown, alone on the left side."""
    core, right, operator = core_of(relation, name), relation.term(1), relation.operators[0]
    if isinstance(base, Call) and base.name == "abs" and exponent == 1:
        yield from _without_absolute_value(base.args[0], operator, right, name)
    elif core is None or operator != "=":
        if isinstance(base, Root) and exponent == 1 and operator == "=":
            yield _without_root(base, right)
        elif core is not None and exponent == 2:
            yield from _between_roots(base, operator, right)
    elif isinstance(base, Root) and exponent == 1:
        yield _without_root(base, right)
    elif exponent > 1:
        yield _without_power(base, exponent, right)


def _without_absolute_value(inner: Term, operator: str, right: Term, name: str) -> Iterator[Step]:
    move = Move(MoveName.SPLIT_ABSOLUTE_VALUE)
    value = rational_value(right) if not free_names(right) else None
    other = as_term(negated(summands(right)))
    if isinstance(right, Call) and right.name == "abs":
        right = right.args[0]
        other = as_term(negated(summands(right)))
    if operator == "=" and value is not None and value < 0:
        yield Step(NO_SOLUTION, move)
    elif operator == "=":
        cases = [right] if value == 0 else [right, other]
        yield Step(joined([Comparison("=", inner, case) for case in cases]), move)
    elif operator in ("<", "<=") and value is not None and value > 0:
        inside = Comparison(operator, other, inner), Comparison(operator, inner, right)
        yield Step(Logic("and", inside), move)
    elif operator in (">", ">=") and value is not None and value > 0:
        below = "<" + operator[1:]
        yield Step(
            joined([Comparison(operator, inner, right), Comparison(below, inner, other)]), move
        )


def _between_roots(base: Term, operator: str, right: Term) -> Iterator[Step]:
    """x² < 9 and x² > 9."""
    value = rational_value(right)
    if value is None or value <= 0:
        return
    root = square_root(value)
    move = Move(MoveName.TAKE_SQUARE_ROOT)
    if operator in ("<", "<="):
        inside = Comparison(operator, Neg(root), base), Comparison(operator, base, root)
        yield Step(Logic("and", inside), move)
    elif operator in (">", ">="):
        below = Comparison("<" + operator[1:], base, Neg(root))
        yield Step(joined([below, Comparison(operator, base, root)]), move)


def _without_root(root: Root, right: Term) -> Step:
    index = rational_value(root.index)
    value = rational_value(right) if not free_names(right) else None
    if index == 2 and value is not None and value < 0:
        return Step(NO_SOLUTION, Move(MoveName.SQUARE_BOTH))
    exponent = Num(index if index is not None else Fraction(2))
    if abs(exponent.value) > MAX_INDEX:
        value = None
    powered: Term = (
        number(value ** int(exponent.value)) if value is not None else Pow(right, exponent)
    )
    if isinstance(right, Root) and right.index == root.index:
        powered = right.inner
    move = _POWER_MOVES.get(exponent.value)
    return Step(
        Comparison("=", root.inner, powered),
        move or Move(MoveName.RAISE_BOTH_TO_POWER, (str(exponent.value),)),
    )


def _without_power(base: Term, exponent: int, right: Term) -> Step:
    move = Move(_ROOT_MOVES.get(exponent, MoveName.TAKE_ROOT))
    if free_names(right):  # a formula, whose quantities are positive
        index = Num(Fraction(exponent))
        return Step(Comparison("=", base, Root(right, index)), move)
    value = rational_value(right)
    if value == 0:
        return Step(Comparison("=", base, right), move)
    if exponent % 2:
        return Step(Comparison("=", base, _root(right, value, exponent)), move)
    if value is not None and value < 0:
        return Step(NO_SOLUTION, move)
    root = _root(right, value, exponent)
    cases: list[Value] = [Comparison("=", base, term) for term in (root, Neg(root))]
    return Step(joined(cases), move)


def _root(term: Term, value: Fraction | None, index: int) -> Term:
    if value is not None and index == 2 and value > 0:
        return square_root(value)
    root = Root(term, Num(Fraction(index)))
    exact = rational_value(root)
    return root if exact is None else number(exact)
