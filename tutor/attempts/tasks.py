"""Taking a response and grading it: at once where that is quick, else by a worker.

Lines of working come with a response and are checked after it is stored and graded, in the same
two ways. The check runs in a child process that is killed when its time is over (see
`grading.step_process`), so a line that hangs it costs a request CHECK_AT_ONCE_S and nothing else:
the answer is in the database with its grade before the first line is looked at, and a worker goes
through the lines with more time. What it cannot check either stays unchecked, for good.

Workers take first what nobody has tried yet, and that shortly. What needs longer comes last and
one at a time, so that ten such answers do not make a class wait for the rest.
"""

import logging
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import get_language

from tutor.assignments.models import Assignment, Item, given_everywhere
from tutor.attempts.advice import advise
from tutor.attempts.help import highest_help
from tutor.attempts.models import Attempt, AttemptQuerySet, Draft, Practice, Terms, next_number
from tutor.attempts.repeating import note_repetition
from tutor.attempts.responses import Entry, Submission, entries_of, entry_of
from tutor.attempts.running_tests import is_held
from tutor.attempts.variants import variant_for
from tutor.attempts.working import check_working, is_checkable, ran_out_of_time
from tutor.celery import app
from tutor.courses.models import Enrollment
from tutor.grading import Grade, Rule, Unreadable, Verdict, grade_response
from tutor.grading.multipart import grade_parts
from tutor.limits import at_the_cost_of, lately_spent_s, may_work, run_alone
from tutor.problems.checks import feedback_on, feedback_on_parts
from tutor.problems.models import ProblemVersion
from tutor.queueing import queue_on_commit

logger = logging.getLogger(__name__)

# Nearly every answer is judged within a few milliseconds. What takes longer must neither hold a
# thread of the web server nor lose to a crowd that waits for the same two symbolic children, so
# it goes to a worker with a longer breath. Seconds of work:
AT_ONCE_S = 0.05
FIRST_TRY_S = 0.3  # by a worker
BY_A_WORKER_S = 4.0  # one after the other, so that a class waits for none of them
CHECK_AT_ONCE_S = 0.3  # on the clock, in another process
MAX_GRADINGS = 3  # a response that takes its worker with it each time is for a teacher
MAX_UNDECIDED = 5  # of one student at one item, where attempts are limited
MAX_CHECKINGS = 3
FORGOTTEN_AFTER = timedelta(seconds=15)
MAX_TURN_S = 60  # on the clock; then its worker is ended
MAX_SWEPT = 500
LAST = 9  # priority of a message: before it comes all that is quick


class Refusal(StrEnum):
    """Why a response made no attempt. It costs nothing."""

    CLOSED = "closed"
    NONE_LEFT = "none_left"
    RIGHT_ALREADY = "right_already"
    OVERTAKEN = "overtaken"  # another page of the student has handed in something else
    REVISED = "revised"  # the problem says something else now
    IN_TEST = "in_test"  # the problem is one of a test that runs for the student
    WAITING = "waiting"  # for a teacher, who has to decide so many of them already


def submit_response(
    enrollment: Enrollment, item: Item, submission: Submission, practice: Practice | None = None
) -> Attempt | Refusal:
    """Keep a response and judge it. The same action makes one attempt, however often it comes."""
    with transaction.atomic():
        stored, is_new = _store(enrollment, item, submission, practice)
    if isinstance(stored, Attempt) and is_new:
        logger.info("attempt stored pk=%s item=%s number=%s", stored.pk, item.pk, stored.number)
        _judge_at_once(stored)
    return stored


def _judge_at_once(attempt: Attempt) -> None:
    """Unless its author's requests have cost too much lately: then workers take their time."""
    author = attempt.enrollment.user_id
    if not may_work(author):
        queue_grading(attempt.pk)
        if attempt.working:
            queue_checking()
        return
    with at_the_cost_of(author):
        _grade_at_once(attempt)
        _check_at_once(attempt)


