"""An answer that is given again, perhaps in another form, costs only one attempt."""

from django.db.models import Q

from tutor.attempts.judging.advice import WRONG, part_reading_key, reading_key
from tutor.attempts.models import Attempt
from tutor.grading import AnswerKey, same_answer
from tutor.grading.multipart import LETTERS
from tutor.grading.processes.work_budget import WorkBudget

MAX_COMPARING_WORK_S = 0.3  # for all comparisons; a student waits for them
MAX_COMPARED = 20


def note_repetition(attempt: Attempt) -> None:
    """Record on the later of two attempts that it repeats the earlier one.

    Two may be graded at the same time. Whichever is recorded last sees both, so it looks both ways.
    """
    if attempt.verdict not in WRONG:
        return
    budget = WorkBudget(MAX_COMPARING_WORK_S)
    for other in _graded_alike(attempt):
        if not _has_same_answer(attempt, other, budget):
            continue
        earlier, later = sorted((attempt, other), key=lambda row: (row.number, row.pk))
        Attempt.with_practice.filter(pk=later.pk, repeats=None).update(repeats=earlier)
        if later is attempt:
            attempt.repeats = earlier
            return


def _graded_alike(attempt: Attempt) -> list[Attempt]:
    """Other attempts of the person at the variant that repeat none themselves, oldest first."""
    of_person = Attempt.with_practice.of_person(attempt.enrollment, attempt.item, attempt.practice)
    alike = Q(grade__verdict=attempt.verdict, grade__score=attempt.score, repeats=None)
    rows = of_person.filter(alike, version=attempt.version_id).exclude(pk=attempt.pk)
    return list(rows.order_by("number", "pk")[:MAX_COMPARED])


def _has_same_answer(attempt: Attempt, other: Attempt, budget: WorkBudget) -> bool:
    version = attempt.version
    if attempt.response == other.response:
        return True
    if not attempt.parts:
        return _is_same(attempt.response, other.response, reading_key(version), budget)
    responses = zip(attempt.part_responses, other.part_responses, strict=True)
    return all(
        response == before or _is_same(response, before, part_reading_key(version, letter), budget)
        for letter, (response, before) in zip(LETTERS, responses, strict=False)
    )


def _is_same(response: str, other: str, key: AnswerKey | None, budget: WorkBudget) -> bool:
    if key is None or not (response and other and budget.left_s):
        return False
    return same_answer(response, other, key, budget.left_s)
