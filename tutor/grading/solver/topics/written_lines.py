"""The lines of a working, without the start of its problem."""

from __future__ import annotations

from tutor.grading.parsing.tree import Value
from tutor.grading.solver.step import Position


def written_lines(position: Position) -> tuple[Value, ...]:
    """The first one first."""
    current = position.current
    if current is None or (not position.earlier and current == position.goal.start):
        return position.earlier
    return (*position.earlier, current)
