"""For which items may a person watch worked solutions now?"""

from django.db.models import Q

from accounts.models import User
from tutor.assignments.models import Assignment, Item, ItemQuerySet
from tutor.attempts.models import Attempt


def items_with_solutions_for(user: User) -> ItemQuerySet:
    """By the dates of their assignments, or because of what `user` has tried so far."""
    offered = Assignment.objects.offering_solutions_to(user).values("problem_set")
    earned = Attempt.objects.earning_help(user)
    return Item.objects.filter(Q(problem_set__in=offered) | Q(pk__in=earned))
