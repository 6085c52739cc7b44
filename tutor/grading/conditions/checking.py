"""Checks a condition before it is stored: every value in it must exist, within little work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from tutor.grading.comparison.response_reader import divides_by_zero
from tutor.grading.conditions.faults import ConditionFault, InvalidCondition
from tutor.grading.conditions.reader import read_condition
from tutor.grading.conditions.syntax import (
    DiffersByConstant,
    PerpendicularTo,
    WrittenExpression,
)
from tutor.grading.kinds.vectors import entries_of
from tutor.grading.numeric.evaluate import Evaluator
from tutor.grading.numeric.intervals import BASE_BITS, Undefined, precision
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.shapes import as_matrix
from tutor.grading.parsing.tree import (
    Matrix,
    PlusMinus,
    Term,
    Value,
    children,
    free_names,
    has_part,
    is_term,
)
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent

MAX_CHECK_WORK_S = 0.3


def check_condition(text: str) -> None:
    """Raises InvalidCondition."""
    try:
        with WorkBudget(MAX_CHECK_WORK_S) as budget:
            for node in _nodes(read_condition(text)):
                _check_node(node, budget)
    except (WorkBudgetSpent, RecursionError):
        raise InvalidCondition(ConditionFault.TOO_MUCH_WORK, text=text) from None


def _nodes(node: object) -> Iterator[object]:
    """The tests, properties and expressions of a condition, but not the parts of values."""
    yield node
    if isinstance(node, tuple):
        for part in node:
            yield from _nodes(part)
    elif is_dataclass(node):
        names = [f.name for f in fields(node) if not (f.name == "value" and _is_written(node))]
        for name in names:
            yield from _nodes(getattr(node, name))


def _is_written(node: object) -> bool:
    return isinstance(node, WrittenExpression)


def _check_node(node: object, budget: WorkBudget) -> None:
    match node:
        case WrittenExpression():
            _check_value(node, budget)
        case PerpendicularTo(value) if not value.subjects and not free_names(value.value):
            if entries_of(value.value, budget) is None:
                raise InvalidCondition(ConditionFault.NO_VECTOR, text=value.text)
        case DiffersByConstant(_, _, function) if not free_names(function.value):
            raise InvalidCondition(ConditionFault.WITHOUT_LETTER, text=function.text)


def _check_value(expression: WrittenExpression, budget: WorkBudget) -> None:
    if divides_by_zero(expression.value):
        raise InvalidCondition(ConditionFault.NO_VALUE, text=expression.text)
    try:
        for number in _numbers_in(expression.value):
            _require_value(number, budget)
    except (Undefined, OverflowError):
        raise InvalidCondition(ConditionFault.NO_VALUE, text=expression.text) from None
    except WorkBudgetSpent:
        raise InvalidCondition(ConditionFault.TOO_MUCH_WORK, text=expression.text) from None


def _numbers_in(value: Value) -> Iterator[Term]:
    """The largest terms without letters."""
    is_plain = is_term(value) and not free_names(value) and as_matrix(value) is None
    if is_plain and not has_part(value, (PlusMinus, Matrix)):
        yield value  # type: ignore[misc]
        return
    for part in children(value):
        yield from _numbers_in(part)


def _require_value(term: Term, budget: WorkBudget) -> None:
    """Raises Undefined, OverflowError, WorkBudgetSpent."""
    if rational_value(term) is None:
        with precision(BASE_BITS):
            Evaluator({}, budget, real=False).value(term)
