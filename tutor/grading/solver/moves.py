"""Moves: what is done to a line to reach the next one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, auto

from tutor.grading.feedback import gettext_noop


class MoveName(StrEnum):
    """A kind of move; the phrase in `PHRASES` says what it is, with its terms put in."""

    # Equations and inequalities: the same is done to both sides
    ADD_TO_BOTH = auto()
    SUBTRACT_FROM_BOTH = auto()
    MULTIPLY_BOTH = auto()
    DIVIDE_BOTH = auto()
    DIVIDE_BOTH_AND_TURN = auto()
    BRING_TO_ONE_SIDE = auto()
    # Sums and products
    EXPAND = auto()
    COLLECT_LIKE_TERMS = auto()


@dataclass(frozen=True, slots=True)
class Move:
    """terms: what it is done with, as typed: "3x" in "subtract 3x from both sides"."""

    name: MoveName
    terms: tuple[str, ...] = ()

    @property
    def phrase(self) -> str:
        """In English, such as "subtract 3x from both sides"."""
        return PHRASES[self.name].format(*self.terms)


# {0} and {1}: the terms of the move.
PHRASES = {
    MoveName.ADD_TO_BOTH: gettext_noop("add {0} to both sides"),
    MoveName.SUBTRACT_FROM_BOTH: gettext_noop("subtract {0} from both sides"),
    MoveName.MULTIPLY_BOTH: gettext_noop("multiply both sides by {0}"),
    MoveName.DIVIDE_BOTH: gettext_noop("divide both sides by {0}"),
    MoveName.DIVIDE_BOTH_AND_TURN: gettext_noop(
        "divide both sides by {0} and turn the inequality sign round"
    ),
    MoveName.BRING_TO_ONE_SIDE: gettext_noop("bring everything to one side"),
    MoveName.EXPAND: gettext_noop("expand the brackets"),
    MoveName.COLLECT_LIKE_TERMS: gettext_noop("collect like terms"),
}
