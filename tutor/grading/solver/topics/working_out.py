"""Calculations that no rule takes a step further: their value."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Call,
    Comparison,
    Div,
    Mul,
    Root,
    Sym,
    Term,
    free_names,
    has_decimals,
    has_part,
    is_term,
    substitute,
    walk,
)
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move
from tutor.grading.solver.step import Position, Step
from tutor.grading.solver.surds import simplified
from tutor.grading.solver.term_builder import is_plain, number, product
from tutor.grading.solver.topics.word_problems.plan import decimal

_AT_ZERO = {"sin": 0, "tan": 0, "cos": 1}


def work_out(position: Position) -> Iterator[Step]:
    """f'(1) = 2 for f'(1) = 2·1."""
    match position.current:
        case Comparison("=", Sym() | Call() as title, right) if is_term(right):
            for value in _values(right):
                yield Step(Comparison("=", title, value), Move(MoveName.WORK_OUT))
        case term if term is not None and is_term(term):
            for value in _values(term):
                yield Step(value, Move(MoveName.WORK_OUT))
            if (ordered := _with_number_in_front(term)) is not None:
                yield Step(ordered, Move(MoveName.PUT_FACTOR_IN_FRONT))
            if isinstance(term, Mul | Div) and has_part(term, Root):
                yield Step(simplified(term), Move(MoveName.SIMPLIFY))


def _with_number_in_front(term: Term) -> Term | None:
    """36π for π·36"""
    if not isinstance(term, Mul) or free_names(term) or is_plain(term):
        return None
    ordered = product(*term.parts)
    return ordered if is_plain(ordered) and isinstance(ordered, Mul) else None


def _values(term: Term) -> Iterator[Term]:
    term = _with_values_at_zero(term)
    value = None if free_names(term) or is_plain(term) else rational_value(term)
    if value is not None:
        yield decimal(value) if has_decimals(term) else number(value)


def _with_values_at_zero(term: Term) -> Term:
    """3·1/5 for 3·cos(3·0)/5."""
    for part in walk(term):
        match part:
            case Call(name, (angle,)) if name in _AT_ZERO and rational_value(angle) == 0:
                term = substitute(term, part, number(_AT_ZERO[name]))
    return term
