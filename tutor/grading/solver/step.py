"""A line that the solver offers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum, auto
from typing import Any, NamedTuple

from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.tree import Value, free_names
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

    @property
    def known(self) -> tuple[Value, ...]:
        """All that is given or written, the latest last."""
        start = () if self.goal.start is None else (self.goal.start,)
        current = () if self.current is None else (self.current,)
        lines = (*start, *self.earlier, *current)
        return tuple(dict.fromkeys(lines))

    @property
    def unknown(self) -> str:
        """The letter for which the current line is solved; empty where that is not clear."""
        names = free_names(self.current) if self.current is not None else frozenset()
        sought = [name for name in self.goal.unknowns if name in names] or sorted(names)
        return sought[0] if len(sought) == 1 else ""

    def after(self, value: Value) -> Position:
        """With one more line."""
        earlier = self.earlier
        if self.current is not None and self.current != self.goal.start:
            earlier = (*earlier, self.current)
        return replace(self, current=value, earlier=earlier)


class RankedStep(NamedTuple):
    """A step that is offered only after all of lower rank."""

    rank: tuple[Any, ...]
    step: Step


def by_rank(offers: Iterable[RankedStep]) -> Iterator[Step]:
    for offer in sorted(offers, key=lambda offer: offer.rank):
        yield offer.step


Naming = Callable[[Value, Value], Iterator[Move]]  # what leads from one line to the next
Topic = Callable[[Position], Iterator[Step]]  # possible next lines, the best first
