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
    MULTIPLY_BOTH_AND_TURN = auto()
    DIVIDE_BOTH_AND_TURN = auto()
    ADD_TO_ALL = auto()
    SUBTRACT_FROM_ALL = auto()
    MULTIPLY_ALL = auto()
    DIVIDE_ALL = auto()
    CROSS_MULTIPLY = auto()
    BRING_TO_ONE_SIDE = auto()
    SWAP_SIDES = auto()
    SOLVE_FOR = auto()
    SOLVE_EACH = auto()
    # Several equations
    ADD_EQUATIONS = auto()
    SUBTRACT_EQUATIONS = auto()
    MULTIPLY_FIRST_EQUATION = auto()
    MULTIPLY_SECOND_EQUATION = auto()
    MULTIPLY_THIRD_EQUATION = auto()
    SUBSTITUTE_FOR = auto()
    SUBSTITUTE = auto()
    SUBSTITUTE_TWO = auto()
    SUBSTITUTE_BACK = auto()
    # Quadratic and other polynomial equations
    FACTOR_QUADRATIC = auto()
    FACTOR_LEFT_SIDE = auto()
    FACTOR_OUT = auto()
    USE_DIFFERENCE_OF_SQUARES = auto()
    COMPLETE_SQUARE = auto()
    SET_FACTORS_TO_ZERO = auto()
    TAKE_SQUARE_ROOT = auto()
    TAKE_CUBE_ROOT = auto()
    TAKE_ROOT = auto()
    APPLY_QUADRATIC_FORMULA = auto()
    READ_BETWEEN_ZEROS = auto()
    READ_OUTSIDE_ZEROS = auto()
    # Roots, absolute values, powers and logarithms
    SQUARE_BOTH = auto()
    RAISE_BOTH_TO_POWER = auto()
    CHECK_CANDIDATES = auto()
    SPLIT_ABSOLUTE_VALUE = auto()
    WRITE_WITH_SAME_BASE = auto()
    COMPARE_EXPONENTS = auto()
    TAKE_LOGARITHMS = auto()
    REWRITE_AS_POWER = auto()
    COMBINE_LOGARITHMS = auto()
    MOVE_FACTOR_INTO_EXPONENT = auto()
    COMPARE_ARGUMENTS = auto()
    # Sums and products
    EXPAND = auto()
    COLLECT_LIKE_TERMS = auto()
    WORK_OUT = auto()
    SIMPLIFY = auto()


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
    MoveName.MULTIPLY_BOTH_AND_TURN: gettext_noop(
        "multiply both sides by {0} and turn the inequality sign round"
    ),
    MoveName.DIVIDE_BOTH_AND_TURN: gettext_noop(
        "divide both sides by {0} and turn the inequality sign round"
    ),
    MoveName.ADD_TO_ALL: gettext_noop("add {0} to all parts"),
    MoveName.SUBTRACT_FROM_ALL: gettext_noop("subtract {0} from all parts"),
    MoveName.MULTIPLY_ALL: gettext_noop("multiply all parts by {0}"),
    MoveName.DIVIDE_ALL: gettext_noop("divide all parts by {0}"),
    MoveName.CROSS_MULTIPLY: gettext_noop("cross-multiply"),
    MoveName.BRING_TO_ONE_SIDE: gettext_noop("bring everything to one side"),
    MoveName.SWAP_SIDES: gettext_noop("swap the sides"),
    MoveName.SOLVE_FOR: gettext_noop("solve for {0}"),
    MoveName.SOLVE_EACH: gettext_noop("solve each equation"),
    MoveName.ADD_EQUATIONS: gettext_noop("add the equations"),
    MoveName.SUBTRACT_EQUATIONS: gettext_noop("subtract the equations"),
    MoveName.MULTIPLY_FIRST_EQUATION: gettext_noop("multiply the first equation by {0}"),
    MoveName.MULTIPLY_SECOND_EQUATION: gettext_noop("multiply the second equation by {0}"),
    MoveName.MULTIPLY_THIRD_EQUATION: gettext_noop("multiply the third equation by {0}"),
    MoveName.SUBSTITUTE_FOR: gettext_noop("substitute {0} for {1}"),
    MoveName.SUBSTITUTE: gettext_noop("substitute {0} = {1}"),
    MoveName.SUBSTITUTE_TWO: gettext_noop("substitute {0} = {1} and {2} = {3}"),
    MoveName.SUBSTITUTE_BACK: gettext_noop("substitute back"),
    MoveName.FACTOR_QUADRATIC: gettext_noop("factor the quadratic"),
    MoveName.FACTOR_LEFT_SIDE: gettext_noop("factor the left side"),
    MoveName.FACTOR_OUT: gettext_noop("factor out {0}"),
    MoveName.USE_DIFFERENCE_OF_SQUARES: gettext_noop("use the difference of squares"),
    MoveName.COMPLETE_SQUARE: gettext_noop("complete the square"),
    MoveName.SET_FACTORS_TO_ZERO: gettext_noop("set each factor to zero"),
    MoveName.TAKE_SQUARE_ROOT: gettext_noop("take the square root of both sides"),
    MoveName.TAKE_CUBE_ROOT: gettext_noop("take the cube root of both sides"),
    MoveName.TAKE_ROOT: gettext_noop("take the root of both sides"),
    MoveName.APPLY_QUADRATIC_FORMULA: gettext_noop("apply the quadratic formula"),
    MoveName.READ_BETWEEN_ZEROS: gettext_noop("read off the interval between the zeros"),
    MoveName.READ_OUTSIDE_ZEROS: gettext_noop("read off the intervals outside the zeros"),
    MoveName.SQUARE_BOTH: gettext_noop("square both sides"),
    MoveName.RAISE_BOTH_TO_POWER: gettext_noop("raise both sides to the power {0}"),
    MoveName.CHECK_CANDIDATES: gettext_noop("check each candidate in the equation"),
    MoveName.SPLIT_ABSOLUTE_VALUE: gettext_noop("split the absolute value into two cases"),
    MoveName.WRITE_WITH_SAME_BASE: gettext_noop("write both sides with the same base"),
    MoveName.COMPARE_EXPONENTS: gettext_noop("compare the exponents"),
    MoveName.TAKE_LOGARITHMS: gettext_noop("take logarithms of both sides"),
    MoveName.REWRITE_AS_POWER: gettext_noop("rewrite as a power"),
    MoveName.COMBINE_LOGARITHMS: gettext_noop("combine the logarithms"),
    MoveName.MOVE_FACTOR_INTO_EXPONENT: gettext_noop("move the factor into the exponent"),
    MoveName.COMPARE_ARGUMENTS: gettext_noop("compare the arguments"),
    MoveName.EXPAND: gettext_noop("expand the brackets"),
    MoveName.COLLECT_LIKE_TERMS: gettext_noop("collect like terms"),
    MoveName.WORK_OUT: gettext_noop("work out the numbers"),
    MoveName.SIMPLIFY: gettext_noop("simplify"),
}
