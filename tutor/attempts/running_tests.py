"""While a test runs for a student, its problems are closed to them everywhere else.

This holds for every version and every set: a solution, help or a grade there would answer the test.
Inside the test its own rules hold. Where the test's answers are sealed, its problems stay closed
elsewhere until these are opened, to whoever has answered one: a grade there would tell theirs.
"""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from tutor.assignments.models import Assignment, Item, Sitting
from tutor.attempts.sealing import answered_sealed_sets
from tutor.per_page import once_per_page
from tutor.prepared import prepared

HELD = _("Your test has this problem. It opens again here when the test is over.")
LONGEST = timedelta(minutes=5 * 10_000)  # a test with the longest limit, and 400 % more time


def is_held(user: User, assignment: Assignment, item: Item, *, in_practice: bool) -> bool:
    """Whether another test of `user` holds the item back where they have it by `assignment`.

    in_practice: whether at a further variant, which no test asks for.
    """
    if assignment.is_running and not in_practice:
        return False
    sets = {test.problem_set_id for test in running_tests(user)}
    sets |= answered_sealed_sets(user) - (set() if in_practice else {item.problem_set_id})
    same = Item.objects.filter(problem=item.problem_id, problem_set__in=sets)
    return bool(sets) and same.exists()


@once_per_page
def running_tests(user: User) -> list[Assignment]:
    """Those in which the time of `user` runs, each as they have it.

    One small query for whoever has begun none lately.
    """
    since = timezone.now() - LONGEST
    keys = _begun_since(user.pk, since)
    rows = Assignment.objects.running_for(user).filter(pk__in=keys) if keys else ()
    return [row.for_student() for row in rows]


@prepared
def _begun_since(user_pk: int, since: datetime) -> QuerySet[Sitting, int]:
    """Keys of the assignments."""
    begun = Sitting.objects.filter(enrollment__user=user_pk, begun_at__gte=since)
    return begun.values_list("assignment", flat=True)


def held_items(running_sets: set[int]) -> Q:
    """Items that tests with these problem sets hold back."""
    in_tests = Item.objects.filter(problem_set__in=running_sets)
    return Q(problem__in=in_tests.values("problem")) & ~Q(problem_set__in=running_sets)
