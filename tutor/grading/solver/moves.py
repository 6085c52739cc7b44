"""Moves: what is done to a line to reach the next one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.move_phrases import PHRASES


@dataclass(frozen=True, slots=True)
class Move:
    """terms: what it is done with, as typed: "3x" in "subtract 3x from both sides"."""

    name: MoveName
    terms: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {"name": self.name, "terms": list(self.terms)}

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any]) -> Self:
        """Raises KeyError, TypeError or ValueError for anything but its `to_dict`."""
        return cls(MoveName(fields["name"]), tuple(fields["terms"]))

    @property
    def phrase(self) -> str:
        """In English, such as "subtract 3x from both sides"."""
        return PHRASES[self.name].format(*self.terms)
