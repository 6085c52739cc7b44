"""What a student could do at first, at each item and at each practice.

The first answer that could be read counts, unless only its form or its unit was not right, which
costs no attempt either. If it was wrong and the next one was right, both
without help, the second try counts for SECOND_TRY. Where the first answer is not judged or not
decided yet, a later one says nothing in its place.

Where verdicts come after the end, students replace answers without knowing which is right. The last
one makes the mark there, so it is also what counts here.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When

from accounts.models import User
from tutor.assignments.models import Assignment
from tutor.attempts.counting import free
from tutor.attempts.models import Attempt, AttemptQuerySet
from tutor.attempts.sealing import sealed_sets
from tutor.courses.models import Enrollment
from tutor.grading import Verdict
from tutor.per_page import once_per_page
from tutor.prepared import prepared

SECOND_TRY = 0.5  # of a right first answer
_JUDGED = {Verdict.CORRECT, Verdict.INCORRECT}


class FirstAnswer(NamedTuple):
    """helped_by: the help before it. answered_at: of the try that counts."""

    user: int
    problem: int
    item: int
    helped_by: str
    score: float
    answered_at: datetime
    is_second: bool = False

    @property
    def is_right(self) -> bool:
        return self.score == 1


class _Try(NamedTuple):
    enrollment: int
    item: int
    practice: int | None
    problem_set: int
    user: int
    problem: int
    number: int
    helped_by: str
    score: float | None
    verdict: str | None
    submitted_at: datetime
    is_replaceable: bool  # by a later one, before its student reads the verdict
    costs_nothing: bool


_COLUMNS = (
    "enrollment",
    "item",
    "practice",
    "item__problem_set",
    "enrollment__user",
    "item__problem",
    "number",
    "helped_by",
    "grade__score",
    "grade__verdict",
    "submitted_at",
    "is_replaceable",
    "costs_nothing",
)


def first_answers(attempts: AttemptQuerySet) -> list[FirstAnswer]:
    """The oldest first, from all attempts that are given, with practice; one query."""
    return _firsts(map(_Try._make, _tries(attempts)))


def _tries(attempts: AttemptQuerySet) -> QuerySet[Attempt, tuple[Any, ...]]:
    withholding = Assignment.objects.filter(
        section=OuterRef("enrollment__section"),
        problem_set=OuterRef("item__problem_set"),
        verdict_policy=Assignment.VerdictPolicy.AFTER_END,
    )
    tries = attempts.counted().annotate(
        is_replaceable=Case(When(Exists(withholding), practice=None, then=True), default=False),
        costs_nothing=Case(When(free(), then=True), default=False),
    )
    counted = tries.filter(Q(is_replaceable=True) | Q(costs_nothing=False, repeats=None))
    return counted.order_by("enrollment", "item", "practice", "number").values_list(*_COLUMNS)


def _firsts(tries: Iterator[_Try]) -> list[FirstAnswer]:
    return sorted(_first_of_each(tries), key=lambda answer: answer.answered_at)


@once_per_page
def first_answers_of(user: User) -> list[FirstAnswer]:
    """Over all classes of `user`, without sealed ones. Nobody may change the list."""
    sealed = sealed_sets(user.pk)
    tries = map(_Try._make, _tries_of(user.pk))
    return _firsts(row for row in tries if row.practice or row.problem_set not in sealed)


@prepared
def _tries_of(user_pk: int) -> QuerySet[Attempt, tuple[Any, ...]]:
    own = Enrollment.objects.filter(user=user_pk).students()
    return _tries(Attempt.with_practice.filter(enrollment__in=own))


def _first_of_each(tries: Iterator[_Try]) -> Iterator[FirstAnswer]:
    for _variant, of_variant in groupby(tries, key=lambda row: row[:3]):
        first, *later = of_variant
        if first.is_replaceable:
            last = [first, *later][-1]
            if last.verdict in _JUDGED and not last.costs_nothing:
                yield _answer(last, last.score or 0.0)
        elif first.verdict in _JUDGED:
            yield _counting(first, later[:1])


def _counting(first: _Try, later: list[_Try]) -> FirstAnswer:
    score = first.score or 0.0
    for second in later:
        is_helped = first.helped_by or second.helped_by
        if second.verdict == Verdict.CORRECT and score < SECOND_TRY and not is_helped:
            return _answer(second, SECOND_TRY, is_second=True)
    return _answer(first, score)


def _answer(row: _Try, score: float, *, is_second: bool = False) -> FirstAnswer:
    columns = (row.user, row.problem, row.item, row.helped_by)
    return FirstAnswer(*columns, score, row.submitted_at, is_second)
