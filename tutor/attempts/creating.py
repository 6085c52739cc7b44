"""What every new attempt goes through, whether its student submits it or the server at the end."""

from typing import Any

from django.utils.translation import get_language

from tutor.assignments.models import Assignment, Item
from tutor.attempts.help import highest_help
from tutor.attempts.models import Attempt, Terms
from tutor.attempts.responses import Entry, Submission, entries_of, entry_of, in_one
from tutor.attempts.working.accepting import is_checkable
from tutor.courses.models import Enrollment, Section
from tutor.problems.models import ProblemVersion

MAX_CHECKINGS = 3  # of one working


def lock_answers_of(enrollment: Enrollment) -> None:
    """Lock all enrollments of the person: what is done in one class counts in the others.

    Raises Enrollment.DoesNotExist where this one is not there any more.
    """
    enrollments = Enrollment.objects.filter(user=enrollment.user_id).order_by("pk")
    if enrollment.pk not in enrollments.select_for_update().values_list("pk", flat=True):
        raise Enrollment.DoesNotExist


def attempts_left(terms: Terms, attempts: list[Attempt]) -> int | None:
    """None where there is no limit. attempts: of the person at the item, in all classes; sealed
    ones cost one each, since their number may not tell what they came to.

    A student who was right in another class may submit that answer once in this one.
    """
    if terms.attempts_allowed is None:
        return None
    used = sum(attempt.costs_attempt for attempt in attempts)
    return max(int(_is_right_only_elsewhere(terms, attempts)), terms.attempts_allowed - used)


def _is_right_only_elsewhere(terms: Terms, attempts: list[Attempt]) -> bool:
    if not isinstance(terms, Assignment):
        return False
    is_used_here = any(
        attempt.costs_attempt and attempt.enrollment_id == terms.enrollment_pk
        for attempt in attempts
    )
    return not is_used_here and any(attempt.is_right for attempt in attempts)


def create_attempt(
    enrollment: Enrollment,
    item: Item,
    version: ProblemVersion,
    submission: Submission,
    **fields: Any,
) -> Attempt:
    """fields: further columns of the attempt."""
    attempt = attempt_from(enrollment, item, version, submission, **fields)
    attempt.save(force_insert=True)
    return attempt


def attempt_from(
    enrollment: Enrollment,
    item: Item,
    version: ProblemVersion,
    submission: Submission,
    **fields: Any,
) -> Attempt:
    """Not stored yet."""
    return Attempt(
        enrollment=enrollment,
        item=item,
        version=version,
        number=submission.number,
        action=submission.action,
        working=list(submission.working),
        checkings_left=MAX_CHECKINGS if is_checkable(submission.working) else 0,
        hidden_characters=submission.hidden,
        helped_by=highest_help(enrollment, item, version),
        language=get_language() or "en",
        **_typed_columns(enrollment.section, version, submission),
        **fields,
    )


def _typed_columns(
    section: Section, version: ProblemVersion, submission: Submission
) -> dict[str, Any]:
    """The columns for what was typed, as the problem reads it and as the class writes it."""
    entries = entries_of(version, section)
    parts = [_part(*pair) for pair in zip(submission.parts, entries, strict=False)]
    if parts:
        response, reading = in_one(tuple(part["response"] for part in parts)), ""
    else:
        entry = entry_of(version, section)
        response = entry.as_of_problem(submission.response)
        reading = entry.reading(submission.response)
    typed = submission.response if submission.response != response else ""
    return {"response": response, "typed": typed, "reading": reading, "parts": parts}


def _part(response: str, entry: Entry) -> dict[str, str]:
    """The row of one part, as `Attempt.parts` has it."""
    of_problem = entry.as_of_problem(response)
    row = {"response": of_problem, "reading": entry.reading(response)}
    return row if of_problem == response else row | {"typed": response}
