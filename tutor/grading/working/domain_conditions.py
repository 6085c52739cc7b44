"""Conditions that only say where a term of the statement has a value: x > 1 for ln(x - 1) < 2."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    ZERO,
    Call,
    Comparison,
    Root,
    Value,
    free_names,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import StepVerdict
from tutor.grading.steps.implication import implies
from tutor.grading.working.task import Task

_LOGARITHMS = frozenset(["ln", "lg", "lb", "log"])


def tells_domain(value: Value, task: Task, budget: WorkBudget) -> bool:
    """Whether it is the condition of a root or a logarithm of the statement. x ≥ 2, x - 2 ≥ 0."""
    names = free_names(value)
    if not isinstance(value, Comparison) or value.op not in ("<", "<=", ">", ">="):
        return False
    return any(
        free_names(condition) == names
        and implies([condition], value, budget).verdict == StepVerdict.PROVED
        and implies([value], condition, budget).verdict == StepVerdict.PROVED
        for condition in _conditions(task)
    )


def _conditions(task: Task) -> Iterator[Comparison]:
    for equation in task.equations:
        for part in walk(equation):
            match part:
                case Root(inner, index) if _is_even(index) and free_names(inner):
                    yield Comparison(">=", inner, ZERO)
                case Call(name, arguments) if name in _LOGARITHMS and free_names(arguments[-1]):
                    yield Comparison(">", arguments[-1], ZERO)


def _is_even(index: Value) -> bool:
    value = rational_value(index)  # type: ignore[arg-type]
    return value is not None and value % 2 == 0
