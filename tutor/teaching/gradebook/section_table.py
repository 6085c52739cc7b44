"""Students by the assignments of a section, with a total for each student."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property

from tutor.assignments.models import Assignment, Item
from tutor.courses.models import Enrollment, Section
from tutor.teaching.gradebook.arrivals import Arrivals, arrivals, is_arrived_later
from tutor.teaching.gradebook.points import NOTHING, percent, plain
from tutor.teaching.gradebook.terms import OwnTerms, assigned_pairs, is_assigned, own_terms
from tutor.teaching.gradebook.totals import Totals, totals
from tutor.teaching.models import Exemption
from tutor.teaching.students import name_of


@dataclass(slots=True)
class AssignmentResult:
    """One student's result in one assignment.

    is_assigned: the student has the assignment. is_counted: it is due for the student, has points
    and a weight, and the student is not exempt. is_dropped: it would count, but is one of the
    lowest results, which the section leaves out. is_before_arrival: it was due before the student
    came, who has answered nothing in it.
    """

    assignment: Assignment
    points: Decimal
    max_points: Decimal
    is_begun: bool
    is_assigned: bool
    is_counted: bool
    exemption: str = ""
    is_dropped: bool = False
    is_before_arrival: bool = False

    @property
    def is_expected(self) -> bool:
        """Whether the student is one of those who are to work on it."""
        return self.is_assigned and not self.exemption and not self.is_before_arrival

    @property
    def percent(self) -> Decimal | None:
        return percent(self.points, self.max_points)

    @property
    def points_text(self) -> str:
        return plain(self.points)

    @property
    def share(self) -> Decimal:
        return self.points / self.max_points


@dataclass(frozen=True, slots=True)
class SectionRow:
    """One student's results in all assignments of a section. total: in percent."""

    enrollment: Enrollment
    name: str
    results: list[AssignmentResult]
    total: Decimal | None

    @property
    def is_missing_one(self) -> bool:
        return any(result.is_counted and not result.is_begun for result in self.results)

    @property
    def is_below_half(self) -> bool:
        return self.total is not None and self.total < 50


class Period(NamedTuple):
    """Instants between which an assignment is due; None sets no bound."""

    begin: datetime | None = None
    end: datetime | None = None

    @property
    def due(self) -> Q:
        """The assignments in it, by the date that holds for the whole section."""
        after = Q(due_at__gte=self.begin) if self.begin else Q()
        return after & Q(due_at__lt=self.end) if self.end else after


class SectionTable:
    """All assignments of a section, or those of a period; then its total is of these alone."""

    def __init__(
        self, section: Section, now: datetime | None = None, period: Period | None = None
    ) -> None:
        self.section = section
        self.now = now or timezone.now()
        self.period = period or Period()

    @cached_property
    def assignments(self) -> list[Assignment]:
        assignments = Assignment.objects.filter(self.period.due, section=self.section)
        return list(assignments.select_related("problem_set").order_by("due_at", "pk"))

    @cached_property
    def items(self) -> dict[int, list[Item]]:
        """By problem set."""
        items: dict[int, list[Item]] = defaultdict(list)
        sets = {assignment.problem_set_id for assignment in self.assignments}
        for item in Item.objects.filter(problem_set__in=sets):
            items[item.problem_set_id].append(item)
        return items

    def max_points(self, assignment: Assignment) -> Decimal:
        items = self.items[assignment.problem_set_id]
        return sum((item.points for item in items), NOTHING)

    def rows(self, enrollments: list[Enrollment]) -> list[SectionRow]:
        all_items = [item for items in self.items.values() for item in items]
        points = totals(self.assignments, all_items, enrollments, self.terms)
        max_points = {assignment.pk: self.max_points(assignment) for assignment in self.assignments}
        exemptions = {
            (exemption.enrollment_id, exemption.assignment_id): exemption.reason
            for exemption in Exemption.objects.filter(assignment__section=self.section)
        }
        return [self._row(enrollment, points, max_points, exemptions) for enrollment in enrollments]

    def percents(self, column: int, enrollments: list[Enrollment]) -> dict[int, Decimal | None]:
        """By enrollment, for the assignment in this column, from 0."""
        return {row.enrollment.pk: row.results[column].percent for row in self.rows(enrollments)}

    def percent_totals(self, enrollments: list[Enrollment]) -> dict[int, Decimal | None]:
        return {row.enrollment.pk: row.total for row in self.rows(enrollments)}

    @cached_property
    def terms(self) -> OwnTerms:
        return own_terms(self.section)

    @cached_property
    def arrivals(self) -> Arrivals:
        return arrivals(self.section)

    @cached_property
    def assigned_pairs(self) -> set[tuple[int, int]]:
        return assigned_pairs(self.section)

    def due_at(self, enrollment: Enrollment, assignment: Assignment) -> datetime:
        """When it is due for this student."""
        return self.terms.get((enrollment.pk, assignment.pk), assignment).due_at

    def _row(
        self,
        enrollment: Enrollment,
        points: Totals,
        max_points: dict[int, Decimal],
        exemptions: dict[tuple[int, int], str],
    ) -> SectionRow:
        results = [
            self._result(
                enrollment,
                assignment,
                points.get((enrollment.pk, assignment.pk)),
                max_points[assignment.pk],
                exemptions.get((enrollment.pk, assignment.pk), ""),
            )
            for assignment in self.assignments
        ]
        drop_lowest(results, self.section.lowest_dropped)
        return SectionRow(enrollment, name_of(enrollment), results, total_of(results))

    def _result(
        self,
        enrollment: Enrollment,
        assignment: Assignment,
        points: Decimal | None,
        max_points: Decimal,
        exemption: str,
    ) -> AssignmentResult:
        due_at = self.due_at(enrollment, assignment)
        assigned = is_assigned(assignment, enrollment, self.assigned_pairs)
        counts = assigned and max_points > 0 and assignment.weight > 0 and due_at <= self.now
        came_later = points is None and is_arrived_later(enrollment, due_at, self.arrivals)
        return AssignmentResult(
            assignment=assignment,
            points=NOTHING if points is None else points,
            max_points=max_points,
            is_begun=points is not None,
            is_assigned=assigned,
            is_counted=counts and not exemption and not came_later,
            exemption=exemption,
            is_before_arrival=came_later,
        )


def drop_lowest(results: Iterable[AssignmentResult], count: int) -> None:
    """Leave out the lowest of the counted results; the best one always stays."""
    counted = sorted(
        (result for result in results if result.is_counted), key=lambda result: result.share
    )
    for result in counted[: max(0, min(count, len(counted) - 1))]:
        result.is_dropped, result.is_counted = True, False


def total_of(results: Iterable[AssignmentResult]) -> Decimal | None:
    """The weighted mean of the counted results, in percent; None if nothing counts."""
    counted = [result for result in results if result.is_counted]
    weights = sum((result.assignment.weight for result in counted), NOTHING)
    reached = sum((result.assignment.weight * result.share for result in counted), NOTHING)
    return percent(reached, weights)
