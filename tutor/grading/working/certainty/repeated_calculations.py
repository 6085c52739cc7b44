"""The calculation that a wrong result repeats: 8·5 = 40 before "area: 40", of a triangle.

The sum is right, and yet it is the line that went wrong: the later one only tells what it was for.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent
from tutor.grading.steps.checks import StepCheck
from tutor.grading.steps.claim_results import ClaimCheck, ClaimRelation, Slip, StepVerdict
from tutor.grading.working.certainty.calculations import (
    OF_NUMBERS,
    LineResult,
    bare_results,
    calculations,
    without_praise,
)
from tutor.grading.working.progress import Progress
from tutor.grading.working.reading import ReadLine

MAX_WORK_S = 0.1
# What is worked out is right: a root has still to be taken, or is only one of two, and a count of
# what was counted twice has still to be divided.
_GOES_ON = (Slip.ROOT_FORGOTTEN, Slip.LOST_ROOT, Slip.REPETITION_FORGOTTEN, Slip.ORDER_COUNTED)
_OF_VALUES = (ClaimRelation.EVALUATE, ClaimRelation.SOLVE, *OF_NUMBERS)


def with_calculation_refuted(
    checks: Sequence[StepCheck], lines: Sequence[ReadLine], progress: Progress
) -> list[StepCheck]:
    """The checks, with the first such calculation refuted in place of the result. Never raises."""
    number = next((n for n, check in enumerate(checks) if check.refuted), None)
    refuted = checks[number].refuted if number is not None else None
    if number is None or refuted is None or not _may_repeat(refuted):
        return list(checks)
    with suppress(WorkBudgetSpent), WorkBudget(MAX_WORK_S) as budget:
        told = bare_results(checks[: number + 1], lines, progress)
        result = next((r for r in told if r.line == number and _is(refuted, r, checks)), None)
        if result is None or _is_solution(refuted, result, progress):
            return list(checks)
        for own in calculations(checks[:number], lines, progress):
            if same_value(own.value, result.value, budget).equal is True:
                return _from(own, refuted.slip, checks)
    return list(checks)


def without_doubtful(
    checks: Sequence[StepCheck], lines: Sequence[ReadLine], progress: Progress
) -> list[StepCheck]:
    """The checks, with such a calculation unchecked where the result is open, and another expected.

    Only if it is the only one before the result. Never raises.
    """
    changed = list(checks)
    with suppress(WorkBudgetSpent), WorkBudget(MAX_WORK_S) as budget:
        for told in list(bare_results(checks, lines, progress)):
            if not _is_doubtful(checks[told.line].claims[told.claim], told, progress):
                continue
            done = list(calculations(checks[: told.line], lines, progress))
            if len(done) == 1 and same_value(done[0].value, told.value, budget).equal is True:
                changed = without_praise(changed, done[0].line, done[0].claim)
    return changed


def _is_doubtful(claim: ClaimCheck, told: LineResult, progress: Progress) -> bool:
    is_open = claim.verdict == StepVerdict.UNCHECKED and not claim.is_definition
    return is_open and bool(told.name) and progress.expectations.knows(told.name)


def _may_repeat(refuted: ClaimCheck) -> bool:
    is_of_unit = (refuted.relation, refuted.slip) == (ClaimRelation.EVALUATE, Slip.UNIT_CONVERSION)
    return refuted.relation in _OF_VALUES and refuted.slip not in _GOES_ON and not is_of_unit


def _is_solution(refuted: ClaimCheck, result: LineResult, progress: Progress) -> bool:
    """x = 5 after √25 = 5 in (x - 2)² = 25: a step on the way may well have the same value."""
    return refuted.relation == ClaimRelation.SOLVE and result.name in progress.facts.task.names


def _is(refuted: ClaimCheck, result: LineResult, checks: Sequence[StepCheck]) -> bool:
    return checks[result.line].claims[result.claim] is refuted


def _from(own: LineResult, slip: Slip, checks: Sequence[StepCheck]) -> list[StepCheck]:
    line = checks[own.line]
    claims = list(line.claims)
    claims[own.claim] = replace(
        claims[own.claim],
        verdict=StepVerdict.REFUTED,
        relation=ClaimRelation.IMPLIES,
        slip=slip or Slip.SET_UP,
    )
    first = replace(line, verdict=StepVerdict.REFUTED, claims=tuple(claims))
    resting = (replace(check, rests_on=own.line) for check in checks[own.line + 1 :])
    return [*checks[: own.line], first, *resting]
