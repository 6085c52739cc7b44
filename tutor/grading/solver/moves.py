"""Moves: what is done to a line to reach the next one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Any, Self

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
    SEE_CONTRADICTION = auto()
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
    SUBSTITUTE_EACH = auto()
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
    CUBE_BOTH = auto()
    ISOLATE_ROOT = auto()
    RAISE_BOTH_TO_POWER = auto()
    CHECK_CANDIDATES = auto()
    SPLIT_ABSOLUTE_VALUE = auto()
    WRITE_WITH_SAME_BASE = auto()
    SPLIT_EXPONENT = auto()
    COMPARE_EXPONENTS = auto()
    TAKE_LOGARITHMS = auto()
    REWRITE_AS_POWER = auto()
    COMBINE_LOGARITHMS = auto()
    MOVE_FACTOR_INTO_EXPONENT = auto()
    COMPARE_ARGUMENTS = auto()
    ANGLES_OF_SINE = auto()
    ANGLES_OF_COSINE = auto()
    ANGLES_OF_TANGENT = auto()
    # Sums and products
    EXPAND = auto()
    COLLECT_LIKE_TERMS = auto()
    WORK_OUT = auto()
    SIMPLIFY = auto()
    EACH_BY_EACH = auto()
    SQUARE_OF_SUM = auto()
    SQUARE_OF_DIFFERENCE = auto()
    SQUARE_AS_PRODUCT = auto()
    POWER_AS_PRODUCT = auto()
    FACTOR = auto()
    GROUPING = auto()
    SUM_OF_CUBES = auto()
    DIFFERENCE_OF_CUBES = auto()
    ADD_AND_SUBTRACT = auto()
    CHANGE_BASE = auto()
    SQUARE_OF_I = auto()
    SCIENTIFIC_NOTATION = auto()
    ROUND = auto()
    USE_LIMIT_OF_GROWTH = auto()
    USE_BINOMIAL_FORMULA = auto()
    # The answer in the form that is asked for
    WRITE_AS_TUPLE = auto()
    READ_OFF_VERTEX = auto()
    WRITE_UNIT = auto()
    FIND_COMMON_MULTIPLE = auto()
    SOLVE_EACH_INEQUALITY = auto()
    JOIN_INEQUALITIES = auto()
    SUBTRACT_FRACTIONS = auto()
    TURN_BRACKET = auto()
    HALVES_FIRST = auto()
    SPLIT_TERM = auto()
    DOUBLE_MINUS = auto()
    EXPAND_AND_COLLECT = auto()
    FRACTION_TO_PERCENT = auto()
    DECIMAL_TO_PERCENT = auto()
    WRITE_AS_POWER = auto()
    # Calculations
    BRACKET_FIRST = auto()
    BRACKETS_FIRST = auto()
    POWER = auto()
    POWER_FIRST = auto()
    POWERS_FIRST = auto()
    SQUARES = auto()
    EXPONENT_FIRST = auto()
    UNDER_ROOT_FIRST = auto()
    NUMERATOR_FIRST = auto()
    DENOMINATOR_FIRST = auto()
    MULTIPLY_BEFORE_ADDING = auto()
    MULTIPLY_BEFORE_SUBTRACTING = auto()
    DIVIDE_BEFORE_ADDING = auto()
    DIVIDE_BEFORE_SUBTRACTING = auto()
    ADD = auto()
    SUBTRACT = auto()
    MULTIPLY = auto()
    DIVIDE = auto()
    FACTORIALS = auto()
    BINOMIAL = auto()
    WORK_OUT_ROOT = auto()
    # Fractions, decimals and percentages
    COMMON_DENOMINATOR = auto()
    ADD_NUMERATORS = auto()
    SUBTRACT_NUMERATORS = auto()
    ADD_FRACTIONS = auto()
    MULTIPLY_FRACTIONS = auto()
    DIVIDE_FRACTIONS = auto()
    MULTIPLY_BY_RECIPROCAL = auto()
    CANCEL = auto()
    EXPAND_FRACTION = auto()
    SPLIT_FRACTION = auto()
    DIVIDE_EACH_TERM = auto()
    FACTOR_HALVES = auto()
    FACTOR_TOP = auto()
    FACTOR_BOTTOM = auto()
    MIXED_TO_FRACTION = auto()
    FRACTION_TO_MIXED = auto()
    DECIMAL_TO_FRACTION = auto()
    FRACTION_TO_DECIMAL = auto()
    PERCENT_TO_FRACTION = auto()
    PERCENT_TO_DECIMAL = auto()
    GROWTH_FACTOR = auto()
    CONVERT_UNIT = auto()
    CONVERT_UNIT_BY_DIVIDING = auto()
    # Rules of powers and roots
    ADD_EXPONENTS = auto()
    SUBTRACT_EXPONENTS = auto()
    MULTIPLY_EXPONENTS = auto()
    SQUARE_EACH_FACTOR = auto()
    RAISE_EACH_FACTOR = auto()
    SAME_EXPONENT = auto()
    NEGATIVE_EXPONENT = auto()
    ZERO_EXPONENT = auto()
    FRACTIONAL_EXPONENT = auto()
    ROOT_AS_POWER = auto()
    SQUARE_FACTOR = auto()
    LARGEST_SQUARE = auto()
    SPLIT_ROOT = auto()
    SPLIT_ROOT_OF_QUOTIENT = auto()
    JOIN_ROOTS = auto()
    SQUARE_ROOT = auto()
    RATIONALISE = auto()
    CONJUGATE = auto()
    # Rules of logarithms and trigonometry
    SPLIT_LOG = auto()
    EXPONENT_IN_FRONT = auto()
    LOGARITHM = auto()
    PYTHAGOREAN_IDENTITY = auto()
    DOUBLE_ANGLE = auto()
    TANGENT_AS_QUOTIENT = auto()
    COTANGENT_AS_QUOTIENT = auto()
    QUOTIENT_AS_TANGENT = auto()
    VALUE_OF_SINE = auto()
    VALUE_OF_COSINE = auto()
    VALUE_OF_TANGENT = auto()
    # Derivatives, integrals and limits
    DIFFERENTIATE = auto()
    USE_PRODUCT_RULE = auto()
    USE_QUOTIENT_RULE = auto()
    USE_CHAIN_RULE = auto()
    PUT_IN_VALUE = auto()
    PUT_VALUE_IN = auto()
    FIND_POINT_OF_CONTACT = auto()
    PUT_INTO_LINE = auto()
    SET_DERIVATIVE_TO_ZERO = auto()
    USE_SECOND_DERIVATIVE_TEST = auto()
    FIND_ANTIDERIVATIVE = auto()
    SET_UP_INTEGRAL = auto()
    INSERT_LIMITS = auto()
    SPLIT_INTEGRAL = auto()
    INTEGRATE_BY_PARTS = auto()
    USE_LHOSPITAL = auto()
    DIVIDE_BY_HIGHEST_POWER = auto()
    DROP_WHAT_VANISHES = auto()
    DIVIDE_NUMBERS = auto()
    PUT_FACTOR_IN_FRONT = auto()
    WRITE_AREA_WITH_ONE_LETTER = auto()
    # Functions and lines
    WRITE_Y_FOR = auto()
    SWAP_X_AND_Y = auto()
    WRITE_SQUARE = auto()
    SET_TO_ZERO = auto()
    FIND_SLOPE = auto()
    PUT_IN_POINT = auto()
    TAKE_MEAN_OF_COORDINATES = auto()
    USE_DISTANCE_FORMULA = auto()
    # Formulas
    PUT_INTO_FORMULA = auto()
    PUT_RADIUS_IN = auto()
    HALVE_DIAMETER = auto()
    MULTIPLY_BY = auto()
    DIVIDE_BY = auto()
    SET_UP_EQUATION = auto()
    SUBTRACT_FROM_ANGLE_SUM = auto()
    CHANGE_BOTH_UNITS = auto()
    APPLY_PYTHAGORAS = auto()
    USE_SINE = auto()
    USE_COSINE = auto()
    USE_TANGENT = auto()
    USE_SINE_RULE = auto()
    USE_COSINE_RULE = auto()
    USE_DOT_PRODUCT = auto()
    SET_DOT_PRODUCT_TO_ZERO = auto()
    USE_LENGTH_FORMULA = auto()
    PUT_INTO_NTH_TERM = auto()
    DIVIDE_NEIGHBOURS = auto()
    DIVIDE_DIFFERENCE_BY_STEPS = auto()
    PUT_INTO_SUM_FORMULA = auto()
    # Percentages and ratios
    WORK_OUT_PERCENT = auto()
    SUBTRACT_REDUCTION = auto()
    ADD_INCREASE = auto()
    ADD_TAX = auto()
    DIVIDE_PART_BY_WHOLE = auto()
    WRITE_AS_PERCENTAGE = auto()
    DIVIDE_CHANGE_BY_OLD_VALUE = auto()
    COUNT_HALF_LIVES = auto()
    ADD_PARTS_OF_RATIO = auto()
    DIVIDE_BY_NUMBER_OF_PARTS = auto()
    MULTIPLY_BY_LARGER_PART = auto()
    MULTIPLY_BY_SMALLER_PART = auto()
    # Data and chance
    ADD_AND_DIVIDE_BY_NUMBER = auto()
    DIVIDE_SUM_BY_NUMBER = auto()
    FIND_MEAN = auto()
    MULTIPLY_MEAN_BY_NUMBER = auto()
    ADD_NEW_VALUE = auto()
    SUBTRACT_KNOWN_VALUES = auto()
    PUT_IN_ORDER = auto()
    TAKE_MIDDLE_VALUE = auto()
    TAKE_MEAN_OF_MIDDLE = auto()
    SUBTRACT_SMALLEST_FROM_LARGEST = auto()
    MULTIPLY_ALONG_PATH = auto()
    USE_COMPLEMENT = auto()
    DIVIDE_FAVOURABLE_BY_ALL = auto()
    SUBTRACT_FROM_ONE = auto()
    USE_ADDITION_RULE = auto()
    USE_COMBINATIONS = auto()
    COUNT_ARRANGEMENTS = auto()


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
    MoveName.SEE_CONTRADICTION: gettext_noop("note that the sides never agree"),
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
    MoveName.SUBSTITUTE_EACH: gettext_noop("put in each value"),
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
    MoveName.CUBE_BOTH: gettext_noop("cube both sides"),
    MoveName.ISOLATE_ROOT: gettext_noop("isolate the root"),
    MoveName.RAISE_BOTH_TO_POWER: gettext_noop("raise both sides to the power {0}"),
    MoveName.CHECK_CANDIDATES: gettext_noop("check each candidate in the equation"),
    MoveName.SPLIT_ABSOLUTE_VALUE: gettext_noop("split the absolute value into two cases"),
    MoveName.WRITE_WITH_SAME_BASE: gettext_noop("write both sides with the same base"),
    MoveName.SPLIT_EXPONENT: gettext_noop("split the exponent"),
    MoveName.COMPARE_EXPONENTS: gettext_noop("compare the exponents"),
    MoveName.TAKE_LOGARITHMS: gettext_noop("take logarithms of both sides"),
    MoveName.REWRITE_AS_POWER: gettext_noop("rewrite as a power"),
    MoveName.COMBINE_LOGARITHMS: gettext_noop("combine the logarithms"),
    MoveName.MOVE_FACTOR_INTO_EXPONENT: gettext_noop("move the factor into the exponent"),
    MoveName.COMPARE_ARGUMENTS: gettext_noop("compare the arguments"),
    MoveName.ANGLES_OF_SINE: gettext_noop("find the angles with this sine"),
    MoveName.ANGLES_OF_COSINE: gettext_noop("find the angles with this cosine"),
    MoveName.ANGLES_OF_TANGENT: gettext_noop("find the angles with this tangent"),
    MoveName.EXPAND: gettext_noop("expand the brackets"),
    MoveName.COLLECT_LIKE_TERMS: gettext_noop("collect like terms"),
    MoveName.WORK_OUT: gettext_noop("work out the numbers"),
    MoveName.SIMPLIFY: gettext_noop("simplify"),
    MoveName.EACH_BY_EACH: gettext_noop("multiply each term by each term"),
    MoveName.SQUARE_OF_SUM: gettext_noop("use the square of a sum"),
    MoveName.SQUARE_OF_DIFFERENCE: gettext_noop("use the square of a difference"),
    MoveName.SQUARE_AS_PRODUCT: gettext_noop("write the square as a product"),
    MoveName.POWER_AS_PRODUCT: gettext_noop("write the power as a product"),
    MoveName.FACTOR: gettext_noop("factor"),
    MoveName.GROUPING: gettext_noop("factor by grouping"),
    MoveName.SUM_OF_CUBES: gettext_noop("use the sum of cubes"),
    MoveName.DIFFERENCE_OF_CUBES: gettext_noop("use the difference of cubes"),
    MoveName.ADD_AND_SUBTRACT: gettext_noop("add and subtract {0}"),
    MoveName.BRACKET_FIRST: gettext_noop("work out the bracket first"),
    MoveName.BRACKETS_FIRST: gettext_noop("work out the brackets first"),
    MoveName.POWER: gettext_noop("work out the power"),
    MoveName.POWER_FIRST: gettext_noop("work out the power first"),
    MoveName.POWERS_FIRST: gettext_noop("work out the powers first"),
    MoveName.SQUARES: gettext_noop("work out the squares"),
    MoveName.EXPONENT_FIRST: gettext_noop("work out the exponent first"),
    MoveName.UNDER_ROOT_FIRST: gettext_noop("work out what is under the root first"),
    MoveName.NUMERATOR_FIRST: gettext_noop("work out the numerator first"),
    MoveName.DENOMINATOR_FIRST: gettext_noop("work out the denominator first"),
    MoveName.MULTIPLY_BEFORE_ADDING: gettext_noop("multiply before adding"),
    MoveName.MULTIPLY_BEFORE_SUBTRACTING: gettext_noop("multiply before subtracting"),
    MoveName.DIVIDE_BEFORE_ADDING: gettext_noop("divide before adding"),
    MoveName.DIVIDE_BEFORE_SUBTRACTING: gettext_noop("divide before subtracting"),
    MoveName.ADD: gettext_noop("add"),
    MoveName.SUBTRACT: gettext_noop("subtract"),
    MoveName.MULTIPLY: gettext_noop("multiply"),
    MoveName.DIVIDE: gettext_noop("divide"),
    MoveName.FACTORIALS: gettext_noop("work out the factorials"),
    MoveName.BINOMIAL: gettext_noop("work out the binomial coefficient"),
    MoveName.WORK_OUT_ROOT: gettext_noop("work out the root"),
    MoveName.COMMON_DENOMINATOR: gettext_noop("find a common denominator"),
    MoveName.ADD_NUMERATORS: gettext_noop("add the numerators"),
    MoveName.SUBTRACT_NUMERATORS: gettext_noop("subtract the numerators"),
    MoveName.ADD_FRACTIONS: gettext_noop("add the fractions"),
    MoveName.MULTIPLY_FRACTIONS: gettext_noop("multiply the fractions"),
    MoveName.DIVIDE_FRACTIONS: gettext_noop("divide the fractions"),
    MoveName.MULTIPLY_BY_RECIPROCAL: gettext_noop("multiply by the reciprocal"),
    MoveName.CANCEL: gettext_noop("cancel the common factor"),
    MoveName.EXPAND_FRACTION: gettext_noop("multiply top and bottom by the same number"),
    MoveName.SPLIT_FRACTION: gettext_noop("split the fraction"),
    MoveName.DIVIDE_EACH_TERM: gettext_noop("divide each term by {0}"),
    MoveName.FACTOR_HALVES: gettext_noop("factor the numerator and the denominator"),
    MoveName.FACTOR_TOP: gettext_noop("factor the numerator"),
    MoveName.FACTOR_BOTTOM: gettext_noop("factor the denominator"),
    MoveName.MIXED_TO_FRACTION: gettext_noop("write the mixed number as a fraction"),
    MoveName.FRACTION_TO_MIXED: gettext_noop("write the fraction as a mixed number"),
    MoveName.DECIMAL_TO_FRACTION: gettext_noop("write the decimal as a fraction"),
    MoveName.FRACTION_TO_DECIMAL: gettext_noop("write the fraction as a decimal"),
    MoveName.PERCENT_TO_FRACTION: gettext_noop("write the percentage as a fraction"),
    MoveName.PERCENT_TO_DECIMAL: gettext_noop("write the percentage as a decimal"),
    MoveName.GROWTH_FACTOR: gettext_noop("use the growth factor"),
    MoveName.CONVERT_UNIT: gettext_noop("multiply by {0}"),
    MoveName.CONVERT_UNIT_BY_DIVIDING: gettext_noop("divide by {0}"),
    MoveName.ADD_EXPONENTS: gettext_noop("add the exponents"),
    MoveName.SUBTRACT_EXPONENTS: gettext_noop("subtract the exponents"),
    MoveName.MULTIPLY_EXPONENTS: gettext_noop("multiply the exponents"),
    MoveName.SQUARE_EACH_FACTOR: gettext_noop("square each factor"),
    MoveName.RAISE_EACH_FACTOR: gettext_noop("raise each factor to the power"),
    MoveName.SAME_EXPONENT: gettext_noop("multiply the bases"),
    MoveName.NEGATIVE_EXPONENT: gettext_noop("write the negative exponent as a reciprocal"),
    MoveName.ZERO_EXPONENT: gettext_noop("use that a power with exponent 0 is 1"),
    MoveName.FRACTIONAL_EXPONENT: gettext_noop("write the fractional exponent as a root"),
    MoveName.ROOT_AS_POWER: gettext_noop("write the root as a power"),
    MoveName.SQUARE_FACTOR: gettext_noop("take the root of the square factor"),
    MoveName.LARGEST_SQUARE: gettext_noop("take out the largest square factor"),
    MoveName.SPLIT_ROOT: gettext_noop("split the root of the product"),
    MoveName.SPLIT_ROOT_OF_QUOTIENT: gettext_noop("split the root of the quotient"),
    MoveName.JOIN_ROOTS: gettext_noop("write under one root"),
    MoveName.SQUARE_ROOT: gettext_noop("the power undoes the root"),
    MoveName.RATIONALISE: gettext_noop("rationalise the denominator"),
    MoveName.CONJUGATE: gettext_noop("multiply by the conjugate"),
    MoveName.SPLIT_LOG: gettext_noop("split the logarithm"),
    MoveName.EXPONENT_IN_FRONT: gettext_noop("move the exponent in front of the logarithm"),
    MoveName.LOGARITHM: gettext_noop("work out the logarithm"),
    MoveName.PYTHAGOREAN_IDENTITY: gettext_noop("use sin² + cos² = 1"),
    MoveName.DOUBLE_ANGLE: gettext_noop("use the double angle formula"),
    MoveName.TANGENT_AS_QUOTIENT: gettext_noop("write the tangent as a quotient"),
    MoveName.COTANGENT_AS_QUOTIENT: gettext_noop("write the cotangent as a quotient"),
    MoveName.QUOTIENT_AS_TANGENT: gettext_noop("write the quotient as a tangent"),
    MoveName.VALUE_OF_SINE: gettext_noop("put in the value of the sine"),
    MoveName.VALUE_OF_COSINE: gettext_noop("put in the value of the cosine"),
    MoveName.VALUE_OF_TANGENT: gettext_noop("put in the value of the tangent"),
    MoveName.DIFFERENTIATE: gettext_noop("differentiate"),
    MoveName.USE_PRODUCT_RULE: gettext_noop("use the product rule"),
    MoveName.USE_QUOTIENT_RULE: gettext_noop("use the quotient rule"),
    MoveName.USE_CHAIN_RULE: gettext_noop("use the chain rule"),
    MoveName.PUT_IN_VALUE: gettext_noop("put in {0} = {1}"),
    MoveName.PUT_VALUE_IN: gettext_noop("put in the value"),
    MoveName.FIND_POINT_OF_CONTACT: gettext_noop("find the point of contact"),
    MoveName.PUT_INTO_LINE: gettext_noop("put the point and the slope into the equation of a line"),
    MoveName.SET_DERIVATIVE_TO_ZERO: gettext_noop("set the derivative to zero"),
    MoveName.USE_SECOND_DERIVATIVE_TEST: gettext_noop("use the second derivative test"),
    MoveName.SET_UP_INTEGRAL: gettext_noop("set up the integral"),
    MoveName.FIND_ANTIDERIVATIVE: gettext_noop("find an antiderivative"),
    MoveName.INSERT_LIMITS: gettext_noop("insert the limits"),
    MoveName.SPLIT_INTEGRAL: gettext_noop("split the integral"),
    MoveName.INTEGRATE_BY_PARTS: gettext_noop("integrate by parts"),
    MoveName.USE_LHOSPITAL: gettext_noop("use l'Hospital's rule"),
    MoveName.DIVIDE_BY_HIGHEST_POWER: gettext_noop("divide numerator and denominator by {0}"),
    MoveName.DROP_WHAT_VANISHES: gettext_noop("leave out what tends to zero"),
    MoveName.DIVIDE_NUMBERS: gettext_noop("divide the numbers"),
    MoveName.PUT_FACTOR_IN_FRONT: gettext_noop("put the factor in front"),
    MoveName.WRITE_AREA_WITH_ONE_LETTER: gettext_noop("write the area with one letter"),
    MoveName.WRITE_Y_FOR: gettext_noop("write y for {0}"),
    MoveName.SWAP_X_AND_Y: gettext_noop("swap x and y"),
    MoveName.WRITE_SQUARE: gettext_noop("write the square"),
    MoveName.SET_TO_ZERO: gettext_noop("set {0} to zero"),
    MoveName.FIND_SLOPE: gettext_noop("find the slope"),
    MoveName.PUT_IN_POINT: gettext_noop("put in a point"),
    MoveName.TAKE_MEAN_OF_COORDINATES: gettext_noop("take the mean of the coordinates"),
    MoveName.USE_DISTANCE_FORMULA: gettext_noop("use the distance formula"),
    MoveName.PUT_INTO_FORMULA: gettext_noop("put the values into the formula"),
    MoveName.PUT_RADIUS_IN: gettext_noop("put the radius into the formula"),
    MoveName.HALVE_DIAMETER: gettext_noop("halve the diameter"),
    MoveName.MULTIPLY_BY: gettext_noop("multiply by {0}"),
    MoveName.DIVIDE_BY: gettext_noop("divide by {0}"),
    MoveName.SUBTRACT_FROM_ANGLE_SUM: gettext_noop("subtract from the sum of the angles"),
    MoveName.SET_UP_EQUATION: gettext_noop("set up the equation"),
    MoveName.CHANGE_BOTH_UNITS: gettext_noop("change both units"),
    MoveName.APPLY_PYTHAGORAS: gettext_noop("apply Pythagoras"),
    MoveName.USE_SINE: gettext_noop("use the sine"),
    MoveName.USE_COSINE: gettext_noop("use the cosine"),
    MoveName.USE_TANGENT: gettext_noop("use the tangent"),
    MoveName.USE_SINE_RULE: gettext_noop("use the sine rule"),
    MoveName.USE_COSINE_RULE: gettext_noop("use the cosine rule"),
    MoveName.USE_DOT_PRODUCT: gettext_noop("use the dot product"),
    MoveName.SET_DOT_PRODUCT_TO_ZERO: gettext_noop("set the dot product to zero"),
    MoveName.USE_LENGTH_FORMULA: gettext_noop("use the formula for the length of a vector"),
    MoveName.DIVIDE_DIFFERENCE_BY_STEPS: gettext_noop(
        "divide the difference by the number of steps"
    ),
    MoveName.DIVIDE_NEIGHBOURS: gettext_noop("divide a term by the one before"),
    MoveName.PUT_INTO_NTH_TERM: gettext_noop("put the values into the formula for the n-th term"),
    MoveName.PUT_INTO_SUM_FORMULA: gettext_noop("put the values into the sum formula"),
    MoveName.WORK_OUT_PERCENT: gettext_noop("work out {0} percent of {1}"),
    MoveName.SUBTRACT_REDUCTION: gettext_noop("subtract the reduction"),
    MoveName.ADD_INCREASE: gettext_noop("add the increase"),
    MoveName.ADD_TAX: gettext_noop("add the tax"),
    MoveName.WRITE_AS_PERCENTAGE: gettext_noop("write the fraction as a percentage"),
    MoveName.DIVIDE_PART_BY_WHOLE: gettext_noop("divide the part by the whole"),
    MoveName.DIVIDE_CHANGE_BY_OLD_VALUE: gettext_noop("divide the change by the old value"),
    MoveName.COUNT_HALF_LIVES: gettext_noop("count the half-lives"),
    MoveName.ADD_PARTS_OF_RATIO: gettext_noop("add the parts of the ratio"),
    MoveName.DIVIDE_BY_NUMBER_OF_PARTS: gettext_noop("divide by the number of parts"),
    MoveName.MULTIPLY_BY_LARGER_PART: gettext_noop("multiply by the larger part"),
    MoveName.MULTIPLY_BY_SMALLER_PART: gettext_noop("multiply by the smaller part"),
    MoveName.ADD_AND_DIVIDE_BY_NUMBER: gettext_noop("add the values and divide by their number"),
    MoveName.DIVIDE_SUM_BY_NUMBER: gettext_noop("divide the sum by the number of values"),
    MoveName.FIND_MEAN: gettext_noop("find the mean"),
    MoveName.MULTIPLY_MEAN_BY_NUMBER: gettext_noop("multiply the mean by the number of values"),
    MoveName.SUBTRACT_KNOWN_VALUES: gettext_noop("subtract the known values"),
    MoveName.ADD_NEW_VALUE: gettext_noop("add the new value"),
    MoveName.PUT_IN_ORDER: gettext_noop("put the values in order"),
    MoveName.TAKE_MIDDLE_VALUE: gettext_noop("take the middle value"),
    MoveName.TAKE_MEAN_OF_MIDDLE: gettext_noop("take the mean of the two middle values"),
    MoveName.SUBTRACT_SMALLEST_FROM_LARGEST: gettext_noop(
        "subtract the smallest value from the largest"
    ),
    MoveName.MULTIPLY_ALONG_PATH: gettext_noop("multiply along the path"),
    MoveName.DIVIDE_FAVOURABLE_BY_ALL: gettext_noop(
        "divide the number of favourable outcomes by the number of all outcomes"
    ),
    MoveName.USE_COMPLEMENT: gettext_noop("use the complement"),
    MoveName.SUBTRACT_FROM_ONE: gettext_noop("subtract from 1"),
    MoveName.USE_ADDITION_RULE: gettext_noop("use the addition rule"),
    MoveName.USE_COMBINATIONS: gettext_noop("use the formula for combinations"),
    MoveName.COUNT_ARRANGEMENTS: gettext_noop("count the arrangements"),
    MoveName.WRITE_AS_POWER: gettext_noop("write as a power"),
    MoveName.EXPAND_AND_COLLECT: gettext_noop("expand the brackets and collect like terms"),
    MoveName.FRACTION_TO_PERCENT: gettext_noop("write the fraction as a percentage"),
    MoveName.DECIMAL_TO_PERCENT: gettext_noop("write the decimal as a percentage"),
    MoveName.SPLIT_TERM: gettext_noop("split the middle term"),
    MoveName.DOUBLE_MINUS: gettext_noop("write the double minus as a plus"),
    MoveName.TURN_BRACKET: gettext_noop("take out -1 to turn the bracket round"),
    MoveName.HALVES_FIRST: gettext_noop("work out the numerator and the denominator first"),
    MoveName.SUBTRACT_FRACTIONS: gettext_noop("subtract the fractions"),
    MoveName.CHANGE_BASE: gettext_noop("change the base of the logarithm"),
    MoveName.SQUARE_OF_I: gettext_noop("use i² = -1"),
    MoveName.SCIENTIFIC_NOTATION: gettext_noop("write in scientific notation"),
    MoveName.ROUND: gettext_noop("round"),
    MoveName.USE_LIMIT_OF_GROWTH: gettext_noop("use that (1 + a/n)^n tends to e^a"),
    MoveName.USE_BINOMIAL_FORMULA: gettext_noop("use the binomial formula"),
    MoveName.WRITE_AS_TUPLE: gettext_noop("write the values in brackets"),
    MoveName.READ_OFF_VERTEX: gettext_noop("read off the vertex"),
    MoveName.WRITE_UNIT: gettext_noop("write the unit {0}"),
    MoveName.FIND_COMMON_MULTIPLE: gettext_noop("find the least common multiple"),
    MoveName.SOLVE_EACH_INEQUALITY: gettext_noop("solve each inequality"),
    MoveName.JOIN_INEQUALITIES: gettext_noop("write both inequalities as one"),
}
