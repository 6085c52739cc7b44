"""Which attempts count. The pages, the gradebook and all statistics ask here.

An attempt counts unless it could not be read. One that waits for its grade counts as well: it may
be right. Of a student's attempts at an item that count, the one with the largest `rank` makes
the mark; where verdicts come after the end, the last one. Whether an attempt uses up one of those
allowed is another question: see `Attempt.costs_attempt`.
"""

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, Protocol

from django.db.models import Count, Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.lookups import In
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from tutor.grading import Feedback, Rule, Verdict
from tutor.grading.answer_key import is_right_but
from tutor.grading.feedback import RIGHT_BUT
from tutor.grading.mistakes import RIGHT_SO_FAR, Explanation

_NOT_COUNTED = (Verdict.UNREADABLE,)
_CENT = Decimal("0.01")


class ProgressState(StrEnum):
    """How far a student is with a problem, or what one attempt came to."""

    NEW = "new"  # no attempt counts
    CORRECT = Verdict.CORRECT.value
    PARTLY = "partly"  # it is wrong and has a share of the points
    UNFINISHED = "unfinished"  # nothing in it is wrong, but it is not yet what was asked for
    INCORRECT = Verdict.INCORRECT.value
    UNDECIDED = Verdict.UNDECIDED.value
    PENDING = "pending"  # it waits for its grade
    UNREADABLE = Verdict.UNREADABLE.value
    SEALED = "sealed"  # its student reads only after the end what it came to


_WORDS: dict[str, Promise] = {
    ProgressState.CORRECT: gettext_lazy("Correct"),
    ProgressState.PARTLY: gettext_lazy("Partly right"),
    ProgressState.UNFINISHED: gettext_lazy("Not finished yet"),
    ProgressState.INCORRECT: gettext_lazy("Not right"),
    ProgressState.UNDECIDED: gettext_lazy("Not decided"),
    ProgressState.UNREADABLE: pgettext_lazy("answer", "Not understood"),
    ProgressState.SEALED: pgettext_lazy("answer", "Handed in"),
}


def state_word(state: str) -> str:
    """What people read of it, in every list. state: also a verdict."""
    return str(_WORDS.get(state, gettext("Being graded")))


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
    return counted() & ~Q(grade__verdict=Verdict.UNDECIDED) & Q(repeats=None) & ~free()


def free() -> Q:
    """`Attempt.is_free` as a condition."""
    return Q(grade__verdict=Verdict.INCORRECT, grade__score=0) & _is_right_but("grade__")


def _is_right_but(grade: str) -> Q:
    """`is_right_but` as a condition. grade: leads to the grade, such as "attempts__grade__"."""
    lacks = Q(**{f"{grade}rule": Rule.FORM})
    for code in RIGHT_BUT:
        lacks |= Q(**{f"{grade}feedback__startswith": Feedback(code).opening})
    return lacks


def is_unfinished(rule: str, feedback: Feedback | None, mistake: Explanation | None) -> bool:
    """Whether nothing in an answer without points is wrong: only a form, a unit or an end lacks."""
    is_right_so_far = mistake is not None and mistake.name in RIGHT_SO_FAR
    return is_right_but(rule, feedback) or is_right_so_far


def unfinished(prefix: str = "") -> Q:
    """Attempts whose state is `UNFINISHED`, as a condition."""
    grade = f"{prefix}grade__"
    # As text, which two queries with the same values have alike, unlike values of JSON.
    name_is_one = In(KeyTextTransform("name", f"{prefix}mistake"), sorted(RIGHT_SO_FAR))
    lacks = _is_right_but(grade) | Q(name_is_one)
    return Q(**{f"{grade}verdict": Verdict.INCORRECT, f"{grade}score": 0}) & lacks


def points_for(max_points: Decimal, share: Decimal) -> Decimal:
    """To the cent. share: the score, less what a late answer loses, 0 to 1."""
    return (max_points * share).quantize(_CENT)


def rank(points: Decimal, score: float, verdict: str | None, number: int) -> AttemptRank:
    """By points, then by score; then one that is not decided yet, then the earlier one."""
    is_undecided = not verdict or verdict == Verdict.UNDECIDED
    return AttemptRank(points, score, is_undecided, -number)


def state_of(verdict: str | None, score: float, *, is_unfinished: bool = False) -> ProgressState:
    """Of an attempt with this grade; verdict: empty or None while there is none."""
    if not verdict:
        return ProgressState.PENDING
    if verdict != Verdict.INCORRECT:
        return ProgressState(verdict)
    if score > 0:
        return ProgressState.PARTLY
    return ProgressState.UNFINISHED if is_unfinished else ProgressState.INCORRECT


def practice_counts(attempts: str = "attempts") -> dict[str, Count]:
    """What `practice_state` asks, to be added to rows. attempts: leads to the attempts."""
    grade = f"{attempts}__grade"
    wrong = Q(**{f"{grade}__verdict": Verdict.INCORRECT})
    conditions = {
        "attempted": counted(f"{attempts}__"),
        "right": Q(**{f"{grade}__verdict": Verdict.CORRECT}),
        "partly": wrong & Q(**{f"{grade}__score__gt": 0}),
        "undecided": Q(**{f"{grade}__verdict": Verdict.UNDECIDED}),
        "pending": Q(**{grade: None}),
        "unfinished": unfinished(f"{attempts}__"),
    }
    return {name: Count(attempts, filter=condition) for name, condition in conditions.items()}


class CountsOfPractice(Protocol):
    """What `practice_counts` adds: numbers of attempts. attempted: of those that count."""

    attempted: int
    right: int
    partly: int
    undecided: int
    pending: int
    unfinished: int


def practice_state(row: CountsOfPractice) -> ProgressState:
    """That of its best attempt, in the order in which `rank` has them."""
    states = {
        ProgressState.CORRECT: row.right,
        ProgressState.PARTLY: row.partly,
        ProgressState.UNDECIDED: row.undecided,
        ProgressState.PENDING: row.pending,
        ProgressState.UNFINISHED: row.unfinished,
        ProgressState.INCORRECT: row.attempted,
    }
    return next((state for state, count in states.items() if count), ProgressState.NEW)
