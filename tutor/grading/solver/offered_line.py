"""A next line on its way to a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from tutor.grading.solver.moves import Move, MoveName
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
        move = {"name": self.move.name, "terms": list(self.move.terms)}
        return {"line": self.line, "latex": self.latex, "move": move}

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any]) -> Self:
        """Raises KeyError, TypeError or ValueError for anything but its `to_dict`."""
        move = Move(MoveName(fields["move"]["name"]), tuple(fields["move"]["terms"]))
        return cls(fields["line"], fields["latex"], move)
