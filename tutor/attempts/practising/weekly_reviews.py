"""The review of the week is made when its student first looks at it, and then stays as it is."""

import logging
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from tutor.attempts.access import ItemAccess, access_for
from tutor.attempts.models import Practice, ReviewProblem, WeeklyReview
from tutor.attempts.practising.candidates import Candidate, Candidates
from tutor.attempts.practising.further_variants import fresh_practice
from tutor.attempts.practising.self_study import self_study_access
from tutor.attempts.results.first_answers import first_answers_of
from tutor.attempts.results.mastery import skills_of
from tutor.attempts.results.spacing import Recall, due_first, recalls_of
from tutor.prepared import prepared
from tutor.problems.models import Problem, Skill

logger = logging.getLogger(__name__)

PROBLEMS_A_WEEK = 5
MAX_OF_A_SKILL = 2
MAX_DUE = 3 * PROBLEMS_A_WEEK  # skills that are looked at; for some there may be no problem

Due = list[tuple[Skill, Recall]]


@dataclass(frozen=True)
class Choice:
    """kind: the skills of the problem that was answered last."""

    skill: Skill
    recall: Recall
    kind: Collection[Skill]
    candidate: Candidate


@dataclass(frozen=True)
class ReviewOfWeek:
    """What pages show of it. problems: empty where there is none this week.

    next_due_on: where there is none, when a skill is due; None for whoever has solved nothing.
    """

    problems: list[ReviewProblem]
    next_due_on: date | None = None

    @property
    def done(self) -> int:
        return sum(bool(problem.attempted) for problem in self.problems)

    @property
    def right(self) -> int:
        return sum(bool(problem.right) for problem in self.problems)

    @property
    def next_problem(self) -> ReviewProblem | None:
        return next((problem for problem in self.problems if not problem.attempted), None)

    def next_beside(self, practice: Practice) -> ReviewProblem | None:
        """What comes next for whoever has just tried this one."""
        others = (problem for problem in self.problems if problem.practice != practice)
        return next((problem for problem in others if not problem.attempted), None)


def review_of_week(user: User, now: datetime | None = None) -> ReviewOfWeek:
    """The stored one, or a new one if something is due."""
    now = now or timezone.now()
    week = monday_of(user, now)
    problems = _problems_of(user, week)
    if problems:
        return ReviewOfWeek(problems)
    recalls = recalls_of(first_answers_of(user))
    due = due_first(recalls, now)
    if due and _make(user, week, due[:MAX_DUE], now):
        return ReviewOfWeek(_problems_of(user, week))
    next_due_at = min((recall.due_at for recall in recalls.values()), default=None)
    return ReviewOfWeek([], next_due_at and local_day(user, max(next_due_at, now)))


def stored_review(user: User, now: datetime | None = None) -> ReviewOfWeek:
    """That of this week as `user` has it, for others, whose look makes none."""
    return ReviewOfWeek(_problems_of(user, monday_of(user, now or timezone.now())))


def review_with(practice: Practice) -> ReviewOfWeek:
    """The one that the practice is part of, of whichever week."""
    problems = ReviewProblem.objects.usable().filter(
        weekly_review=practice.review_problem.weekly_review_id
    )
    return ReviewOfWeek(list(problems.select_related("practice").with_results()))


def monday_of(user: User, now: datetime) -> date:
    today = local_day(user, now)
    return today - timedelta(days=today.weekday())


def local_day(user: User, instant: datetime) -> date:
    return timezone.localdate(instant, ZoneInfo(user.time_zone))


def _problems_of(user: User, week: date) -> list[ReviewProblem]:
    """Two queries."""
    return _problems_in(user.pk, week)


@prepared
def _problems_in(user_pk: int, week: date) -> QuerySet[ReviewProblem]:
    rows = ReviewProblem.objects.usable()
    own = rows.filter(weekly_review__user=user_pk, weekly_review__week=week)
    related = own.select_related("skill", "problem__current", "practice", "item")
    return related.prefetch_related("problem__skills").with_results()


def _make(user: User, week: date, due: Due, now: datetime) -> bool:
    """False where there is no problem for any of these skills."""
    chosen = _choose(user, due, now)
    if not chosen:
        return False
    with transaction.atomic():
        review, is_new = WeeklyReview.objects.get_or_create(
            user=user, week=week, defaults={"made_at": now}
        )
        if is_new:
            ReviewProblem.objects.bulk_create(_rows(review, chosen))
    logger.info("weekly review made pk=%s problems=%s", review.pk, len(chosen))
    return True


def _choose(user: User, due: Due, now: datetime) -> list[Choice]:
    """In other languages than the student's only if there is nothing else."""
    candidates = Candidates(user, [skill for skill, _recall in due], now)
    yesterday = _start_of_yesterday(user, now)
    return list(_choices(candidates, due, yesterday, is_foreign=False)) or list(
        _choices(candidates, due, yesterday, is_foreign=True)
    )


def _choices(
    candidates: Candidates, due: Due, tried_before: datetime, *, is_foreign: bool
) -> Iterator[Choice]:
    """One of each skill, then a second one of each, until there are enough."""
    kinds = skills_of({recall.last.problem for _skill, recall in due})
    chosen: list[Problem] = []
    for skill, recall in due * MAX_OF_A_SKILL:
        kind = kinds[recall.last.problem]
        best = candidates.best(
            skill, tried_before=tried_before, without=chosen, kind=kind, is_foreign=is_foreign
        )
        if best is not None and len(chosen) < PROBLEMS_A_WEEK:
            chosen.append(best.problem)
            yield Choice(skill, recall, kind, best)


def _start_of_yesterday(user: User, now: datetime) -> datetime:
    yesterday = local_day(user, now) - timedelta(days=1)
    return datetime.combine(yesterday, time.min, tzinfo=ZoneInfo(user.time_zone))


def _rows(review: WeeklyReview, chosen: Iterable[Choice]) -> Iterator[ReviewProblem]:
    for position, choice in enumerate(chosen, start=1):
        yield ReviewProblem(
            weekly_review=review,
            position=position,
            skill=choice.skill,
            problem=choice.candidate.problem,
            item=choice.candidate.item,
            reason=choice.recall.reason,
            answered_at=choice.recall.last.answered_at,
            is_same_kind=choice.candidate.skills == set(choice.kind),
        )


def begin(problem: ReviewProblem) -> Practice | None:
    """What the student works on, the same whenever they come back.

    None, and the problem leaves the review, if they no longer have it or no variant is left.
    """
    with transaction.atomic():
        locked = ReviewProblem.objects.select_for_update(of=("self",)).get(pk=problem.pk)
        if locked.practice is None:
            access = _access_to(locked)
            locked.practice = fresh_practice(access) if access else None
            locked.save(update_fields=["practice"])
        if locked.practice is None:
            locked.delete()
    return locked.practice


def _access_to(review_problem: ReviewProblem) -> ItemAccess | None:
    user, item, problem = (
        review_problem.weekly_review.user,
        review_problem.item,
        review_problem.problem,
    )
    if problem.current is None:
        return None
    return access_for(user, item) if item else self_study_access(user, problem)
