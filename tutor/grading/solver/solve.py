"""Goes from a problem, or from a student's last line, to the next line and to the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tutor.grading.solver.step import Step


@dataclass(frozen=True, slots=True)
class Solution:
    """is_complete: whether the last step is what the problem asks for."""

    steps: tuple[Step, ...]
    is_complete: bool


def next_steps(statement: str, lines: Sequence[str] = ()) -> tuple[Step, ...]:
    """The lines that may follow, the best first; each is proved. Empty where nothing is known.

    lines: right ones, as a student typed them. Never raises.
    """
    return ()


def solve(statement: str, lines: Sequence[str] = ()) -> Solution:
    """From these lines on; as far as the solver gets. Never raises."""
    return Solution((), is_complete=False)
