"""What other people call the mistakes and their families that the tutor names."""

from __future__ import annotations

from tutor.grading.mistakes import MistakeFamily, MistakeName

FAMILIES = {
    "form": MistakeFamily.FORM,
    "solutions": MistakeFamily.SOLUTIONS,
    "sign": MistakeFamily.SIGN,
    "order": MistakeFamily.ORDER,
    "inverse operation": MistakeFamily.INVERSE_OPERATION,
    "brackets and terms": MistakeFamily.BRACKETS,
    "numbers": MistakeFamily.NUMBERS,
    "fractions": MistakeFamily.FRACTIONS,
    "powers, roots, logarithms": MistakeFamily.POWERS,
    "percent and growth": MistakeFamily.PERCENT,
    "ratio and proportion": MistakeFamily.RATIO,
    "units, time, rounding": MistakeFamily.UNITS,
    "sequences": MistakeFamily.SEQUENCES,
    "inequalities and sets": MistakeFamily.INEQUALITIES,
    "functions": MistakeFamily.FUNCTIONS,
    "calculus": MistakeFamily.CALCULUS,
    "geometry formulas": MistakeFamily.GEOMETRY,
    "linear algebra": MistakeFamily.LINEAR_ALGEBRA,
    "data and chance": MistakeFamily.DATA,
    "other question answered": MistakeFamily.OTHER_QUESTION,
}

