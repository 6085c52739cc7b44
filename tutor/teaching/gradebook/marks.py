"""The mark of each student for each item: the best of the student's attempts.

`progress_on_item` in `attempts.results.item_progress` computes the same for one student; a test
compares the two.
This module builds no model objects: 24,000 attempts would take a second for that alone.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Case, F, Q, QuerySet, When

from tutor.assignments.models import Assignment, Item
from tutor.attempts.counting import ProgressState, is_counted, points_for, rank, state_of
from tutor.attempts.models import Attempt
from tutor.courses.models import Enrollment
from tutor.teaching.gradebook.terms import OwnTerms

_ASSIGNMENTS = "item__problem_set__assignments"


class ItemMark(NamedTuple):
    """One student's result for one item. attempt: the pk of the attempt that counts."""

    points: Decimal
    score: float
    is_open: bool
    order: int  # of two attempts with equal points, the earlier one counts
    verdict: str
    is_late: int  # 0 or 1
    attempt: int
    tries: int

    @property
    def state(self) -> ProgressState:
        return state_of(self.verdict, self.score)


class Marks:
    """By enrollment and item. The number of queries does not grow with students and items."""

    def __init__(
        self,
        assignments: list[Assignment],
        items: Iterable[Item],
        enrollments: Iterable[Enrollment],
        terms: OwnTerms,
    ) -> None:
        self._best: dict[tuple[int, int], tuple[Any, ...]] = {}
        self._tries: dict[tuple[int, int], int] = {}
        self._points = _PointsCache(assignments, items).points
        with_own_terms = {enrollment for enrollment, _ in terms}
        everybody = {enrollment.pk for enrollment in enrollments}
        self._take(_rows(assignments, items, everybody - with_own_terms))
        dated = dated_rows(assignments, everybody & with_own_terms)
        self._take(
            (*row, int(submitted_at > terms[row[0], assignment].due_at))
            for *row, assignment, submitted_at in dated
        )

    def _take(self, rows: Iterable[tuple[Any, ...]]) -> None:
        best, tries, points = self._best, self._tries, self._points
        for enrollment, item, pk, number, verdict, score, repeats, late in rows:
            if not is_counted(verdict):
                continue
            key, score = (enrollment, item), score or 0.0
            ranked = rank(points(item, score, late), score, verdict, number)
            mark = (*ranked, verdict or "", late, pk)
            previous = best.get(key)
            if previous is None or mark > previous:
                best[key] = mark
            tries[key] = tries.get(key, 0) + (repeats is None)

    def get(self, enrollment: int, item: int) -> ItemMark | None:
        key = (enrollment, item)
        best = self._best.get(key)
        return ItemMark._make((*best, self._tries[key])) if best else None

    def points(self, enrollment: int, item: int) -> Decimal | None:
        """None without an attempt."""
        best = self._best.get((enrollment, item))
        return best[0] if best else None


_COLUMNS = (
    "enrollment_id",
    "item_id",
    "pk",
    "number",
    "grade__verdict",
    "grade__score",
    "repeats_id",
)


def _attempts(assignments: list[Assignment], enrollments: set[int]) -> QuerySet[Attempt]:
    return Attempt.objects.filter(
        **{
            f"{_ASSIGNMENTS}__in": assignments,
            f"{_ASSIGNMENTS}__section": F("enrollment__section"),
            "enrollment__in": enrollments,
        }
    ).order_by()


def _rows(
    assignments: list[Assignment], items: Iterable[Item], enrollments: set[int]
) -> QuerySet[Any, Any]:
    """Attempts of students without own terms. The database tells which are late.

    The dates are literals in the query, because joining them takes twice the time.
    """
    attempts = Attempt.objects.filter(at_items(assignments, items), enrollment__in=enrollments)
    late = Case(*(When(is_late(assignment), then=1) for assignment in assignments), default=0)
    return attempts.order_by().annotate(late=late).values_list(*_COLUMNS, "late")


def at_items(assignments: list[Assignment], items: Iterable[Item]) -> Q:
    """One set is looked up item by item in the index; several are read in one scan."""
    sets = [assignment.problem_set_id for assignment in assignments]
    return Q(item__problem_set__in=sets) if len(sets) > 1 else Q(item__in=items)


def is_late(assignment: Assignment) -> Q:
    return Q(item__problem_set=assignment.problem_set_id, submitted_at__gt=assignment.due_at)


def dated_rows(assignments: list[Assignment], enrollments: set[int]) -> QuerySet[Any, Any]:
    """Attempts of the few students with own terms."""
    columns = (*_COLUMNS, f"{_ASSIGNMENTS}__pk", "submitted_at")
    return _attempts(assignments, enrollments).values_list(*columns)


class _PointsCache:
    """Points of scores, each computed once: most scores of a class are 0 or 1."""

    def __init__(self, assignments: Iterable[Assignment], items: Iterable[Item]) -> None:
        credit = {
            assignment.problem_set_id: Decimal(assignment.late_credit) / 100
            for assignment in assignments
        }
        self.items = {item.pk: (item.points, credit[item.problem_set_id]) for item in items}
        self.known: dict[tuple[int, float, int], Decimal] = {}

    def points(self, item: int, score: float, late: int) -> Decimal:
        key = (item, score, late)
        if key not in self.known:
            max_points, credit = self.items[item]
            share = Decimal(str(score)) * (credit if late else Decimal(1))
            self.known[key] = points_for(max_points, share)
        return self.known[key]
