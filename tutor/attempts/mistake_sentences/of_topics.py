"""Sentences about what is asked in one topic: percentages, functions, geometry, data and so on."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tutor.grading.mistakes import MistakeName

SENTENCES: dict[str, Promise] = {
    # Percent and growth
    MistakeName.CHANGE_FOR_RESULT: _("This is how much it changed. What was asked for?"),
    MistakeName.RESULT_FOR_CHANGE: _(
        "This is the value afterwards. The problem asks for the change."
    ),
    MistakeName.PERCENT_AS_AMOUNT: _(
        "You used the percentage as an amount. What is it a percentage of?"
    ),
    MistakeName.PERCENT_OF_WRONG_BASE: _(
        "The percentage is taken of what? Look for the value that stands for the whole."
    ),
    MistakeName.LINEAR_FOR_EXPONENTIAL: _(
        "You added the same amount each time. What does the next step start from?"
    ),
    MistakeName.PERCENTS_ADDED: _(
        "Percentages taken one after the other cannot be added: the second one is taken"
        " of the new value."
    ),
    MistakeName.FACTOR_FOR_PERCENT: _("You gave the factor. The problem asks for the percentage."),
    MistakeName.SUBTRACTED_ONCE: _(
        "The difference is one number minus the other. Try your answer: do both conditions hold?"
    ),
    MistakeName.HALF_OF_SUM_PLUS_DIFFERENCE: _("Try your answer: do both conditions hold?"),
    MistakeName.DIFFERENCE_NOT_MULTIPLIED: _(
        "You found the difference for one. How many are there?"
    ),
    # Ratio and proportion
    MistakeName.ADDITIVE_FOR_MULTIPLICATIVE: _(
        "You added or subtracted the same amount. Here things grow by the same factor."
    ),
    MistakeName.DIRECT_FOR_INVERSE_PROPORTION: _(
        "If there is more of the one, does the other become more or less?"
    ),
    MistakeName.LENGTH_RATIO_FOR_AREA: _(
        "Lengths grow by this factor. What do areas and volumes grow by?"
    ),
    MistakeName.PART_FOR_WHOLE_RATIO: _(
        "Is a part compared with the other part, or with the whole? Count the equal parts."
    ),
    # Units, time and rounding
    MistakeName.CONVERSION_FACTOR: _(
        "How many of the small unit make one of the large unit? Check the factor."
    ),
    MistakeName.CONVERTED_THE_WRONG_WAY: _(
        "Should the number become larger or smaller in the new unit?"
    ),
    MistakeName.OTHER_UNIT: _("Look at the unit: does it fit what was asked for?"),
    MistakeName.MINUTES_AS_DECIMALS: _("An hour has sixty minutes, not a hundred."),
    MistakeName.DEGREES_FOR_RADIANS: _("Was your calculator in degrees or in radians?"),
    MistakeName.ROUNDED_TO_WRONG_PLACE: _("Count the places: how many does the problem ask for?"),
    MistakeName.TRUNCATED: _("You cut the digits off. Should the last one be rounded up?"),
    MistakeName.ROUNDED_TOO_EARLY: _(
        "Very close. Keep more digits while you work, and round only at the end."
    ),
    MistakeName.ROUNDED_THE_WRONG_WAY: _(
        "Look at the digit after the last one: does it round up or down?"
    ),
    # Sequences
    MistakeName.OFF_BY_ONE: _("You are one step off. Count the steps: where do they begin?"),
    MistakeName.TERM_FOR_SUM: _("Is a single term asked for, or the sum of the terms?"),
    MistakeName.MINUS_ONE_FORGOTTEN: _("Look at the formula again: is something subtracted in it?"),
    MistakeName.FIRST_TERM_FORGOTTEN: _("Did you count the first term too?"),
    MistakeName.STOPPED_AFTER_GIVEN_TERMS: _(
        "You stopped after the terms that are shown. Where do the dots lead?"
    ),
    # Inequalities and sets
    MistakeName.ENDPOINT_EXCLUDED: _(
        "The numbers are right. Does the end point itself fit the condition? Try it."
    ),
    MistakeName.ENDPOINT_INCLUDED: _(
        "The numbers are right. Does the end point itself fit the condition? Try it."
    ),
    MistakeName.INEQUALITY_NOT_REVERSED: _(
        "What happens to the inequality sign when you multiply or divide by a negative number?"
    ),
    MistakeName.INSIDE_FOR_OUTSIDE: _(
        "Try a value between the two numbers: does the inequality hold there?"
    ),
    MistakeName.ZERO_OF_DENOMINATOR: _("For which values would a denominator be zero?"),
    MistakeName.UNION_FOR_INTERSECTION: _(
        "Should one of the conditions hold, or both at the same time?"
    ),
    # Functions
    MistakeName.CONSTANT_AS_Y_COORDINATE: _(
        "The constant is the value at x = zero. What is the value at your x?"
    ),
    MistakeName.VALUE_AT_ZERO: _("This is the value at zero. Where does the problem ask for it?"),
    MistakeName.SHIFTS_PUT_TOGETHER: _(
        "One shift goes sideways and the other one upwards. Keep them apart."
    ),
    MistakeName.COMPOSED_IN_WRONG_ORDER: _("Which function is applied first?"),
    # Calculus
    MistakeName.CHAIN_RULE_FORGOTTEN: _(
        "There is a function inside another one. Did you multiply by the derivative of the inside?"
    ),
    MistakeName.EXPONENT_NOT_LOWERED: _(
        "When you differentiate a power, what happens to the exponent?"
    ),
    MistakeName.EXPONENT_FACTOR_FORGOTTEN: _(
        "When you differentiate a power, where does the old exponent go?"
    ),
    MistakeName.EXPONENT_NOT_RAISED: _("When you integrate a power, what happens to the exponent?"),
    MistakeName.CONSTANT_KEPT: _("What is the derivative of a constant?"),
    MistakeName.POWER_RULE_ON_EXPONENTIAL: _(
        "The letter stands in the exponent, so the power rule does not apply."
    ),
    MistakeName.PRODUCT_OF_DERIVATIVES: _(
        "The derivative of a product is not the product of the derivatives."
    ),
    MistakeName.ONE_FACTOR_DIFFERENTIATED: _(
        "You differentiated one factor. The product rule has two parts."
    ),
    MistakeName.QUOTIENT_RULE_WRONG: _(
        "Write down the quotient rule, and compare it with yours part by part."
    ),
    MistakeName.INSIDE_REPLACED_BY_DERIVATIVE: _(
        "The inside stays as it is; its derivative comes as a factor."
    ),
    MistakeName.FORGOT_CONSTANT: _(
        "All functions with this derivative are asked for. What may be added?"
    ),
    MistakeName.NOT_DIVIDED_BY_NEW_EXPONENT: _(
        "When you integrate a power, by what do you divide?"
    ),
    MistakeName.DIVIDED_BY_OLD_EXPONENT: _(
        "When you integrate a power, do you divide by the old or by the new exponent?"
    ),
    MistakeName.MULTIPLIED_BY_INNER_DERIVATIVE: _(
        "Differentiate your answer: is the inner factor multiplied or divided?"
    ),
    MistakeName.FACTORS_INTEGRATED_SEPARATELY: _(
        "The factors of a product cannot be integrated one by one."
    ),
    MistakeName.LOWER_LIMIT_IGNORED: _("You put in the upper limit. What about the lower one?"),
    MistakeName.VALUES_AT_LIMITS_ADDED: _("Are the values at the two limits added or subtracted?"),
    MistakeName.INTEGRAND_AT_LIMITS: _(
        "You put the limits into the function itself. Which function do they go into?"
    ),
    MistakeName.FACTORIALS_FORGOTTEN: _(
        "In a Taylor polynomial each derivative is divided by something. By what?"
    ),
    MistakeName.CONSTANT_ADDED_NOT_MULTIPLIED: _(
        "Where does the constant belong: added at the end, or as a factor?"
    ),
    MistakeName.COEFFICIENT_TAKEN_AS_CONSTANT: _(
        "The coefficient depends on the variable here, so it must be integrated too."
    ),
    MistakeName.OTHER_LETTER_NOT_CONSTANT: _(
        "For a partial derivative, treat the other letter as a constant."
    ),
    # Geometry
    MistakeName.HALF_FORGOTTEN: _("It looks as if a half is missing. Compare with the formula."),
    MistakeName.THIRD_FORGOTTEN: _("It looks as if a third is missing. Compare with the formula."),
    MistakeName.FACTOR_FORGOTTEN: _("A factor seems to be missing. Compare with the formula."),
    MistakeName.RADIUS_FOR_DIAMETER: _("Is the given length the radius or the diameter?"),
    MistakeName.RADIUS_NOT_SQUARED: _("Look at the radius in the formula: is it squared?"),
    MistakeName.ADDED_WITHOUT_SQUARING: _(
        "In a right-angled triangle the squares of the sides are added, not the sides."
    ),
    MistakeName.HYPOTENUSE_AS_LEG: _("Which side lies opposite the right angle?"),
    MistakeName.PYTHAGORAS_WITHOUT_RIGHT_ANGLE: _(
        "Is there a right angle here? If not, another rule is needed."
    ),
    MistakeName.WRONG_TRIGONOMETRIC_FUNCTION: _(
        "Which two sides do you know or want to find? Choose sine, cosine or tangent by them."
    ),
    MistakeName.WRONG_TRIGONOMETRIC_VALUE: _(
        "Look up the value of the sine, cosine or tangent again."
    ),
    MistakeName.HALF_DIFFERENCE_FOR_MEAN: _(
        "You took half of the difference. What lies in the middle of both?"
    ),
    MistakeName.WALL_COUNTED: _("Is a fence needed along the wall?"),
    MistakeName.WRONG_ANGLE_SUM: _("What do the angles add up to in this figure?"),
    MistakeName.REFLECTED_WRONGLY: _("Draw it: which coordinate changes, and how?"),
    # Linear algebra
    MistakeName.PRODUCTS_NOT_ADDED: _(
        "You multiplied the entries. What happens to the products then?"
    ),
    MistakeName.DOT_FOR_CROSS_PRODUCT: _("Is a number or a vector asked for?"),
    MistakeName.DIAGONAL_AS_EIGENVALUES: _(
        "The entries of the diagonal are the eigenvalues only of some matrices."
    ),
    MistakeName.COLUMNS_FOR_ROWS: _("Multiply each row of the first by each column of the second."),
    MistakeName.ENTRY_BY_ENTRY: _(
        "Matrices are not multiplied entry by entry: it is rows times columns."
    ),
    MistakeName.PRODUCTS_ADDED_IN_DETERMINANT: _(
        "In a determinant, are the two products added or subtracted?"
    ),
    # Data and chance
    MistakeName.COUNTING_FORMULA: _(
        "Think of a smaller case and list the ways: does your formula count them?"
    ),
    MistakeName.WITH_FOR_WITHOUT_REPLACEMENT: _(
        "Is it put back before the next draw? What is left then?"
    ),
    MistakeName.PERMUTATIONS_FOR_COMBINATIONS: _("Does the order matter here?"),
    MistakeName.ORDER_IGNORED: _(
        "Have you found all the ways in which this can happen, in every order?"
    ),
    MistakeName.OUTCOMES_NOT_EQUALLY_LIKELY: _(
        "Are all the outcomes that you counted equally likely?"
    ),
    MistakeName.COMPLEMENT_FORGOTTEN: _(
        "This is the probability of the opposite. What is left over?"
    ),
    MistakeName.EXACTLY_FOR_AT_LEAST: _("Read again: exactly so many, or at least so many?"),
    MistakeName.INTERSECTION_NOT_SUBTRACTED: _(
        "Some cases were counted more than once. Which ones?"
    ),
    MistakeName.FREQUENCIES_IGNORED: _(
        "How often does each value come? Count each as often as it comes."
    ),
    MistakeName.MIDDLE_VALUE_ALONE: _(
        "There are two values in the middle. What lies halfway between them?"
    ),
    MistakeName.NOT_SORTED: _("Sort the values first."),
    MistakeName.WRONG_CONDITION: _(
        "Of which group is the share asked for? Look at what is known already."
    ),
    # Another question answered
    MistakeName.STOPPED_EARLY: _(
        "This is only a step on the way. Read once more what is asked for."
    ),
    MistakeName.CONDITION_NOT_USED: _(
        "Compare your answer with each piece of information: does it fit all of them?"
    ),
    MistakeName.POSITION_FOR_VALUE: _("Is the place asked for, or the value there?"),
    MistakeName.OTHER_PART_ANSWERED: _(
        "This answers another question. Read once more what is asked for."
    ),
    MistakeName.OTHER_STATISTIC: _("Mean, median, mode or range: which one is asked for?"),
    MistakeName.AREA_FOR_CIRCUMFERENCE: _("Is the length around it asked for, or the area inside?"),
    MistakeName.SURFACE_FOR_VOLUME: _("Is the surface asked for, or the space inside?"),
    MistakeName.INTEGRATED_FOR_DIFFERENTIATED: _(
        "You integrated. The problem asks for the derivative."
    ),
    MistakeName.DIFFERENTIATED_FOR_INTEGRATED: _(
        "You differentiated. The problem asks for the integral."
    ),
    MistakeName.FUNCTION_FOR_DERIVATIVE: _(
        "Which function belongs here: the function itself, or a derivative of it?"
    ),
    MistakeName.SUM_FOR_VECTOR: _("The entries stay apart: the answer is not a single number."),
    MistakeName.FACE_DIAGONAL: _("Is it the diagonal of a face, or the one through the inside?"),
    MistakeName.VECTOR_FOR_MIDPOINT: _(
        "You found the vector from one point to the other. Where is the middle?"
    ),
    MistakeName.PERPENDICULAR_FOR_PARALLEL: _("Parallel or perpendicular: which one is asked for?"),
    MistakeName.ZERO_OF_NUMERATOR: _("You looked at the numerator. What does the denominator say?"),
    MistakeName.OTHER_ASYMPTOTE: _("Is the vertical or the horizontal line asked for?"),
    MistakeName.EXTERIOR_ANGLE: _("Is the angle inside or outside the figure asked for?"),
}
