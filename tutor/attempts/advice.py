"""A teacher's words for a wrong answer reach all who give it: those who did, and who will."""

from django.db.models import QuerySet

from tutor.attempts.models import Advice, Attempt
from tutor.grading import AnswerKey, Verdict, group_answers, same_answer
from tutor.grading.multipart import LETTERS
from tutor.grading.processes.deadline import Deadline
from tutor.problems.models import ProblemVersion

ADVISE_S = 0.3  # for one attempt, which its student waits for
WRONG = (Verdict.INCORRECT, Verdict.UNDECIDED)
MAX_COMPARED = 40  # pieces of advice on one problem


def reading_key(version: ProblemVersion) -> AnswerKey | None:
    """How answers to this version are read; None where its key cannot be used, or one by one."""
    key = version.checked_key
    # With parts, a text with several answers means nothing as a whole.
    return key.whole if key.is_usable and not key.parts else None


def part_reading_key(version: ProblemVersion, letter: str) -> AnswerKey | None:
    """As `reading_key`, for the answers to one part."""
    key = version.checked_key
    return key.parts[LETTERS.index(letter)].key if key.is_usable else None


def advise(attempt: Attempt) -> None:
    """Put the advice to a wrong answer beside it, where there is one that means the same."""
    if attempt.verdict not in WRONG:
        return
    known = list(
        Advice.objects.filter(
            item=attempt.item_id,
            version=attempt.version_id,
            assignment__section__enrollments=attempt.enrollment_id,
        ).order_by("-created_at")[:MAX_COMPARED]
    )
    if not known:
        return
    deadline = Deadline.within(ADVISE_S)
    if attempt.parts:
        _advise_parts(attempt, known, deadline)
        return
    key = reading_key(attempt.version)
    if found := _same(known, attempt.response, key, deadline):
        Attempt.objects.filter(pk=attempt.pk).update(advice=found)


def _advise_parts(attempt: Attempt, known: list[Advice], deadline: Deadline) -> None:
    for part in attempt.parts_shown:
        place = LETTERS.index(part.letter)
        there = [one for one in known if one.part == part.letter]
        if there and is_wrong_at(attempt, place):
            key = part_reading_key(attempt.version, part.letter)
            if found := _same(there, attempt.part_responses[place], key, deadline):
                attempt.parts[place]["advice"] = found.pk
    Attempt.objects.filter(pk=attempt.pk).update(parts=attempt.parts)


def _same(
    known: list[Advice], response: str, key: AnswerKey | None, deadline: Deadline
) -> Advice | None:
    for one in known:
        if key is None or not deadline.left_s:
            return None
        if same_answer(one.answer, response, key, deadline.left_s):
            return one
    return None


def is_wrong_at(attempt: Attempt, place: int) -> bool:
    """Whether something was said to that part, and not found right."""
    rows = attempt.grade.parts if attempt.grade else []
    is_judged = place < min(len(rows), len(attempt.parts))
    return is_judged and rows[place]["verdict"] in WRONG and bool(attempt.part_responses[place])


def wrong_answers(advice: Advice) -> QuerySet[Attempt]:
    """What was handed in to the same version in the same section and is not right."""
    return Attempt.objects.filter(
        item=advice.item_id,
        version=advice.version_id,
        enrollment__section=advice.assignment.section_id,
        grade__verdict__in=WRONG,
    )


def wrong_at_part(advice: Advice) -> list[Attempt]:
    """Those of `wrong_answers` that are not right in the part of the advice."""
    attempts = wrong_answers(advice).select_related("grade").defer("working", "checks")
    place = LETTERS.index(advice.part)
    return [attempt for attempt in attempts.order_by("pk") if is_wrong_at(attempt, place)]


def spread(advice: Advice, within_s: float) -> bool:
    """Put it beside every answer that means the same; False where the time did not suffice."""
    if advice.part:
        return _spread_in_part(advice, within_s)
    attempts = wrong_answers(advice)
    responses = list(attempts.order_by("response").values_list("response", flat=True).distinct())
    found, is_whole = _meaning(advice, responses, reading_key(advice.version), within_s)
    attempts.filter(response__in=found).exclude(advice=advice).update(advice=advice, has_news=True)
    return is_whole


def _spread_in_part(advice: Advice, within_s: float) -> bool:
    place, attempts = LETTERS.index(advice.part), wrong_at_part(advice)
    responses = sorted({attempt.part_responses[place] for attempt in attempts})
    key = part_reading_key(advice.version, advice.part)
    found, is_whole = _meaning(advice, responses, key, within_s)
    for attempt in attempts:
        row = attempt.parts[place]
        if row["response"] in found and row.get("advice") != advice.pk:
            row["advice"] = advice.pk
            Attempt.objects.filter(pk=attempt.pk).update(parts=attempt.parts, has_news=True)
    return is_whole


def _meaning(
    advice: Advice, responses: list[str], key: AnswerKey | None, within_s: float
) -> tuple[set[str], bool]:
    """Those of the responses that say what `advice.answer` does, and whether all were compared."""
    if key is None:
        return {advice.answer}, True
    grouping = group_answers([advice.answer, *responses], key, within_s)
    found = {responses[place - 1] for place in grouping.groups[0] if place}
    return {advice.answer} | found, grouping.is_whole
