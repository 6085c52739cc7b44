"""The pages of an item: its problem, the student's answer, help, and the worked solution."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from asgiref.sync import async_to_sync
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.requests import AuthedRequest
from tutor.assignments.models import Assignment, Item
from tutor.attempts.access import read_item, requested_access, version_for
from tutor.attempts.answering import Answering
from tutor.attempts.messages import count_unread, unread_messages
from tutor.attempts.models import Attempt
from tutor.attempts.submitting import settle_for
from tutor.attempts.variants import variant_for
from tutor.courses.access import may_manage
from tutor.courses.clock import read_by_clock_of
from tutor.prepared import prepared
from tutor.problems.models import Problem, ProblemVersion
from tutor.redis_client import open_redis
from tutor.solutions.dispatch.lifecycle import cancel_solution
from tutor.solutions.dispatch.next_best import (
    has_next_best,
    lacks_model,
    needs_next_best,
    next_best,
)
from tutor.solutions.dispatch.quotas import QuotaReached, tokens_left
from tutor.solutions.dispatch.reference_solution import has_reference
from tutor.solutions.dispatch.shown_steps import ShownStep, StepTally, shown_steps, tally
from tutor.solutions.dispatch.voting import Vote, vote_on
from tutor.solutions.help_given import has_had_whole, note_watched, note_whole
from tutor.solutions.help_panel.panel import panel_for
from tutor.solutions.log.viewers import Viewers
from tutor.solutions.models import Solution, State
from tutor.solutions.requests.access import HelpDecision, help_with
from tutor.solutions.requests.asking import request_next_best, request_with


@login_required
@require_safe
def item(request: AuthedRequest, code: UUID) -> HttpResponse:
    settle_for(request.user)
    item, access = read_item(request.user, code)
    assignment = access.assignment if access else assignment_with(item, request.user)
    if assignment is not None:
        read_by_clock_of(assignment.section)
    version = access.version if access else variant_for(item, None)
    answering = Answering(access) if access else None
    decision = help_with(access, request.user, item)
    shown = ShownSolution.to(request.user, version, answering, decision)
    unread = count_unread(request.user)
    context = {
        **_neighbours(item),
        **shown.context(),
        "assignment": assignment,
        "version": version,
        "sitting": access and access.assignment,
        "answering": answering,
        "panel": answering and panel_for(item, answering),
        "unread_notices": unread,
        "teacher_messages": unread_messages(request.user, item) if unread else [],
        **({} if answering else _seen_by_teacher(request.user, item, version, assignment)),
        "help": decision,
        "tokens_left": tokens_left(access.assignment.section) if access else None,
    }
    shown.note_for(request.user)
    return render(request, "solutions/item.html", context)


def _seen_by_teacher(
    user: User, item: Item, version: ProblemVersion, assignment: Assignment | None
) -> dict[str, object]:
    """What the page shows to somebody who has no answer to give. An assistant sees no key."""
    may_edit = Problem.objects.editable_by(user).contains(item.problem)
    manages = assignment is not None and may_manage(user, assignment.section)
    return {
        "is_key_doubted": manages and assignment is not None and _is_doubted(item, assignment),
        "hints": version.hints,
        "may_edit": may_edit,
        "is_key_shown": may_edit or manages,
        "right_answers": version.checked_key.right_answers() if may_edit or manages else [],
    }


def _is_doubted(item: Item, assignment: Assignment) -> bool:
    """Whether the working of a student in the class proves another answer than the stored one."""
    attempts = Attempt.with_practice.filter(item=item, enrollment__section=assignment.section_id)
    return attempts.contradicting_key().exists()


def _neighbours(item: Item) -> dict[str, Item | int | None]:
    """The item with its number, and those before and after it in its problem set."""
    items = _numbered_items(item.problem_set_id)
    index = items.index(item)
    return {
        "item": items[index],
        "items_count": len(items),
        "previous_item": items[index - 1] if index else None,
        "next_item": items[index + 1] if index + 1 < len(items) else None,
    }


@prepared
def _numbered_items(problem_set_pk: int) -> QuerySet[Item]:
    return Item.objects.filter(problem_set=problem_set_pk).numbered()


@dataclass(frozen=True)
class NextBestSolution:
    """The teacher's solution or the solver's, where the model's is not right and proved to its end.

    is_offered: whether there is one. steps: empty for a student who still works on the problem and
    has not asked for it.
    """

    is_offered: bool
    steps: list[ShownStep]

    @classmethod
    def of(cls, version: ProblemVersion, answering: Answering | None) -> "NextBestSolution":
        if answering and answering.takes_response and not has_had_whole(version, answering):
            return cls(has_next_best(version), [])
        source = next_best(version)
        return cls(source is not None, shown_steps(source) if source else [])

    @property
    def tally(self) -> StepTally | None:
        return tally(self.steps)


@dataclass(frozen=True)
class ShownSolution:
    """What `solutions/_solution.html` shows. vote: None where help is not allowed now."""

    version: ProblemVersion
    vote: Vote | None
    solution: Solution | None = None
    next_best: NextBestSolution | None = None
    is_none_shown: bool = False  # the tutor abstains

    @classmethod
    def to(
        cls,
        user: User,
        version: ProblemVersion,
        answering: Answering | None,
        decision: HelpDecision,
    ) -> "ShownSolution":
        if not decision.is_allowed:
            return cls(version, vote=None)
        vote = vote_on(version)
        solution = vote.solution_for(user)
        is_none_shown = vote.abstains and solution is None
        is_working = answering is not None and answering.takes_response
        shown = solution
        if solution and is_working and not has_watched(user, solution):
            shown = None  # the student has not asked for it
        is_needed = needs_next_best(vote, solution)
        instead = NextBestSolution.of(version, answering) if is_needed else None
        return cls(version, vote, shown, instead, is_none_shown)

    def context(self) -> dict[str, Any]:
        steps = shown_steps(self.solution) if self.solution else []
        return {
            "solution": self.solution,
            "steps": steps,
            "tally": tally(steps),
            "why_none": why_none(self.vote) if self.vote and self.is_none_shown else None,
            "next_best": self.next_best,
            "has_next_best": self._has_next_best(),
            "lacks_model": self.vote is not None and self.solution is None and lacks_model(),
            "next_best_is_by_solver": not has_reference(self.version),
            "may_ask_again": bool(self.solution and self.vote and self.vote.may_ask_again()),
        }

    def _has_next_best(self) -> bool:
        if self.vote is None:
            return False
        if self.next_best is not None:
            return self.next_best.is_offered
        is_ended = self.solution is not None and self.solution.state == State.ENDED
        return not is_ended and has_next_best(self.version)

    def note_for(self, user: User) -> None:
        """Note the help that the page gives."""
        if self.solution is not None and self.solution.state == State.ENDED:
            note_watched(self.solution, user)
        if self.next_best and self.next_best.steps:
            note_whole(self.version, user)


class Abstention(StrEnum):
    """Why the tutor shows no solution of the model."""

    WRONG = "wrong"
    DISAGREE = "disagree"
    DECLINED = "declined"
    NO_ANSWER = "no_answer"


def why_none(vote: Vote) -> Abstention:
    if vote.groups:
        return Abstention.WRONG if vote.agreed else Abstention.DISAGREE
    return Abstention.DECLINED if vote.is_declined else Abstention.NO_ANSWER


@login_required
@require_safe
def practice(request: AuthedRequest, practice: UUID) -> HttpResponse:
    """A further variant, with the assignment's help except whole solutions."""
    access = requested_access(request, practice=practice)
    answering = Answering(access)
    context = {
        "item": access.item,
        "practice": access.practice,
        "assignment": access.assignment,
        "version": answering.version,
        "answering": answering,
        "panel": panel_for(access.item, answering),
    }
    return render(request, "solutions/practice.html", context)


