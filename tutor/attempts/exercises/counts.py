"""How many exercises a student has done at an item, for teachers."""

from dataclasses import dataclass

from django.db.models import Count, Q

from tutor.assignments.models import ExerciseKind, Item
from tutor.attempts.models import ExerciseResult
from tutor.courses.models import Enrollment


@dataclass(frozen=True)
class ExerciseCount:
    """right: without a line shown, or found at once."""

    kind: ExerciseKind
    done: int
    right: int


def exercise_counts(enrollment: Enrollment, item: Item) -> list[ExerciseCount]:
    """Of each kind that the student has done at all."""
    results = ExerciseResult.objects.filter(enrollment=enrollment, item=item).order_by("kind")
    counts = results.values("kind").annotate(
        done=Count("pk"), right=Count("pk", filter=Q(is_right=True))
    )
    return [ExerciseCount(ExerciseKind(row["kind"]), row["done"], row["right"]) for row in counts]
