"""Solutions of which one was told before: x = 2 ± 1 after x = 0."""

from __future__ import annotations

from itertools import pairwise

from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.shapes import alternatives, expand_plus_minus
from tutor.grading.parsing.tree import Comparison, Logic, Sym, free_names, is_term
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import StepVerdict, Witness
from tutor.grading.working.claim_reader import Claim
from tutor.grading.working.facts import Facts
from tutor.grading.working.judges.implication_judge import ImplicationJudge
from tutor.grading.working.judges.side_comparison import compare_sides
from tutor.grading.working.progress import MAX_STATEMENT_WORK_S


def completes_solutions(claim: Claim, witness: Witness, facts: Facts) -> bool:
    """Whether the claim gives all solutions but the one of the witness, which has one unknown.

    Raises Unreadable, RecursionError and WorkBudgetSpent.
    """
    whole = _with_root(claim, witness)
    if whole is None:
        return False
    with WorkBudget(MAX_STATEMENT_WORK_S) as budget:
        if ImplicationJudge(facts, budget).judge(whole).verdict != StepVerdict.PROVED:
            return False
        links = (compare_sides(*sides, "=", facts, budget) for sides in pairwise(claim.sides[1:]))
        return all(link.verdict == StepVerdict.PROVED for link in links)


def _with_root(claim: Claim, witness: Witness) -> Logic | None:
    """x = 2 + 1 or x = 2 - 1 or x = 0."""
    [(name, root)] = witness.values.items()
    told = read_expression(root)
    value = claim.value or _first_equation(claim)
    if value is None or not is_term(told) or free_names(value) != {name}:
        return None
    return Logic("or", (*alternatives(expand_plus_minus(value)), Comparison("=", Sym(name), told)))


def _first_equation(claim: Claim) -> Comparison | None:
    """x = 2 ± √(4 - 3) of x = 2 ± √(4 - 3) = 2 ± 1."""
    if len(claim.terms) < 2 or set(claim.operators) != {"="} or None in claim.terms[:2]:
        return None
    left, right = claim.terms[:2]
    return Comparison("=", left, right)  # type: ignore[arg-type]
