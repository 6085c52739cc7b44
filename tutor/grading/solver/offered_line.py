"""A next line on its way to a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_answer
from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.tree import Unreadable, Value, is_term
from tutor.grading.solver.move_names import MoveName
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

    def worked_out_of(self, before: str) -> str:
        """LaTeX of the 10 - 4 in the line before, if working it out is all that this one does."""
        if self.move.name != MoveName.WORK_OUT:
            return ""
        try:
            worked_out, result = _right_side(before), _right_side(self.line)
        except Unreadable:
            return ""
        return latex(worked_out) if _have_same_value(worked_out, result) else ""

    def to_dict(self) -> dict[str, Any]:
        return {"line": self.line, "latex": self.latex, "move": self.move.to_dict()}

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any]) -> Self:
        """Raises KeyError, TypeError or ValueError for anything but its `to_dict`."""
        return cls(fields["line"], fields["latex"], Move.from_dict(fields["move"]))


def _right_side(line: str) -> Value:
    return read_answer(line.rpartition("=")[2])


def _have_same_value(left: Value, right: Value) -> bool:
    values = [rational_value(term) for term in (left, right) if is_term(term)]
    return len(values) == 2 and values[0] is not None and values[0] == values[1]
