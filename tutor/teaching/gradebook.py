"""The gradebook of a class: students by items of an assignment, and students by assignments."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property, lru_cache

from django.utils import timezone

from tutor.assignments.models import Assignment, Item, overridden_terms
from tutor.courses.models import Enrollment, Section
from tutor.teaching.marks import Mark, Marks, Terms
from tutor.teaching.models import Exemption
from tutor.teaching.totals import Totals, totals

_HUNDRED = Decimal(100)
_TENTH = Decimal("0.1")
NOTHING = Decimal(0)


@lru_cache(maxsize=4096)
def plain(number: Decimal) -> str:
    """2.50 as 2.5, and 3.00 as 3."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(points: Decimal, most: Decimal) -> Decimal | None:
    """With one decimal; None of nothing."""
    return (_HUNDRED * points / most).quantize(_TENTH) if most else None


def name_of(place: Enrollment) -> str:
    """The last name first, by which the rows are sorted."""
    user = place.user
    if user.last_name and user.first_name:
        return f"{user.last_name}, {user.first_name}"
    return user.last_name or user.first_name or user.username


class Row:
    """A student of an assignment."""

    def __init__(self, place: Enrollment, table: "AssignmentTable", marks: Marks) -> None:
        self.place, self.name = place, name_of(place)
        self._items, self._marks, self._most = table.items, marks, table.most_points
        found = (marks.points(place.pk, item.pk) for item in table.items)
        self.points = sum((points for points in found if points), NOTHING)

    @cached_property
    def marks(self) -> list[Mark | None]:
        """In the order of the items; None where nothing was handed in."""
        return [self._marks.get(self.place.pk, item.pk) for item in self._items]

    @property
    def percent(self) -> Decimal | None:
        return percent(self.points, self._most)

    @property
    def points_text(self) -> str:
        return plain(self.points)

    @property
    def is_untouched(self) -> bool:
        return not any(self.marks)

    @property
    def is_unfinished(self) -> bool:
        return any(mark is None or mark.state != "correct" for mark in self.marks)

    @property
    def is_waiting(self) -> bool:
        return any(mark is not None and mark.is_open for mark in self.marks)


class AssignmentTable:
    """Students by the items of one assignment."""

    def __init__(self, assignment: Assignment) -> None:
        self.assignment = assignment

    @cached_property
    def terms(self) -> Terms:
        return own_terms(self.assignment.section)

    def given(self, places: Iterable[Enrollment]) -> list[Enrollment]:
        """Those to whom it is given."""
        named = named_for(self.assignment.section)
        return [place for place in places if is_given(self.assignment, place, named)]

    @cached_property
    def items(self) -> list[Item]:
        items = Item.objects.filter(problem_set=self.assignment.problem_set_id)
        return list(items.select_related("problem__current"))

    @cached_property
    def most_points(self) -> Decimal:
        return sum((item.points for item in self.items), NOTHING)

    def rows(self, places: list[Enrollment]) -> list[Row]:
        marks = Marks([self.assignment], self.items, places, self.terms)
        return [Row(place, self, marks) for place in places]

    def points(self, places: list[Enrollment]) -> dict[int, Decimal]:
        """By enrollment, what the items come to."""
        found = totals([self.assignment], self.items, places, self.terms)
        return {place.pk: found.get((place.pk, self.assignment.pk), NOTHING) for place in places}

    def points_for(self, item: Item, places: list[Enrollment]) -> dict[int, Decimal]:
        """By enrollment; absent where nothing was handed in."""
        found = totals([self.assignment], [item], places, self.terms)
        return {enrollment: points for (enrollment, _), points in found.items()}


def own_terms(section: Section) -> Terms:
    """For each student who is granted something, what holds in each assignment."""
    differing = overridden_terms(section)
    assignments = list(section.assignments.all())
    return {
        (place, one.pk): differing.get((place, one.pk), one)
        for place in {place for place, _ in differing}
        for one in assignments
    }


def named_for(section: Section) -> set[tuple[int, int]]:
    """Assignment and enrollment, of the assignments that are not for everybody."""
    rows = Assignment.objects.filter(section=section, for_all=False).for_students(
        section.enrollments.all(), "effective_due_at"
    )
    return {(row.pk, row.enrollment) for row in rows}


def is_given(assignment: Assignment, place: Enrollment, named: set[tuple[int, int]]) -> bool:
    return assignment.for_all or (assignment.pk, place.pk) in named


