"""Where to begin without a class: topics with public problems, and how hard these are."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from tutor.attempts.models import Practice
from tutor.attempts.practising.candidates import Candidates
from tutor.attempts.practising.further_variants import next_practice
from tutor.attempts.practising.skill_practice import access_to, next_for
from tutor.prepared import prepared
from tutor.problems.models import Problem, ProblemQuerySet, Skill
from tutor.problems.skills.names import skill_name
from tutor.problems.skills.skill_map import AREAS


class Difficulty(StrEnum):
    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"

    @property
    def levels(self) -> Collection[int]:
        return _LEVELS[self]


_LEVELS = {Difficulty.EASY: (1, 2), Difficulty.MEDIUM: (3,), Difficulty.HARD: (4, 5)}


@dataclass(frozen=True)
class Topic:
    """area: the first part of the paths of its skills."""

    area: str
    difficulties: list[Difficulty]

    @property
    def name(self) -> str:
        return skill_name(self.area)


def public_problems_for(user: User) -> ProblemQuerySet:
    """Those in the language of `user`; in all languages if there are none."""
    public = Problem.objects.public()
    own = public.filter(current__language=user.language)
    return own if own.exists() else public


def topics_for(user: User) -> list[Topic]:
    """Those that have easy problems first, of these the largest first; one query as a rule."""
    levels: dict[str, dict[int, int]] = defaultdict(dict)
    for name, level, pk in _skills_in(user.language) or _all_skills():
        area = (name or "").partition(".")[0]
        if area in AREAS:
            levels[area][pk] = level
    by_ease = sorted(levels, key=lambda area: (min(levels[area].values()), -len(levels[area])))
    return [Topic(area, _difficulties(levels[area].values())) for area in by_ease]


@prepared
def _skills_in(language: str) -> "QuerySet[Problem, tuple[str | None, int, int]]":
    """Of public problems in this language, each with its level and its key."""
    public = Problem.objects.public().filter(current__language=language)
    return public.values_list("skills__name", "current__level", "pk")


@prepared
def _all_skills() -> "QuerySet[Problem, tuple[str | None, int, int]]":
    return Problem.objects.public().values_list("skills__name", "current__level", "pk")


def _difficulties(levels: Collection[int]) -> list[Difficulty]:
    return [row for row in Difficulty if not set(row.levels).isdisjoint(levels)]


def practise_topic(user: User, area: str, difficulty: Difficulty) -> Practice | None:
    """The next problem of this topic, of whichever of its skills; None where none is left."""
    now = timezone.now()
    skills = list(Skill.objects.filter(Q(name=area) | Q(name__startswith=f"{area}.")))
    candidates = Candidates(user, skills, now, difficulty.levels)
    for is_foreign in (False, True):
        options = (next_for(skill, candidates, now, is_foreign=is_foreign) for skill in skills)
        if best := min(filter(None, options), key=lambda option: option.order, default=None):
            access = access_to(user, best)
            return next_practice(access) if access else None
    return None
