"""Which solution is worked out next: the one with the lowest priority number, then the oldest.

A student's number is how many tokens were written for them today. So whoever has had the least
comes first, however much others ask for. A few solutions of teachers, who show them to a class,
come before all students', and so do those of an administrator at the command line. What is
prepared in advance comes last, when nobody waits.

The number is stored with the row: one index finds the next solution, and how many come before one.
"""

from django.conf import settings
from django.db.models import Sum

from tutor.courses.models import Enrollment
from tutor.solutions.models import Solution, State

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
    solutions = Solution.objects.filter(enrollment=enrollment)
    today = solutions.begun_today(enrollment.section)
    served = today.aggregate(tokens=Sum("completion_tokens"))["tokens"] or 0
    return int(served) + UNFINISHED * solutions.exclude(state=State.ENDED).count()


def move_up(solution: Solution, priority: int) -> None:
    """Give it the priority of another person who waits for it too, where that is better."""
    later = Solution.objects.filter(pk=solution.pk, state=State.QUEUED, priority__gt=priority)
    later.update(priority=priority)
