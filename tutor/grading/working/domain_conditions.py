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
_WEAK = {"<": "<=", "<=": "<=", ">": ">=", ">=": ">="}
_TURNED = {"<=": ">=", ">=": "<="}


def tells_domain(value: Value, task: Task, budget: WorkBudget) -> bool:
    """Whether it is the condition of a root or a logarithm of the statement. x ≥ 2, x - 2 ≥ 0."""
    names = free_names(value)
    if not isinstance(value, Comparison) or value.op not in _WEAK:
        return False
    return any(
        free_names(condition) == names
        and implies([condition], value, budget).verdict == StepVerdict.PROVED
        and implies([value], condition, budget).verdict == StepVerdict.PROVED
        for condition in _conditions(task)
    )


def is_turned(condition: Value, claim: Value, budget: WorkBudget) -> bool:
    """Whether the claim holds exactly where the condition does not: x ≥ 4 after 4 - x ≥ 0."""
    match condition, claim:
        case Comparison(op, left, right), Comparison(other, first, second) if (
            op in _WEAK and other in _WEAK
        ):
            turned = Comparison(_TURNED[_WEAK[op]], left, right)
            claimed = Comparison(_WEAK[other], first, second)
            there, back = implies([turned], claimed, budget), implies([claimed], turned, budget)
            return there.verdict == back.verdict == StepVerdict.PROVED
    return False


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
