"""Solutions that the class will find ready: a teacher asks for them and sees how far they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import AuthedRequest
from tutor.assignments.models import Assignment, Item
from tutor.courses.access import may_manage
from tutor.problems.models import ReferenceSolution
from tutor.solutions.dispatch.voting import Vote
from tutor.solutions.models import Preparation
from tutor.solutions.requests.precompute import (
    Prepared,
    ask_to_prepare,
    due_for_preparing,
    prepared_items,
    uses_solutions,
)
from tutor.solutions.tasks import tries_wanted
from tutor.teaching.access import assignment_or_404


@dataclass(frozen=True)
class Unsolved:
    """A problem, or a variant of one, at which the model shows nothing right.

    seed: 0 for a plain problem. has_reference: students see the teacher's solution instead.
    """

    item: Item
    seed: int
    vote: Vote
    has_reference: bool


def unsolved(rows: Iterable[Prepared]) -> list[Unsolved]:
    """One query."""
    found = [
        (row.item, seed, vote)
        for row in rows
        for seed, vote in row.votes.items()
        if vote.is_in and not vote.is_right
    ]
    versions = {vote.tries[0].version_id for _, _, vote in found}
    references = ReferenceSolution.objects.filter(version__in=versions).exclude(text="")
    with_one = set(references.values_list("version", flat=True))
    return [
        Unsolved(
            item,
            seed if item.version and item.version.is_template else 0,
            vote,
            vote.tries[0].version_id in with_one,
        )
        for item, seed, vote in found
    ]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def preparing(request: AuthedRequest, code: UUID) -> HttpResponse:
    assignment = assignment_or_404(request.user, code)
    may_ask = may_manage(request.user, assignment.section)
    if request.method == "POST":
        if may_ask:
            _act(request, assignment)
        return redirect("preparing", assignment.code)
    rows = prepared_items(assignment)
    is_asked = Preparation.objects.filter(assignment=assignment).exists()
    goes_on = due_for_preparing().contains(assignment) and uses_solutions(assignment)
    left = sum(row.to_come + row.running for row in rows)
    context = {
        "assignment": assignment,
        "assignment_above": True,
        "section": assignment.section,
        "rows": rows,
        "may_ask": may_ask,
        "is_asked": is_asked,
        "is_used": uses_solutions(assignment),
        "goes_on": goes_on and left > 0,
        "wanted": sum(row.wanted for row in rows),
        "right": sum(row.right for row in rows),
        "left": left,
        "tries": tries_wanted(),
        "unsolved": unsolved(rows),
    }
    piece = "HX-Request" in request.headers
    return render(request, f"teaching/{'_' if piece else ''}preparing.html", context)


def _act(request: AuthedRequest, assignment: Assignment) -> None:
    if request.POST.get("do") == "stop":
        Preparation.objects.filter(assignment=assignment).delete()
        messages.success(request, _("No more are begun. What is there stays."))
    else:
        ask_to_prepare(assignment)
        messages.success(request, _("They are worked out one after the other, when nobody waits."))
