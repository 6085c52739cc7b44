"""Exercises as they travel between processes: plain texts with what was proved of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from tutor.grading.solver.offered_line import OfferedLine
from tutor.grading.steps.checks import Slip, StepCheck


@dataclass(frozen=True, slots=True)
class ProvedSolution:
    """lines: from the first to what the problem asks for."""

    statement: str
    lines: tuple[OfferedLine, ...]

    @property
    def texts(self) -> list[str]:
        """The lines as a student types them."""
        return [line.line for line in self.lines]

    @property
    def answer(self) -> str:
        return self.lines[-1].line

    def to_dict(self) -> dict[str, Any]:
        return {"statement": self.statement, "lines": [line.to_dict() for line in self.lines]}

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any]) -> Self:
        """Raises KeyError, TypeError or ValueError for anything but its `to_dict`."""
        return cls(fields["statement"], tuple(map(OfferedLine.from_dict, fields["lines"])))


@dataclass(frozen=True, slots=True)
class WrongSolution:
    """lines: as a student types them. wrong: the index of the first wrong one.

    right: the line that should stand there. checks: of the lines; that of the wrong one names the
    mistake.
    """

    statement: str
    lines: tuple[str, ...]
    wrong: int
    right: OfferedLine
    checks: tuple[StepCheck, ...]

    @property
    def slip(self) -> Slip:
        claim = self.checks[self.wrong].refuted
        return claim.slip if claim else Slip.NONE

    def to_dict(self) -> dict[str, Any]:
        return {
            "statement": self.statement,
            "lines": list(self.lines),
            "wrong": self.wrong,
            "right": self.right.to_dict(),
            "checks": [check.to_dict() for check in self.checks],
        }

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any]) -> Self:
        """Raises AttributeError, KeyError, TypeError or ValueError for anything but its dict."""
        return cls(
            fields["statement"],
            tuple(fields["lines"]),
            fields["wrong"],
            OfferedLine.from_dict(fields["right"]),
            tuple(map(StepCheck.from_dict, fields["checks"])),
        )


@dataclass(frozen=True, slots=True)
class LineExercises:
    """answer: the last line of the problem's own solution; empty where there is none.

    solutions: of siblings, to be completed. wrong: of siblings too, each with one wrong line.
    """

    answer: str = ""
    solutions: tuple[ProvedSolution, ...] = ()
    wrong: tuple[WrongSolution, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "answer": self.answer,
            "solutions": [solution.to_dict() for solution in self.solutions],
            "wrong": [solution.to_dict() for solution in self.wrong],
        }

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any]) -> Self:
        """Raises AttributeError, KeyError, TypeError or ValueError for anything but its dict."""
        return cls(
            fields["answer"],
            tuple(map(ProvedSolution.from_dict, fields["solutions"])),
            tuple(map(WrongSolution.from_dict, fields["wrong"])),
        )