def _store(
    enrollment: Enrollment, item: Item, submission: Submission, practice: Practice | None
) -> tuple[Attempt | Refusal, bool]:
    # One student's answers come one after the other: by this lock, or by SQLite's only writer.
    lock_answers_of(enrollment)
    at_place = Attempt.with_practice.of_person(enrollment, item, practice)
    attempts = list(at_place.select_related("grade", "version"))
    if known := _known(attempts, submission):
        same = (known.response, tuple(known.working)) == (submission.response, submission.working)
        return (known if same else Refusal.OVERTAKEN), False
    if Attempt.with_practice.filter(enrollment=enrollment, action=submission.action).exists():
        return Refusal.OVERTAKEN, False  # it has made an attempt at another item
    version = practice.version if practice else variant_for(item, enrollment)
    if version.code != submission.version:
        return Refusal.REVISED, False
    given = given_everywhere(enrollment.user_id, item)
    assignment = next((one for one in given if one.enrollment == enrollment.pk), None)
    if assignment is None:
        return Refusal.CLOSED, False
    if is_held(enrollment.user, assignment, item, in_practice=practice is not None):
        return Refusal.IN_TEST, False
    here = [attempt for attempt in attempts if attempt.enrollment_id == enrollment.pk]
    if refusal := _refusal(practice or assignment, attempts, here):
        return refusal, False
    numbered = replace(submission, number=next_number(attempts))
    attempt = attempt_from(enrollment, item, version, numbered, practice=practice)
    if _is_full(practice or assignment, attempts) and not _needs_no_decision(attempt, attempts):
        return Refusal.WAITING, False
    Draft.objects.filter(enrollment=enrollment, item=item, practice=practice).delete()
    attempt.save(force_insert=True)
    return attempt, True


def _known(attempts: list[Attempt], submission: Submission) -> Attempt | None:
    """The attempt that this very action, or another page in its place, has made already."""
    same = (attempt for attempt in attempts if attempt.action == submission.action)
    there = (attempt for attempt in attempts if attempt.number == submission.number)
    return next(same, None) or next(there, None)


def lock_answers_of(enrollment: Enrollment) -> None:
    """All places of the person: what is done in one counts in the others.

    Raises Enrollment.DoesNotExist where the place is not there any more.
    """
    places = Enrollment.objects.filter(user=enrollment.user_id).order_by("pk")
    if enrollment.pk not in places.select_for_update().values_list("pk", flat=True):
        raise Enrollment.DoesNotExist


def _refusal(terms: Terms, attempts: list[Attempt], here: list[Attempt]) -> Refusal | None:
    """attempts: of the person at the item, in all sections. here: those in this one."""
    if not terms.takes_answers_at(timezone.now()):
        return Refusal.CLOSED
    if any(attempt.is_right for attempt in here):
        return Refusal.RIGHT_ALREADY
    if attempts_left(terms, attempts) == 0:
        return Refusal.NONE_LEFT
    return None


def _is_full(terms: Terms, attempts: list[Attempt]) -> bool:
    """Whether as many answers as may wait for a teacher do so."""
    is_open = (one.verdict == Verdict.UNDECIDED and one.repeats_id is None for one in attempts)
    return terms.attempts_allowed is not None and sum(is_open) >= MAX_UNDECIDED


def _needs_no_decision(attempt: Attempt, attempts: list[Attempt]) -> bool:
    """Whether it says the same as one that waits, or can be judged at once."""
    asked, author = (attempt.version_id, attempt.response), attempt.enrollment.user_id
    waiting = (one for one in attempts if one.verdict == Verdict.UNDECIDED)
    if any((one.version_id, one.response) == asked for one in waiting):
        return True
    if not may_work(author):
        return False
    with at_the_cost_of(author):
        return grade_of(attempt, AT_ONCE_S).verdict != Verdict.UNDECIDED


