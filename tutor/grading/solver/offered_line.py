"""A next line on its way to a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from tutor.grading.solver.moves import Move
from tutor.grading.solver.step import Step


@dataclass(frozen=True, slots=True)
class OfferedLine:
    """line: as a student types it."""

    line: str
    latex: str
    move: Move

    @classmethod
    def from_step(cls, step: Step) -> Self:
        return cls(step.line, step.latex, step.move)

    def to_dict(self) -> dict[str, Any]:
        return {"line": self.line, "latex": self.latex, "move": self.move.to_dict()}

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any]) -> Self:
        """Raises KeyError, TypeError or ValueError for anything but its `to_dict`."""
        return cls(fields["line"], fields["latex"], Move.from_dict(fields["move"]))
