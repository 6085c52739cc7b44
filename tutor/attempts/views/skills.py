from dataclasses import dataclass
from itertools import groupby

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.requests import AuthedRequest
from tutor.attempts.models import Attempt
from tutor.attempts.practising.skill_practice import practise, suggestion_for
from tutor.attempts.practising.weekly_reviews import review_of_week
from tutor.attempts.results.mastery import Mastery, explained, mastery_of
from tutor.courses.models import Enrollment
from tutor.limits import is_allowed
from tutor.problems.models import Problem, Skill

NEW_A_MINUTE = 12


@dataclass(frozen=True)
class OwnSkill:
    """A row of the page. mastery: None where the student has answered nothing yet."""

    skill: Skill
    mastery: Mastery | None


@login_required
@require_safe
def skills(request: AuthedRequest) -> HttpResponse:
    """The student's mastery of each skill, over all their classes."""
    masteries = masteries_of(request.user)
    public = Skill.objects.filter(problems__in=Problem.objects.public()).distinct()
    context = explained() | {
        "areas": by_area([OwnSkill(skill, mastery) for skill, mastery in masteries.items()]),
        "new_areas": by_area([OwnSkill(row, None) for row in public if row not in masteries]),
        "review": review_of_week(request.user),
        "suggestion": suggestion_for(request.user, masteries) if masteries else None,
    }
    return render(request, "attempts/skills.html", context)


@login_required
@require_POST
def practise_skill(request: AuthedRequest, pk: int) -> HttpResponse:
    """Go to the next problem for a skill."""
    skill = get_object_or_404(Skill, pk=pk)
    if not is_allowed("practice", request.user.pk, per_minute=NEW_A_MINUTE):
        messages.error(request, _("That was too fast. Wait a minute."))
        return redirect("skills")
    practice = practise(request.user, skill)
    if practice is None:
        text = _("You have done all problems for “%(skill)s” for now. Look again in a day or two.")
        messages.info(request, text % {"skill": skill.shown_name})
        return redirect("skills")
    return redirect(practice)


def masteries_of(user: User) -> dict[Skill, Mastery]:
    own = Enrollment.objects.filter(user=user).students()
    return mastery_of(Attempt.with_practice.filter(enrollment__in=own)).get(user.pk, {})


def by_area(rows: list[OwnSkill]) -> list[tuple[str, list[OwnSkill]]]:
    """Areas and their skills, each by name."""
    by_name = sorted(rows, key=lambda row: (row.skill.area_name, row.skill.shown_name))
    grouped = groupby(by_name, key=lambda row: row.skill.area_name)
    return [(area, list(of_area)) for area, of_area in grouped]
