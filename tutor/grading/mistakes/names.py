"""The usual mistakes by name, each in its family."""

from __future__ import annotations

from enum import StrEnum, auto


class MistakeFamily(StrEnum):
    """What kind of thing went wrong."""

    ON_THE_WAY = auto()  # nothing: the problem is not finished
    FORM = auto()  # the right value, written otherwise than asked
    SOLUTIONS = auto()  # some are missing, or there is one too many
    SIGN = auto()
    ORDER = auto()
    INVERSE_OPERATION = auto()
    BRACKETS = auto()
    NUMBERS = auto()
    FRACTIONS = auto()
    POWERS = auto()
    PERCENT = auto()
    RATIO = auto()
    UNITS = auto()
    SEQUENCES = auto()
    INEQUALITIES = auto()
    FUNCTIONS = auto()
    CALCULUS = auto()
    GEOMETRY = auto()
    LINEAR_ALGEBRA = auto()
    DATA = auto()
    OTHER_QUESTION = auto()


class MistakeName(StrEnum):
    """The standard names; `tutor/attempts/mistake_sentences/` has a sentence for each."""

    # A right line, but not the last one
    ON_THE_WAY = auto()
    # The right value, written otherwise than asked
    LIKE_TERMS_NOT_COLLECTED = auto()
    BRACKETS_NOT_EXPANDED = auto()
    NOT_FACTORED = auto()
    FRACTION_NOT_REDUCED = auto()
    ROOT_NOT_SIMPLIFIED = auto()
    NOT_A_SINGLE_FRACTION = auto()
    SQUARE_NOT_COMPLETED = auto()
    NOT_WORKED_OUT = auto()
    NOT_A_FRACTION = auto()  # 0.75 for 3/4
    NOT_A_DECIMAL = auto()  # 3/4 for 0.75
    NOT_SOLVED_FOR_THE_LETTER = auto()
    ROUNDED_INSTEAD_OF_EXACT = auto()
    UNIT_MISSING = auto()
    OPEN_INTERVAL_ASKED = auto()
    OTHER_FORM_ASKED = auto()
    OTHER_LETTER_CASE = auto()  # X for x
    EXPONENT_SIGN_MISSING = auto()  # 2x2 for 2x^2
    # Solutions, or parts of the answer
    ONE_SOLUTION_MISSING = auto()
    FORGOT_PLUS_MINUS = auto()
    ONLY_POSITIVE_CASE = auto()
    ONE_PART_ONLY = auto()  # the x of a point
    PARTLY_RIGHT = auto()
    ONE_SOLUTION_TOO_MANY = auto()
    EXTRANEOUS_SOLUTION = auto()
    SOLUTION_LOST = auto()  # divided by what may be zero
    # Signs
    SIGN_ERROR = auto()
    MOVED_WITHOUT_CHANGING_SIGN = auto()
    SIGN_LOST_WHEN_DIVIDING = auto()
    SIGN_OF_B_LOST = auto()  # in the quadratic formula
    FACTOR_SIGNS_SWAPPED = auto()
    FACTOR_SIGNS_AS_SOLUTIONS = auto()
    SIGN_IGNORED = auto()
    SIGN_OF_EXPONENT = auto()
    SIGN_OF_SHIFT = auto()
    MINUS_SQUARED_TOO = auto()  # -3^2 = 9
    ODD_POWER_OF_NEGATIVE = auto()  # (-2)^3 = 8
    TWO_MINUS_SIGNS = auto()  # 5 - (-8) = -3
    MINUS_TIMES_MINUS = auto()  # -2·(-3) = -6
    OPPOSITE_FOR_INVERSE_FUNCTION = auto()
    SIGN_OF_SINE_OR_COSINE = auto()  # in a derivative or an integral
    # Order
    SWAPPED_COORDINATES = auto()
    ORDER_REVERSED = auto()
    QUOTIENT_UPSIDE_DOWN = auto()
    SLOPE_UPSIDE_DOWN = auto()
    SUBTRACTED_IN_WRONG_ORDER = auto()
    ORDER_OF_OPERATIONS = auto()  # left to right
    STEPS_IN_WRONG_ORDER = auto()
    INCREASE_FOR_DECREASE = auto()
    INEQUALITY_WRONG_WAY_ROUND = auto()
    BASE_AND_EXPONENT_SWAPPED = auto()
    REVERSAL_ERROR = auto()  # 6S = P for six times as many S as P
    LIMITS_SWAPPED = auto()
    TRANSPOSED = auto()
    FACTORS_IN_WRONG_ORDER = auto()
    # Operations
    ADDED_INSTEAD_OF_MULTIPLIED = auto()
    MULTIPLIED_INSTEAD_OF_ADDED = auto()
    ADDED_INSTEAD_OF_SUBTRACTED = auto()
    SUBTRACTED_INSTEAD_OF_ADDED = auto()
    MULTIPLIED_INSTEAD_OF_DIVIDED = auto()
    DIVIDED_INSTEAD_OF_MULTIPLIED = auto()
    SUBTRACTED_COEFFICIENT = auto()  # 3x = 15 to x = 12
    DIVIDED_INSTEAD_OF_LOGARITHM = auto()  # 2^x = 32 to x = 16
    ON_ONE_TERM_ONLY = auto()  # (4 + 6)/2 = 2 + 6
    RECIPROCAL_FOR_INVERSE_FUNCTION = auto()
    FORGOT_TO_DIVIDE_BY_HUNDRED = auto()
    # Brackets and terms
    DISTRIBUTED_TO_FIRST_TERM = auto()
    MINUS_DISTRIBUTED_TO_FIRST_TERM = auto()
    MIDDLE_TERM_FORGOTTEN = auto()
    MIDDLE_TERM_NOT_DOUBLED = auto()
    SQUARED_TERMS_SEPARATELY = auto()
    DIFFERENCE_OF_SQUARES = auto()  # a² - b² = (a - b)²
    PRODUCT_RIGHT_SUM_WRONG = auto()  # when factoring
    SOLVED_INSTEAD_OF_FACTORED = auto()
    UNLIKE_TERMS_COMBINED = auto()
    TERM_DROPPED = auto()
    DENOMINATOR_DROPPED = auto()
    MULTIPLIED_BY_DENOMINATOR_ITSELF = auto()  # when rationalising
    CANCELLED_A_TERM = auto()  # (x + 3)/3 = x
    # Numbers
    ARITHMETIC_SLIP = auto()
    PLACE_VALUE_SHIFTED = auto()
    SMALLER_FROM_LARGER_DIGIT = auto()
    BORROW_FORGOTTEN = auto()
    CARRY_FORGOTTEN = auto()
    PRODUCT_FOR_MULTIPLE_OR_DIVISOR = auto()
    LCM_FOR_GCD = auto()  # or the other way round
    DIVISOR_NOT_GREATEST = auto()
    MULTIPLE_NOT_LEAST = auto()
    PRODUCT_WITH_ZERO = auto()  # 3·0 = 3
    REMAINDER_FORGOTTEN = auto()
    # Fractions
    ADDED_DENOMINATORS = auto()
    SUBTRACTED_DENOMINATORS = auto()
    NUMERATORS_NOT_CHANGED = auto()  # on a common denominator
    DIVIDED_WITHOUT_RECIPROCAL = auto()
    WRONG_RECIPROCAL = auto()  # the first fraction turned over instead of the second
    CROSS_MULTIPLIED = auto()
    MIXED_NUMBER_MISREAD = auto()
    # Powers, roots, logarithms
    POWER_AS_PRODUCT = auto()  # 2^3 = 6
    EXPONENT_RULE = auto()
    NEGATIVE_EXPONENT_AS_NEGATIVE = auto()
    FRACTIONAL_EXPONENT = auto()
    POWER_OF_PRODUCT = auto()  # (2x)^3 = 2x^3
    ROOT_FORGOTTEN = auto()
    ROOT_AS_HALF = auto()
    ROOT_SPLIT = auto()  # √(a + b) = √a + √b
    RADICANDS_ADDED = auto()
    LOGARITHM_DROPPED = auto()
    LOG_OF_QUOTIENT = auto()  # ln(a/b) for ln a/ln b
    LOG_OF_PRODUCT = auto()  # log(ab) = log a·log b
    LOG_OF_SUM = auto()
    FACTOR_OUT_OF_LOGARITHM = auto()
    # Percent and growth
    CHANGE_FOR_RESULT = auto()
    RESULT_FOR_CHANGE = auto()
    PERCENT_AS_AMOUNT = auto()
    PERCENT_OF_WRONG_BASE = auto()
    LINEAR_FOR_EXPONENTIAL = auto()
    PERCENTS_ADDED = auto()
    FACTOR_FOR_PERCENT = auto()  # 1.2 for 20 %
    SUBTRACTED_ONCE = auto()  # sum and difference: the difference taken off the sum
    HALF_OF_SUM_PLUS_DIFFERENCE = auto()
    DIFFERENCE_NOT_MULTIPLIED = auto()
    # Ratio and proportion
    ADDITIVE_FOR_MULTIPLICATIVE = auto()
    DIRECT_FOR_INVERSE_PROPORTION = auto()
    LENGTH_RATIO_FOR_AREA = auto()  # or for a volume
    PART_FOR_WHOLE_RATIO = auto()  # 2 : 3 as 2/3 of all
    # Units, time, rounding
    CONVERSION_FACTOR = auto()
    CONVERTED_THE_WRONG_WAY = auto()
    OTHER_UNIT = auto()
    MINUTES_AS_DECIMALS = auto()
    DEGREES_FOR_RADIANS = auto()
    ROUNDED_TO_WRONG_PLACE = auto()
    TRUNCATED = auto()
    ROUNDED_TOO_EARLY = auto()
    ROUNDED_THE_WRONG_WAY = auto()
    # Sequences
    OFF_BY_ONE = auto()
    TERM_FOR_SUM = auto()  # or the other way round
    MINUS_ONE_FORGOTTEN = auto()
    FIRST_TERM_FORGOTTEN = auto()
    STOPPED_AFTER_GIVEN_TERMS = auto()
    # Inequalities and sets
    ENDPOINT_EXCLUDED = auto()
    ENDPOINT_INCLUDED = auto()
    INEQUALITY_NOT_REVERSED = auto()
    INSIDE_FOR_OUTSIDE = auto()
    ZERO_OF_DENOMINATOR = auto()  # not taken out of the domain
    UNION_FOR_INTERSECTION = auto()
    # Functions
    CONSTANT_AS_Y_COORDINATE = auto()
    VALUE_AT_ZERO = auto()
    SHIFTS_PUT_TOGETHER = auto()
    COMPOSED_IN_WRONG_ORDER = auto()
    # Calculus
    CHAIN_RULE_FORGOTTEN = auto()
    EXPONENT_NOT_LOWERED = auto()
    EXPONENT_FACTOR_FORGOTTEN = auto()  # the derivative of x³ is x²
    EXPONENT_NOT_RAISED = auto()
    CONSTANT_KEPT = auto()
    POWER_RULE_ON_EXPONENTIAL = auto()
    PRODUCT_OF_DERIVATIVES = auto()
    ONE_FACTOR_DIFFERENTIATED = auto()
    QUOTIENT_RULE_WRONG = auto()
    INSIDE_REPLACED_BY_DERIVATIVE = auto()
    FORGOT_CONSTANT = auto()  # + C
    NOT_DIVIDED_BY_NEW_EXPONENT = auto()
    DIVIDED_BY_OLD_EXPONENT = auto()
    MULTIPLIED_BY_INNER_DERIVATIVE = auto()  # instead of divided
    FACTORS_INTEGRATED_SEPARATELY = auto()
    LOWER_LIMIT_IGNORED = auto()
    VALUES_AT_LIMITS_ADDED = auto()
    INTEGRAND_AT_LIMITS = auto()
    FACTORIALS_FORGOTTEN = auto()
    CONSTANT_ADDED_NOT_MULTIPLIED = auto()
    COEFFICIENT_TAKEN_AS_CONSTANT = auto()  # in a differential equation
    OTHER_LETTER_NOT_CONSTANT = auto()  # in a partial derivative
    # Geometry
    HALF_FORGOTTEN = auto()
    THIRD_FORGOTTEN = auto()
    FACTOR_FORGOTTEN = auto()
    RADIUS_FOR_DIAMETER = auto()  # or the other way round
    RADIUS_NOT_SQUARED = auto()
    ADDED_WITHOUT_SQUARING = auto()
    HYPOTENUSE_AS_LEG = auto()
    PYTHAGORAS_WITHOUT_RIGHT_ANGLE = auto()
    WRONG_TRIGONOMETRIC_FUNCTION = auto()
    WRONG_TRIGONOMETRIC_VALUE = auto()
    HALF_DIFFERENCE_FOR_MEAN = auto()
    WALL_COUNTED = auto()  # as a side of the fence
    WRONG_ANGLE_SUM = auto()
    REFLECTED_WRONGLY = auto()  # or turned
    # Linear algebra
    PRODUCTS_NOT_ADDED = auto()
    DOT_FOR_CROSS_PRODUCT = auto()  # or the other way round
    DIAGONAL_AS_EIGENVALUES = auto()
    COLUMNS_FOR_ROWS = auto()
    ENTRY_BY_ENTRY = auto()
    PRODUCTS_ADDED_IN_DETERMINANT = auto()
    # Data and chance
    COUNTING_FORMULA = auto()
    WITH_FOR_WITHOUT_REPLACEMENT = auto()
    PERMUTATIONS_FOR_COMBINATIONS = auto()
    ORDER_IGNORED = auto()
    OUTCOMES_NOT_EQUALLY_LIKELY = auto()
    COMPLEMENT_FORGOTTEN = auto()
    EXACTLY_FOR_AT_LEAST = auto()
    INTERSECTION_NOT_SUBTRACTED = auto()
    FREQUENCIES_IGNORED = auto()
    MIDDLE_VALUE_ALONE = auto()  # one of the two in the middle
    NOT_SORTED = auto()
    WRONG_CONDITION = auto()  # of a conditional probability
    # Another question answered
    STOPPED_EARLY = auto()
    CONDITION_NOT_USED = auto()
    POSITION_FOR_VALUE = auto()  # where the maximum is, not how large
    OTHER_PART_ANSWERED = auto()
    OTHER_STATISTIC = auto()  # the mean for the median
    AREA_FOR_CIRCUMFERENCE = auto()  # or the other way round
    SURFACE_FOR_VOLUME = auto()
    INTEGRATED_FOR_DIFFERENTIATED = auto()
    DIFFERENTIATED_FOR_INTEGRATED = auto()
    FUNCTION_FOR_DERIVATIVE = auto()  # or the other way round
    SUM_FOR_VECTOR = auto()
    FACE_DIAGONAL = auto()
    VECTOR_FOR_MIDPOINT = auto()
    PERPENDICULAR_FOR_PARALLEL = auto()  # or the other way round
    ZERO_OF_NUMERATOR = auto()
    OTHER_ASYMPTOTE = auto()
    EXTERIOR_ANGLE = auto()

    @property
    def family(self) -> MistakeFamily:
        return _FAMILIES[self]


