"""The only calculation of a working, where it gives what a usual mistake makes of the answer.

8 + 5 = 13 is right, and yet no perimeter of a rectangle; unless a line follows that doubles it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.rationals import rational_value
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
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.quantity_names import NAMES
from tutor.grading.working.progress import Progress
from tutor.grading.working.quantities.concepts import concepts_in
from tutor.grading.working.reading import ReadLine

MAX_WORK_S = 0.1
_LETTERS_OF_WORD = 4
_CHANCE = words(r"probability|wahrscheinlichkeit|probabilité|probabilidad", "概率")
_SETTLED = (Mark.PROVED, Mark.GIVEN)


def without_mistaken_end(
    checks: Sequence[StepCheck], lines: Sequence[ReadLine], progress: Progress
) -> list[StepCheck]:
    """The checks, with such a calculation and what repeats it unchecked. Never raises."""
    changed = list(checks)
    done = list(calculations(checks, lines, progress))
    is_settled = all(check.mark in _SETTLED or not check.claims for check in checks)
    is_end = len(done) == 1 and _is_end(done[0], checks, lines, progress)
    if len(done) != 1 or not (is_settled or (is_end and _is_no_chance(done[0], progress))):
        return changed  # another line may be the wrong one
    with suppress(WorkBudgetSpent), WorkBudget(MAX_WORK_S) as budget:
        if _is_mistaken(done[-1], progress, budget, is_end=is_end):
            repeated = bare_results(checks, lines, progress)
            for own in (done[-1], *(r for r in repeated if r.line > done[-1].line)):
                if same_value(own.value, done[-1].value, budget).equal is True:
                    changed = without_praise(changed, own.line, own.claim)
    return changed


def _is_end(
    own: LineResult, checks: Sequence[StepCheck], lines: Sequence[ReadLine], progress: Progress
) -> bool:
    """Whether only bare results stand behind it, which repeat it or are open."""
    bare = {(result.line, result.claim) for result in bare_results(checks, lines, progress)}
    behind = {
        (number, claim)
        for number, check in enumerate(checks)
        for claim in range(len(check.claims))
        if (number, claim) > (own.line, own.claim)
    }
    return behind <= bare


def _is_mistaken(last: LineResult, progress: Progress, budget: WorkBudget, *, is_end: bool) -> bool:
    """Whether a mistake in what is asked for gives its value, and nothing else is expected to.

    At the end of a story, any other value than the one asked for is wrong, and so is a chance
    that is more than 1.
    """
    if is_end and _is_no_chance(last, progress):
        return True
    expected = [q for q in progress.expectations.expected if _is_number(q.value)]
    asked = [q for q in expected if _is_asked(q, progress.facts.task.question)]
    if asked and is_end and progress.facts.task.is_story:
        return not any(_gives(last, quantity.value, budget) for quantity in asked)
    wrong = (m.value for quantity in asked for m in quantity.mistakes if _is_number(m.value))
    is_wrong = any(_gives(last, other, budget) for other in wrong)
    return is_wrong and not any(_gives(last, q.value, budget) for q in expected)


def _is_no_chance(last: LineResult, progress: Progress) -> bool:
    """0.8 + 0.7 = 1.5, where a probability is asked for."""
    question, value = progress.facts.task.question, rational_value(last.value)
    is_chance_asked = bool(_CHANCE.search(question)) and "%" not in question
    return is_chance_asked and value is not None and not 0 <= value <= 1


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
