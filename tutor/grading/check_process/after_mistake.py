"""Finds the lines below a wrong one that are right without it.

The checker takes every line below a refuted one for based on that. Some are not: they repeat it
without the mistake, or go on from the lines above it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.checks import ClaimCheck, Mark, StepCheck
from tutor.grading.steps.claim_results import RELATIONS_OF_STATEMENTS

MAX_WORK_S = 0.5  # for one working, after which the rest stays as it is

Check = Callable[[Sequence[str]], list[StepCheck]]


def free_of_mistake(
    lines: Sequence[str], checks: Sequence[StepCheck], check: Check
) -> list[StepCheck]:
    """The checks, with the lines proved that are right without the first wrong one.

    Each such line is checked with those above the wrong one, and those found right before it.
    check: as the lines were checked.
    """
    with WorkBudget(MAX_WORK_S) as budget:
        return _free_of_mistake(lines, checks, check, budget)


def _free_of_mistake(
    lines: Sequence[str], checks: Sequence[StepCheck], check: Check, budget: WorkBudget
) -> list[StepCheck]:
    first = next((number for number, line in enumerate(checks) if line.refuted), len(lines))
    result, right = list(checks), list(lines[:first])
    for number in range(first + 1, len(lines)):
        if checks[number].mark != Mark.RESTING or not budget.left_s:
            continue
        *before, own = check([*right, lines[number]])
        is_proved = own.mark == Mark.PROVED and not any(line.refuted for line in before)
        if is_proved and (len(right) > first or _is_free(own, checks[first])):
            right.append(lines[number])
            result[number] = own
    return result


def _is_free(own: StepCheck, wrong: StepCheck) -> bool:
    """Whether it says the same thing right, or follows from the lines above the wrong one.

    A mere calculation is true wherever its numbers come from, and may be based on the wrong line.
    """
    refuted = wrong.refuted
    left = _left_side(refuted) if refuted else ""
    return all(
        claim.is_definition
        or claim.relation in RELATIONS_OF_STATEMENTS
        or _left_side(claim) == left
        for claim in own.claims
    )


def _left_side(claim: ClaimCheck) -> str:
    return "".join(claim.claim.partition("=")[0].split())
