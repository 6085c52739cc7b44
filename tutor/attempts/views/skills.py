from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import AuthedRequest
from tutor.attempts.models import Practice
from tutor.attempts.practising.skill_practice import MAX_LEVEL, practise, suggestion_for
from tutor.attempts.practising.topics import (
    Difficulty,
    practise_topic,
    public_problems_for,
    topics_for,
)
from tutor.attempts.practising.weekly_reviews import review_of_week
from tutor.attempts.results.mastery import Level, Mastery, explained, masteries_of
from tutor.attempts.views.going_back import back
from tutor.limits import is_allowed
from tutor.problems.models import Skill
from tutor.problems.skills.names import skill_name
from tutor.problems.skills.skill_map import AREAS

NEW_A_MINUTE = 12
MAX_UNFOLDED = 8  # skills of a page whose areas are all open


class NextProblemForm(forms.Form):
    """problem: the key of the one that the page has named."""

    level = forms.IntegerField(min_value=1, max_value=MAX_LEVEL, required=False)
    problem = forms.IntegerField(min_value=1, max_value=2**31 - 1, required=False)


class TopicForm(forms.Form):
    area = forms.ChoiceField(choices=[(row, row) for row in AREAS])
    difficulty = forms.ChoiceField(choices=[(row, row) for row in Difficulty])


@dataclass(frozen=True)
class OwnSkill:
    """A row of the page. mastery: None where the student has answered nothing yet."""

    skill: Skill
    mastery: Mastery | None

    @property
    def is_secure(self) -> bool:
        return self.mastery is not None and self.mastery.level == Level.SECURE


@dataclass(frozen=True)
class SkillTopic:
    """Skills that belong together, such as all on fractions; those in progress come first."""

    name: str
    rows: list[OwnSkill]

    @property
    def is_secure(self) -> bool:
        return all(row.is_secure for row in self.rows)


@dataclass(frozen=True)
class SkillArea(SkillTopic):
    """All topics of an area; those with something in progress come first."""

    topics: list[SkillTopic]

    @property
    def is_long(self) -> bool:
        """Whether its topics are folded."""
        return len(self.rows) > MAX_UNFOLDED


@login_required
@require_safe
def skills(request: AuthedRequest) -> HttpResponse:
    """The student's mastery of each skill, over all their classes."""
    masteries = masteries_of(request.user)
    public = Skill.objects.filter(problems__in=public_problems_for(request.user)).distinct()
    context = explained() | {
        "areas": in_progress_first(by_area([OwnSkill(*row) for row in masteries.items()])),
        "new_areas": by_area([OwnSkill(row, None) for row in public if row not in masteries]),
        "review": review_of_week(request.user),
        "suggestion": suggestion_for(request.user, masteries) if masteries else None,
        "topics": topics_for(request.user),
        "is_short": len(masteries) <= MAX_UNFOLDED,
    }
    return render(request, "attempts/skills.html", context)


@login_required
@require_POST
def practise_skill(request: AuthedRequest, pk: int) -> HttpResponse:
    """Go to the next problem for a skill, no easier than the one they come from."""
    skill = get_object_or_404(Skill, pk=pk)
    form = NextProblemForm(request.POST)
    asked = form.cleaned_data if form.is_valid() else {}
    level, named = asked.get("level") or 1, asked.get("problem")
    return begun(
        request,
        skill.shown_name,
        lambda: practise(request.user, skill, from_level=level, named=named),
    )


@login_required
@require_POST
def begin_topic(request: AuthedRequest) -> HttpResponse:
    """Go to the first problem of a topic, as hard as the student wants it."""
    form = TopicForm(request.POST)
    if not form.is_valid():
        raise Http404
    area, difficulty = form.cleaned_data["area"], Difficulty(form.cleaned_data["difficulty"])
    return begun(request, skill_name(area), lambda: practise_topic(request.user, area, difficulty))


def begun(request: AuthedRequest, name: str, begin: Callable[[], Practice | None]) -> HttpResponse:
    """What is begun, or a word on why nothing is. name: of the skill or topic."""
    if not is_allowed("practice", request.user.pk, per_minute=NEW_A_MINUTE):
        messages.error(request, _("That was too fast. Wait a minute."))
        return back(request, "skills")
    practice = begin()
    if practice is None:
        text = _("There is no other problem for “%(skill)s” now. Look again in a day or two.")
        messages.info(request, text % {"skill": name})
        return redirect("skills")
    return redirect(practice)


def by_area(rows: list[OwnSkill]) -> list[tuple[str, list[OwnSkill]]]:
    """Areas and their skills, each by name."""
    by_name = sorted(rows, key=lambda row: (row.skill.area_name, row.skill.shown_name))
    grouped = groupby(by_name, key=lambda row: row.skill.area_name)
    return [(area, list(of_area)) for area, of_area in grouped]


def in_progress_first(areas: list[tuple[str, list[OwnSkill]]]) -> list[SkillArea]:
    """Areas, topics and skills: what the student has comes after what is still to be learned."""
    shown = [SkillArea(name, secure_last(rows), topics_of(rows)) for name, rows in areas]
    return sorted(shown, key=lambda area: area.is_secure)


def topics_of(rows: list[OwnSkill]) -> list[SkillTopic]:
    """By name; a topic is what the first two parts of a skill's path say."""
    by_topic: dict[str, list[OwnSkill]] = defaultdict(list)
    for row in rows:
        by_topic[skill_name(".".join(row.skill.name.split(".")[:2]))].append(row)
    topics = [SkillTopic(name, secure_last(by_topic[name])) for name in sorted(by_topic)]
    return sorted(topics, key=lambda topic: topic.is_secure)


def secure_last(rows: list[OwnSkill]) -> list[OwnSkill]:
    return sorted(rows, key=lambda row: row.is_secure)