def attempts_left(terms: Terms, attempts: list[Attempt]) -> int | None:
    """None where there is no limit. attempts: of the person at the item, in all sections.

    Whoever was right in another section may say so once here.
    """
    if terms.attempts_allowed is None:
        return None
    used = sum(attempt.costs_attempt for attempt in attempts)
    return max(int(_is_right_only_elsewhere(terms, attempts)), terms.attempts_allowed - used)


def _is_right_only_elsewhere(terms: Terms, attempts: list[Attempt]) -> bool:
    if not isinstance(terms, Assignment):
        return False
    used_here = [
        one for one in attempts if one.costs_attempt and one.enrollment_id == terms.enrollment
    ]
    return not used_here and any(attempt.is_right for attempt in attempts)


def create_attempt(
    enrollment: Enrollment,
    item: Item,
    version: ProblemVersion,
    submission: Submission,
    **fields: Any,
) -> Attempt:
    """`fields` are further columns of it."""
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
    parts = [
        {"response": response, "reading": _reading(entry, response)}
        for response, entry in zip(submission.parts, entries_of(version), strict=False)
    ]
    return Attempt(
        enrollment=enrollment,
        item=item,
        version=version,
        number=submission.number,
        action=submission.action,
        response=submission.response,
        reading="" if parts else _reading(entry_of(version), submission.response),
        parts=parts,
        working=list(submission.working),
        checkings_left=MAX_CHECKINGS if is_checkable(submission.working) else 0,
        hidden_characters=submission.hidden,
        helped_by=highest_help(enrollment, item, version),
        language=get_language() or "en",
        **fields,
    )


def _reading(entry: Entry, response: str) -> str:
    try:
        return entry.read(response)
    except Unreadable:
        return ""


def grade_of(attempt: Attempt, within_s: float) -> Grade:
    return judged(attempt, attempt.version, within_s)


def judged(attempt: Attempt, version: ProblemVersion, within_s: float) -> Grade:
    """The response judged against the stored answer, which nothing else here reads."""
    response, key = attempt.response, version.checked_key
    if not response:  # the time was over while the student had typed working alone
        return Grade(Verdict.UNREADABLE, score=0, rule=Rule.EMPTY)
    if key.fault is not None:
        return Grade(Verdict.UNDECIDED, score=0, rule=key.fault)
    if key.parts:
        responses = attempt.part_responses
        grade = grade_parts(responses, key.parts, within_s, each=attempt.is_left_over)
        return feedback_on_parts(grade, responses, key.parts, key.expected, within_s)
    grade = grade_response(response, key.whole, within_s)
    if grade.verdict != Verdict.INCORRECT:
        return grade
    feedback = feedback_on(response, key.whole, key.expected, within_s)
    return replace(grade, rule=Rule.EXPECTED, feedback=feedback) if feedback else grade


def _grade_at_once(attempt: Attempt) -> None:
    grade = grade_of(attempt, AT_ONCE_S)
    if grade.rule == Rule.DEADLINE:
        queue_grading(attempt.pk)
    else:
        _record(attempt, grade)


def _check_at_once(attempt: Attempt) -> None:
    if not attempt.is_check_due:
        return
    if not Attempt.with_practice.with_check_due().filter(pk=attempt.pk).exists():
        return  # before the end of a test
    checks = check_working(attempt.working, attempt.version, CHECK_AT_ONCE_S)
    if ran_out_of_time(attempt.working, checks):
        queue_checking()
    else:
        attempt.record_checks(checks)


def queue_grading(pk: int) -> None:
    queue_on_commit(grade_attempt, pk)


def queue_slow_grading() -> None:
    queue_on_commit(grade_next_slow, priority=LAST)


def queue_checking() -> None:
    queue_on_commit(check_next_working, priority=LAST)


