"""The mark of each student for each item: the best of the student's attempts, or the last one where
verdicts come after the end.

`progress_on_item` in `attempts.results.item_progress` computes the same for one student; a test
compares the two.
This module builds no model objects: 24,000 attempts would take a second for that alone.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Case, F, Q, QuerySet, When

from tutor.assignments.models import Assignment, Item
from tutor.attempts.counting import (
    AttemptRank,
    ProgressState,
    is_counted,
    points_for,
    rank,
    state_of,
)
from tutor.attempts.models import Attempt
from tutor.courses.models import Enrollment
from tutor.teaching.gradebook.terms import OwnTerms

_ASSIGNMENTS = "item__problem_set__assignments"


class ItemMark(NamedTuple):
    """One student's result for one item. attempt: the pk of the attempt that counts."""

    points: Decimal
    score: float
    is_undecided: bool
    verdict: str | None
    is_late: bool
    attempt: int
    tries: int

    @property
    def state(self) -> ProgressState:
        return state_of(self.verdict, self.score)


class AttemptRow(NamedTuple):
    """What a mark needs of an attempt. verdict, score: None while it waits for its grade."""

    enrollment: int
    item: int
    pk: int
    number: int
    verdict: str | None
    score: float | None
    repeats: int | None


class _BestAttempt(NamedTuple):
    rank: AttemptRank
    row: AttemptRow
    is_late: bool

    def yields_to(self, other: "_BestAttempt", *, takes_last: bool) -> bool:
        if takes_last:
            return other.row.number > self.row.number
        return other.rank > self.rank


class Marks:
    """By enrollment and item. The number of queries does not grow with students and items."""

    def __init__(
        self,
        assignments: list[Assignment],
        items: Iterable[Item],
        enrollments: Iterable[Enrollment],
        terms: OwnTerms,
    ) -> None:
        self._best: dict[tuple[int, int], _BestAttempt] = {}
        self._tries: dict[tuple[int, int], int] = {}
        items = list(items)
        self._points = _PointsCache(assignments, items).points
        self._last_counts = items_with_last_counting(assignments, items)
        with_own_terms = {enrollment for enrollment, _ in terms}
        everybody = {enrollment.pk for enrollment in enrollments}
        self._take(_rows(assignments, items, everybody - with_own_terms))
        dated = dated_rows(assignments, everybody & with_own_terms)
        self._take(
            (row, submitted_at > terms[row.enrollment, assignment].due_at)
            for row, assignment, submitted_at in dated
        )

    def _take(self, rows: Iterable[tuple[AttemptRow, bool]]) -> None:
        """Each with whether it is late."""
        best, tries, points = self._best, self._tries, self._points
        for row, is_late in rows:
            if not is_counted(row.verdict):
                continue
            key, score = (row.enrollment, row.item), row.score or 0.0
            ranked = rank(points(row.item, score, is_late), score, row.verdict, row.number)
            current, previous = _BestAttempt(ranked, row, is_late), best.get(key)
            takes_last = row.item in self._last_counts
            if previous is None or previous.yields_to(current, takes_last=takes_last):
                best[key] = current
            tries[key] = tries.get(key, 0) + (row.repeats is None)

    def get(self, enrollment: int, item: int) -> ItemMark | None:
        key = (enrollment, item)
        if key not in self._best:
            return None
        (points, score, is_undecided, _), row, is_late = self._best[key]
        tries = self._tries[key]
        return ItemMark(points, score, is_undecided, row.verdict, is_late, row.pk, tries)

    def points(self, enrollment: int, item: int) -> Decimal | None:
        """None without an attempt."""
        best = self._best.get((enrollment, item))
        return best.rank.points if best else None


def items_with_last_counting(assignments: Iterable[Assignment], items: Iterable[Item]) -> set[int]:
    """Those of which the last attempt makes the mark: see `Assignment.withholds_verdicts`."""
    sets = {row.problem_set_id for row in assignments if row.withholds_verdicts}
    return {item.pk for item in items if item.problem_set_id in sets}


_COLUMNS = (  # as in `AttemptRow`
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
) -> Iterator[tuple[AttemptRow, bool]]:
    """Attempts of students without own terms. The database tells which are late.

    The dates are literals in the query, because joining them takes twice the time.
    """
    attempts = Attempt.objects.filter(at_items(assignments, items), enrollment__in=enrollments)
    late = Case(*(When(late_at(row), then=True) for row in assignments), default=False)
    for *columns, is_late in attempts.order_by().values_list(*_COLUMNS, late):
        yield AttemptRow._make(columns), is_late


def at_items(assignments: list[Assignment], items: Iterable[Item]) -> Q:
    """One set is looked up item by item in the index; several are read in one scan."""
    sets = [assignment.problem_set_id for assignment in assignments]
    return Q(item__problem_set__in=sets) if len(sets) > 1 else Q(item__in=items)


def late_at(assignment: Assignment) -> Q:
    return Q(item__problem_set=assignment.problem_set_id, submitted_at__gt=assignment.due_at)


def dated_rows(
    assignments: list[Assignment], enrollments: set[int]
) -> Iterator[tuple[AttemptRow, int, datetime]]:
    """Attempts of the few students with own terms, each with its assignment and its instant."""
    names = (*_COLUMNS, f"{_ASSIGNMENTS}__pk", "submitted_at")
    attempts = _attempts(assignments, enrollments).values_list(*names)
    for *columns, assignment, submitted_at in attempts:
        yield AttemptRow._make(columns), assignment, submitted_at


class _PointsCache:
    """Points of scores, each computed once: most scores of a class are 0 or 1."""

    def __init__(self, assignments: Iterable[Assignment], items: Iterable[Item]) -> None:
        credit = {
            assignment.problem_set_id: Decimal(assignment.late_credit) / 100
            for assignment in assignments
        }
        self.items = {item.pk: (item.points, credit[item.problem_set_id]) for item in items}
        self.known: dict[tuple[int, float, bool], Decimal] = {}

    def points(self, item: int, score: float, is_late: bool) -> Decimal:
        key = (item, score, is_late)
        if key not in self.known:
            max_points, credit = self.items[item]
            share = Decimal(str(score)) * (credit if is_late else Decimal(1))
            self.known[key] = points_for(max_points, share)
        return self.known[key]
