"""The same answer once more, or another form of it: however often it is given, it costs once."""

from django.db.models import Q

from tutor.attempts.advice import WRONG, part_reading_key, reading_key
from tutor.attempts.models import Attempt
from tutor.grading import AnswerKey, same_answer
from tutor.grading.multipart import LETTERS
from tutor.grading.processes.deadline import Deadline

WITHIN_S = 0.3  # of all comparisons, for which a student waits; what is not found out costs
MAX_COMPARED = 20


def note_repetition(attempt: Attempt) -> None:
    """Say of the later of two attempts that it repeats the earlier one.

    Two may be graded at the same time. Whichever is recorded last sees both, so it looks both ways.
    """
    if attempt.verdict not in WRONG:
        return
    deadline = Deadline.within(WITHIN_S)
    for other in _judged_alike(attempt):
        if not _says_the_same(attempt, other, deadline):
            continue
        earlier, later = sorted((attempt, other), key=lambda one: (one.number, one.pk))
        Attempt.with_practice.filter(pk=later.pk, repeats=None).update(repeats=earlier)
        if later is attempt:
            attempt.repeats = earlier
            return


def _judged_alike(attempt: Attempt) -> list[Attempt]:
    """Others of the same person at the same variant, that repeat none themselves, oldest first."""
    others = Attempt.with_practice.of_person(attempt.enrollment, attempt.item, attempt.practice)
    alike = Q(grade__verdict=attempt.verdict, grade__score=attempt.score, repeats=None)
    found = others.filter(alike, version=attempt.version_id).exclude(pk=attempt.pk)
    return list(found.order_by("number", "pk")[:MAX_COMPARED])


def _says_the_same(one: Attempt, other: Attempt, deadline: Deadline) -> bool:
    if one.response == other.response:
        return True
    if not one.parts:
        return _same(one.response, other.response, reading_key(one.version), deadline)
    letters = LETTERS[: len(one.parts)]
    return all(
        said == before or _same(said, before, part_reading_key(one.version, letter), deadline)
        for letter, said, before in zip(
            letters, one.part_responses, other.part_responses, strict=True
        )
    )


def _same(one: str, other: str, key: AnswerKey | None, deadline: Deadline) -> bool:
    if key is None or not (one and other and deadline.left_s):
        return False
    return same_answer(one, other, key, deadline.left_s)
