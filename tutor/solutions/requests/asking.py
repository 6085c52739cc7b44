"""A person asks for the worked solution of an item, on its page or through the socket."""

from accounts.models import User
from tutor.assignments.models import Item
from tutor.attempts.access import access_for
from tutor.attempts.variants import variant_for
from tutor.solutions.dispatch.reference_solution import has_reference
from tutor.solutions.models import Solution
from tutor.solutions.requests.access import note_watched, note_whole
from tutor.solutions.tasks import request_solution, vote_on


def request_for(user: User, item: Item, *, is_live: bool = False) -> Solution | None:
    """For whom `help_for` allows it. None where the tutor abstains. Raises NotNow.

    What the page then shows instead is written down as help, too.
    is_live: through a socket, which ends when the student leaves the page; a teacher's wish stays.
    """
    access = access_for(user, item)
    enrollment = access.enrollment if access else None
    is_kept = enrollment is None or not is_live
    version = variant_for(item, enrollment)
    solution = request_solution(version, user, enrollment, is_kept=is_kept)
    if solution is not None:
        note_watched(solution, user)
    elif has_reference(version):
        note_whole(version, user)
    return solution


def ask_for_own(user: User, item: Item) -> bool:
    """For the teacher's solution, which is there for all whom the model's tries gave nothing."""
    access = access_for(user, item)
    version = variant_for(item, access.enrollment if access else None)
    vote = vote_on(version)
    if not (vote.abstains or vote.gave_nothing) or not has_reference(version):
        return False
    note_whole(version, user)
    return True
