"""Statistics of the items of an assignment."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.utils.translation import gettext as _

from tutor.assignments.models import Assignment, Item
from tutor.attempts.counting import costing, counted
from tutor.attempts.models import Attempt, Practice, WithheldHelp
from tutor.attempts.results.practice_counts import (
    NOTHING_PRACTISED,
    Practised,
    practised_by_student_and_item,
)
from tutor.courses.models import Enrollment
from tutor.grading import Rule, Verdict
from tutor.grading.multipart import LETTERS

_COUNTED = counted()
_RIGHT = Q(grade__verdict=Verdict.CORRECT)


@dataclass
class ItemStatistics:
    """How one item went.

    students: who answered; of these right, partly (never right, and with some points), at_first,
    helped (right after help). attempts: which they used up of those allowed; trying: the students
    who used up any, since an answer that waits for a teacher, for instance, costs none. withheld:
    hints and steps that Lemma did not show because they gave the answer away or were unsound.
    practised: further variants of all students. seconds: from the first answer to the right one,
    for students who needed more than one answer.
    """

    item: Item
    students: int = 0
    right: int = 0
    partly: int = 0
    at_first: int = 0
    helped: int = 0
    withheld: int = 0
    attempts: int = 0
    trying: int = 0
    unreadable: int = 0
    undecided: int = 0
    practised: Practised = NOTHING_PRACTISED
    seconds: list[float] = field(default_factory=list)

    @property
    def percent_right(self) -> int | None:
        return round(100 * self.right / self.students) if self.students else None

    @property
    def unhelped(self) -> int:
        """The number of students who were right without help."""
        return self.right - self.helped

    @property
    def percent_at_first(self) -> int | None:
        return round(100 * self.at_first / self.students) if self.students else None

    @property
    def mean_attempts(self) -> Decimal | None:
        """Of those who used up any, so at least 1."""
        if not self.trying:
            return None
        return (Decimal(self.attempts) / self.trying).quantize(Decimal("0.1"))

    @property
    def median_time(self) -> str:
        """As minutes and seconds, or hours and minutes; empty if nobody needed a second try."""
        if not self.seconds:
            return ""
        minutes, seconds = divmod(round(median(self.seconds)), 60)
        if minutes < 60:
            return _("%(time)s min") % {"time": f"{minutes}:{seconds:02}"}
        hours, minutes = divmod(minutes, 60)
        return _("%(time)s h") % {"time": f"{hours}:{minutes:02}"}

    def add(self, row: Mapping[str, Any]) -> None:
        """Add one student's attempts."""
        self.unreadable += row["unreadable"]
        self.undecided += row["undecided"]
        if not row["counted"]:
            return
        self.students += 1
        self.attempts += row["costing"]
        self.trying += bool(row["costing"])
        if row["right_number"] is None:
            self.partly += bool(row["partly"])
            return
        self.right += 1
        self.helped += bool(row["right_helped"])
        if row["right_number"] == row["first_number"]:
            self.at_first += 1
        else:
            self.seconds.append((row["right_at"] - row["first_at"]).total_seconds())


def statistics_of(assignment: Assignment, items: Iterable[Item]) -> list[ItemStatistics]:
    """In the order of the items; three queries."""
    statistics = {item.pk: ItemStatistics(item) for item in items}
    in_class = {"item__in": statistics, "enrollment__section": assignment.section_id}
    of_students = {**in_class, "enrollment__role": Enrollment.Role.STUDENT}
    for row in _tries(Attempt.objects.filter(**of_students)):
        statistics[row["item"]].add(row)
    withheld = WithheldHelp.objects.filter(**in_class)
    for item, count in withheld.order_by().values_list("item").annotate(Count("pk")):
        statistics[item].withheld = count
    practice = Practice.objects.filter(**of_students)
    for (_student, item), practised in practised_by_student_and_item(practice).items():
        statistics[item].practised += practised
    return list(statistics.values())


def _tries(attempts: QuerySet[Attempt]) -> Iterable[Mapping[str, Any]]:
    """What `ItemStatistics.add` takes, for each student at each item."""
    by_student_and_item = attempts.order_by().values("enrollment", "item")
    return by_student_and_item.annotate(
        counted=Count("pk", filter=_COUNTED),
        costing=Count("pk", filter=costing()),
        first_number=Min("number", filter=_COUNTED),
        right_helped=Count("pk", filter=_RIGHT & ~Q(helped_by="")),
        right_number=Min("number", filter=_RIGHT),
        first_at=Min("submitted_at", filter=_COUNTED),
        right_at=Min("submitted_at", filter=_RIGHT),
        partly=Count("pk", filter=Q(grade__verdict=Verdict.INCORRECT, grade__score__gt=0)),
        unreadable=Count("pk", filter=Q(grade__verdict=Verdict.UNREADABLE)),
        undecided=Count("pk", filter=Q(grade__verdict=Verdict.UNDECIDED)),
    )


@dataclass(frozen=True)
class PartStatistics:
    """How one part of an item went: numbers of students.

    carried: of `right`, those whose answer is right only given their own answers to earlier parts.
    """

    letter: str
    students: int
    right: int
    carried: int

    @property
    def percent_right(self) -> int | None:
        return round(100 * self.right / self.students) if self.students else None


def part_statistics(assignment: Assignment, item: Item) -> list[PartStatistics]:
    """One query; empty if the problem has no parts now."""
    count = len(item.version.parts) if item.version else 0
    if not count:
        return []
    answered: list[set[int]] = [set() for _ in range(count)]
    right: list[set[int]] = [set() for _ in range(count)]
    straight: list[set[int]] = [set() for _ in range(count)]
    rows = Attempt.objects.counted().filter(
        item=item,
        enrollment__section=assignment.section_id,
        enrollment__role=Enrollment.Role.STUDENT,
    )
    for student, parts in rows.values_list("enrollment", "grade__parts"):
        for n, part in enumerate((parts or [])[:count]):
            if part["rule"] != Rule.LEFT_EMPTY:
                answered[n].add(student)
            if part["verdict"] == Verdict.CORRECT:
                right[n].add(student)
                if not part["carried"]:
                    straight[n].add(student)
    return [
        PartStatistics(letter, len(answered[n]), len(right[n]), len(right[n] - straight[n]))
        for n, letter in enumerate(LETTERS[:count])
    ]
