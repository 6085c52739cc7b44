"""Which attempts count. The pages, the gradebook and all statistics ask here.

An attempt counts unless it could not be read. One that waits for its grade counts as well: it may
be right. Of a student's attempts at an item that count, the one with the largest `rank` makes
the mark. Whether an attempt uses up one of those allowed is another question: see
`Attempt.costs_attempt`.
"""

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from django.db.models import Q

from tutor.grading import Feedback, FeedbackCode, Verdict

_NOT_COUNTED = (Verdict.UNREADABLE,)
_CENT = Decimal("0.01")


class ProgressState(StrEnum):
    """How far a student is with a problem, or what one attempt came to."""

    NEW = "new"  # no attempt counts
    CORRECT = Verdict.CORRECT.value
    PARTLY = "partly"  # it is wrong and has a share of the points
    INCORRECT = Verdict.INCORRECT.value
    UNDECIDED = Verdict.UNDECIDED.value
    PENDING = "pending"  # it waits for its grade
    UNREADABLE = Verdict.UNREADABLE.value


class AttemptRank(NamedTuple):
    """Of two attempts, the one with the larger rank makes the mark."""

    points: Decimal
    score: float
    is_undecided: bool
    earliness: int  # minus the number of the attempt


def is_counted(verdict: str | None) -> bool:
    """verdict: empty or None while the attempt waits for its grade."""
    return verdict not in _NOT_COUNTED


def counted(prefix: str = "") -> Q:
    """`is_counted` as a condition. prefix: leads to the attempts, such as "attempts__"."""
    return ~Q(**{f"{prefix}grade__verdict__in": _NOT_COUNTED}) | Q(**{f"{prefix}grade": None})


def costing() -> Q:
    """`Attempt.costs_attempt` as a condition."""
    lacks_unit = Q(grade__feedback=Feedback(FeedbackCode.UNIT_MISSING).to_json())
    is_new = Q(repeats=None) & ~lacks_unit
    return counted() & ~Q(grade__verdict=Verdict.UNDECIDED) & is_new


def points_for(max_points: Decimal, share: Decimal) -> Decimal:
    """To the cent. share: the score, less what a late answer loses, 0 to 1."""
    return (max_points * share).quantize(_CENT)


def rank(points: Decimal, score: float, verdict: str | None, number: int) -> AttemptRank:
    """By points, then by score; then one that is not decided yet, then the earlier one."""
    is_undecided = not verdict or verdict == Verdict.UNDECIDED
    return AttemptRank(points, score, is_undecided, -number)


def state_of(verdict: str | None, score: float) -> ProgressState:
    """Of an attempt with this grade; verdict: empty or None while there is none."""
    if not verdict:
        return ProgressState.PENDING
    is_partly = verdict == Verdict.INCORRECT and score > 0
    return ProgressState.PARTLY if is_partly else ProgressState(verdict)


def practice_state(*, is_right: bool, is_attempted: bool) -> ProgressState:
    if is_right:
        return ProgressState.CORRECT
    return ProgressState.INCORRECT if is_attempted else ProgressState.NEW
