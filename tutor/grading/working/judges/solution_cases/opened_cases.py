"""Lines that take one of several cases, which later lines complete."""

from __future__ import annotations

from tutor.grading.parsing.shapes import alternatives
from tutor.grading.parsing.tree import Comparison, Logic, Sym, Unreadable, Value, free_names
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import StepVerdict
from tutor.grading.steps.implication import implies
from tutor.grading.working.atoms import in_atoms
from tutor.grading.working.claim_reader import Claim
from tutor.grading.working.facts import Facts
from tutor.grading.working.judges.contradiction_judge import agrees
from tutor.grading.working.judges.following import has_inequality, is_condition
from tutor.grading.working.judges.no_solutions import is_whole
from tutor.grading.working.progress import Progress
from tutor.grading.working.solution_lists.listed_solutions import solved_value

_OPERATORS = ("=", "<", ">", "<=", ">=")
MAX_FOLLOWING = 10  # statements in which the other cases are looked for


def opens_case(value: Value, progress: Progress, budget: WorkBudget) -> bool:
    """x - 7 = 0 after (x - 7)(x + 2) = 0, where later lines have the other solutions."""
    facts, names = progress.facts, free_names(value)
    about = [fact.value for fact in facts.about(names)]
    premises = [premise for premise in about if not is_condition(premise, value)]
    if len(names) != 1 or not premises:
        return False
    premise = premises[-1]
    cases = [value, *(case for case in progress.cases if free_names(case) == names)]
    for statement in progress.following[:MAX_FOLLOWING]:
        if statement.rejected and is_whole(value, facts.task):
            continue  # x = 5 (x = 0 no)
        try:
            later = _single(progress.read_statement(statement))
        except (Unreadable, RecursionError):
            continue
        is_new = later is not None and free_names(later) == names and later not in cases
        if later is not None and is_new and not _leads_on(value, later, budget):
            cases.append(later)
    sound = [case for case in cases if _is_part(case, premise, budget)]
    if value not in sound or len(sound) < 2:
        return False
    parts = tuple(part for c in sound for part in (c.parts if isinstance(c, Logic) else (c,)))
    whole = implies([premise], Logic("or", parts), budget)
    return whole.verdict != StepVerdict.REFUTED


def is_known_case(value: Value, facts: Facts) -> bool:
    """3^x = 1 after t = 1 or t = 9, where t = 3^x: it is taken up for what it leads to."""
    if not isinstance(value, Comparison) or isinstance(value.left, Sym):
        return False
    known = (alternatives(fact.value) for fact in facts.facts)
    cases = (case for parts in known if len(parts) > 1 for case in parts)
    return any(value in (case, facts.with_definitions(case)) for case in cases)


def _is_part(case: Value, premise: Value, budget: WorkBudget) -> bool:
    """Whether its solutions are some of the premise's."""
    if has_inequality(case):
        return implies([case], premise, budget).verdict == StepVerdict.PROVED
    return agrees(case, premise, budget)


def _leads_on(value: Value, later: Value, budget: WorkBudget) -> bool:
    """cos x = 1/2 and x = π/3 after 2 cos x = 1: the same case, not another one."""
    changed = in_atoms([value], later)
    premises, claim = changed if changed is not None else ([value], later)
    follows = implies(premises, claim, budget).verdict == StepVerdict.PROVED
    return follows or agrees(later, value, budget)


def _single(claim: Claim) -> Value | None:
    """The comparison, or the alternatives, that a claim states; None for anything else."""
    if solved_value(claim) is not None:
        return solved_value(claim)
    if len(claim.terms) == 2 and claim.operators[0] in _OPERATORS and None not in claim.terms:
        left, right = claim.terms
        return Comparison(claim.operators[0], left, right)  # type: ignore[arg-type]
    is_alternatives = isinstance(claim.value, Logic) and claim.value.op == "or"
    return claim.value if is_alternatives else None
