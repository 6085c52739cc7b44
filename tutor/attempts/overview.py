"""What there is to do, and how far one is with it: home and the page of an assignment."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.requests import AuthedRequest
from tutor.assignments.models import Assignment, Item
from tutor.attempts.gradebook import (
    ItemProgress,
    attempts_by_student_and_item,
    progress_on_item,
)
from tutor.attempts.models import Attempt, Practice
from tutor.attempts.practised import practised_by_student_and_item
from tutor.attempts.sittings import settle_for
from tutor.courses.clock import read_by_clock_of
from tutor.courses.invitations import invitations_of
from tutor.courses.models import Enrollment

MAX_NEWS, MAX_INVITATIONS = 20, 20


@dataclass(frozen=True)
class AssignmentProgress:
    """A student's progress with all items of an assignment, in their order."""

    items: list[tuple[Item, ItemProgress]]

    @property
    def right(self) -> int:
        return sum(progress.is_right for _, progress in self.items)

    @property
    def unhelped(self) -> int:
        """Those that were got right without help."""
        return sum(progress.is_right and not progress.is_helped for _, progress in self.items)

    @property
    def points(self) -> Decimal:
        return sum((progress.points for _, progress in self.items), Decimal(0))

    @property
    def max_points(self) -> Decimal:
        return sum((item.points for item, _ in self.items), Decimal(0))

    @property
    def is_begun(self) -> bool:
        return any(progress.tried for _, progress in self.items)

    @property
    def next_item(self) -> Item | None:
        """The first that is neither right nor waiting for somebody."""
        waiting = ("pending", "undecided")
        open_ones = (item for item, at in self.items if not at.is_right and at.state not in waiting)
        return next(open_ones, None)


def seen_by(user: User, assignments: Iterable[Assignment]) -> list[Assignment]:
    """In the same order; each as `user` has it, where `user` takes it as a student. One query."""
    found = list(assignments)
    mine = Assignment.objects.for_students(Enrollment.objects.filter(user=user))
    rows = mine.filter(pk__in=[one.pk for one in found]).counting_items()
    taken = {
        row.pk: row.for_student() for row in rows.select_related("problem_set", "section__course")
    }
    return [taken.get(one.pk, one) for one in found]


def progress_of(user: User, assignments: Iterable[Assignment]) -> dict[int, AssignmentProgress]:
    """By assignment, for those that `user` takes as a student; four queries for all of them."""
    taken = [one for one in seen_by(user, assignments) if hasattr(one, "enrollment")]
    items: dict[int, list[Item]] = defaultdict(list)
    sets = {one.problem_set_id for one in taken}
    for item in Item.objects.filter(problem_set__in=sets).select_related("problem__current"):
        items[item.problem_set_id].append(item)
    places = {one.enrollment for one in taken}
    attempts = attempts_by_student_and_item(
        Attempt.objects.filter(enrollment__in=places, item__problem_set__in=sets)
        .select_related("grade")
        .defer("working", "checks", "response", "reading")
    )
    practised = practised_by_student_and_item(
        Practice.objects.filter(enrollment__in=places, item__problem_set__in=sets)
    )

    def progress_at(assignment: Assignment, item: Item) -> ItemProgress:
        key = (assignment.enrollment, item.pk)
        progress = progress_on_item(attempts[key], item, assignment)
        return replace(progress, practised=practised[key])

    return {
        assignment.pk: AssignmentProgress(
            [(item, progress_at(assignment, item)) for item in items[assignment.problem_set_id]]
        )
        for assignment in taken
    }


def news_of(user: User) -> list[Attempt]:
    """Attempts of one's own of which a teacher has said something since one looked."""
    return list(
        Attempt.objects.with_news_for(user)
        .select_related("grade", "version", "item__problem_set", "review")
        .order_by("-grade__created_at")[:MAX_NEWS]
    )


@login_required
@require_safe
def home(request: AuthedRequest) -> HttpResponse:
    settle_for(request.user)
    visible = (
        Assignment.objects.visible_to(request.user)
        .filter(section__archived_at=None)
        .counting_items()
        .select_related("problem_set", "section__course")
    )
    assignments = seen_by(request.user, visible)
    assignments.sort(key=lambda one: (one.due_at, one.pk))
    progress = progress_of(request.user, assignments)
    now = timezone.now()
    due_next = next(
        (found for found in assignments if min(found.due_at, found.stops_at) > now), None
    )
    context = {
        "assignments": [(found, progress.get(found.pk)) for found in assignments],
        "news": news_of(request.user),
        "invitations": invitations_of(request.user)[:MAX_INVITATIONS],
        "next_assignment": due_next,
        "next_progress": progress.get(due_next.pk) if due_next else None,
    }
    return render(request, "assignments/home.html", context)


@login_required
@require_safe
def assignment(request: AuthedRequest, code: UUID) -> HttpResponse:
    settle_for(request.user)
    visible = Assignment.objects.visible_to(request.user).select_related(
        "problem_set", "section__course"
    )
    [found] = seen_by(request.user, [get_object_or_404(visible, code=code)])
    read_by_clock_of(found.section)
    progress = progress_of(request.user, [found]).get(found.pk)
    is_readable = Assignment.objects.readable_by(request.user).contains(found)
    items = Item.objects.filter(problem_set=found.problem_set).select_related("problem__current")
    context = {
        "assignment": found,
        "progress": progress,
        "items": progress.items if progress else [(item, None) for item in items],
        "is_readable": is_readable,
        "is_over": timezone.now() > found.stops_at,
    }
    return render(request, "assignments/assignment.html", context)
