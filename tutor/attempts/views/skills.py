from dataclasses import dataclass
from itertools import groupby

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.requests import AuthedRequest
from tutor.attempts.models import Attempt
from tutor.attempts.practising.weekly_reviews import review_of_week
from tutor.attempts.results.mastery import Mastery, explained, mastery_of
from tutor.courses.models import Enrollment
from tutor.problems.models import Skill


@dataclass(frozen=True)
class OwnSkill:
    """A row of the page."""

    skill: Skill
    mastery: Mastery


@login_required
@require_safe
def skills(request: AuthedRequest) -> HttpResponse:
    """The student's mastery of each skill, over all their classes."""
    context = explained() | {
        "areas": by_area(skills_of_person(request.user)),
        "review": review_of_week(request.user),
    }
    return render(request, "attempts/skills.html", context)


def skills_of_person(user: User) -> list[OwnSkill]:
    own = Enrollment.objects.filter(user=user).students()
    masteries = mastery_of(Attempt.with_practice.filter(enrollment__in=own))
    return [OwnSkill(skill, mastery) for skill, mastery in masteries.get(user.pk, {}).items()]


def by_area(rows: list[OwnSkill]) -> list[tuple[str, list[OwnSkill]]]:
    """Areas and their skills, each by name."""
    by_name = sorted(rows, key=lambda row: (row.skill.area_name, row.skill.shown_name))
    grouped = groupby(by_name, key=lambda row: row.skill.area_name)
    return [(area, list(of_area)) for area, of_area in grouped]
