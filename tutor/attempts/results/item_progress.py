"""A student's points for an item: those of the best attempt, less the late penalty.

Where verdicts come after the end, those of the last attempt.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from tutor.assignments.models import Assignment, Item
from tutor.attempts.counting import AttemptRank, ProgressState, points_for, rank
from tutor.attempts.models import Attempt
from tutor.attempts.results.practice_counts import NOTHING_PRACTISED, Practised

NOTHING = Decimal(0)


@dataclass(frozen=True)
class ItemProgress:
    """How far one student is with one item.

    best: the attempt that makes the points; state: its state. tries: without repeated answers.
    """

    state: ProgressState = ProgressState.NEW
    points: Decimal = NOTHING
    tries: int = 0
    is_late: bool = False
    best: Attempt | None = None
    practised: Practised = NOTHING_PRACTISED

    @property
    def is_right(self) -> bool:
        return self.state == ProgressState.CORRECT

    @property
    def is_sealed(self) -> bool:
        """Whether the student, whose progress it is, may not know what it came to."""
        return self.best is not None and self.best.is_sealed

    @property
    def is_helped(self) -> bool:
        """Whether there was help before the attempt that counts."""
        return bool(self.best and self.best.helped_by)

    @property
    def percent(self) -> int:
        return round(100 * self.best.score) if self.best else 0


def points_of(attempt: Attempt, item: Item, assignment: Assignment) -> Decimal:
    credit = assignment.credit_at(attempt.submitted_at)
    return points_for(item.points, Decimal(str(attempt.score)) * credit)


def progress_on_item(
    attempts: Iterable[Attempt], item: Item, assignment: Assignment
) -> ItemProgress:
    """From the attempts of one student at one item, with their grades."""
    attempts = [attempt for attempt in attempts if attempt.is_counted]
    if not attempts:
        return ItemProgress()

    def rank_of(attempt: Attempt) -> AttemptRank:
        points = points_of(attempt, item, assignment)
        return rank(points, attempt.score, attempt.verdict, attempt.number)

    if assignment.withholds_verdicts:
        best = max(attempts, key=lambda attempt: attempt.number)
    else:
        best = max(attempts, key=rank_of)
    return ItemProgress(
        state=best.state,
        points=points_of(best, item, assignment),
        tries=sum(attempt.repeats_id is None for attempt in attempts),
        is_late=best.submitted_at > assignment.due_at,
        best=best,
    )


AttemptsByStudentAndItem = dict[tuple[int, int], list[Attempt]]


def attempts_by_student_and_item(attempts: Iterable[Attempt]) -> AttemptsByStudentAndItem:
    """By enrollment and item."""
    grouped: AttemptsByStudentAndItem = defaultdict(list)
    for attempt in attempts:
        grouped[attempt.enrollment_id, attempt.item_id].append(attempt)
    return grouped
