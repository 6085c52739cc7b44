from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import AuthedRequest
from tutor.attempts.models import ReviewProblem
from tutor.attempts.practising.weekly_reviews import begin, review_of_week


@login_required
@require_safe
def weekly_review(request: AuthedRequest) -> HttpResponse:
    context = {"review": review_of_week(request.user)}
    return render(request, "attempts/weekly_review.html", context)


@login_required
@require_POST
def begin_problem(request: AuthedRequest, code: UUID) -> HttpResponse:
    """Go to the student's variant of a problem of their review."""
    own = ReviewProblem.objects.filter(weekly_review__user=request.user)
    problem = get_object_or_404(own.select_related("weekly_review__user"), code=code)
    practice = begin(problem)
    if practice is None:
        messages.info(request, _("That problem is no longer there. Go on with the others."))
        return redirect("weekly-review")
    return redirect(practice)
