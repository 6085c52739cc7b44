"""A teacher's words for a wrong answer reach all who give it: those who did, and who will."""

from django.db.models import QuerySet

from tutor.attempts.models import Advice, Attempt
from tutor.grading import AnswerKey, InvalidKey, Verdict, group_answers, same_answer
from tutor.grading.carrying import LETTERS
from tutor.grading.deadline import Deadline
from tutor.problems.models import AnswerKey as StoredKey
from tutor.problems.models import ProblemVersion

ADVISE_S = 0.3  # for one attempt, which its student waits for
MOST_COMPARED = 40  # pieces of advice on one problem


def reading_key(version: ProblemVersion) -> AnswerKey | None:
    """How answers to this version are read; None where its key cannot be used, or one by one."""
    if version.parts:
        return None  # a text with several answers means nothing as a whole
    try:
        return version.answer_key.for_grading()
    except (StoredKey.DoesNotExist, InvalidKey):
        return None


def part_reading_key(version: ProblemVersion, letter: str) -> AnswerKey | None:
    """As `reading_key`, for the answers to one part."""
    try:
        return version.answer_key.parts_for_grading()[LETTERS.index(letter)].key
    except (StoredKey.DoesNotExist, InvalidKey):
        return None


def advise(attempt: Attempt) -> None:
    """Put the advice to a wrong answer beside it, where there is one that means the same."""
    if attempt.verdict not in (Verdict.INCORRECT, Verdict.UNDECIDED):
        return
    known = Advice.objects.filter(
        item=attempt.item_id,
        version=attempt.version_id,
        assignment__section__enrollments=attempt.enrollment_id,
    ).order_by("-created_at")[:MOST_COMPARED]
    key = reading_key(attempt.version) if known else None
    if key is None:
        return
    deadline = Deadline.within(ADVISE_S)
    for one in known:
        if deadline.left_s and same_answer(one.answer, attempt.response, key, deadline.left_s):
            Attempt.objects.filter(pk=attempt.pk).update(advice=one)
            return


def wrong_answers(advice: Advice) -> QuerySet[Attempt]:
    """What was handed in to the same version in the same section and is not right."""
    return Attempt.objects.filter(
        item=advice.item_id,
        version=advice.version_id,
        enrollment__section=advice.assignment.section_id,
        grade__verdict__in=[Verdict.INCORRECT, Verdict.UNDECIDED],
    )


def spread(advice: Advice, within_s: float) -> bool:
    """Put it beside every answer that means the same; False where the time did not suffice."""
    key = reading_key(advice.version)
    attempts = wrong_answers(advice)
    responses = list(attempts.order_by("response").values_list("response", flat=True).distinct())
    found = {advice.answer}
    is_whole = True
    if key is not None:
        grouping = group_answers([advice.answer, *responses], key, within_s)
        found |= {responses[place - 1] for place in grouping.groups[0] if place}
        is_whole = grouping.is_whole
    attempts.filter(response__in=found).exclude(advice=advice).update(advice=advice, has_news=True)
    return is_whole
