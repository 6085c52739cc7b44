"""A person asks for the worked solution of an item, on its page or through the socket."""

from accounts.models import User
from tutor.assignments.models import Item
from tutor.attempts.access import ItemAccess, access_for
from tutor.attempts.variants import variant_for
from tutor.solutions.dispatch.next_best import has_next_best, needs_next_best
from tutor.solutions.dispatch.voting import vote_on
from tutor.solutions.help_given import note_watched, note_whole
from tutor.solutions.models import Solution
from tutor.solutions.requests.find_or_queue import request_solution


def request_with(
    access: ItemAccess | None, user: User, item: Item, *, is_live: bool = False
) -> Solution | None:
    """The solution for a user whom `help_with` allows it; None where the tutor abstains.

    The next best, which the page then shows instead, is noted as help too. access: that of `user`
    to `item`. is_live: asked through a socket. A student's solution may then be stopped when the
    student leaves; a teacher's is not. Raises QuotaReached.
    """
    enrollment = access.enrollment if access else None
    runs_unwatched = enrollment is None or not is_live
    version = variant_for(item, enrollment)
    solution = request_solution(version, user, enrollment, runs_unwatched=runs_unwatched)
    if solution is not None:
        note_watched(solution, user)
    elif has_next_best(version):
        note_whole(version, user)
    return solution


def request_next_best(user: User, item: Item) -> bool:
    """Show `user` the next best, where the model's solution is not enough; False elsewhere."""
    access = access_for(user, item)
    version = variant_for(item, access.enrollment if access else None)
    vote = vote_on(version)
    if not needs_next_best(vote, vote.solution_for(user)) or not has_next_best(version):
        return False
    note_whole(version, user)
    return True