_N = MistakeName
# Names of `MistakeName` are their own; these are called otherwise.
_NAMES = {
    # Form
    "not written as a fraction": _N.NOT_A_FRACTION,
    "not written as a decimal": _N.NOT_A_DECIMAL,
    "rounded where an exact value was asked for": _N.ROUNDED_INSTEAD_OF_EXACT,
    # Solutions
    "forgot ±": _N.FORGOT_PLUS_MINUS,
    "only the positive case": _N.ONLY_POSITIVE_CASE,
    "only one part of the answer given": _N.ONE_PART_ONLY,
    "extraneous solution not rejected": _N.EXTRANEOUS_SOLUTION,
    # Signs
    "sign of b lost in the quadratic formula": _N.SIGN_OF_B_LOST,
    "factor signs taken as solutions": _N.FACTOR_SIGNS_AS_SOLUTIONS,
    "sign of the exponent wrong": _N.SIGN_OF_EXPONENT,
    "sign of the shift wrong": _N.SIGN_OF_SHIFT,
    "minus sign squared too": _N.MINUS_SQUARED_TOO,
    "odd power of a negative number taken as positive": _N.ODD_POWER_OF_NEGATIVE,
    "two minus signs taken as minus": _N.TWO_MINUS_SIGNS,
    "opposite instead of inverse function": _N.OPPOSITE_FOR_INVERSE_FUNCTION,
    "sign of sine or cosine derivative wrong": _N.SIGN_OF_SINE_OR_COSINE,
    # Order
    "quotient the wrong way round": _N.QUOTIENT_UPSIDE_DOWN,
    "increase and decrease confused": _N.INCREASE_FOR_DECREASE,
    "steps in the wrong order": _N.STEPS_IN_WRONG_ORDER,
    "order of operations left to right": _N.ORDER_OF_OPERATIONS,
    "inequality the wrong way round": _N.INEQUALITY_WRONG_WAY_ROUND,
    "transposed matrix": _N.TRANSPOSED,
    "factors in the wrong order": _N.FACTORS_IN_WRONG_ORDER,
    "subtracted in the wrong order": _N.SUBTRACTED_IN_WRONG_ORDER,
    # Operations
    "subtracted the coefficient instead of dividing": _N.SUBTRACTED_COEFFICIENT,
    "operation done on one term only": _N.ON_ONE_TERM_ONLY,
    "reciprocal instead of inverse function": _N.RECIPROCAL_FOR_INVERSE_FUNCTION,
    "divided by the base instead of finding the exponent": _N.DIVIDED_INSTEAD_OF_LOGARITHM,
    "forgot to divide by 100": _N.FORGOT_TO_DIVIDE_BY_HUNDRED,
    # Brackets and terms
    "product right but sum wrong": _N.PRODUCT_RIGHT_SUM_WRONG,
    "distributed only to first term": _N.DISTRIBUTED_TO_FIRST_TERM,
    "minus distributed only to first term": _N.MINUS_DISTRIBUTED_TO_FIRST_TERM,
    "solved an equation instead of factoring": _N.SOLVED_INSTEAD_OF_FACTORED,
    "multiplied by the denominator itself": _N.MULTIPLIED_BY_DENOMINATOR_ITSELF,
    "difference of squares taken as square of a difference": _N.DIFFERENCE_OF_SQUARES,
    # Numbers
    "subtracted smaller from larger digit": _N.SMALLER_FROM_LARGER_DIGIT,
    "product instead of common multiple or divisor": _N.PRODUCT_FOR_MULTIPLE_OR_DIVISOR,
    "lcm and gcd confused": _N.LCM_FOR_GCD,
    "common divisor but not the greatest": _N.DIVISOR_NOT_GREATEST,
    "zero product taken as the other factor": _N.PRODUCT_WITH_ZERO,
    # Fractions
    "common denominator without changing numerators": _N.NUMERATORS_NOT_CHANGED,
    # Powers, roots, logarithms
    "power taken as a product": _N.POWER_AS_PRODUCT,
    "exponent rule wrong": _N.EXPONENT_RULE,
    "fractional exponent misread": _N.FRACTIONAL_EXPONENT,
    "root taken as half": _N.ROOT_AS_HALF,
    "negative exponent taken as negative number": _N.NEGATIVE_EXPONENT_AS_NEGATIVE,
    "root of a sum split": _N.ROOT_SPLIT,
    "log of a quotient confused with quotient of logs": _N.LOG_OF_QUOTIENT,
    "log of a product as product of the logs": _N.LOG_OF_PRODUCT,
    "factor pulled out of the logarithm": _N.FACTOR_OUT_OF_LOGARITHM,
    # Percent and growth
    "gave the change instead of the result": _N.CHANGE_FOR_RESULT,
    "percent taken as an amount": _N.PERCENT_AS_AMOUNT,
    "linear instead of exponential": _N.LINEAR_FOR_EXPONENTIAL,
    "difference not multiplied by the number": _N.DIFFERENCE_NOT_MULTIPLIED,
    "subtracted once from the sum": _N.SUBTRACTED_ONCE,
    "half of the sum plus the difference": _N.HALF_OF_SUM_PLUS_DIFFERENCE,
    # Ratio and proportion
    "additive instead of multiplicative": _N.ADDITIVE_FOR_MULTIPLICATIVE,
    "length ratio used for area or volume": _N.LENGTH_RATIO_FOR_AREA,
    "direct and inverse proportion confused": _N.DIRECT_FOR_INVERSE_PROPORTION,
    # Units, time, rounding
    "truncated instead of rounded": _N.TRUNCATED,
    "rounded to the wrong place": _N.ROUNDED_TO_WRONG_PLACE,
    "radian/degree": _N.DEGREES_FOR_RADIANS,
    "conversion factor wrong": _N.CONVERSION_FACTOR,
    "wrong unit": _N.OTHER_UNIT,
    "minutes read as decimals": _N.MINUTES_AS_DECIMALS,
    "converted in the wrong direction": _N.CONVERTED_THE_WRONG_WAY,
    # Sequences
    "term and sum confused": _N.TERM_FOR_SUM,
    "stopped after the given terms": _N.STOPPED_AFTER_GIVEN_TERMS,
    # Inequalities and sets
    "endpoint wrongly excluded": _N.ENDPOINT_EXCLUDED,
    "endpoint wrongly included": _N.ENDPOINT_INCLUDED,
    "inside and outside confused": _N.INSIDE_FOR_OUTSIDE,
    "zero of the denominator not excluded": _N.ZERO_OF_DENOMINATOR,
    # Functions
    "constant term taken as y-coordinate": _N.CONSTANT_AS_Y_COORDINATE,
    "both shifts put together": _N.SHIFTS_PUT_TOGETHER,
    "value at zero taken": _N.VALUE_AT_ZERO,
    # Calculus
    "forgot chain rule": _N.CHAIN_RULE_FORGOTTEN,
    "power rule without lowering exponent": _N.EXPONENT_NOT_LOWERED,
    "power rule without the factor": _N.EXPONENT_FACTOR_FORGOTTEN,
    "derivative of the inside put in for the inside": _N.INSIDE_REPLACED_BY_DERIVATIVE,
    "constant kept in the derivative": _N.CONSTANT_KEPT,
    "constant added instead of multiplied": _N.CONSTANT_ADDED_NOT_MULTIPLIED,
    "variable coefficient treated as constant": _N.COEFFICIENT_TAKEN_AS_CONSTANT,
    "power rule used on an exponential": _N.POWER_RULE_ON_EXPONENTIAL,
    "forgot +C": _N.FORGOT_CONSTANT,
    "not divided by the new exponent": _N.NOT_DIVIDED_BY_NEW_EXPONENT,
    "divided by the old exponent": _N.DIVIDED_BY_OLD_EXPONENT,
    "integrand evaluated instead of antiderivative": _N.INTEGRAND_AT_LIMITS,
    "values of the limits added": _N.VALUES_AT_LIMITS_ADDED,
    "multiplied instead of divided by the inner derivative": _N.MULTIPLIED_BY_INNER_DERIVATIVE,
    "product of the derivatives": _N.PRODUCT_OF_DERIVATIVES,
    "only one factor differentiated": _N.ONE_FACTOR_DIFFERENTIATED,
    # Geometry
    "radius/diameter": _N.RADIUS_FOR_DIAMETER,
    "hypotenuse treated as a leg": _N.HYPOTENUSE_AS_LEG,
    "half of the difference instead of the mean": _N.HALF_DIFFERENCE_FOR_MEAN,
    "Pythagoras without a right angle": _N.PYTHAGORAS_WITHOUT_RIGHT_ANGLE,
    "wall counted as fence": _N.WALL_COUNTED,
    "reflected the wrong way": _N.REFLECTED_WRONGLY,
    "third of a cone used": _N.THIRD_FORGOTTEN,
    "number of triangles not reduced by two": _N.WRONG_ANGLE_SUM,
    # Linear algebra
    "dot/cross product": _N.DOT_FOR_CROSS_PRODUCT,
    "diagonal entries taken as eigenvalues": _N.DIAGONAL_AS_EIGENVALUES,
    "columns used instead of rows": _N.COLUMNS_FOR_ROWS,
    # Data and chance
    "wrong counting formula": _N.COUNTING_FORMULA,
    "with/without replacement": _N.WITH_FOR_WITHOUT_REPLACEMENT,
    "permutations/combinations": _N.PERMUTATIONS_FOR_COMBINATIONS,
    "exactly and at least confused": _N.EXACTLY_FOR_AT_LEAST,
    "one of the two middle values taken": _N.MIDDLE_VALUE_ALONE,
    # Another question
    "stopped one step early": _N.STOPPED_EARLY,
    "condition or point not used": _N.CONDITION_NOT_USED,
    "place instead of value": _N.POSITION_FOR_VALUE,
    "answered for the other part": _N.OTHER_PART_ANSWERED,
    "area and circumference confused": _N.AREA_FOR_CIRCUMFERENCE,
    "surface for volume": _N.SURFACE_FOR_VOLUME,
    "differentiated instead of integrated": _N.DIFFERENTIATED_FOR_INTEGRATED,
    "integrated instead of differentiated": _N.INTEGRATED_FOR_DIFFERENTIATED,
    "function and derivative confused": _N.FUNCTION_FOR_DERIVATIVE,
    "sum instead of a vector": _N.SUM_FOR_VECTOR,
    "face diagonal instead of space diagonal": _N.FACE_DIAGONAL,
    "vector instead of midpoint": _N.VECTOR_FOR_MIDPOINT,
    "wrong statistic": _N.OTHER_STATISTIC,
    "mean/median": _N.OTHER_STATISTIC,
    "perpendicular instead of parallel": _N.PERPENDICULAR_FOR_PARALLEL,
    "zero of the numerator": _N.ZERO_OF_NUMERATOR,
    "horizontal and vertical asymptote confused": _N.OTHER_ASYMPTOTE,
    "exterior instead of interior angle": _N.EXTERIOR_ANGLE,
}


def mistake_called(name: str) -> MistakeName | None:
    """None for a name that stands for no mistake that the tutor names."""
    plain = "_".join(name.replace("-", " ").split()).lower()
    return _NAMES.get(name) or next((own for own in MistakeName if own == plain), None)
