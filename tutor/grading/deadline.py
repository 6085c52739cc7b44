"""How long a call may take."""

from __future__ import annotations

import time
from dataclasses import dataclass


class DeadlinePassed(Exception):
    """Not decided in time."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """at: seconds on the monotonic clock."""

    at: float

    @classmethod
    def within(cls, seconds: float) -> Deadline:
        return cls(time.monotonic() + seconds)

    @property
    def left_s(self) -> float:
        return max(0.0, self.at - time.monotonic())

    def check(self) -> None:
        if time.monotonic() > self.at:
            raise DeadlinePassed
