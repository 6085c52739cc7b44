"""Students by the items of one assignment."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils import timezone
from django.utils.functional import cached_property

from tutor.assignments.models import Assignment, Item
from tutor.attempts.counting import ProgressState
from tutor.courses.models import Enrollment
from tutor.teaching.gradebook.arrivals import Arrivals, arrivals, is_arrived_later
from tutor.teaching.gradebook.marks import ItemMark, Marks
from tutor.teaching.gradebook.points import NOTHING, percent, plain
from tutor.teaching.gradebook.terms import OwnTerms, assigned_pairs, is_assigned, own_terms
from tutor.teaching.gradebook.totals import totals
from tutor.teaching.students import name_of


class AssignmentRow:
    """One student's results in one assignment."""

    def __init__(self, enrollment: Enrollment, table: "AssignmentTable", marks: Marks) -> None:
        self.enrollment, self.name = enrollment, name_of(enrollment)
        self._items, self._marks, self._max_points = table.items, marks, table.max_points
        terms = table.terms.get((enrollment.pk, table.assignment.pk), table.assignment)
        self._due_at = terms.due_at
        self._came_later = is_arrived_later(enrollment, terms.due_at, table.arrivals)
        item_points = (marks.points(enrollment.pk, item.pk) for item in table.items)
        self.points = sum((points for points in item_points if points), NOTHING)

    @cached_property
    def marks(self) -> list[ItemMark | None]:
        """In the order of the items; None for an item without an attempt."""
        return [self._marks.get(self.enrollment.pk, item.pk) for item in self._items]

    @property
    def percent(self) -> Decimal | None:
        return percent(self.points, self._max_points)

    @property
    def points_text(self) -> str:
        return plain(self.points)

    @property
    def is_untouched(self) -> bool:
        return not any(self.marks)

    @property
    def has_result(self) -> bool:
        """Whether there is something to show: nothing handed in counts as zero once it is due."""
        is_due = self._due_at <= timezone.now() and not self._came_later
        return not self.is_untouched or is_due

    @property
    def is_before_arrival(self) -> bool:
        """Whether it was due before the student came, who has answered nothing in it."""
        return self.is_untouched and self._came_later

    @property
    def is_unfinished(self) -> bool:
        return any(mark is None or mark.state != ProgressState.CORRECT for mark in self.marks)

    @property
    def is_waiting(self) -> bool:
        return any(mark is not None and mark.is_undecided for mark in self.marks)


class AssignmentTable:
    def __init__(self, assignment: Assignment) -> None:
        self.assignment = assignment

    @cached_property
    def terms(self) -> OwnTerms:
        return own_terms(self.assignment.section)

    @cached_property
    def arrivals(self) -> Arrivals:
        return arrivals(self.assignment.section)

    def assigned(self, enrollments: Iterable[Enrollment]) -> list[Enrollment]:
        """The students who have this assignment."""
        pairs = assigned_pairs(self.assignment.section)
        return [
            enrollment
            for enrollment in enrollments
            if is_assigned(self.assignment, enrollment, pairs)
        ]

    @cached_property
    def items(self) -> list[Item]:
        items = Item.objects.filter(problem_set=self.assignment.problem_set_id)
        return list(items.select_related("problem__current"))

    @cached_property
    def max_points(self) -> Decimal:
        return sum((item.points for item in self.items), NOTHING)

    def rows(self, enrollments: list[Enrollment]) -> list[AssignmentRow]:
        marks = Marks([self.assignment], self.items, enrollments, self.terms)
        return [AssignmentRow(enrollment, self, marks) for enrollment in enrollments]

    def points(self, enrollments: list[Enrollment]) -> dict[int, Decimal]:
        """By enrollment, the sum over all items."""
        points = totals([self.assignment], self.items, enrollments, self.terms)
        return {
            enrollment.pk: points.get((enrollment.pk, self.assignment.pk), NOTHING)
            for enrollment in enrollments
        }

    def points_for(self, item: Item, enrollments: list[Enrollment]) -> dict[int, Decimal]:
        """By enrollment, without those who have no attempt."""
        points = totals([self.assignment], [item], enrollments, self.terms)
        return {enrollment: reached for (enrollment, _), reached in points.items()}
