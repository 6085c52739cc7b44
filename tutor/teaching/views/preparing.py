"""Solutions that are worked out before the class needs them."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import AuthedRequest
from tutor.assignments.models import Assignment
from tutor.courses.access import may_manage
from tutor.solutions.dispatch.model_choice import tries_wanted
from tutor.solutions.models import Preparation
from tutor.solutions.requests.precompute import (
    ask_to_prepare,
    due_for_preparing,
    prepared_items,
    uses_solutions,
)
from tutor.teaching.access import assignment_or_404
from tutor.teaching.unsolved_problems import unsolved


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
        "wanted": sum(row.total for row in rows),
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
        messages.success(request, _("Stopped. Finished solutions are kept."))
    else:
        ask_to_prepare(assignment)
        messages.success(
            request, _("Lemma prepares the solutions one by one while nobody is waiting.")
        )
