"""Grading and checking by a worker.

Workers take first what nobody has tried yet, and give it little time. What needs more comes last
and one at a time, so that ten such answers do not make a class wait for the rest.
"""

import logging
from datetime import timedelta

from django.db.models import F

from tutor.attempts.judging.judge import judge, record_grade
from tutor.attempts.models import Attempt, AttemptQuerySet
from tutor.attempts.sittings import settle_overdue
from tutor.attempts.working.checking import check_in_part, ran_out_of_time
from tutor.attempts.working.decimal_commas import has_decimal_comma_in
from tutor.attempts.working.proved_answer import record_working
from tutor.celery import app
from tutor.courses.models import Enrollment
from tutor.grading import Grade, Rule, Verdict
from tutor.limits import charge_cpu_to, has_cpu_left, recent_cpu_s, run_alone
from tutor.queueing import queue_on_commit

logger = logging.getLogger(__name__)

# Seconds of work.
FIRST_TRY_WORK_S = 0.3
THOROUGH_WORK_S = 4.0  # one after the other, so that a class waits for none of them
MAX_WAIT_S = 40.0  # on the clock, for a check of lines on a busy machine
MAX_TURN_S = 60  # on the clock; then its worker is ended
MAX_GRADINGS = 3  # a response that takes its worker with it each time is for a teacher
FORGOTTEN_AFTER = timedelta(seconds=15)
MAX_SWEPT = 500
LAST = 9  # priority of a message: what is quick comes before it


def queue_new(attempt: Attempt) -> None:
    """Have workers grade it, and check its lines."""
    queue_grading(attempt.pk)
    if attempt.is_check_due:
        queue_checking()


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
    with charge_cpu_to(attempt.enrollment.user_id):
        grade = judge(attempt, FIRST_TRY_WORK_S)
    if grade.rule == Rule.DEADLINE:
        queue_slow_grading()
    else:
        record_grade(attempt, grade)


@app.task(time_limit=MAX_TURN_S)
def grade_next_slow() -> None:
    """Grade one of those that took longer than a first try, and queue the next.

    Attempts are graded one at a time: while another worker does it, this one does nothing.
    """
    with run_alone("grading", max_s=MAX_TURN_S) as is_acquired:
        if not is_acquired:
            return
        if (attempt := _next_of(Attempt.with_practice.slow())) is not None:
            _grade_slowly(attempt)
    queue_next_slow()


@app.task(time_limit=MAX_TURN_S)
def check_next_working() -> None:
    """Check the lines of one attempt, and queue the next: see `grade_next_slow`."""
    with run_alone("checking", max_s=MAX_TURN_S) as is_acquired:
        if not is_acquired:
            return
        if (attempt := _next_of(Attempt.with_practice.with_check_due())) is not None:
            _check_slowly(attempt)
    queue_next_checking()


@app.task
def sweep_attempts() -> None:
    """Queue attempts again that were never judged: their process ended, or Redis was away."""
    for pk in Attempt.with_practice.untried().forgotten(FORGOTTEN_AFTER)[:MAX_SWEPT]:
        queue_grading(pk)
    queue_next_slow()
    queue_next_checking()


@app.task
def sweep_sittings() -> None:
    """Submit what students had typed when their time was over."""
    for attempt in settle_overdue(Enrollment.objects.all()):
        queue_new(attempt)


def _grade_slowly(attempt: Attempt) -> None:
    if attempt.gradings >= MAX_GRADINGS:
        record_grade(attempt, Grade(Verdict.UNDECIDED, score=0, rule=Rule.DEADLINE))
        return
    Attempt.with_practice.filter(pk=attempt.pk).update(gradings=F("gradings") + 1)
    with charge_cpu_to(attempt.enrollment.user_id):
        grade = judge(attempt, THOROUGH_WORK_S)
    record_grade(attempt, grade)


def _check_slowly(attempt: Attempt) -> None:
    # Counted before it is tried: one that ends its worker each time is left alone at last.
    rows = Attempt.with_practice.filter(pk=attempt.pk)
    rows.update(checkings_left=F("checkings_left") - 1)
    with charge_cpu_to(attempt.enrollment.user_id):
        checks = check_in_part(
            attempt.working,
            attempt.version,
            THOROUGH_WORK_S,
            MAX_WAIT_S,
            decimal_comma=has_decimal_comma_in(attempt),
        )
    if attempt.checkings_left > 1 and ran_out_of_time(attempt.working, checks):
        return  # the machine is busy, or the child was killed
    record_working(attempt, checks)
    logger.info("working checked pk=%s lines=%d", attempt.pk, len(checks))


def queue_next_slow() -> None:
    if _next_of(Attempt.with_practice.slow()) is not None:
        queue_slow_grading()


def queue_next_checking() -> None:
    if _next_of(Attempt.with_practice.with_check_due()) is not None:
        queue_checking()


def _next_of(attempts: AttemptQuerySet) -> Attempt | None:
    """The oldest attempt of the author whose requests used the least CPU time lately.

    So a student who submits many slow answers does not hold up others. None if every author has
    used up their CPU time in this minute.
    """
    by_age = attempts.order_by("submitted_at", "pk")
    waiting = list(by_age.values_list("pk", "enrollment__user")[:MAX_SWEPT])
    spent_s = recent_cpu_s({author for _, author in waiting})
    takers = [(spent_s[author], n) for n, (_, author) in enumerate(waiting) if has_cpu_left(author)]
    if not takers:
        return None
    _, first = min(takers)
    return attempts.select_related("version", "enrollment").filter(pk=waiting[first][0]).first()
