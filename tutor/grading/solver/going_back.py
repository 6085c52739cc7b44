"""Lines that lead back to what a working has left behind."""

from __future__ import annotations

from tutor.grading.parsing.tree import (
    ZERO,
    Add,
    Call,
    Comparison,
    Div,
    Mul,
    Neg,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    walk,
)
from tutor.grading.solver.ends import ANSWER_FORMS
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.relations import Relation
from tutor.grading.solver.shapes import same_form
from tutor.grading.solver.step import Position, Step
from tutor.grading.solver.sums import as_term, collected, summands
from tutor.grading.solver.term_builder import is_plain
from tutor.grading.solver.topics.written_lines import written_lines


def goes_back(step: Step, position: Position) -> bool:
    """Whether it repeats the statement or an earlier line, or undoes what was done since."""
    if isinstance(step.value, ANSWER_FORMS):
        return False
    return (
        _repeats(step.value, position)
        or _names_again(step.value, position)
        or _multiplies_out_zero(step.value, position)
        or (step.move.name == MoveName.CONJUGATE and _is_extended(position.current))
    )


def _repeats(value: Value, position: Position) -> bool:
    """An earlier line, at once or after like terms are collected; but for plain numbers."""
    if value == position.current:
        return True
    before = [line for line in position.known if line != position.current]
    if not before or _is_plain_number(value):
        return False
    forms = (value, _collected(value))
    return any(same_form(form, line) for form in forms for line in before)


def _is_plain_number(value: Value) -> bool:
    return is_term(value) and is_plain(value)


def _collected(value: Value) -> Value:
    relation = Relation.of(value)
    if relation is not None:
        return relation.changed(collected).value
    if is_term(value) and free_names(value):
        collected_term: Term = as_term(collected(summands(value)))
        return collected_term
    return value


def _names_again(value: Value, position: Position) -> bool:
    """f'(x) = 3x² - 6x, where a line already has 3x² - 6x < 0, or f'(1) = -3."""
    match value:
        case Comparison("=", (Call(name) | Sym(name)) as title, right) if (
            "'" in name and free_names(right)
        ):
            lines = [line for line in written_lines(position) if title not in _sides(line)]
            sides = [side for line in lines for side in _sides(line)]
            return any(same_form(side, right) or _is_value_of(side, name) for side in sides)
    return False


def _is_value_of(side: Value, name: str) -> bool:
    """f'(1)"""
    return isinstance(side, Call) and side.name == name and not free_names(side)


def _sides(line: Value) -> tuple[Value, ...]:
    return (line.left, line.right) if isinstance(line, Comparison) else (line,)


def _multiplies_out_zero(value: Value, position: Position) -> bool:
    """x² + 2x - 3x - 6 = 0 for (x + 2)(x - 3) = 0: the factors are what helps."""
    before = _beside_zero(position.current)
    after = _beside_zero(value)
    if before is None or after is None or not isinstance(after, Add):
        return False
    core = before.part if isinstance(before, Neg) else before
    factors = core.parts if isinstance(core, Mul) else ()
    return sum(bool(free_names(factor)) for factor in factors) > 1


def _is_extended(line: Value | None) -> bool:
    """4/(3 - √5)·(3 + √5)/(3 + √5): the conjugate is there already."""
    return line is not None and any(
        isinstance(part, Div) and part.top == part.bottom for part in walk(line)
    )


def _beside_zero(line: Value | None) -> Term | None:
    """The other side."""
    match line:
        case Comparison(_, side, other) if ZERO in (side, other):
            term = side if other == ZERO else other
            return term if is_term(term) else None
    return None