@dataclass(slots=True)
class Result:
    """What one student has reached in one assignment.

    is_given: the student has it. is_counted: it is due for them, with points and a weight, and
    they are not exempt. is_dropped: it would count, but it is one of the lowest, which the section
    leaves out.
    """

    assignment: Assignment
    points: Decimal
    most_points: Decimal
    is_begun: bool
    is_given: bool
    is_counted: bool
    exemption: str = ""
    is_dropped: bool = False

    @property
    def percent(self) -> Decimal | None:
        return percent(self.points, self.most_points)

    @property
    def points_text(self) -> str:
        return plain(self.points)


@dataclass(frozen=True, slots=True)
class Student:
    """A student of a section, with a result for each of its assignments."""

    place: Enrollment
    name: str
    results: list[Result]
    total: Decimal | None  # in percent

    @property
    def is_missing_one(self) -> bool:
        return any(one.is_counted and not one.is_begun for one in self.results)

    @property
    def is_below_half(self) -> bool:
        return self.total is not None and self.total < 50


class SectionTable:
    """Students by assignments, with what the assignments come to together."""

    def __init__(self, section: Section, now: datetime | None = None) -> None:
        self.section = section
        self.now = now or timezone.now()

    @cached_property
    def assignments(self) -> list[Assignment]:
        assignments = Assignment.objects.filter(section=self.section)
        return list(assignments.select_related("problem_set").order_by("due_at", "pk"))

    @cached_property
    def items(self) -> dict[int, list[Item]]:
        """By problem set."""
        found: dict[int, list[Item]] = defaultdict(list)
        sets = {one.problem_set_id for one in self.assignments}
        for item in Item.objects.filter(problem_set__in=sets):
            found[item.problem_set_id].append(item)
        return found

    def most_of(self, assignment: Assignment) -> Decimal:
        items = self.items[assignment.problem_set_id]
        return sum((item.points for item in items), NOTHING)

    def students(self, places: list[Enrollment]) -> list[Student]:
        every_item = [item for items in self.items.values() for item in items]
        points = totals(self.assignments, every_item, places, self.terms)
        most = {one.pk: self.most_of(one) for one in self.assignments}
        exempt = {
            (one.enrollment_id, one.assignment_id): one.reason
            for one in Exemption.objects.filter(assignment__section=self.section)
        }
        return [self._student(place, points, most, exempt) for place in places]

    def percents(self, assignment: int, places: list[Enrollment]) -> dict[int, Decimal | None]:
        """By enrollment, of the assignment at this place among the columns."""
        return {one.place.pk: one.results[assignment].percent for one in self.students(places)}

    def percent_totals(self, places: list[Enrollment]) -> dict[int, Decimal | None]:
        return {one.place.pk: one.total for one in self.students(places)}

    @cached_property
    def terms(self) -> Terms:
        return own_terms(self.section)

    @cached_property
    def named(self) -> set[tuple[int, int]]:
        return named_for(self.section)

    def _student(
        self,
        place: Enrollment,
        points: Totals,
        most: dict[int, Decimal],
        exempt: dict[tuple[int, int], str],
    ) -> Student:
        results = [
            self._result(place, one, points, most[one.pk], exempt.get((place.pk, one.pk), ""))
            for one in self.assignments
        ]
        drop_lowest(results, self.section.lowest_dropped)
        return Student(place, name_of(place), results, total_of(results))

    def _result(
        self,
        place: Enrollment,
        assignment: Assignment,
        points: Totals,
        most: Decimal,
        exemption: str,
    ) -> Result:
        found = points.get((place.pk, assignment.pk))
        due_at = self.terms.get((place.pk, assignment.pk), assignment).due_at
        given = is_given(assignment, place, self.named)
        counts = given and most > 0 and assignment.weight > 0 and due_at <= self.now
        return Result(
            assignment=assignment,
            points=NOTHING if found is None else found,
            most_points=most,
            is_begun=found is not None,
            is_given=given,
            is_counted=counts and not exemption,
            exemption=exemption,
        )


def drop_lowest(results: Iterable[Result], count: int) -> None:
    """Leave out the lowest of those that count; the best one always stays."""
    counted = sorted((one for one in results if one.is_counted), key=_share)
    for one in counted[: max(0, min(count, len(counted) - 1))]:
        one.is_dropped, one.is_counted = True, False


def _share(result: Result) -> Decimal:
    return result.points / result.most_points


def total_of(results: Iterable[Result]) -> Decimal | None:
    """The weighted mean of what counts, in percent; None as long as nothing does."""
    counted = [one for one in results if one.is_counted]
    weights = sum((one.assignment.weight for one in counted), NOTHING)
    reached = sum((one.assignment.weight * _share(one) for one in counted), NOTHING)
    return percent(reached, weights)


def in_batches(places: list[Enrollment], size: int = 100) -> Iterator[list[Enrollment]]:
    """So that an export holds the attempts of a hundred students at a time."""
    for start in range(0, len(places), size):
        yield places[start : start + size]
