"""A student's access to an item: through which class, under which terms, in which variant."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.models import User
from accounts.requests import AuthedRequest
from tutor.assignments.models import Assignment, Item, parallel_assignments
from tutor.attempts.models import Attempt, AttemptQuerySet, Practice, Terms
from tutor.attempts.running_tests import is_held
from tutor.attempts.variants import variant_for
from tutor.courses.clock import read_by_clock_of
from tutor.courses.models import Enrollment
from tutor.problems.models import ProblemVersion


@dataclass(frozen=True)
class ItemAccess:
    """A student at an item, in the class through which it is assigned to them.

    assignment: as the student has it. practice: the further variant at which they are; None at what
    was assigned.
    """

    enrollment: Enrollment
    assignment: Assignment
    item: Item
    practice: Practice | None = None

    @property
    def terms(self) -> Terms:
        return self.practice or self.assignment

    @property
    def attempts(self) -> AttemptQuerySet:
        """Those of the person, in all their classes, with their grades."""
        attempts = Attempt.with_practice.of_person(self.enrollment, self.item, self.practice)
        return attempts.select_related("grade")

    @cached_property
    def version(self) -> ProblemVersion:
        if self.practice is not None:
            return self.practice.version
        return variant_for(self.item, self.enrollment)

    @cached_property
    def is_held(self) -> bool:
        """Whether a running test of the student has the problem, so that nothing is told here."""
        in_practice = self.practice is not None
        return is_held(self.enrollment.user, self.assignment, self.item, in_practice=in_practice)

    def get_absolute_url(self) -> str:
        return (self.practice or self.item).get_absolute_url()


def access_for(user: User, item: Item) -> ItemAccess | None:
    """None for teachers. Of several classes, one that still takes answers, soonest due.

    While the student's time runs in one of them, it is that one.
    """
    now = timezone.now()
    opened = [given for given in parallel_assignments(user.pk, item) if given.opens_at <= now]
    if not opened:
        return None
    running = [given for given in opened if given.is_running]
    taking = running or [given for given in opened if given.takes_answers_at(now)]
    assignment = _first_unsolved(taking, item) or opened[-1]
    enrollment = Enrollment.objects.select_related("user").get(pk=assignment.enrollment)
    return ItemAccess(enrollment, assignment, item)


def _first_unsolved(taking: Sequence[Assignment], item: Item) -> Assignment | None:
    """The first in which the student is not right yet; where they are in all, the first."""
    solved: set[int] = set()
    if len(taking) > 1:
        enrollments = [assignment.enrollment for assignment in taking]
        right = Attempt.objects.filter(enrollment__in=enrollments, item=item).right()
        solved = set(right.values_list("enrollment", flat=True))
    unsolved = (assignment for assignment in taking if assignment.enrollment not in solved)
    return next(unsolved, next(iter(taking), None))


def access_from_practice(practice: Practice) -> ItemAccess | None:
    """None once its student has the item no more."""
    for assignment in parallel_assignments(practice.enrollment.user_id, practice.item):
        if assignment.enrollment == practice.enrollment_id:
            return ItemAccess(practice.enrollment, assignment, practice.item, practice)
    return None


def access_of_author(attempt: Attempt) -> ItemAccess | None:
    """The access of its student to what the attempt answers; None once they have it no more."""
    if attempt.practice is not None:
        return access_from_practice(attempt.practice)
    return access_for(attempt.enrollment.user, attempt.item)


def version_for(user: User, item: Item) -> ProblemVersion:
    """What this person sees of an item that has a version."""
    access = access_for(user, item)
    return access.version if access else variant_for(item, None)


def requested_access(
    request: AuthedRequest, code: UUID | None = None, practice: UUID | None = None
) -> ItemAccess:
    """By the code of an item, or of practice at one. Raises Http404 for who does not work on it.

    From here on times are shown by the clock of the class.
    """
    items = Item.objects.visible_to(request.user).filter(problem__current__isnull=False)
    if practice is not None:
        own = Practice.objects.filter(enrollment__user=request.user, item__in=items)
        own = own.select_related(
            *("enrollment__user", "version"), *("item__problem__current", "item__problem_set")
        )
        access = access_from_practice(get_object_or_404(own, code=practice))
    else:
        items = items.select_related("problem__current", "problem_set")
        access = access_for(request.user, get_object_or_404(items, code=code))
    if access is None:
        raise Http404
    read_by_clock_of(access.assignment.section)
    return access
