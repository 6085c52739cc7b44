"""Names the move between two lines in which a term was written in another way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tutor.grading.parsing.tree import Comparison, Div, Neg, Pow, Value, children, free_names, walk
from tutor.grading.solver.expressions.changes import Change, changes_between
from tutor.grading.solver.expressions.completing_square import name_completing
from tutor.grading.solver.expressions.complex_rules import name_complex
from tutor.grading.solver.expressions.expanding import name_expanding
from tutor.grading.solver.expressions.like_terms import name_collecting
from tutor.grading.solver.expressions.logarithm_rules import name_logarithms
from tutor.grading.solver.expressions.names.calculation_names import name_arithmetic
from tutor.grading.solver.expressions.names.factoring_names import name_factoring
from tutor.grading.solver.expressions.names.fraction_names import name_fractions
from tutor.grading.solver.expressions.names.number_names import (
    name_rounding,
    name_scientific_notation,
)
from tutor.grading.solver.expressions.percent_rules import name_percents
from tutor.grading.solver.expressions.power_rules import name_powers
from tutor.grading.solver.expressions.rewrite_rules import Namer
from tutor.grading.solver.expressions.root_rules import name_roots
from tutor.grading.solver.expressions.terms import whole_value
from tutor.grading.solver.expressions.trigonometric_rules import name_identities
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move

_NAMERS: tuple[Namer, ...] = (
    name_percents,
    name_scientific_notation,
    name_complex,
    name_completing,
    name_collecting,
    name_powers,
    name_roots,
    name_logarithms,
    name_identities,
    name_fractions,
    name_expanding,
    name_factoring,
    name_arithmetic,
)
_OF_FACTORING = frozenset(
    {
        MoveName.FACTOR_OUT,
        MoveName.FACTOR_QUADRATIC,
        MoveName.FACTOR,
        MoveName.USE_DIFFERENCE_OF_SQUARES,
        MoveName.SQUARE_OF_SUM,
        MoveName.SQUARE_OF_DIFFERENCE,
        MoveName.SUM_OF_CUBES,
        MoveName.DIFFERENCE_OF_CUBES,
        MoveName.GROUPING,
    }
)
# The first of these gives its name to a line in which several were made.
_CALCULATIONS = (
    *(MoveName.VALUE_OF_SINE, MoveName.VALUE_OF_COSINE, MoveName.VALUE_OF_TANGENT),
    *(MoveName.POWER_FIRST, MoveName.WORK_OUT_ROOT, MoveName.FACTORIALS),
    *(MoveName.BRACKET_FIRST, MoveName.UNDER_ROOT_FIRST, MoveName.EXPONENT_FIRST),
    *(MoveName.NUMERATOR_FIRST, MoveName.DENOMINATOR_FIRST),
    *(MoveName.MULTIPLY_BEFORE_ADDING, MoveName.MULTIPLY_BEFORE_SUBTRACTING),
    *(MoveName.DIVIDE_BEFORE_ADDING, MoveName.DIVIDE_BEFORE_SUBTRACTING),
    *(MoveName.MULTIPLY, MoveName.DIVIDE, MoveName.ADD, MoveName.SUBTRACT),
)
_GENERAL = (MoveName.EXPAND, MoveName.COLLECT_LIKE_TERMS, MoveName.FACTOR, MoveName.WORK_OUT)


def name_rewriting(before: Value, after: Value) -> Iterator[Move]:
    """One move at most; it accounts for all that changed."""
    changes = changes_between(before, after)
    if changes is None:
        yield from name_rounding(before, after)
    if changes == [] and _has_double_sign(before) and not _has_double_sign(after):
        yield Move(MoveName.DOUBLE_MINUS)
    if not changes:
        return
    moves = [next(_moves_of(change), None) for change in changes]
    known = [move for move in moves if move is not None]
    if len(known) == len(moves):
        move = _joined(changes, known)
        is_exponential = isinstance(before, Comparison) and _has_unknown_exponent(before)
        is_base = move == Move(MoveName.WRITE_AS_POWER) and is_exponential
        if move is not None and not is_base:
            yield move


def _moves_of(change: Change) -> Iterator[Move]:
    for namer in _NAMERS:
        yield from namer(change)


def _joined(changes: Sequence[Change], moves: Sequence[Move]) -> Move | None:
    names = {move.name for move in moves}
    if len(moves) == 1 or len(set(moves)) == 1:
        return _plural(changes, moves[0]) if len(moves) > 1 else moves[0]
    if names <= _OF_FACTORING and all(_is_in_fraction(change) for change in changes):
        return Move(MoveName.FACTOR_HALVES)
    if names <= set(_CALCULATIONS):
        return Move(next(name for name in _CALCULATIONS if name in names))
    if len(names) == 1:
        name = names.pop()
        return Move(name if name in _GENERAL else _OF_SEVERAL.get(name, MoveName.WORK_OUT))
    return Move(MoveName.EXPAND) if names <= _OF_EXPANDING else None


_OF_EXPANDING = frozenset(
    {
        MoveName.EXPAND,
        MoveName.EACH_BY_EACH,
        MoveName.SQUARE_OF_SUM,
        MoveName.SQUARE_OF_DIFFERENCE,
        MoveName.USE_DIFFERENCE_OF_SQUARES,
    }
)
_OF_SEVERAL = {MoveName.FACTOR_OUT: MoveName.FACTOR}


def _plural(changes: Sequence[Change], move: Move) -> Move:
    """Of the same move in several places."""
    if move.name == MoveName.BRACKET_FIRST:
        return Move(MoveName.BRACKETS_FIRST)
    if move.name not in (MoveName.POWER_FIRST, MoveName.POWER):
        return move
    exponents = {
        whole_value(change.before.exponent) for change in changes if isinstance(change.before, Pow)
    }
    return Move(MoveName.SQUARES if exponents == {2} else MoveName.POWERS_FIRST)


def _is_in_fraction(change: Change) -> bool:
    """Whether it is the whole numerator or denominator."""
    around = change.around[-1] if change.around else None
    return isinstance(around, Div) and change.before in children(around)


def _has_unknown_exponent(equation: Comparison) -> bool:
    """4^x = 8, which is written with the same base on both sides."""
    return any(isinstance(part, Pow) and free_names(part.exponent) for part in walk(equation))


def _has_double_sign(value: Value) -> bool:
    """3 - (-4)."""
    return any(isinstance(part, Neg) and isinstance(part.part, Neg) for part in walk(value))
