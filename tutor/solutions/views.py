from dataclasses import dataclass
from uuid import UUID

from asgiref.sync import async_to_sync
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.requests import AuthedRequest
from tutor.assignments.models import Assignment, Item
from tutor.attempts.access import access_for, requested_access, version_for
from tutor.attempts.answering import Answering
from tutor.attempts.sittings import settle_for
from tutor.attempts.variants import variant_for
from tutor.courses.clock import read_by_clock_of
from tutor.engine.completion import Outcome
from tutor.problems.models import ProblemVersion
from tutor.solutions.dispatch.quotas import NotNow, tokens_left
from tutor.solutions.dispatch.reference_solution import checked_reference, has_reference
from tutor.solutions.dispatch.shown_steps import ShownStep, Tally, shown_steps, tally
from tutor.solutions.dispatch.voting import Vote
from tutor.solutions.help_panel import ladder_for
from tutor.solutions.log.token_log import open_redis
from tutor.solutions.log.viewers import Viewers
from tutor.solutions.models import Solution, State
from tutor.solutions.requests.access import has_had_whole, help_for, note_watched, note_whole
from tutor.solutions.requests.asking import ask_for_own, request_for
from tutor.solutions.tasks import cancel_solution, vote_on


@login_required
@require_safe
def item(request: AuthedRequest, code: UUID) -> HttpResponse:
    settle_for(request.user)
    found = visible_item(request, code)
    access = access_for(request.user, found)
    assignment = access.assignment if access else assignment_with(found, request.user)
    if assignment is not None:
        read_by_clock_of(assignment.section)
    version = access.version if access else variant_for(found, None)
    help_now = help_for(request.user, found)
    answering = Answering(access) if access else None
    vote = vote_on(version) if help_now.allowed else None
    solution = vote.found_by(request.user) if vote else None
    is_none_shown = bool(vote and vote.abstains and solution is None)
    own = None
    if vote and (is_none_shown or vote.gave_nothing):
        own = OwnSolution.of(version, answering)
    # Who still works on it is not shown what they have not asked for.
    has_asked = not (answering and answering.takes_response)
    if solution and not (has_asked or has_watched(request, solution)):
        solution = None
    steps = shown_steps(solution) if solution else []
    siblings = list(Item.objects.filter(problem_set=found.problem_set).numbered())
    place = siblings.index(found)
    context = {
        "item": siblings[place],
        "assignment": assignment,
        "version": version,
        "sitting": access and access.assignment,
        "answering": answering,
        "ladder": answering and ladder_for(found, answering),
        "hints": [] if answering else version.hints,
        "help": help_now,
        "solution": solution,
        "steps": steps,
        "tally": tally(steps),
        "tokens_left": tokens_left(access.assignment.section) if access else None,
        "why_none": why_none(vote) if vote and is_none_shown else "",
        "own": own,
        "has_own": help_now.allowed and (own.is_offered if own else has_reference(version)),
        "may_ask_again": bool(solution and vote and vote.may_ask_again()),
        "previous_item": siblings[place - 1] if place else None,
        "next_item": siblings[place + 1] if place + 1 < len(siblings) else None,
    }
    if solution is not None and solution.state == State.ENDED:
        note_watched(solution, request.user)
    if own and own.steps:
        note_whole(version, request.user)
    return render(request, "solutions/item.html", context)


def why_none(vote: Vote) -> str:
    """Why the tutor abstains: wrong, disagree, declined or no_answer."""
    if vote.groups:
        return "wrong" if vote.agreed else "disagree"
    is_declined = all(one.outcome == Outcome.DECLINED for one in vote.counted)
    return "declined" if is_declined else "no_answer"


@dataclass(frozen=True)
class OwnSolution:
    """The teacher's, where the model has none to show.

    is_offered: it is there. steps: its steps for whom it is shown now, which who still works on
    the problem has to ask for.
    """

    is_offered: bool
    steps: list[ShownStep]

    @classmethod
    def of(cls, version: ProblemVersion, answering: Answering | None) -> "OwnSolution":
        is_held_back = answering is not None and answering.takes_response
        if answering and is_held_back and not has_had_whole(version, answering):
            return cls(has_reference(version), [])
        found = checked_reference(version)
        return cls(found is not None, shown_steps(found) if found else [])

    @property
    def tally(self) -> Tally | None:
        return tally(self.steps)


@login_required
@require_safe
def practice(request: AuthedRequest, practice: UUID) -> HttpResponse:
    """A further variant, with the help that the assignment offers but for whole solutions."""
    access = requested_access(request, practice=practice)
    answering = Answering(access)
    context = {
        "item": access.item,
        "practice": access.practice,
        "assignment": access.assignment,
        "version": answering.version,
        "answering": answering,
        "ladder": ladder_for(access.item, answering),
    }
    return render(request, "solutions/practice.html", context)


def has_watched(request: AuthedRequest, solution: Solution) -> bool:
    """It, or an earlier try."""
    tries = Solution.objects.filter(version=solution.version_id, recipe=solution.recipe)
    return tries.filter(views__user=request.user).exists()


@login_required
@require_POST
def ask(request: AuthedRequest, code: UUID) -> HttpResponse:
    """Ask for a solution from a page without JavaScript."""
    found = visible_item(request, code)
    help_now = help_for(request.user, found)
    if not help_now.allowed:
        messages.error(request, help_now.reason)
        return redirect(found)
    try:
        if "own" not in request.POST or not ask_for_own(request.user, found):
            request_for(request.user, found)
    except NotNow as error:
        messages.error(request, str(error))
    return redirect(f"{found.get_absolute_url()}#solution")


@login_required
@require_POST
def cancel(request: AuthedRequest, code: UUID) -> HttpResponse:
    """Cancel from a page without JavaScript, unless somebody watches live."""
    found = visible_item(request, code)
    solution = vote_on(version_for(request.user, found)).found_by(request.user)
    if solution is not None and Solution.objects.visible_to(request.user).contains(solution):
        if is_watched(solution.pk):
            messages.info(request, _("Others are watching this solution, so it goes on."))
        else:
            cancel_solution(solution)
    return redirect(found)


@async_to_sync
async def is_watched(pk: int) -> bool:
    async with open_redis() as client:
        return bool(await Viewers(client, pk).others_than(""))


def assignment_with(item: Item, user: User) -> Assignment | None:
    """One through which `user`, who teaches, sees it."""
    visible = Assignment.objects.visible_to(user).with_item(item)
    return visible.select_related("problem_set", "section__course").first()


def visible_item(request: AuthedRequest, code: UUID) -> Item:
    items = Item.objects.visible_to(request.user).select_related("problem__current", "problem_set")
    return get_object_or_404(items, code=code, problem__current__isnull=False)
