"""Does a final answer give all solutions of the statement, and only those?"""

from __future__ import annotations

from collections.abc import Sequence

from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.tree import Comparison, Sym, Value, free_names, is_term
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solving.equations import zeros_near
from tutor.grading.solving.real_sets import (
    EMPTY_SET,
    RealSet,
    Undecidable,
    intersection,
    minus,
    union,
)
from tutor.grading.solving.set_notation import real_set
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    FailingStatement,
    Slip,
    Witness,
    proved,
    refuted,
)
from tutor.grading.steps.easy_members import easy_member
from tutor.grading.steps.slips import slip_between
from tutor.grading.steps.statements import comparisons, is_solved
from tutor.grading.steps.witnesses import failing_at, value_at, written
from tutor.grading.working.task import Task


def final_result(
    answer: Value, written: Value, task: Task, budget: WorkBudget
) -> ClaimResult | None:
    """written: the solutions of this line alone; the answer may have those of earlier lines too.

    None where the statement has no equation in this variable alone, or it is hard to solve.

    Raises WorkBudgetSpent.
    """
    names = free_names(answer)
    conditions = [value for value in task.equations if free_names(value) == names]
    if len(names) != 1 or not conditions or not is_solved(answer):
        return None
    [name] = names
    try:
        sets = [real_set(condition, budget) for condition in conditions]
        return _compared(real_set(answer, budget), sets, conditions, name, answer, budget)
    except Undecidable:
        extraneous = _extraneous(written, conditions, budget)
        return extraneous or _missing(answer, conditions, name, budget)


def _compared(
    claimed: RealSet,
    sets: Sequence[RealSet],
    conditions: Sequence[Value],
    name: str,
    answer: Value,
    budget: WorkBudget,
) -> ClaimResult | None:
    whole = sets[0]
    for other in sets[1:]:
        whole = intersection(whole, other, budget)
    lost, gained = minus(whole, claimed, budget), minus(claimed, whole, budget)
    if lost == gained == EMPTY_SET:
        return proved(ClaimRelation.SOLVE)
    if lost != EMPTY_SET and gained == EMPTY_SET and len(conditions) == 1:
        return None  # the words of the statement may exclude the rest
    failing = FailingStatement.PREMISE if gained != EMPTY_SET else FailingStatement.CLAIM
    member = easy_member(gained if gained != EMPTY_SET else lost)
    slip = _slip_in_sets(claimed, whole, sets, budget)
    if not slip:
        slip = slip_between(conditions[0], answer, budget)
    at = written(member)
    return refuted(ClaimRelation.SOLVE, Witness({name: at}, "", "", failing), slip)


def _slip_in_sets(
    claimed: RealSet, whole: RealSet, sets: Sequence[RealSet], budget: WorkBudget
) -> Slip:
    if len(sets) > 1:
        either = sets[0]
        for other in sets[1:]:
            either = union(either, other, budget)
        is_union = claimed in sets or claimed == either
        return Slip.UNION_FOR_INTERSECTION if is_union else Slip.NONE
    is_outside = len(whole.endpoints) == 2 and claimed.endpoints != ()
    is_outside = is_outside and intersection(claimed, whole, budget) == EMPTY_SET
    return Slip.QUADRATIC_INEQUALITY if is_outside else Slip.NONE


def _extraneous(
    answer: Value, conditions: Sequence[Value], budget: WorkBudget
) -> ClaimResult | None:
    """Refuted where a side of the statement has no value for one of the solutions: ln(-2)."""
    for solution in comparisons(answer):
        match solution:
            case Comparison("=", Sym(name), value) if is_term(value):
                number = value_at(value, {}, budget)
            case _:
                return None
        sides = [s for c in conditions for part in comparisons(c) for s in (part.left, part.right)]
        terms = [side for side in sides if is_term(side)]
        if number is None:
            continue
        for term in terms:
            if value_at(term, {name: number}, budget) is None:
                witness = Witness({name: latex(value)}, "", "", FailingStatement.PREMISE)
                return refuted(ClaimRelation.SOLVE, witness)
    return None


def _missing(
    answer: Value, conditions: Sequence[Value], name: str, budget: WorkBudget
) -> ClaimResult | None:
    """Refuted where a solution that was found, and that no condition excludes, is missing."""
    equations = [c for c in conditions if isinstance(c, Comparison) and c.op == "="]
    if len(equations) != 1:
        return None
    for zero in zeros_near(equations[0], name, budget):
        point = {name: zero}
        excluded = (
            failing_at(condition, point, budget, FailingStatement.CLAIM)
            for condition in conditions
            if condition is not equations[0]
        )
        if len(conditions) == 1 or any(witness is not None for witness in excluded):
            continue
        witness = failing_at(answer, point, budget, FailingStatement.CLAIM)
        if witness is not None:
            return refuted(ClaimRelation.SOLVE, witness, Slip.LOST_ROOT)
    return None
