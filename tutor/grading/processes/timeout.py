"""Limits how long a call may wait for another process, on the clock."""

from __future__ import annotations

import time


class TimedOut(Exception):
    """The other process did not answer in time."""


class Timeout:
    """The end of a wait."""

    __slots__ = ("at",)

    def __init__(self, seconds: float) -> None:
        self.at = time.monotonic() + seconds

    @property
    def left_s(self) -> float:
        return max(0.0, self.at - time.monotonic())

    def check(self) -> None:
        """Raises TimedOut."""
        if time.monotonic() > self.at:
            raise TimedOut
