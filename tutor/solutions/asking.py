"""A person asks for the worked solution of an item, on its page or through the socket."""

from accounts.models import User
from tutor.assignments.models import Item
from tutor.attempts.answering import place_of
from tutor.attempts.handouts import handed_out
from tutor.solutions.access import note_watched
from tutor.solutions.models import Solution
from tutor.solutions.tasks import request_solution


def request_for(user: User, item: Item, *, is_live: bool = False) -> Solution:
    """For whom `help_for` allows it. Raises NotNow.

    is_live: through a socket, which ends when the student leaves the page; a teacher's wish stays.
    """
    place = place_of(user, item)
    enrollment = place.enrollment if place else None
    is_kept = enrollment is None or not is_live
    version = handed_out(item, enrollment)
    solution = request_solution(version, user, enrollment, is_kept=is_kept)
    note_watched(solution, user)
    return solution
