"""The only calculation of a working, where it gives what a usual mistake makes of the answer.

8 + 5 = 13 is right, and yet no perimeter of a rectangle; unless a line follows that doubles it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import Add, Term, free_names
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent
from tutor.grading.steps.checks import Mark, StepCheck
from tutor.grading.steps.claim_results import StepVerdict
from tutor.grading.working.certainty.calculations import (
    LineResult,
    bare_results,
    calculations,
    without_praise,
)
from tutor.grading.working.knowledge.counting.ways import WAYS
from tutor.grading.working.knowledge.expected import ExpectedQuantity
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.percents import CHANGE_NAMES, PRICE_NAMES
from tutor.grading.working.knowledge.quantity_names import NAMES
from tutor.grading.working.knowledge.triangles.angle_sums import ANGLE_SUMS
from tutor.grading.working.progress import Progress
from tutor.grading.working.quantities.concepts import concepts_in
from tutor.grading.working.reading import ReadLine

MAX_WORK_S = 0.1
_LETTERS_OF_WORD = 4
_CHANCE = words(r"probability|wahrscheinlichkeit|probabilité|probabilidad", "概率")
_SUM = words(r"sum|\w{0,9}summe|somme|suma", "和")
_SETTLED = (Mark.PROVED, Mark.GIVEN)
_OPEN = (StepVerdict.UNCHECKED, StepVerdict.REFUTED)


def without_mistaken_end(
    checks: Sequence[StepCheck], lines: Sequence[ReadLine], progress: Progress
) -> list[StepCheck]:
    """The checks, with such a calculation and what repeats it unchecked. Never raises."""
    changed = list(checks)
    done = list(calculations(checks, lines, progress))
    is_settled = all(check.mark in _SETTLED or not check.claims for check in checks)
    if len(done) != 1 or not (is_settled or _is_no_chance(done[0], progress)):
        return changed  # another line may be the wrong one
    own, repeated = done[0], list(bare_results(checks, lines, progress))
    with suppress(WorkBudgetSpent), WorkBudget(MAX_WORK_S) as budget:
        same = [r for r in repeated if same_value(r.value, own.value, budget).equal is True]
        is_end = _is_end(own, checks, repeated, same)
        if (is_settled or is_end) and _is_mistaken(own, progress, budget, is_end=is_end):
            for result in (own, *(r for r in same if r.line > own.line)):
                changed = without_praise(changed, result.line, result.claim)
    return changed


def _is_end(
    own: LineResult,
    checks: Sequence[StepCheck],
    bare: Sequence[LineResult],
    same: Sequence[LineResult],
) -> bool:
    """Whether only bare results stand behind it, each of which repeats it or is open."""
    may_stand = {
        (result.line, result.claim)
        for result in bare
        if result in same or checks[result.line].claims[result.claim].verdict in _OPEN
    }
    behind = {
        (number, claim)
        for number, check in enumerate(checks)
        for claim in range(len(check.claims))
        if (number, claim) > (own.line, own.claim)
    }
    return behind <= may_stand


def _is_mistaken(last: LineResult, progress: Progress, budget: WorkBudget, *, is_end: bool) -> bool:
    """Whether a mistake in what is asked for gives its value, and nothing else is expected to.

    At the end of a story, only what is asked for may, and what a price changes by. Where ways are
    counted or the angles of a polygon are added, any other number at the end is wrong, and so is a
    sum of chances that is more than 1. An area may be one of several, and a percentage may be
    written in two ways.
    """
    if is_end and _is_no_chance(last, progress):
        return True
    expected = [q for q in progress.expectations.expected if _is_number(q.value)]
    asked = [q for q in expected if _is_asked(q, progress.facts.task.question)]
    if asked and is_end and all(_has_one_value(q, progress.facts.task.question) for q in asked):
        return not any(_gives(last, quantity.value, budget) for quantity in asked)
    wrong = (m.value for quantity in asked for m in quantity.mistakes if _is_number(m.value))
    is_wrong = any(_gives(last, other, budget) for other in wrong)
    if is_end and progress.facts.task.is_story:
        expected = [q for q in expected if q in asked or _leads_to_price(q, asked)]
    return is_wrong and not any(_gives(last, quantity.value, budget) for quantity in expected)


def _leads_to_price(quantity: ExpectedQuantity, asked: Sequence[ExpectedQuantity]) -> bool:
    """The 12 of 15 % of 80, where the new price is asked for."""
    return quantity.names >= CHANGE_NAMES and any(other.names == PRICE_NAMES for other in asked)


def _has_one_value(quantity: ExpectedQuantity, question: str) -> bool:
    is_sum = quantity.names == ANGLE_SUMS and bool(_SUM.search(question))
    return is_sum or quantity.names == WAYS


def _is_no_chance(last: LineResult, progress: Progress) -> bool:
    """0.8 + 0.7 = 1.5, where a probability is asked for."""
    question, value = progress.facts.task.question, rational_value(last.value)
    if value is None or value <= 1 or "%" in question or not _CHANCE.search(question):
        return False
    parts = last.formula.parts if isinstance(last.formula, Add) else ()
    chances = [rational_value(part) for part in parts]
    return bool(chances) and all(chance is not None and 0 < chance < 1 for chance in chances)


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