def _families() -> dict[MistakeName, MistakeFamily]:
    """Each family is the names from its first one on, in the order of `MistakeName`."""
    families: dict[MistakeName, MistakeFamily] = {}
    family = MistakeFamily.ON_THE_WAY
    for name in MistakeName:
        family = _FIRST_OF_FAMILY.get(name, family)
        families[name] = family
    return families


_FIRST_OF_FAMILY = {
    MistakeName.ON_THE_WAY: MistakeFamily.ON_THE_WAY,
    MistakeName.LIKE_TERMS_NOT_COLLECTED: MistakeFamily.FORM,
    MistakeName.ONE_SOLUTION_MISSING: MistakeFamily.SOLUTIONS,
    MistakeName.SIGN_ERROR: MistakeFamily.SIGN,
    MistakeName.SWAPPED_COORDINATES: MistakeFamily.ORDER,
    MistakeName.ADDED_INSTEAD_OF_MULTIPLIED: MistakeFamily.INVERSE_OPERATION,
    MistakeName.DISTRIBUTED_TO_FIRST_TERM: MistakeFamily.BRACKETS,
    MistakeName.ARITHMETIC_SLIP: MistakeFamily.NUMBERS,
    MistakeName.ADDED_DENOMINATORS: MistakeFamily.FRACTIONS,
    MistakeName.POWER_AS_PRODUCT: MistakeFamily.POWERS,
    MistakeName.CHANGE_FOR_RESULT: MistakeFamily.PERCENT,
    MistakeName.ADDITIVE_FOR_MULTIPLICATIVE: MistakeFamily.RATIO,
    MistakeName.CONVERSION_FACTOR: MistakeFamily.UNITS,
    MistakeName.OFF_BY_ONE: MistakeFamily.SEQUENCES,
    MistakeName.ENDPOINT_EXCLUDED: MistakeFamily.INEQUALITIES,
    MistakeName.CONSTANT_AS_Y_COORDINATE: MistakeFamily.FUNCTIONS,
    MistakeName.CHAIN_RULE_FORGOTTEN: MistakeFamily.CALCULUS,
    MistakeName.HALF_FORGOTTEN: MistakeFamily.GEOMETRY,
    MistakeName.PRODUCTS_NOT_ADDED: MistakeFamily.LINEAR_ALGEBRA,
    MistakeName.COUNTING_FORMULA: MistakeFamily.DATA,
    MistakeName.STOPPED_EARLY: MistakeFamily.OTHER_QUESTION,
}
_FAMILIES = _families()


# Nothing in such an answer is wrong: it is not finished.
RIGHT_SO_FAR = frozenset(
    {
        MistakeName.ON_THE_WAY,
        MistakeName.LIKE_TERMS_NOT_COLLECTED,
        MistakeName.BRACKETS_NOT_EXPANDED,
        MistakeName.NOT_FACTORED,
        MistakeName.FRACTION_NOT_REDUCED,
        MistakeName.ROOT_NOT_SIMPLIFIED,
        MistakeName.NOT_A_SINGLE_FRACTION,
        MistakeName.SQUARE_NOT_COMPLETED,
        MistakeName.NOT_WORKED_OUT,
        MistakeName.NOT_SOLVED_FOR_THE_LETTER,
        MistakeName.UNIT_MISSING,
        MistakeName.OTHER_FORM_ASKED,
        MistakeName.ONE_SOLUTION_MISSING,
        MistakeName.ONE_PART_ONLY,
    }
)
