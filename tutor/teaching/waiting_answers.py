"""Answers that wait for a teacher's decision."""

from collections.abc import Iterable, Sequence

from django.db.models import BooleanField, Case, Count, QuerySet, Value, When

from tutor.attempts.judging.advice import reading_key
from tutor.attempts.models import Attempt
from tutor.courses.models import Section
from tutor.grading import group_answers

GROUPING_WORK_S = 0.5  # for one page


def waiting_in(section: Section) -> QuerySet[Attempt]:
    """Oldest first. has_open_review: a student has asked for a review."""
    open_review = When(review__isnull=False, review__answered_at=None, then=Value(True))
    return (
        Attempt.objects.waiting()
        .filter(enrollment__section=section)
        .annotate(
            has_open_review=Case(open_review, default=Value(False), output_field=BooleanField())
        )
        .order_by("submitted_at", "pk")
    )


def alike_in(queue: Sequence[Attempt], attempt: Attempt) -> list[Attempt]:
    """The others in the queue that mean the same: not decided, or asked about by their students.

    Answers to several parts are alike where they are typed alike.
    """
    others = [
        waiting
        for waiting in queue
        if waiting.version_id == attempt.version_id and waiting != attempt
    ]
    key = reading_key(attempt.version)
    if key is None:
        return [other for other in others if other.response == attempt.response]
    texts = [attempt.response, *(other.response for other in others)]
    first, *_rest = group_answers(texts, key, GROUPING_WORK_S).groups
    return [others[index - 1] for index in first if index]


def waiting_counts(sections: Iterable[Section]) -> dict[int, int]:
    """By section, without those in which nothing waits. One query."""
    attempts = Attempt.objects.waiting().filter(enrollment__section__in=sections)
    counts = attempts.order_by().values_list("enrollment__section")
    return dict(counts.annotate(count=Count("pk")))
