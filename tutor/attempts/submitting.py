"""Taking a response: it is stored first, then judged at once where that is quick, else by a worker.

The lines of working that come with a response are checked once it is stored and graded, in the same
two ways. The check runs in a child process that is killed when its time is over (see
`grading.check_process.client`), so a line that hangs it costs a request a second and no more: the
answer is in the database with its grade before the first line is read, and a worker checks the
lines with more time. What it cannot check either stays unchecked.
"""

import logging
from dataclasses import replace
from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from tutor.assignments.models import Assignment, Item, parallel_assignments
from tutor.attempts.creating import attempt_from, attempts_left, lock_answers_of
from tutor.attempts.judging.judge import judge, record_grade
from tutor.attempts.models import Attempt, Draft, Practice, Terms, next_number
from tutor.attempts.responses import Submission
from tutor.attempts.running_tests import is_held
from tutor.attempts.sealing import seal_at
from tutor.attempts.sittings import has_unsettled, settle_overdue
from tutor.attempts.tasks import queue_checking, queue_grading, queue_new
from tutor.attempts.variants import variant_for
from tutor.attempts.working.checking import check_whole, ran_out_of_time
from tutor.attempts.working.decimal_commas import has_decimal_comma_in
from tutor.attempts.working.proved_answer import record_working
from tutor.courses.models import Enrollment
from tutor.grading import Rule, Verdict
from tutor.limits import NoCpuLeft, limited_cpu_of

logger = logging.getLogger(__name__)

# Nearly every answer is judged within a few milliseconds. What takes longer must neither hold a
# thread of the web server nor lose to a crowd that waits for the same two symbolic children, so a
# worker takes it, which has more time. Seconds of work:
AT_ONCE_WORK_S = 0.05
CHECK_AT_ONCE_WORK_S = 0.3  # in another process
MAX_UNDECIDED = 5  # of one student at one item, where attempts are limited


class Refusal(StrEnum):
    """Why a response made no attempt. It costs nothing."""

    CLOSED = "closed"
    NONE_LEFT = "none_left"
    RIGHT_ALREADY = "right_already"
    OVERTAKEN = "overtaken"  # another page of the student has submitted something else
    REVISED = "revised"  # the problem says something else now
    IN_TEST = "in_test"  # the problem is one of a test that runs for the student
    WAITING = "waiting"  # for a teacher, who has to decide so many of them already


def submit_response(
    enrollment: Enrollment, item: Item, submission: Submission, practice: Practice | None = None
) -> Attempt | Refusal:
    """Store a response and judge it. The same action makes one attempt, however often it comes."""
    with transaction.atomic():
        stored, is_new = _store(enrollment, item, submission, practice)
    if isinstance(stored, Attempt) and is_new:
        logger.info("attempt stored pk=%s item=%s number=%s", stored.pk, item.pk, stored.number)
        _judge_at_once(stored)
    return stored


def settle_for(user: User) -> None:
    """Submit what a student has left when their time was over.

    One query where there is nothing to do.
    """
    if has_unsettled(user):
        for attempt in settle_overdue(Enrollment.objects.filter(user=user)):
            queue_new(attempt)


def _store(
    enrollment: Enrollment, item: Item, submission: Submission, practice: Practice | None
) -> tuple[Attempt | Refusal, bool]:
    """The attempt, and whether it is new."""
    # One student's answers come one after the other: by this lock, or by SQLite's only writer.
    lock_answers_of(enrollment)
    of_person = Attempt.with_practice.of_person(enrollment, item, practice)
    attempts = list(of_person.select_related("grade", "version"))
    seal_at(enrollment.user_id, item.problem_set_id, attempts)
    if known := _known(attempts, submission):
        return (known if _says_the_same(known, submission) else Refusal.OVERTAKEN), False
    attempt = _new_attempt(enrollment, item, submission, practice, attempts)
    if isinstance(attempt, Refusal):
        return attempt, False
    Draft.objects.filter(enrollment=enrollment, item=item, practice=practice).delete()
    attempt.save(force_insert=True)
    return attempt, True


def _known(attempts: list[Attempt], submission: Submission) -> Attempt | None:
    """The attempt that this very action has made already, or another page with its number."""
    by_action = (attempt for attempt in attempts if attempt.action == submission.action)
    by_number = (attempt for attempt in attempts if attempt.number == submission.number)
    return next(by_action, None) or next(by_number, None)


