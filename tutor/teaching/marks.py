"""What a class has reached, item by item: of each student's attempts the one that counts.

`attempts.gradebook.progress_on_item` says the same of one student's rows; a test holds the two
together. Here no rows are made of 24,000 attempts: that alone would take a second.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Case, F, Q, QuerySet, When

from tutor.assignments.models import Assignment, Item
from tutor.attempts.models import FREE, Attempt
from tutor.courses.models import Enrollment
from tutor.grading import Verdict

_CENT = Decimal("0.01")
_ASSIGNMENTS = "item__problem_set__assignments"


class Mark(NamedTuple):
    """One student's standing with one item. attempt: the key of the one that counts."""

    points: Decimal
    score: float
    is_open: bool
    order: int  # of two attempts that are worth the same the earlier one counts
    verdict: str
    is_late: int  # 0 or 1
    attempt: int
    tried: int

    @property
    def state(self) -> str:
        """As `attempts.gradebook.ItemProgress` names it."""
        if not self.verdict:
            return "pending"
        is_partly = self.verdict == Verdict.INCORRECT and self.score > 0
        return "partly" if is_partly else self.verdict


Terms = dict[tuple[int, int], Assignment]  # by enrollment and assignment, where they differ


class Marks:
    """By enrollment and item; as many queries, however many students and items there are."""

    def __init__(
        self,
        assignments: list[Assignment],
        items: Iterable[Item],
        places: Iterable[Enrollment],
        terms: Terms,
    ) -> None:
        self._best: dict[tuple[int, int], tuple[Any, ...]] = {}
        self._tried: dict[tuple[int, int], int] = {}
        self._points = _Worth(assignments, items).points
        own_terms = {enrollment for enrollment, _ in terms}
        everybody = {place.pk for place in places}
        self._take(_rows(assignments, items, everybody - own_terms))
        dated = dated_rows(assignments, everybody & own_terms)
        self._take(
            (*row, int(submitted_at > terms[row[0], assignment].due_at))
            for *row, assignment, submitted_at in dated
        )

    def _take(self, rows: Iterable[tuple[Any, ...]]) -> None:
        best, tried, points = self._best, self._tried, self._points
        for enrollment, item, pk, number, verdict, score, repeats, late in rows:
            if verdict in FREE:
                continue
            place, score = (enrollment, item), score or 0.0
            is_open = verdict is None or verdict == Verdict.UNDECIDED
            found = (points(item, score, late), score, is_open, -number, verdict or "", late, pk)
            known = best.get(place)
            if known is None or found > known:
                best[place] = found
            tried[place] = tried.get(place, 0) + (repeats is None)

    def get(self, enrollment: int, item: int) -> Mark | None:
        place = (enrollment, item)
        best = self._best.get(place)
        return Mark._make((*best, self._tried[place])) if best else None

    def points(self, enrollment: int, item: int) -> Decimal | None:
        """None where nothing was handed in."""
        best = self._best.get((enrollment, item))
        return best[0] if best else None


_COLUMNS = (
    *("enrollment_id", "item_id", "pk", "number", "grade__verdict", "grade__score"),
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
    """Of those for whom the assignment's own dates hold: the database says what is late.

    The dates are written into the query: joining them takes twice the time.
    """
    attempts = Attempt.objects.filter(at_items(assignments, items), enrollment__in=enrollments)
    late = Case(*(When(is_late(one), then=1) for one in assignments), default=0)
    return attempts.order_by().annotate(late=late).values_list(*_COLUMNS, "late")


def at_items(assignments: list[Assignment], items: Iterable[Item]) -> Q:
    """The index finds each place of one set; where many are wanted, it is read from end to end."""
    sets = [one.problem_set_id for one in assignments]
    return Q(item__problem_set__in=sets) if len(sets) > 1 else Q(item__in=items)


def is_late(assignment: Assignment) -> Q:
    return Q(item__problem_set=assignment.problem_set_id, submitted_at__gt=assignment.due_at)


def dated_rows(assignments: list[Assignment], enrollments: set[int]) -> QuerySet[Any, Any]:
    """Of the few who have dates of their own."""
    columns = (*_COLUMNS, f"{_ASSIGNMENTS}__pk", "submitted_at")
    return _attempts(assignments, enrollments).values_list(*columns)


class _Worth:
    """Points of scores, each worked out once: most of a class's scores are 0 or 1."""

    def __init__(self, assignments: Iterable[Assignment], items: Iterable[Item]) -> None:
        credit = {one.problem_set_id: Decimal(one.late_credit) / 100 for one in assignments}
        self.items = {item.pk: (item.points, credit[item.problem_set_id]) for item in items}
        self.known: dict[tuple[int, float, int], Decimal] = {}

    def points(self, item: int, score: float, late: int) -> Decimal:
        key = (item, score, late)
        if key not in self.known:
            points, credit = self.items[item]
            share = credit if late else Decimal(1)
            self.known[key] = (points * Decimal(str(score)) * share).quantize(_CENT)
        return self.known[key]
