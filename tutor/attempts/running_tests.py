"""While a test runs for a student, its problems are closed to them everywhere else.

This holds for every version and every set: a solution, help or a grade there would answer the test.
Inside the test its own rules hold.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from tutor.assignments.models import Assignment, Item

HELD = _("Your test has this problem. It opens again here when the test is over.")


def is_held(user: User, assignment: Assignment, item: Item, *, in_practice: bool) -> bool:
    """Whether a test of `user` holds the item back where they have it by `assignment`.

    in_practice: whether at a further variant, which no test asks for.
    """
    if assignment.is_running and not in_practice:
        return False
    same = Item.objects.filter(problem=item.problem_id)
    return (
        Assignment.objects.running_for(user)
        .filter(problem_set__in=same.values("problem_set"))
        .exists()
    )


def held_items(running_sets: set[int]) -> Q:
    """Items that tests with these problem sets hold back."""
    in_tests = Item.objects.filter(problem_set__in=running_sets)
    return Q(problem__in=in_tests.values("problem")) & ~Q(problem_set__in=running_sets)
