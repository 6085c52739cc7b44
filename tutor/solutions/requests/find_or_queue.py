"""Finds the solution that a person should see, and asks for one where there is none."""

import logging

from django.db import transaction

from accounts.models import User
from tutor import logs
from tutor.courses.models import Enrollment
from tutor.engine.completion import Outcome
from tutor.problems.models import ProblemVersion
from tutor.solutions.dispatch.fair_queue import LOWEST_PRIORITY, move_up, priority_for
from tutor.solutions.dispatch.lifecycle import send
from tutor.solutions.dispatch.model_choice import recipe_code
from tutor.solutions.dispatch.quotas import check_quotas
from tutor.solutions.dispatch.voting import Vote, vote_on
from tutor.solutions.models import Solution, State

logger = logging.getLogger(__name__)


def request_solution(
    version: ProblemVersion,
    user: User | None,
    enrollment: Enrollment | None = None,
    *,
    runs_unwatched: bool = True,
) -> Solution | None:
    """The solution of `version` that `user` should see; begins one where there is none.

    None where the vote is in and the tutor abstains. All share one solution. Another try is begun
    only for a user who has watched the last one end without a right answer, or where the last one
    was stopped. Raises QuotaReached where a new one is needed and the student of `enrollment` may
    not have one now. runs_unwatched: False where it may be stopped once its last viewer leaves.
    """
    vote = vote_on(version)
    solution = vote.solution_for(user)
    if solution is None and vote.is_in:
        return None
    if solution is None or _needs_another_try(vote, solution, user):
        return begin_solution(
            version, vote.next_number, enrollment, is_awaited=True, runs_unwatched=runs_unwatched
        )
    if solution.state == State.QUEUED:
        move_up(solution, priority_for(enrollment))
    if runs_unwatched and not solution.runs_unwatched:
        Solution.objects.filter(pk=solution.pk).update(runs_unwatched=True)
    return solution


def _needs_another_try(vote: Vote, last: Solution, user: User | None) -> bool:
    if not vote.may_ask_again():
        return False
    was_stopped = last.outcome == Outcome.ABORTED
    return user is None or was_stopped or last.views.filter(user=user).exists()


def begin_solution(
    version: ProblemVersion,
    number: int,
    enrollment: Enrollment | None = None,
    *,
    is_awaited: bool = False,
    runs_unwatched: bool = True,
) -> Solution:
    """The try of that number: one row and one generation, however many callers begin it.

    is_awaited: whether a person waits for it; what is prepared in advance comes last.
    """
    with transaction.atomic():
        if enrollment is not None:
            check_quotas(enrollment)
        columns = {
            "enrollment": enrollment,
            "priority": priority_for(enrollment) if is_awaited else LOWEST_PRIORITY,
            "request": logs.request_id(),
            "runs_unwatched": runs_unwatched,
        }
        solution, is_new = Solution.objects.get_or_create(
            version=version, recipe=recipe_code(), number=number, defaults=columns
        )
    if is_new:
        logger.info("solution requested pk=%s version=%s try=%s", solution.pk, version.pk, number)
        send(solution)
    return solution
