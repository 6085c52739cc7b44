"""Problems that a student may be given for practice, and which of them comes next.

An item of a class comes into question once the student has solved it or its assignment is over.
What they have to do, or will be tested on, does not: neither as this item nor anywhere else.
Beside these there are the public problems, which belong to nobody's class. The student's own
language comes first, then those in which they answered work of a class.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, QuerySet
from django.utils.functional import cached_property

from accounts.models import User
from tutor.assignments.models import Assignment, AssignmentQuerySet, Item
from tutor.attempts.models import Attempt, GivenHelp
from tutor.attempts.results.mastery import skills_of
from tutor.courses.models import Enrollment
from tutor.prepared import prepared
from tutor.problems.models import Problem, Skill
from tutor.problems.skills.skill_map import skill_map

MAX_CANDIDATES = 400  # of all skills that are asked for
FOREIGN = 2


@dataclass(frozen=True)
class Candidate:
    """item: None for a public problem that no class of theirs has.

    last_tried_at: the problem, anywhere. is_helped: whether they had help with it. language_rank: 0
    for the student's own language, FOREIGN for one in which they have done nothing.
    """

    problem: Problem
    item: Item | None
    skills: frozenset[Skill]
    last_tried_at: datetime | None
    is_helped: bool
    language_rank: int

    @property
    def has_variants(self) -> bool:
        return self.problem.current is not None and self.problem.current.is_template

    @property
    def is_fresh(self) -> bool:
        """Whether it has new values, or the student has never tried it."""
        return self.has_variants or self.last_tried_at is None

    @property
    def level(self) -> int:
        return self.problem.current.level if self.problem.current else 1

    def years_beyond(self, skill: Skill) -> int:
        """How many school years after this skill its others come; 0 for one off the map."""
        mapped = skill_map().skills
        if skill.name not in mapped:
            return 0
        years = [mapped[other.name].grade for other in self.skills if other.name in mapped]
        return max(years, default=0) - mapped[skill.name].grade

    def rank(self, skill: Skill, kinds: Collection[Collection[Skill]]) -> tuple[Any, ...]:
        """The lower, the better: by language, then of one of these kinds, then what needs no skill
        of later school years, then by `order`.
        """
        is_other = bool(kinds) and self.skills not in kinds
        return self.language_rank, is_other, self.years_beyond(skill), *self.order

    @property
    def order(self) -> tuple[bool, float, int, int, int]:
        """Fresh first, then tried the longest ago, of few skills, easy."""
        longest_ago = self.last_tried_at.timestamp() if self.last_tried_at else 0.0
        return not self.is_fresh, longest_ago, len(self.skills), self.level, self.problem.pk


class Candidates:
    """Those of one student with any of these skills, in at most ten queries.

    levels: those that come into question; None for all.
    """

    def __init__(
        self,
        user: User,
        skills: Collection[Skill],
        now: datetime,
        levels: Collection[int] | None = None,
    ) -> None:
        self.user, self.skills, self.now, self.levels = user, skills, now, levels

    def best(
        self,
        skill: Skill,
        *,
        tried_before: datetime,
        without: Collection[Problem] = (),
        kind: Collection[Skill] | None = None,
        is_foreign: bool = False,
    ) -> Candidate | None:
        """The one of lowest rank.

        tried_before: what was tried since then does not come again, nor does what the student had
        help with, unless it has new values. without: problems; others with their titles come last,
        since a class may have its own copy of a public one. kind: problems with all of
        these skills, or this skill alone, come before others. is_foreign: whether it has a language
        in which the student has done nothing.
        """
        kinds = [{skill}, set(kind)] if kind is not None else []
        keys, titles = {other.pk for other in without}, {_title_of(other) for other in without}
        suitable = (
            candidate
            for candidate in self._by_skill[skill]
            if candidate.problem.pk not in keys
            and (candidate.language_rank == FOREIGN) == is_foreign
            and _is_rested(candidate, tried_before)
        )

        def rank(candidate: Candidate) -> tuple[Any, ...]:
            return _title_of(candidate.problem) in titles, *candidate.rank(skill, kinds)

        return min(suitable, key=rank, default=None)

    def named(
        self, skill: Skill, problem_pk: int | None, *, tried_before: datetime
    ) -> Candidate | None:
        """This problem for the skill; tried since then, it comes only with new values."""
        for candidate in self._by_skill[skill] if problem_pk is not None else ():
            if candidate.problem.pk == problem_pk:
                is_fit = candidate.has_variants or _is_rested(candidate, tried_before)
                return candidate if is_fit else None
        return None

    @cached_property
    def _by_skill(self) -> dict[Skill, list[Candidate]]:
        by_skill: dict[Skill, list[Candidate]] = defaultdict(list)
        for candidate in self._all():
            if self.levels is not None and candidate.level not in self.levels:
                continue
            for skill in candidate.skills:
                by_skill[skill].append(candidate)
        return by_skill

    def _all(self) -> Iterable[Candidate]:
        items = self._items()
        problems = {problem.pk: problem for problem in self._public()}
        problems |= {pk: item.problem for pk, item in items.items()}
        skills, tried, helped = skills_of(problems), self._tried(problems), self._helped(problems)
        for pk, problem in problems.items():
            yield Candidate(
                problem=problem,
                item=items.get(pk),
                skills=frozenset(skills[pk]),
                last_tried_at=tried.get(pk),
                is_helped=pk in helped,
                language_rank=self._language_rank(problem),
            )

    def _language_rank(self, problem: Problem) -> int:
        language = problem.current.language if problem.current else ""
        if language == self.user.language:
            return 0
        return 1 if language in self._answered_languages else FOREIGN

    @cached_property
    def _answered_languages(self) -> set[str]:
        """Of the work of their classes."""
        return set(_answered_languages(self.user.pk))

    def _public(self) -> Iterable[Problem]:
        public = Problem.objects.public().filter(skills__in=self.skills)
        allowed = public.exclude(pk__in=self._withheld_problems)
        return allowed.distinct().order_by("pk").select_related("current")[:MAX_CANDIDATES]

    def _items(self) -> dict[int, Item]:
        """By problem, one of each."""
        items = Item.objects.filter(
            problem_set__in=self._given.over | self._given.open,
            problem__skills__in=self.skills,
            problem__current__isnull=False,
        ).exclude(problem__in=self._withheld_problems)
        ordered = items.distinct().order_by("pk").select_related("problem__current", "problem_set")
        return {item.problem_id: item for item in ordered[:MAX_CANDIDATES]}

    @cached_property
    def _given(self) -> "_GivenSets":
        return _GivenSets(_given_to(self.user.pk), self.now)

    @cached_property
    def _withheld_problems(self) -> set[int]:
        """Problems of tests that are not over, and those of open assignments not solved yet."""
        given = self._given
        items = Item.objects.filter(problem_set__in=given.open | given.closed)
        solved = Attempt.objects.filter(enrollment__user=self.user).right().values("item")
        unsolved = items.exclude(problem_set__in=given.open - given.closed, pk__in=solved)
        return set(unsolved.values_list("problem", flat=True))

    def _tried(self, problems: Collection[int]) -> dict[int, datetime]:
        attempts = Attempt.with_practice.filter(
            enrollment__user=self.user, item__problem__in=problems
        )
        rows = attempts.order_by().values("item__problem").annotate(last=Max("submitted_at"))
        return dict(rows.values_list("item__problem", "last"))

    def _helped(self, problems: Collection[int]) -> set[int]:
        given = GivenHelp.objects.filter(enrollment__user=self.user, item__problem__in=problems)
        return set(given.order_by().values_list("item__problem", flat=True))


@prepared
def _given_to(user_pk: int) -> AssignmentQuerySet:
    own = Enrollment.objects.filter(user=user_pk)
    current = own.filter(section__archived_at=None, section__is_self_study=False)
    return Assignment.objects.for_students(current)


@prepared
def _answered_languages(user_pk: int) -> QuerySet[Attempt, str]:
    attempts = Attempt.objects.filter(enrollment__user=user_pk)
    of_classes = attempts.filter(enrollment__section__is_self_study=False).order_by()
    return of_classes.values_list("version__language", flat=True).distinct()


class _GivenSets:
    """Problem sets of one student: over for everybody, open homework, and closed to practice."""

    def __init__(self, assignments: Iterable[Assignment], now: datetime) -> None:
        self.over: set[int] = set()
        self.open: set[int] = set()
        self.closed: set[int] = set()
        for row in assignments:
            self._sets_for(row, now).add(row.problem_set_id)

    def _sets_for(self, row: Assignment, now: datetime) -> set[int]:
        over_at = max(row.ends_at, row.help_begins_at)  # a test's neighbours may still sit it
        if over_at < now:
            return self.over
        is_closed = row.waits_for_everybody or row.effective_opens_at > now
        return self.closed if is_closed else self.open


def _title_of(problem: Problem) -> str:
    return problem.current.title if problem.current else ""


def _is_rested(candidate: Candidate, tried_before: datetime) -> bool:
    if candidate.last_tried_at is not None and candidate.last_tried_at >= tried_before:
        return False
    return candidate.is_fresh or not candidate.is_helped
