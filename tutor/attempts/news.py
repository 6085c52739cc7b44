"""What a teacher has said about a student's attempts, until the student has looked at it."""

from django.db.models import QuerySet

from accounts.models import User
from tutor.assignments.models import Assignment
from tutor.attempts.models import Attempt, GradeChange
from tutor.attempts.results.item_progress import points_of
from tutor.attempts.sealing import sealed_sets
from tutor.courses.models import Enrollment
from tutor.prepared import prepared

MAX_NEWS = 20
_REGRADE = GradeChange.Source.REGRADE


def news_of(user: User) -> list[Attempt]:
    """The newest first, without sealed ones. Answers to one problem that were graded again are news
    once.
    """
    unread = _news_of(user.pk)
    sealed = sealed_sets(user.pk) if unread else frozenset()
    by_event: dict[object, Attempt] = {}
    for attempt in unread:
        if attempt.item.problem_set_id in sealed:
            continue
        is_regraded = attempt.grade is not None and attempt.grade.source == _REGRADE
        by_event.setdefault((attempt.item_id,) if is_regraded else attempt.pk, attempt)
    news = list(by_event.values())
    _add_points(user, news)
    return news


def _add_points(user: User, news: list[Attempt]) -> None:
    """What each earns by the terms of its student; one query if there is any."""
    if not news:
        return
    assignments = Assignment.objects.for_students(Enrollment.objects.filter(user=user))
    rows = assignments.filter(problem_set__in={attempt.item.problem_set_id for attempt in news})
    terms = {(row.enrollment_pk, row.problem_set_id): row.for_student() for row in rows}
    for attempt in news:
        assignment = terms.get((attempt.enrollment_id, attempt.item.problem_set_id))
        if assignment is not None:
            attempt.earned_points = points_of(attempt, attempt.item, assignment)


@prepared
def _news_of(user_pk: int) -> QuerySet[Attempt]:
    news = Attempt.objects.filter(enrollment__user=user_pk, has_news=True)
    related = news.select_related("grade", "version", "item__problem_set", "review")
    return related.order_by("-grade__created_at", "-number")[:MAX_NEWS]


def note_news_read(attempt: Attempt) -> None:
    """Its student has opened it: of a regrade, the other answers to the problem are no news too."""
    read = Attempt.with_practice.filter(pk=attempt.pk)
    if attempt.grade and attempt.grade.source == _REGRADE:
        own = Attempt.with_practice.filter(enrollment=attempt.enrollment_id, item=attempt.item_id)
        read |= own.filter(has_news=True, grade__source=_REGRADE)
    read.update(has_news=False)
