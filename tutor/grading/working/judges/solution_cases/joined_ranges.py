"""Ranges that are joined by "or" where both must hold: x ≤ 4 or x ≥ -5 for -5 ≤ x ≤ 4."""

from __future__ import annotations

from dataclasses import replace

from tutor.grading.parsing.tree import Call, Logic, Value, free_names, walk
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import ClaimResult, Slip, StepVerdict
from tutor.grading.steps.equation_slips import is_equivalent
from tutor.grading.steps.implication import implies
from tutor.grading.working.facts import Facts
from tutor.grading.working.judges.following import has_inequality


def joined_by_mistake(value: Value, facts: Facts, budget: WorkBudget) -> ClaimResult | None:
    """Refuted where the latest fact says that all of the ranges hold; None for anything else."""
    if not isinstance(value, Logic) or value.op != "or" or not has_inequality(value):
        return None
    about = facts.about(free_names(value))
    if not about or not _has_two_ends(about[-1].value):
        return None
    if not is_equivalent(about[-1].value, Logic("and", value.parts), budget):
        return None
    result = implies([value], about[-1].value, budget)
    is_wider = result.verdict == StepVerdict.REFUTED
    return replace(result, slip=Slip.UNION_FOR_INTERSECTION) if is_wider else None


def _has_two_ends(value: Value) -> bool:
    """|x| ≤ 3 or -3 ≤ x ≤ 3."""
    is_double = isinstance(value, Logic) and value.op == "and"
    return is_double or any(isinstance(part, Call) and part.name == "abs" for part in walk(value))
