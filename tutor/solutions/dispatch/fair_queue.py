"""Which solution is worked out next: the one with the lowest priority number, then the oldest.

A student's number is how many tokens were written for them today. So whoever has had the least
comes first, however much others ask for. A few solutions of teachers, who show them to a class,
come before all students', and so do those of an administrator at the command line. What is
prepared in advance comes last, when nobody waits.

The number is stored with the row: one index finds the next solution, and how many come before one.
"""

from datetime import datetime

from django.conf import settings
from django.db.models import Count, Q, QuerySet, Sum

from tutor.courses.models import Enrollment
from tutor.prepared import prepared
from tutor.solutions.models import Solution, State
from tutor.solutions.models.solution import day_began_at

HIGHEST_PRIORITY = -1
LOWEST_PRIORITY = 2**40  # more tokens than anybody is ever served
UNFINISHED = 4_096  # tokens that a solution counts until it is known how many it took


def priority_for(enrollment: Enrollment | None) -> int:
    """The priority of what a person waits for from now on; None: somebody who is no student."""
    if enrollment is not None:
        return _tokens_of(enrollment)
    unfinished = Solution.objects.exclude(state=State.ENDED).filter(priority=HIGHEST_PRIORITY)
    return HIGHEST_PRIORITY if unfinished.count() < settings.TEACHER_SLOTS else 0


def _tokens_of(enrollment: Enrollment) -> int:
    """The student's tokens of today, with those that are still to be written."""
    begun_by = _served_and_unfinished(enrollment.pk, day_began_at(enrollment.section))
    served, unfinished = next(iter(begun_by), (None, 0))
    return (served or 0) + UNFINISHED * unfinished


@prepared
def _served_and_unfinished(
    enrollment_pk: int, since: datetime
) -> QuerySet[Solution, tuple[int | None, int]]:
    """The tokens of what was begun since then, and how many are not ended; no row for neither."""
    own = Solution.objects.filter(enrollment=enrollment_pk).order_by().values("enrollment")
    counted = own.annotate(
        served=Sum("completion_tokens", filter=Q(created_at__gte=since)),
        unfinished=Count("pk", filter=~Q(state=State.ENDED)),
    )
    return counted.values_list("served", "unfinished")


def move_up(solution: Solution, priority: int) -> None:
    """Give it the priority of another person who waits for it too, where that is better."""
    if priority >= solution.priority:
        return
    later = Solution.objects.filter(pk=solution.pk, state=State.QUEUED, priority__gt=priority)
    later.update(priority=priority)
