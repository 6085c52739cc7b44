"""Whose solution is worked out next: the one with the lowest turn, and of those the oldest wish.

A student's turn is how many tokens were written for them today, so whoever has had the least comes
first, however much somebody else asks for. A few of the teachers' wishes come before all students',
for a class looks at them, and so do those of an administrator at the command line. What is prepared
comes last, when nobody waits.

The turn is stored with the wish: one index finds the next one, and how many come before.
"""

from django.conf import settings
from django.db.models import Sum

from tutor.courses.models import Enrollment
from tutor.solutions.models import Solution, State

FIRST = -1
LAST = 2**40  # more tokens than anybody is ever served
UNFINISHED = 4_096  # tokens that a solution counts until it is known how many it took


def turn_of(enrollment: Enrollment | None) -> int:
    """Of what somebody asks for now who waits for it; None: who is no student."""
    if enrollment is not None:
        return _tokens_of(enrollment)
    shown = Solution.objects.exclude(state=State.ENDED).filter(turn=FIRST)
    return FIRST if shown.count() < settings.TEACHER_SLOTS else 0


def _tokens_of(enrollment: Enrollment) -> int:
    """Of today, with those that are still to be written."""
    theirs = Solution.objects.filter(enrollment=enrollment)
    today = theirs.begun_today(enrollment.section)
    served = today.aggregate(tokens=Sum("completion_tokens"))["tokens"] or 0
    return int(served) + UNFINISHED * theirs.exclude(state=State.ENDED).count()


def move_up(solution: Solution, turn: int) -> None:
    """For somebody else who waits for it too, and whose own turn would come before."""
    later = Solution.objects.filter(pk=solution.pk, state=State.QUEUED, turn__gt=turn)
    later.update(turn=turn)
