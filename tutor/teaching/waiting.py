"""Answers that wait for a teacher's decision."""

from collections.abc import Iterable

from django.db.models import BooleanField, Case, Count, QuerySet, Value, When

from tutor.attempts.models import Attempt
from tutor.courses.models import Section


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


def waiting_counts(sections: Iterable[Section]) -> dict[int, int]:
    """By section, without those in which nothing waits. One query."""
    attempts = Attempt.objects.waiting().filter(enrollment__section__in=sections)
    counts = attempts.order_by().values_list("enrollment__section")
    return dict(counts.annotate(count=Count("pk")))