def has_watched(user: User, solution: Solution) -> bool:
    """Whether `user` has watched it, or an earlier try."""
    tries = Solution.objects.filter(version=solution.version_id, recipe=solution.recipe)
    return tries.filter(views__user=user).exists()


@login_required
@require_POST
def ask(request: AuthedRequest, code: UUID) -> HttpResponse:
    """Ask for a solution from a page without JavaScript."""
    item, access = read_item(request.user, code)
    decision = help_with(access, request.user, item)
    if not decision.is_allowed:
        messages.error(request, decision.reason)
        return redirect(item)
    try:
        if "next-best" not in request.POST or not request_next_best(request.user, item):
            request_with(access, request.user, item)
    except QuotaReached as error:
        messages.error(request, str(error))
    return redirect(f"{item.get_absolute_url()}#solution")


@login_required
@require_POST
def cancel(request: AuthedRequest, code: UUID) -> HttpResponse:
    """Cancel from a page without JavaScript, unless somebody else watches it or waits for it."""
    item = visible_item(request, code)
    solution = vote_on(version_for(request.user, item)).solution_for(request.user)
    if solution is not None and Solution.objects.visible_to(request.user).contains(solution):
        if solution.may_be_cancelled_by(request.user) and not is_watched(solution.pk):
            cancel_solution(solution)
        else:
            messages.info(request, _("This solution is not for you alone, so it goes on."))
    return redirect(item)


@async_to_sync
async def is_watched(pk: int) -> bool:
    async with open_redis() as client:
        return bool(await Viewers(client, pk).others_than(""))


def assignment_with(item: Item, user: User) -> Assignment | None:
    """An assignment through which `user`, who teaches, sees it."""
    visible = Assignment.objects.visible_to(user).with_item(item)
    return visible.select_related("problem_set", "section__course").first()


def visible_item(request: AuthedRequest, code: UUID) -> Item:
    item, _access = read_item(request.user, code)
    return item