def _says_the_same(attempt: Attempt, submission: Submission) -> bool:
    typed = (attempt.as_typed, tuple(attempt.working))
    return typed == (submission.response, submission.working)


def _new_attempt(
    enrollment: Enrollment,
    item: Item,
    submission: Submission,
    practice: Practice | None,
    attempts: list[Attempt],
) -> Attempt | Refusal:
    """Not stored yet. attempts: of the person at the item, in all classes."""
    if Attempt.with_practice.filter(enrollment=enrollment, action=submission.action).exists():
        return Refusal.OVERTAKEN  # it has made an attempt at another item
    version = practice.version if practice else variant_for(item, enrollment)
    if version.code != submission.version:
        return Refusal.REVISED
    assignment = _assignment_of(enrollment, item)
    if assignment is None:
        return Refusal.CLOSED
    if is_held(enrollment.user, assignment, item, in_practice=practice is not None):
        return Refusal.IN_TEST
    terms: Terms = practice or assignment
    if refusal := _refusal(terms, attempts, enrollment.pk):
        return refusal
    numbered = replace(submission, number=next_number(attempts))
    attempt = attempt_from(enrollment, item, version, numbered, practice=practice)
    if _too_many_wait(terms, attempts) and not _needs_no_decision(attempt, attempts):
        return Refusal.WAITING
    return attempt


def _assignment_of(enrollment: Enrollment, item: Item) -> Assignment | None:
    """The assignment of the item to this class, with the dates of this student."""
    assignments = parallel_assignments(enrollment.user_id, item)
    return next((row for row in assignments if row.enrollment_pk == enrollment.pk), None)


def _refusal(terms: Terms, attempts: list[Attempt], enrollment_pk: int) -> Refusal | None:
    """attempts: of the person at the item, in all classes."""
    if not terms.takes_answers_at(timezone.now()):
        return Refusal.CLOSED
    if any(attempt.is_right for attempt in attempts if attempt.enrollment_id == enrollment_pk):
        return Refusal.RIGHT_ALREADY
    if attempts_left(terms, attempts) == 0:
        return Refusal.NONE_LEFT
    return None


def _too_many_wait(terms: Terms, attempts: list[Attempt]) -> bool:
    """Whether as many answers as may wait for a teacher do so."""
    if terms.attempts_allowed is None:
        return False
    waiting = [
        attempt
        for attempt in attempts
        if attempt.verdict == Verdict.UNDECIDED and attempt.repeats_id is None
    ]
    return len(waiting) >= MAX_UNDECIDED


def _needs_no_decision(attempt: Attempt, attempts: list[Attempt]) -> bool:
    """Whether it says the same as an answer that waits, or can be judged at once."""
    for other in attempts:
        is_same = (other.version_id, other.response) == (attempt.version_id, attempt.response)
        if is_same and other.verdict == Verdict.UNDECIDED:
            return True
    try:
        with limited_cpu_of(attempt.enrollment.user_id):
            return judge(attempt, AT_ONCE_WORK_S).verdict != Verdict.UNDECIDED
    except NoCpuLeft:
        return False


def _judge_at_once(attempt: Attempt) -> None:
    """Judge it now, or queue it if its author's requests may use no more CPU time now."""
    try:
        with limited_cpu_of(attempt.enrollment.user_id):
            _grade_at_once(attempt)
            _check_at_once(attempt)
    except NoCpuLeft:
        queue_new(attempt)


def _grade_at_once(attempt: Attempt) -> None:
    grade = judge(attempt, AT_ONCE_WORK_S)
    if grade.rule == Rule.DEADLINE:
        queue_grading(attempt.pk)
    else:
        record_grade(attempt, grade)


def _check_at_once(attempt: Attempt) -> None:
    if not attempt.is_check_due:
        return
    if not Attempt.with_practice.with_check_due().filter(pk=attempt.pk).exists():
        return  # before the end of a test
    checks = check_whole(
        attempt.working,
        attempt.version,
        CHECK_AT_ONCE_WORK_S,
        decimal_comma=has_decimal_comma_in(attempt),
    )
    if ran_out_of_time(attempt.working, checks):
        queue_checking()
    else:
        record_working(attempt, checks)
