"""Find students who keep giving wrong answers to an item."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q

from tutor.attempts.models import Attempt, GradeChange
from tutor.courses.models import Enrollment, Section
from tutor.grading import Verdict
from tutor.teaching.students import name_of

STUCK_AFTER = 3  # wrong attempts in a row
MAX_STUCK = 200
STUCK_WITHIN = timedelta(days=1)  # where nothing else is asked for


@dataclass(frozen=True)
class Stuck:
    """A student's newest attempt at an item, and how many were wrong."""

    attempt: Attempt
    name: str
    wrong: int


def stuck_in(section: Section, since: datetime) -> list[Stuck]:
    """Students with three or more wrong attempts at an item, the last after `since`, none right.

    Not those whose answer to it a teacher has graded, who has looked at it then.
    """
    by_hand = Q(grade__source=GradeChange.Source.TEACHER)
    is_settled = Q(grade__verdict__in=[Verdict.CORRECT, Verdict.UNDECIDED]) | by_hand
    rows = (
        Attempt.objects.filter(
            enrollment__section=section, enrollment__role=Enrollment.Role.STUDENT
        )
        .order_by()
        .values("enrollment", "item")
        .annotate(
            wrong=Count("pk", filter=Q(grade__verdict=Verdict.INCORRECT)),
            settled=Count("pk", filter=is_settled),
            newest=Max("pk"),
            last_at=Max("submitted_at"),
        )
        .filter(wrong__gte=STUCK_AFTER, settled=0, last_at__gte=since)
        .order_by("-last_at")[:MAX_STUCK]
    )
    wrong = {row["newest"]: row["wrong"] for row in rows}
    attempts = Attempt.objects.select_related(
        "enrollment__user", "version", "grade", "item__problem_set"
    ).in_bulk(wrong)
    return [
        Stuck(attempts[pk], name_of(attempts[pk].enrollment), count) for pk, count in wrong.items()
    ]


def students_count(stuck: Iterable[Stuck]) -> int:
    """How many students they are; each may be stuck at several problems."""
    return len({row.attempt.enrollment_id for row in stuck})
