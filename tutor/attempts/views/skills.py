from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import AuthedRequest
from tutor.attempts.models import Attempt
from tutor.attempts.results.mastery import explained, mastery_of
from tutor.courses.models import Enrollment


@login_required
@require_safe
def skills(request: AuthedRequest) -> HttpResponse:
    """The student's mastery of each skill, over all their classes."""
    own = Enrollment.objects.filter(user=request.user).students()
    masteries = mastery_of(Attempt.with_practice.filter(enrollment__in=own))
    by_skill = masteries.get(request.user.pk, {})
    rows = sorted(by_skill.items(), key=lambda row: row[0].name)
    return render(request, "attempts/skills.html", explained() | {"skills": rows})
