"""The only calculation of a working, where it gives what a usual mistake makes of the answer.

8 + 5 = 13 is right, and yet no perimeter of a rectangle; unless a line follows that doubles it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.parsing.tree import Term, free_names
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent
from tutor.grading.steps.checks import Mark, StepCheck
from tutor.grading.working.certainty.calculations import (
    LineResult,
    bare_results,
    calculations,
    without_praise,
)
from tutor.grading.working.knowledge.expected import ExpectedQuantity
from tutor.grading.working.knowledge.quantity_names import NAMES
from tutor.grading.working.progress import Progress
from tutor.grading.working.quantities.concepts import concepts_in
from tutor.grading.working.reading import ReadLine

MAX_WORK_S = 0.1
_LETTERS_OF_WORD = 4
_SETTLED = (Mark.PROVED, Mark.GIVEN)


def without_mistaken_end(
    checks: Sequence[StepCheck], lines: Sequence[ReadLine], progress: Progress
) -> list[StepCheck]:
    """The checks, with such a calculation and what repeats it unchecked. Never raises."""
    changed = list(checks)
    done = list(calculations(checks, lines, progress))
    is_settled = all(check.mark in _SETTLED or not check.claims for check in checks)
    if len(done) != 1 or not is_settled:
        return changed  # another line may be the wrong one
    with suppress(WorkBudgetSpent), WorkBudget(MAX_WORK_S) as budget:
        if _is_mistaken(done[-1], progress, budget):
            repeated = bare_results(checks, lines, progress)
            for own in (done[-1], *(r for r in repeated if r.line > done[-1].line)):
                if same_value(own.value, done[-1].value, budget).equal is True:
                    changed = without_praise(changed, own)
    return changed


def _is_mistaken(last: LineResult, progress: Progress, budget: WorkBudget) -> bool:
    """Whether a mistake in what is asked for gives its value, and nothing else is expected to."""
    expected = [q for q in progress.expectations.expected if _is_number(q.value)]
    asked = [q for q in expected if _is_asked(q, progress.facts.task.question)]
    wrong = (m.value for quantity in asked for m in quantity.mistakes if _is_number(m.value))
    is_wrong = any(_gives(last, other, budget) for other in wrong)
    return is_wrong and not any(_gives(last, q.value, budget) for q in expected)


def _is_number(value: Term | None) -> bool:
    return value is not None and not free_names(value)


def _gives(last: LineResult, value: Term | None, budget: WorkBudget) -> bool:
    own = (last.value, last.formula)
    return value is not None and any(same_value(o, value, budget).equal is True for o in own)


def _is_asked(quantity: ExpectedQuantity, question: str) -> bool:
    """By one of its names, or by another word for it: how high, for a height."""
    concepts = (concept for *_, concept in concepts_in(question))
    names = frozenset[str]().union(*(NAMES.get(concept, frozenset()) for concept in concepts))
    return any(name in names or name.casefold() in question for name in _words(quantity))


def _words(quantity: ExpectedQuantity) -> Iterator[str]:
    for name in quantity.names:
        is_chinese = len(name) > 1 and "\u4e00" <= name[0] <= "\u9fff"
        if len(name) >= _LETTERS_OF_WORD or is_chinese:
            yield name
