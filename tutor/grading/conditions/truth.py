"""Whether a test holds: yes, no, undecided, or it does not fit the answer at all."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class ConditionTruth(Enum):
    """UNFIT: the answer is no such thing, as a point is not greater than 3, nor not greater."""

    YES = "yes"
    NO = "no"
    OPEN = "open"
    UNFIT = "unfit"

    @classmethod
    def of(cls, holds: bool | None) -> ConditionTruth:
        if holds is None:
            return cls.OPEN
        return cls.YES if holds else cls.NO

    def negated(self) -> ConditionTruth:
        return {ConditionTruth.YES: ConditionTruth.NO, ConditionTruth.NO: ConditionTruth.YES}.get(
            self, self
        )

    @property
    def is_failure(self) -> bool:
        return self in (ConditionTruth.NO, ConditionTruth.UNFIT)


def all_of(truths: Iterable[ConditionTruth]) -> ConditionTruth:
    """Looks no further than the first that fails."""
    result = ConditionTruth.YES
    for truth in truths:
        if truth.is_failure:
            return truth
        if truth is ConditionTruth.OPEN:
            result = truth
    return result


def any_of(truths: Iterable[ConditionTruth]) -> ConditionTruth:
    """Looks no further than the first that holds."""
    seen = set()
    for truth in truths:
        if truth is ConditionTruth.YES:
            return truth
        seen.add(truth)
    return next(
        (truth for truth in (ConditionTruth.OPEN, ConditionTruth.NO) if truth in seen),
        ConditionTruth.UNFIT,
    )
