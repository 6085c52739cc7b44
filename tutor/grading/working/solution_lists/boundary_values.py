"""Values at which a sign may change, found before the solutions: x = 4, x = -2 for x² - 2x ≤ 8."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tutor.grading.parsing.tree import (
    ZERO,
    Add,
    Comparison,
    Div,
    Logic,
    Neg,
    Value,
    free_names,
    is_term,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import StepVerdict
from tutor.grading.steps.implication import implies
from tutor.grading.steps.statements import comparisons, is_solved
from tutor.grading.working.progress import Progress

_ORDERS = ("<", "<=", ">", ">=")
# What comes after them: x < 3, ]-∞ ; 3], (1, 5), (x - 3)(x + 2).
_GOES_ON = re.compile(
    r"[<>≤≥]|\\[lg]eq?\b|[\[\]]|\(\s?-?\s?[\w.∞/-]{1,12}\s?[,;]|\(\s?[a-z]\s?[-+]"
)


def lists_boundaries(value: Value, progress: Progress, budget: WorkBudget) -> bool:
    """Whether these are all values at which both sides of the inequality may be equal.

    Only before the lines with its solutions. Raises WorkBudgetSpent.
    """
    names = free_names(value)
    if len(names) != 1 or not isinstance(value, Comparison | Logic):
        return False
    if any(part.op != "=" for part in comparisons(value)):
        return False
    if not any(_GOES_ON.search(later.text) for later in progress.following):
        return False
    conditions = [c for c in _conditions(progress) if free_names(c) == names]
    if not conditions:
        return False
    whole: Value = conditions[0] if len(conditions) == 1 else Logic("or", tuple(conditions))
    if isinstance(value, Comparison) and not is_solved(value):
        return value in conditions  # x + 2 = 0, below the line
    listed = _listed(value, progress)
    return all(
        implies([first], second, budget).verdict == StepVerdict.PROVED
        for first, second in ((whole, listed), (listed, whole))
    )


def _listed(value: Value, progress: Progress) -> Value:
    """x = 1 or x = 3 for "x = 1 and x = 3", and for x = 1 where x = 3 stands beside it."""
    if isinstance(value, Logic):
        return Logic("or", value.parts)
    names = free_names(value)
    others = [v for v in progress.said_besides() if is_solved(v) and free_names(v) == names]
    others = [v for v in others if isinstance(v, Comparison) and v.op == "="]
    return Logic("or", (value, *others)) if others else value


def _conditions(progress: Progress) -> Iterator[Comparison]:
    """Where both sides of an inequality of the statement are equal, or a denominator is zero.

    Also the zeros of the only expression, which is to be factorised.
    """
    task = progress.facts.task
    if len(task.expressions) == 1 and task.transforms and not task.equations:
        yield Comparison("=", task.expressions[0], ZERO)
    for equation in task.equations:
        for part in comparisons(equation):
            if part.op not in _ORDERS or not is_term(part.left) or not is_term(part.right):
                continue
            yield Comparison("=", Add((part.left, Neg(part.right))), ZERO)
            for inner in walk(part):
                if isinstance(inner, Div) and free_names(inner.bottom):
                    yield Comparison("=", inner.bottom, ZERO)
