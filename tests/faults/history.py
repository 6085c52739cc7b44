"""Checks whether the messages that one viewer received can be true."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tutor.solutions.models import Solution


@dataclass
class History:
    """entries: (monotonic seconds, message), in the order in which they came."""

    entries: list[tuple[float, dict[str, Any]]] = field(default_factory=list)
    reconnects: int = 0

    def note(self, message: dict[str, Any]) -> None:
        self.entries.append((time.monotonic(), message))

    @property
    def last_id(self) -> str:
        return self.entries[-1][1]["id"] if self.entries else "0-0"

    @property
    def is_over(self) -> bool:
        return bool(self.entries) and _end_of(self.entries[-1][1]) is not None

    @property
    def end(self) -> dict[str, Any] | None:
        return _end_of(self.entries[-1][1]) if self.entries else None

    def silence_after(self, moment: float) -> float:
        """The longest pause in seconds before an entry that came after this moment."""
        pauses = [b - a for (a, _), (b, _) in pairwise(self.entries) if b > moment]
        return max(pauses, default=0.0)


def _end_of(message: dict[str, Any]) -> dict[str, Any] | None:
    if message["type"] == "solution.end":
        return message
    return message.get("end") if message["type"] == "solution.whole" else None


def faults_in(history: History, row: Solution, *, may_go_back: bool = False) -> list[str]:
    """Sentences about everything that is wrong; empty if nothing is.

    row: the solution in the database at the end. may_go_back: whether Redis and the worker may have
    been lost at once, so that the text may continue from an earlier position.
    """
    faults: list[str] = []
    steps: list[str] = []
    position = 0
    for _, message in history.entries:
        before, shown = position, "".join(steps)
        position = int(message["id"].split("-")[1])
        if message["type"] == "solution.whole":
            steps = list(message["steps"])
            if not "".join(steps).startswith(shown) and not may_go_back:
                faults.append(f"entry {message['id']} takes back what was shown")
            continue
        if position != before + 1:
            faults.append(
                f"{'gap' if position > before else 'repeat'}: {before}, then {message['id']}"
            )
        if message["type"] == "step.delta":
            steps += [""] * (message["step"] + 1 - len(steps))
            steps[message["step"]] += message["text"]
    if not history.is_over:
        faults.append("it never ended")
    elif history.end is not None and history.end["outcome"] != row.outcome:
        faults.append(f"told {history.end['outcome']}, recorded {row.outcome}")
    if row.outcome != "finished":
        faults.append(f"the solution ended as {row.outcome!r} ({row.state})")
    if steps != row.steps:
        faults.append("what was shown is not what is recorded")
    return faults
