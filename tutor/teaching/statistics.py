"""How the items of an assignment went, and who does not get on with one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from statistics import median
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Max, Min, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.requests import AuthedRequest
from tutor.assignments.models import Assignment, Item
from tutor.attempts.models import FREE, Attempt, Practice, WithheldHelp
from tutor.attempts.practised import NOTHING_PRACTISED, Practised, practised_by_student_and_item
from tutor.courses.access import may_manage, visible_section
from tutor.courses.models import Enrollment, Section
from tutor.grading import Rule, Verdict
from tutor.grading.multipart import LETTERS
from tutor.teaching.access import assignment_or_404
from tutor.teaching.gradebook import name_of

STUCK_AFTER = 3  # wrong attempts in a row
MOST_STUCK = 200
WINDOWS = {
    "hour": (timedelta(hours=1), gettext_lazy("in the last hour")),
    "day": (timedelta(days=1), gettext_lazy("in the last 24 hours")),
    "week": (timedelta(weeks=1), gettext_lazy("in the last week")),
}
_COUNTED = ~Q(grade__verdict__in=FREE) | Q(grade=None)
_RIGHT = Q(grade__verdict=Verdict.CORRECT)


@dataclass
class Figures:
    """How one item went.

    tried, right, at_first, helped (right after help): students. withheld: hints and steps that
    nobody was shown, since they said the answer or were unsound. practised: further variants of
    all students. seconds: from a student's first answer to the right one, of those who needed more
    than one.
    """

    item: Item
    tried: int = 0
    right: int = 0
    at_first: int = 0
    helped: int = 0
    withheld: int = 0
    attempts: int = 0
    unreadable: int = 0
    undecided: int = 0
    practised: Practised = NOTHING_PRACTISED
    seconds: list[float] = field(default_factory=list)

    @property
    def percent_right(self) -> int | None:
        return round(100 * self.right / self.tried) if self.tried else None

    @property
    def unhelped(self) -> int:
        """Students who were right and had no help with it before."""
        return self.right - self.helped

    @property
    def percent_at_first(self) -> int | None:
        return round(100 * self.at_first / self.tried) if self.tried else None

    @property
    def mean_attempts(self) -> Decimal | None:
        if not self.tried:
            return None
        return (Decimal(self.attempts) / self.tried).quantize(Decimal("0.1"))

    @property
    def median_time(self) -> str:
        """As minutes and seconds, or hours and minutes; empty where nobody needed a second try."""
        if not self.seconds:
            return ""
        minutes, seconds = divmod(round(median(self.seconds)), 60)
        if minutes < 60:
            return f"{minutes}:{seconds:02} min"
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02} h"

    def add(self, row: Mapping[str, Any]) -> None:
        """What one student did with it."""
        self.unreadable += row["unreadable"]
        self.undecided += row["undecided"]
        if not row["counted"]:
            return
        self.tried += 1
        self.attempts += row["counted"]
        if row["right_number"] is None:
            return
        self.right += 1
        self.helped += bool(row["right_helped"])
        if row["right_number"] == row["first_number"]:
            self.at_first += 1
        else:
            self.seconds.append((row["right_at"] - row["first_at"]).total_seconds())


def statistics_of(assignment: Assignment, items: Iterable[Item]) -> list[Figures]:
    """In the order of the items; three queries."""
    figures = {item.pk: Figures(item) for item in items}
    rows = (
        Attempt.objects.filter(
            item__in=figures,
            enrollment__section=assignment.section_id,
            enrollment__role=Enrollment.Role.STUDENT,
        )
        .order_by()
        .values("enrollment", "item")
        .annotate(
            counted=Count("pk", filter=_COUNTED),
            first_number=Min("number", filter=_COUNTED),
            right_helped=Count("pk", filter=_RIGHT & ~Q(helped_by="")),
            right_number=Min("number", filter=_RIGHT),
            first_at=Min("submitted_at", filter=_COUNTED),
            right_at=Min("submitted_at", filter=_RIGHT),
            unreadable=Count("pk", filter=Q(grade__verdict=Verdict.UNREADABLE)),
            undecided=Count("pk", filter=Q(grade__verdict=Verdict.UNDECIDED)),
        )
    )
    for row in rows:
        figures[row["item"]].add(row)
    section = assignment.section_id
    withheld = WithheldHelp.objects.filter(item__in=figures, enrollment__section=section)
    for item, count in withheld.order_by().values_list("item").annotate(Count("pk")):
        figures[item].withheld = count
    practice = Practice.objects.filter(
        item__in=figures, enrollment__section=section, enrollment__role=Enrollment.Role.STUDENT
    )
    for (_, item), practised in practised_by_student_and_item(practice).items():
        figures[item].practised += practised
    return list(figures.values())


@dataclass(frozen=True)
class PartFigures:
    """How one part of an item went: numbers of students.

    carried: those of `right` that were so by their own answers to earlier parts alone.
    """

    letter: str
    tried: int
    right: int
    carried: int

    @property
    def percent_right(self) -> int | None:
        return round(100 * self.right / self.tried) if self.tried else None


def part_figures(assignment: Assignment, item: Item) -> list[PartFigures]:
    """One query; empty where the problem has no parts now."""
    count = len(item.version.parts) if item.version else 0
    if not count:
        return []
    tried: list[set[int]] = [set() for _ in range(count)]
    right: list[set[int]] = [set() for _ in range(count)]
    straight: list[set[int]] = [set() for _ in range(count)]
    rows = Attempt.objects.filter(
        item=item,
        enrollment__section=assignment.section_id,
        enrollment__role=Enrollment.Role.STUDENT,
    ).exclude(grade__verdict__in=FREE)
    for student, parts in rows.values_list("enrollment", "grade__parts"):
        for n, part in enumerate((parts or [])[:count]):
            if part["rule"] != Rule.LEFT_EMPTY:
                tried[n].add(student)
            if part["verdict"] == Verdict.CORRECT:
                right[n].add(student)
                if not part["carried"]:
                    straight[n].add(student)
    return [
        PartFigures(letter, len(tried[n]), len(right[n]), len(right[n] - straight[n]))
        for n, letter in enumerate(LETTERS[:count])
    ]


@dataclass(frozen=True)
class Stuck:
    """A student, the newest of their attempts at an item, and how many were wrong in a row."""

    attempt: Attempt
    name: str
    wrong: int


def stuck_in(section: Section, since: datetime) -> list[Stuck]:
    """Who has tried an item at least three times, the last time since then, and never got it."""
    places = (
        Attempt.objects.filter(enrollment__section=section, enrollment__role="student")
        .order_by()
        .values("enrollment", "item")
        .annotate(
            wrong=Count("pk", filter=Q(grade__verdict=Verdict.INCORRECT)),
            settled=Count("pk", filter=_RIGHT | Q(grade__verdict=Verdict.UNDECIDED)),
            newest=Max("pk"),
            last_at=Max("submitted_at"),
        )
        .filter(wrong__gte=STUCK_AFTER, settled=0, last_at__gte=since)
        .order_by("-last_at")[:MOST_STUCK]
    )
    wrong = {row["newest"]: row["wrong"] for row in places}
    attempts = Attempt.objects.select_related(
        *("enrollment__user", "version", "grade", "item__problem_set")
    ).in_bulk(wrong)
    return [Stuck(attempts[pk], name_of(attempts[pk].enrollment), n) for pk, n in wrong.items()]


@login_required
@require_safe
def statistics(request: AuthedRequest, code: UUID) -> HttpResponse:
    """All items of an assignment, each with the way to its wrong answers."""
    assignment = assignment_or_404(request.user, code)
    items = Item.objects.filter(problem_set=assignment.problem_set_id)
    figures = statistics_of(assignment, items.select_related("problem__current"))
    context = {
        "assignment": assignment,
        "section": assignment.section,
        "may_manage": may_manage(request.user, assignment.section),
        "figures": figures,
        "practised": [one for one in figures if one.practised.tried],
    }
    return render(request, "teaching/statistics.html", context)


@login_required
@require_safe
def stuck(request: AuthedRequest, code: UUID) -> HttpResponse:
    section = visible_section(request, code)
    chosen = request.GET.get("within", "")
    window = chosen if chosen in WINDOWS else "day"
    length, _ = WINDOWS[window]
    context = {
        "section": section,
        "may_manage": may_manage(request.user, section),
        "stuck": stuck_in(section, timezone.now() - length),
        "window": window,
        "windows": [(name, label) for name, (_, label) in WINDOWS.items()],
        "least": STUCK_AFTER,
    }
    return render(request, "teaching/stuck.html", context)