@app.task(time_limit=MAX_TURN_S)
def grade_attempt(pk: int) -> None:
    """The first try, which is short, so that nobody waits long for it."""
    pending = Attempt.with_practice.pending().filter(pk=pk)
    attempt = pending.select_related("version", "enrollment").first()
    if attempt is None:
        return  # delivered twice, or a teacher was faster
    if attempt.gradings:
        queue_slow_grading()
        return
    pending.update(gradings=1)
    with at_the_cost_of(attempt.enrollment.user_id):
        grade = grade_of(attempt, FIRST_TRY_S)
    if grade.rule == Rule.DEADLINE:
        queue_slow_grading()
    else:
        _record(attempt, grade)


@app.task(time_limit=MAX_TURN_S)
def grade_next_slow() -> None:
    """Grade one of those that took longer than a first try, and send for the next.

    They come one after the other: whoever finds another one at it leaves the rows to that one.
    """
    with run_alone("grading", max_s=MAX_TURN_S) as is_our_turn:
        if not is_our_turn:
            return
        if (attempt := _next_of(Attempt.with_practice.slow())) is not None:
            _grade_slowly(attempt)
    queue_next_slow()


def _grade_slowly(attempt: Attempt) -> None:
    if attempt.gradings >= MAX_GRADINGS:
        _record(attempt, Grade(Verdict.UNDECIDED, score=0, rule=Rule.DEADLINE))
        return
    Attempt.with_practice.filter(pk=attempt.pk).update(gradings=F("gradings") + 1)
    with at_the_cost_of(attempt.enrollment.user_id):
        grade = grade_of(attempt, BY_A_WORKER_S)
    _record(attempt, grade)


def queue_next_slow() -> None:
    if _next_of(Attempt.with_practice.slow()) is not None:
        queue_slow_grading()


def queue_next_working() -> None:
    if _next_of(Attempt.with_practice.with_check_due()) is not None:
        queue_checking()


def _next_of(attempts: AttemptQuerySet) -> Attempt | None:
    """The oldest of the author whose requests have cost least lately.

    So whoever hands in many that take long lets others go first. None where all authors have
    cost too much in this minute.
    """
    by_age = attempts.order_by("submitted_at", "pk")
    waiting = list(by_age.values_list("pk", "enrollment__user")[:MAX_SWEPT])
    spent_s = lately_spent_s({author for _, author in waiting})
    takers = [(spent_s[author], n) for n, (_, author) in enumerate(waiting) if may_work(author)]
    if not takers:
        return None
    _, first = min(takers)
    return attempts.select_related("version", "enrollment").filter(pk=waiting[first][0]).first()


def _record(attempt: Attempt, grade: Grade) -> None:
    if attempt.record(grade):
        advise(attempt)
        note_repetition(attempt)
        verdict, rule = grade.verdict, grade.rule
        logger.info("attempt graded pk=%s verdict=%s rule=%s", attempt.pk, verdict, rule)


@app.task(time_limit=MAX_TURN_S)
def check_next_working() -> None:
    """Check the lines of working of one attempt, and send for the next: see `grade_next_slow`."""
    with run_alone("checking", max_s=MAX_TURN_S) as is_our_turn:
        if not is_our_turn:
            return
        if (attempt := _next_of(Attempt.with_practice.with_check_due())) is not None:
            _check_slowly(attempt)
    queue_next_working()


def _check_slowly(attempt: Attempt) -> None:
    # Counted before it is tried: one that ends its worker each time is left alone at last.
    rows = Attempt.with_practice.filter(pk=attempt.pk)
    rows.update(checkings_left=F("checkings_left") - 1)
    with at_the_cost_of(attempt.enrollment.user_id):
        checks = check_working(attempt.working, attempt.version, BY_A_WORKER_S)
    attempt.record_checks(checks)
    logger.info("working checked pk=%s lines=%d", attempt.pk, len(checks))


@app.task
def sweep_attempts() -> None:
    """Send again what was stored and never judged: its process ended, or no broker was there."""
    for pk in Attempt.with_practice.untried().forgotten(FORGOTTEN_AFTER)[:MAX_SWEPT]:
        queue_grading(pk)
    queue_next_slow()
    queue_next_working()
