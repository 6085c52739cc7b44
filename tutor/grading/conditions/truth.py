"""Whether a test holds: yes, no, undecided, or it does not fit the answer at all."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Truth(Enum):
    """UNFIT: the answer is no such thing, as a point is not greater than 3, nor not greater."""

    YES = "yes"
    NO = "no"
    OPEN = "open"
    UNFIT = "unfit"

    @classmethod
    def of(cls, holds: bool | None) -> Truth:
        if holds is None:
            return cls.OPEN
        return cls.YES if holds else cls.NO

    def negated(self) -> Truth:
        return {Truth.YES: Truth.NO, Truth.NO: Truth.YES}.get(self, self)

    @property
    def is_failure(self) -> bool:
        return self in (Truth.NO, Truth.UNFIT)


def all_of(truths: Iterable[Truth]) -> Truth:
    """Looks no further than the first that fails."""
    result = Truth.YES
    for truth in truths:
        if truth.is_failure:
            return truth
        if truth is Truth.OPEN:
            result = truth
    return result


def any_of(truths: Iterable[Truth]) -> Truth:
    """Looks no further than the first that holds."""
    seen = set()
    for truth in truths:
        if truth is Truth.YES:
            return truth
        seen.add(truth)
    return next((truth for truth in (Truth.OPEN, Truth.NO) if truth in seen), Truth.UNFIT)
