from uuid import UUID

from asgiref.sync import async_to_sync
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import AuthedRequest
from tutor.assignments.models import Assignment, Item
from tutor.attempts.answering import Answering, place_of, version_for
from tutor.attempts.handouts import handed_out
from tutor.attempts.views import answered_item
from tutor.solutions.access import help_for, note_watched
from tutor.solutions.asking import request_for
from tutor.solutions.ladder import ladder_for
from tutor.solutions.limits import NotNow, tokens_left
from tutor.solutions.models import Solution, State
from tutor.solutions.shown_steps import shown_steps, tally
from tutor.solutions.tasks import (
    cancel_solution,
    latest_solution,
    may_ask_again,
)
from tutor.solutions.token_log import open_redis
from tutor.solutions.viewers import Viewers


@login_required
@require_safe
def item(request: AuthedRequest, code: UUID) -> HttpResponse:
    found = visible_item(request, code)
    working_at = place_of(request.user, found)
    version = handed_out(found, working_at.enrollment if working_at else None)
    help_now = help_for(request.user, found)
    answering = Answering(working_at, found, version) if working_at else None
    solution = latest_solution(version) if help_now.allowed else None
    if solution and answering and answering.takes_response and not has_watched(request, solution):
        solution = None  # who still works on it is not shown what they have not asked for
    steps = shown_steps(solution) if solution else []
    siblings = list(Item.objects.filter(problem_set=found.problem_set).numbered())
    place = siblings.index(found)
    context = {
        "item": siblings[place],
        "assignment": Assignment.objects.visible_to(request.user)
        .with_item(found)
        .select_related("problem_set", "section__course")
        .first(),
        "version": version,
        "answering": answering,
        "ladder": answering and ladder_for(found, answering),
        "hints": [] if answering else version.hints,
        "help": help_now,
        "solution": solution,
        "steps": steps,
        "tally": tally(steps),
        "tokens_left": tokens_left(working_at.assignment.section) if working_at else None,
        "may_ask_again": solution is not None and may_ask_again(solution),
        "previous_item": siblings[place - 1] if place else None,
        "next_item": siblings[place + 1] if place + 1 < len(siblings) else None,
    }
    if solution is not None and solution.state == State.ENDED:
        note_watched(solution, request.user)
    return render(request, "solutions/item.html", context)


@login_required
@require_safe
def practice(request: AuthedRequest, practice: UUID) -> HttpResponse:
    """A further variant, with the help that the assignment offers but for whole solutions."""
    found, place = answered_item(request, practice=practice)
    answering = Answering(place, found, place.version_of(found))
    context = {
        "item": found,
        "practice": place.practice,
        "assignment": place.assignment,
        "version": answering.version,
        "answering": answering,
        "ladder": ladder_for(found, answering),
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
        request_for(request.user, found)
    except NotNow as error:
        messages.error(request, str(error))
    return redirect(found)


@login_required
@require_POST
def cancel(request: AuthedRequest, code: UUID) -> HttpResponse:
    """Cancel from a page without JavaScript, unless somebody watches live."""
    found = visible_item(request, code)
    solution = latest_solution(version_for(request.user, found))
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


def visible_item(request: AuthedRequest, code: UUID) -> Item:
    items = Item.objects.visible_to(request.user).select_related("problem__current", "problem_set")
    return get_object_or_404(items, code=code, problem__current__isnull=False)
