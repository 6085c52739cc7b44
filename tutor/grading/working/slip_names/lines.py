"""The name of the mistake in a line that the first pass refutes."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from tutor.grading.parsing.tree import Term, Unreadable
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent
from tutor.grading.steps.claim_results import ClaimResult
from tutor.grading.working.facts import Facts
from tutor.grading.working.limits import as_limit
from tutor.grading.working.progress import Progress
from tutor.grading.working.reading import Statement
from tutor.grading.working.slip_names.namer import MAX_NAMING_WORK_S, name_of_mistake
from tutor.grading.working.slip_names.scene import Scene
from tutor.grading.working.smallest_changes import named_by_change


def with_name(
    result: ClaimResult,
    statement: Statement,
    before: tuple[Facts, Sequence[Term]],
    progress: Progress,
    text: str,
) -> ClaimResult:
    """before: the facts and terms that were known before the line. text: the whole line."""
    facts, terms = before
    expression = facts.expression if statement.continues else None
    goes_on_from = () if expression is None else (expression,)
    known = (*goes_on_from, *reversed(terms))
    with suppress(WorkBudgetSpent, Unreadable, RecursionError):
        claim = progress.read_statement(as_limit(statement, progress.limit))
        sides = [*goes_on_from, *(side for side in claim.terms if side is not None)]
        with WorkBudget(MAX_NAMING_WORK_S) as budget:
            is_equation = all(operator in ("=", "≈") for operator in claim.operators)
            result = named_by_change(result, sides, facts, budget, is_equation=is_equation)
        premises = tuple(fact.value for fact in reversed(facts.facts))
        scene = Scene(
            progress.statement,
            text,
            claim,
            premises,
            known,
            result.slip,
            facts.definitions,
            budget,
        )
        return replace(result, slip=name_of_mistake(scene))
    return result
