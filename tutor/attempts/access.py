"""A student's access to an item: through which class, under which terms, in which variant."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.models import User
from accounts.requests import AuthedRequest
from tutor.assignments.models import Assignment, Item, parallel_assignments
from tutor.assignments.taken_back import absent_item
from tutor.attempts.models import Attempt, AttemptQuerySet, Practice, Terms
from tutor.attempts.running_tests import is_held
from tutor.attempts.sealing import seal_at
from tutor.attempts.variants import variant_for
from tutor.courses.clock import read_by_clock_of
from tutor.courses.models import Enrollment
from tutor.prepared import prepared
from tutor.problems.models import ProblemVersion


@dataclass(frozen=True)
class ItemAccess:
    """A student at an item, in the class through which it is assigned to them.

    assignment: with the student's own terms. practice: the further variant that they work on; None
    for the variant that was assigned. given: all that `parallel_assignments` returns.
    """

    enrollment: Enrollment
    assignment: Assignment
    item: Item
    practice: Practice | None = None
    given: Sequence[Assignment] = ()

    @property
    def terms(self) -> Terms:
        return self.practice or self.assignment

    @property
    def attempts(self) -> list[Attempt]:
        """The student's attempts, in all their classes, with grades that the student may know."""
        return self._sealed(list(self._attempts.select_related("grade")))

    def attempts_as_shown(self) -> list[Attempt]:
        """The same, with all that a page shows of each."""
        if self.practice is not None:
            return list(self._attempts.select_related(*_SHOWN))
        enrollment = self.enrollment
        shown = _attempts_as_shown(enrollment.user_id, enrollment.pk, self.item.pk)
        return self._sealed(shown)

    @property
    def _attempts(self) -> AttemptQuerySet:
        return Attempt.with_practice.of_person(self.enrollment, self.item, self.practice)

    def _sealed(self, attempts: list[Attempt]) -> list[Attempt]:
        seal_at(self.enrollment.user_id, self.item.problem_set_id, attempts)
        return attempts

    @cached_property
    def version(self) -> ProblemVersion:
        if self.practice is not None:
            return self.practice.version
        return variant_for(self.item, self.enrollment)

    @cached_property
    def is_held(self) -> bool:
        """Whether a running test of the student has the problem: then this page shows nothing."""
        in_practice = self.practice is not None
        return is_held(self.enrollment.user, self.assignment, self.item, in_practice=in_practice)

    def get_absolute_url(self) -> str:
        return (self.practice or self.item).get_absolute_url()


_SHOWN = ("grade__author", "version", "advice")


@prepared
def _attempts_as_shown(user_pk: int, enrollment_pk: int, item_pk: int) -> QuerySet[Attempt]:
    own = Enrollment.objects.of_person(user_pk, enrollment_pk)
    return Attempt.with_practice.assigned(own, item_pk).select_related(*_SHOWN)


@prepared
def _enrollments(pk: int) -> QuerySet[Enrollment]:
    return Enrollment.objects.filter(pk=pk)


@prepared
def _items_to_read(code: UUID) -> QuerySet[Item]:
    items = Item.objects.filter(problem__current__isnull=False, code=code)
    return items.select_related("problem__current", "problem_set")


def access_for(user: User, item: Item) -> ItemAccess | None:
    """None for whoever does not work on it as a student.

    Of several assignments: one whose test runs, else one that takes answers and is not solved yet,
    soonest due first. If none takes answers, the one that was due last.
    """
    now = timezone.now()
    assignments = parallel_assignments(user.pk, item)
    open_assignments = [assignment for assignment in assignments if assignment.opens_at <= now]
    if not open_assignments:
        return None
    running = [assignment for assignment in open_assignments if assignment.is_running]
    accepting = running or [
        assignment for assignment in open_assignments if assignment.takes_answers_at(now)
    ]
    assignment = _first_unsolved(accepting, item) or open_assignments[-1]
    [enrollment] = _enrollments(assignment.enrollment_pk)
    enrollment.user, enrollment.section = user, assignment.section  # as they are loaded already
    return ItemAccess(enrollment, assignment, item, given=assignments)


def _first_unsolved(assignments: Sequence[Assignment], item: Item) -> Assignment | None:
    """The first in which the student has not solved `item` yet, else the first; None of none."""
    solved: set[int] = set()
    if len(assignments) > 1:
        enrollments = [assignment.enrollment_pk for assignment in assignments]
        right = Attempt.objects.filter(enrollment__in=enrollments, item=item).right()
        solved = set(right.values_list("enrollment", flat=True))
    unsolved = (row for row in assignments if row.enrollment_pk not in solved)
    return next(unsolved, next(iter(assignments), None))


def access_from_practice(practice: Practice) -> ItemAccess | None:
    """None if the student no longer has the item."""
    given = parallel_assignments(practice.enrollment.user_id, practice.item)
    for assignment in given:
        if assignment.enrollment_pk == practice.enrollment_id:
            return ItemAccess(practice.enrollment, assignment, practice.item, practice, given)
    return None


def access_of_author(attempt: Attempt) -> ItemAccess | None:
    """Its student's access to the item it answers; None if they no longer have it."""
    if attempt.practice is not None:
        return access_from_practice(attempt.practice)
    return access_for(attempt.enrollment.user, attempt.item)


def version_for(user: User, item: Item) -> ProblemVersion:
    """The version that this person sees of an item that has one."""
    access = access_for(user, item)
    return access.version if access else variant_for(item, None)


def read_item(user: User, code: UUID) -> tuple[Item, ItemAccess | None]:
    """An item with a problem, and the access of `user`. Raises Http404 unless they may read it.

    Of whoever has it as a student, the access tells as much as `Item.objects.visible_to`, which
    costs a tenth of a page.
    """
    item = next(iter(_items_to_read(code)), None)
    if item is None:
        raise Http404
    access = access_for(user, item)
    is_readable = access is not None and access.assignment.is_readable
    if not is_readable and not Item.objects.visible_to(user).contains(item):
        raise absent_item(user, item)
    return item, access


def requested_access(
    request: AuthedRequest, code: UUID | None = None, practice: UUID | None = None
) -> ItemAccess:
    """By the code of an item, or of practice at one. Raises Http404 unless the user works on it.

    Also shows times in the class's time zone from here on.
    """
    if practice is not None:
        items = Item.objects.visible_to(request.user).filter(problem__current__isnull=False)
        own = Practice.objects.filter(enrollment__user=request.user, item__in=items)
        own = own.select_related(
            "enrollment__user",
            "enrollment__section",
            "version",
            "item__problem__current",
            "item__problem_set",
            "review_problem__skill",
        )
        access = access_from_practice(get_object_or_404(own, code=practice))
    elif code is not None:
        _item, access = read_item(request.user, code)
    if access is None:
        raise Http404
    read_by_clock_of(access.assignment.section)
    return access
