"""The end of a student's time: the server submits what they had typed and not submitted.

By then the browser may be closed, offline or asleep, so it has no part in this. A sweep looks for
sittings that are over, and so does each page on which the student looks at one. Answers count as
they were stored last. What reaches the server after the end is not stored, but for a moment of
grace in which drafts that were on their way still arrive.
"""

import logging
from collections.abc import Iterable, Iterator
from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from tutor.assignments.models import Assignment, Sitting, parallel_assignments
from tutor.attempts.creating import attempts_left, create_attempt, lock_answers_of
from tutor.attempts.models import Attempt, Draft, next_number
from tutor.attempts.responses import Submission, in_one
from tutor.attempts.sealing import seal_at
from tutor.attempts.variants import variant_for
from tutor.courses.models import Enrollment, EnrollmentQuerySet
from tutor.prepared import prepared
from tutor.problems.models import ProblemVersion

logger = logging.getLogger(__name__)

GRACE = timedelta(seconds=5)  # in which a draft that was sent before the end may still arrive
SETTLE_AFTER = GRACE + timedelta(seconds=2)  # and be stored
MAX_AT_ONCE = 500  # sittings of one sweep


def takes_drafts(assignment: Assignment) -> bool:
    """Whether drafts are still stored. assignment: as its student has it."""
    if not assignment.is_timed:
        return True
    return timezone.now() <= assignment.stops_at + GRACE


def note_typing(assignment: Assignment) -> None:
    """After an extension a sitting that was settled goes on, and is settled once more."""
    if assignment.sitting_settled_at is not None:
        sittings = Sitting.objects.filter(
            assignment=assignment, enrollment=assignment.enrollment_pk
        )
        sittings.update(settled_at=None)


def has_unsettled(user: User) -> bool:
    return bool(_unsettled_of(user.pk))


@prepared
def _unsettled_of(user_pk: int) -> QuerySet[Sitting, int]:
    own = Sitting.objects.filter(enrollment__user=user_pk, settled_at=None)
    return own.values_list("pk", flat=True)[:1]


def settle_overdue(enrollments: EnrollmentQuerySet) -> Iterator[Attempt]:
    """Settle the sittings of these students that are over. Yields the attempts, for grading."""
    over = Assignment.objects.to_settle(enrollments, by=timezone.now() - SETTLE_AFTER)
    for row in over[:MAX_AT_ONCE]:
        yield from settle(row.for_student())


def settle(assignment: Assignment) -> list[Attempt]:
    """Submit all drafts of a sitting that is over. assignment: as its student has it."""
    with transaction.atomic():
        # The same lock as for submitting: a draft that becomes an attempt is none any more.
        enrollment = Enrollment.objects.get(pk=assignment.enrollment_pk)
        lock_answers_of(enrollment)
        drafts = list(_drafts_of(assignment))
        items = [draft.item_id for draft in drafts]
        if Attempt.objects.filter(enrollment=enrollment, item__in=items).pending().exists():
            return []  # whether an attempt is left will be known in a moment
        sitting = Sitting.objects.filter(assignment=assignment, enrollment=enrollment)
        if not sitting.filter(settled_at=None).update(settled_at=timezone.now()):
            return []  # another process was faster
        submitted = [_submitted(draft, enrollment, assignment) for draft in drafts]
    attempts = [attempt for attempt in submitted if attempt is not None]
    for attempt in attempts:
        logger.info("draft submitted pk=%s item=%s", attempt.pk, attempt.item_id)
    return attempts


def _drafts_of(assignment: Assignment) -> Iterable[Draft]:
    return (
        Draft.objects.filter(
            enrollment=assignment.enrollment_pk,
            practice=None,
            item__problem_set=assignment.problem_set_id,
            item__problem__current__isnull=False,
        )
        .select_related("item__problem__current")
        .order_by("pk")
    )


def _submitted(draft: Draft, enrollment: Enrollment, assignment: Assignment) -> Attempt | None:
    """None where it says nothing new, or no answer is taken any more: then the draft stays."""
    attempts = list(Attempt.objects.of_person(enrollment, draft.item).select_related("grade"))
    seal_at(enrollment.user_id, draft.item.problem_set_id, attempts)
    in_class = [attempt for attempt in attempts if attempt.enrollment_id == enrollment.pk]
    assignments = parallel_assignments(enrollment.user_id, draft.item)
    terms = next((row for row in assignments if row.pk == assignment.pk), assignment)
    if any(attempt.is_right for attempt in in_class) or attempts_left(terms, attempts) == 0:
        return None
    version = variant_for(draft.item, enrollment)
    submission = _submission(draft, version, next_number(attempts))
    if not _is_new(submission, in_class[-1] if in_class else None):
        return None
    attempt = create_attempt(
        enrollment,
        draft.item,
        version,
        submission,
        submitted_at=min(draft.saved_at, assignment.stops_at),
        is_left_over=True,
    )
    draft.delete()
    return attempt


def _submission(draft: Draft, version: ProblemVersion, number: int) -> Submission:
    count = len(version.parts)
    parts = tuple(text.strip() for text in [*draft.parts, *[""] * count][:count])
    return Submission(
        action=uuid4(),
        number=number,
        version=version.code,
        response=(in_one(parts) if any(parts) else "") if parts else draft.response.strip(),
        working=tuple(line for line in draft.working if line.strip()),
        parts=parts,
    )


def _is_new(submission: Submission, latest: Attempt | None) -> bool:
    """Whether it says more than the attempt before, with which the form begins."""
    if latest is None:
        return bool(submission.response or submission.working)
    is_answer_new = submission.response not in ("", latest.as_typed)
    is_working_new = bool(submission.working) and list(submission.working) != latest.working
    return is_answer_new or is_working_new
