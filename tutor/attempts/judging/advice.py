"""A teacher's advice on a wrong answer reaches all who give it, before or after it is written."""

from django.db.models import QuerySet

from tutor.attempts.models import Advice, Attempt
from tutor.grading import AnswerKey, Verdict, group_answers, same_answer
from tutor.grading.multipart import LETTERS
from tutor.grading.processes.work_budget import WorkBudget
from tutor.problems.models import ProblemVersion

ADVICE_WORK_S = 0.3  # for one attempt, which its student waits for
WRONG = (Verdict.INCORRECT, Verdict.UNDECIDED)
MAX_COMPARED = 40  # pieces of advice on one problem


def reading_key(version: ProblemVersion) -> AnswerKey | None:
    """The key by which answers to this version are read; None if it is unusable, or has parts."""
    key = version.checked_key
    # With parts, a text with several answers means nothing as a whole.
    return key.whole if key.is_usable and not key.parts else None


def part_reading_key(version: ProblemVersion, letter: str) -> AnswerKey | None:
    """As `reading_key`, for the answers to one part."""
    key = version.checked_key
    return key.parts[LETTERS.index(letter)].key if key.is_usable else None


def advise(attempt: Attempt) -> None:
    """Attach the advice on a wrong answer, where there is some on an answer with its meaning."""
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
    budget = WorkBudget(ADVICE_WORK_S)
    if attempt.parts:
        _advise_parts(attempt, known, budget)
        return
    key = reading_key(attempt.version)
    if match := _matching(known, attempt.response, key, budget):
        Attempt.objects.filter(pk=attempt.pk).update(advice=match)


def _advise_parts(attempt: Attempt, known: list[Advice], budget: WorkBudget) -> None:
    for part in attempt.parts_shown:
        index = LETTERS.index(part.letter)
        candidates = [advice for advice in known if advice.part == part.letter]
        if candidates and is_wrong_at(attempt, index):
            key = part_reading_key(attempt.version, part.letter)
            if match := _matching(candidates, attempt.part_responses[index], key, budget):
                attempt.parts[index]["advice"] = match.pk
    Attempt.objects.filter(pk=attempt.pk).update(parts=attempt.parts)


def _matching(
    known: list[Advice], response: str, key: AnswerKey | None, budget: WorkBudget
) -> Advice | None:
    for advice in known:
        if key is None or not budget.left_s:
            return None
        if same_answer(advice.answer, response, key, budget.left_s):
            return advice
    return None


def is_wrong_at(attempt: Attempt, index: int) -> bool:
    """Whether that part was answered, and not right."""
    rows = attempt.grade.parts if attempt.grade else []
    is_judged = index < min(len(rows), len(attempt.parts))
    return is_judged and rows[index]["verdict"] in WRONG and bool(attempt.part_responses[index])


def wrong_answers(advice: Advice) -> QuerySet[Attempt]:
    """The attempts in its section at its version that are not right."""
    return Attempt.objects.filter(
        item=advice.item_id,
        version=advice.version_id,
        enrollment__section=advice.assignment.section_id,
        grade__verdict__in=WRONG,
    )


def wrong_at_part(advice: Advice) -> list[Attempt]:
    """Those of `wrong_answers` that are not right in the part of the advice."""
    attempts = wrong_answers(advice).select_related("grade").defer("working", "checks")
    index = LETTERS.index(advice.part)
    return [attempt for attempt in attempts.order_by("pk") if is_wrong_at(attempt, index)]


def spread(advice: Advice, max_work_s: float) -> bool:
    """Attach it to every answer with its meaning; False if there was too little time for all."""
    is_whole = _spread_in_part(advice, max_work_s) if advice.part else _spread(advice, max_work_s)
    if is_whole:
        advice.finish_spreading()
    return is_whole


def _spread(advice: Advice, max_work_s: float) -> bool:
    attempts = wrong_answers(advice)
    responses = list(attempts.order_by("response").values_list("response", flat=True).distinct())
    matches, is_whole = _matches(advice, responses, reading_key(advice.version), max_work_s)
    attempts.filter(response__in=matches).exclude(advice=advice).update(
        advice=advice, has_news=True
    )
    return is_whole


def _spread_in_part(advice: Advice, max_work_s: float) -> bool:
    index, attempts = LETTERS.index(advice.part), wrong_at_part(advice)
    responses = sorted({attempt.part_responses[index] for attempt in attempts})
    key = part_reading_key(advice.version, advice.part)
    matches, is_whole = _matches(advice, responses, key, max_work_s)
    for attempt in attempts:
        row = attempt.parts[index]
        if row["response"] in matches and row.get("advice") != advice.pk:
            row["advice"] = advice.pk
            Attempt.objects.filter(pk=attempt.pk).update(parts=attempt.parts, has_news=True)
    return is_whole


def _matches(
    advice: Advice, responses: list[str], key: AnswerKey | None, max_work_s: float
) -> tuple[set[str], bool]:
    """The responses that mean the same as `advice.answer`, and whether all were compared."""
    if key is None:
        return {advice.answer}, True
    grouping = group_answers([advice.answer, *responses], key, max_work_s)
    matches = {responses[index - 1] for index in grouping.groups[0] if index}
    return {advice.answer} | matches, grouping.is_whole
