"""A line that the solver offers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum, auto

from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.tree import Value
from tutor.grading.parsing.typed import typed
from tutor.grading.solver.moves import Move
from tutor.grading.working.task import Task


@dataclass(frozen=True, slots=True)
class Step:
    """value: the line: an equation, alternatives, or a term that equals the one before."""

    value: Value
    move: Move

    @property
    def line(self) -> str:
        """As a student types it."""
        return typed(self.value)

    @property
    def latex(self) -> str:
        return latex(self.value)


class GoalKind(StrEnum):
    """What a problem asks for."""

    SOLVE = auto()  # an equation, an inequality or a system, for its unknowns
    EVALUATE = auto()  # a term without letters
    SIMPLIFY = auto()
    EXPAND = auto()
    FACTOR = auto()
    COMPLETE_SQUARE = auto()
    DIFFERENTIATE = auto()
    INTEGRATE = auto()
    FIND = auto()  # a quantity of a word problem, by a formula


@dataclass(frozen=True, slots=True)
class Goal:
    """start: the term or statement to work on; None where only words tell what is sought.

    unknowns: the letters to solve for.
    """

    kind: GoalKind
    task: Task
    start: Value | None = None
    unknowns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Position:
    """Where a working stands: `current` is its last line, or the start of the problem.

    earlier: the lines before, the first one first.
    """

    goal: Goal
    current: Value | None
    earlier: tuple[Value, ...] = ()


Topic = Callable[[Position], Iterator[Step]]  # possible next lines, the best first
