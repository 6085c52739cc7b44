"""A person asks for the worked solution of an item, on its page or through the socket."""

from accounts.models import User
from tutor.assignments.models import Item
from tutor.attempts.answering import place_of
from tutor.attempts.handouts import handed_out
from tutor.solutions.access import note_watched
from tutor.solutions.models import Solution
from tutor.solutions.tasks import request_solution


def request_for(user: User, item: Item) -> Solution:
    """For whom `help_for` allows it. Raises NotNow."""
    place = place_of(user, item)
    enrollment = place.enrollment if place else None
    solution = request_solution(handed_out(item, enrollment), user, enrollment)
    note_watched(solution, user)
    return solution
