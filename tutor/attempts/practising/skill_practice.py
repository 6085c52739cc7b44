"""Practice of one skill: the next problem for it, from a class or from the public ones."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product

from django.utils import timezone

from accounts.models import User
from tutor.attempts.access import ItemAccess, access_for
from tutor.attempts.models import Practice
from tutor.attempts.practising.candidates import Candidate, Candidates
from tutor.attempts.practising.further_variants import next_practice
from tutor.attempts.practising.self_study import self_study_access
from tutor.attempts.results.mastery import SECURE, Mastery
from tutor.problems.models import Problem, Skill

REST = timedelta(days=1)  # before the same numbers come again
MAX_LEVEL = 5
MAX_SUGGESTED = 5  # skills for which a problem is looked for


@dataclass(frozen=True)
class Suggestion:
    """The problem that helps a student most now."""

    skill: Skill
    mastery: Mastery
    problem: Problem


def practise(
    user: User,
    skill: Skill,
    now: datetime | None = None,
    *,
    from_level: int = 1,
    named: int | None = None,
) -> Practice | None:
    """The next problem for this skill, or the one that was begun; None where none is left.

    from_level: easier problems come only where no others are left. named: the key of a problem that
    a page has named as the next one; it comes first if it may come at all.
    """
    now = now or timezone.now()
    candidate = Candidates(user, [skill], now).named(skill, named, tried_before=now - REST)
    candidate = candidate or _next_from(user, skill, now, from_level)
    if candidate is None and from_level > 1:
        candidate = _next_from(user, skill, now, 1)
    access = access_to(user, candidate) if candidate else None
    return next_practice(access) if access else None


def _next_from(user: User, skill: Skill, now: datetime, level: int) -> Candidate | None:
    candidates = Candidates(user, [skill], now, range(level, MAX_LEVEL + 1))
    own = next_for(skill, candidates, now)
    return own or next_for(skill, candidates, now, is_foreign=True)


def next_for(
    skill: Skill, candidates: Candidates, now: datetime, *, is_foreign: bool = False
) -> Candidate | None:
    """What was tried today comes again only with new values."""
    rested = _rested_for(skill, candidates, now, is_foreign=is_foreign)
    again = candidates.best(skill, tried_before=now, is_foreign=is_foreign)
    return rested or (again if again and again.has_variants else None)


def access_to(user: User, candidate: Candidate) -> ItemAccess | None:
    if candidate.item is not None:
        return access_for(user, candidate.item)
    return self_study_access(user, candidate.problem)


def suggestion_for(
    user: User, masteries: dict[Skill, Mastery], now: datetime | None = None
) -> Suggestion | None:
    """The weakest skill that is not secure yet, and its next problem.

    It needs no skill of later school years. It comes from today's problems only where no other is
    left, and is in a foreign language only where there is none at all in the student's own.
    """
    now = now or timezone.now()
    unsure = [
        (mastery.so_far, skill.name, skill)
        for skill, mastery in masteries.items()
        if mastery.so_far < SECURE or mastery.missing
    ]
    skills = [skill for _percent, _name, skill in sorted(unsure, key=lambda row: row[:2])]
    candidates = Candidates(user, skills[:MAX_SUGGESTED], now)
    choices = product((False, True), (False, True), skills[:MAX_SUGGESTED])
    for is_foreign, is_tried, skill in choices:
        choose = next_for if is_tried else _rested_for
        candidate = choose(skill, candidates, now, is_foreign=is_foreign)
        if candidate is not None and not candidate.years_beyond(skill):
            return Suggestion(skill, masteries[skill], candidate.problem)
    return None


def _rested_for(
    skill: Skill, candidates: Candidates, now: datetime, *, is_foreign: bool
) -> Candidate | None:
    return candidates.best(skill, tried_before=now - REST, is_foreign=is_foreign)
