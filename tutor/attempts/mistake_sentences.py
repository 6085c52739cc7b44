"""The sentences about probable mistakes: one for each name, without any number of the problem."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tutor.grading import Feedback
from tutor.grading.answer_key import is_right_but
from tutor.grading.mistakes import Explanation, MistakeName

# Each is a friendly question or pointer, and none says what would be right.
SENTENCES: dict[str, Promise] = {
    # A right line, but not the last
    MistakeName.ON_THE_WAY: _("So far so good. Go on: this is not yet what was asked for."),
    # The right value in another form
    MistakeName.LIKE_TERMS_NOT_COLLECTED: _(
        "The value is right. Some like terms can still be collected."
    ),
    MistakeName.BRACKETS_NOT_EXPANDED: _(
        "The value is right. Now multiply out the brackets that are left."
    ),
    MistakeName.NOT_FACTORED: _("The value is right, but it is not yet factored completely."),
    MistakeName.FRACTION_NOT_REDUCED: _(
        "The value is right. Can it be written with smaller whole numbers?"
    ),
    MistakeName.ROOT_NOT_SIMPLIFIED: _("The value is right. The root can still be simplified."),
    MistakeName.NOT_A_SINGLE_FRACTION: _("The value is right. Write it as one single fraction."),
    MistakeName.SQUARE_NOT_COMPLETED: _(
        "The value is right. Now complete the square, as the problem asks."
    ),
    MistakeName.NOT_WORKED_OUT: _("The value is right. Work it out to the end."),
    MistakeName.NOT_A_FRACTION: _("The problem asks for a fraction, not a decimal."),
    MistakeName.NOT_A_DECIMAL: _("The problem asks for a decimal number."),
    MistakeName.NOT_SOLVED_FOR_THE_LETTER: _(
        "This is true, but the letter asked for does not stand alone yet."
    ),
    MistakeName.ROUNDED_INSTEAD_OF_EXACT: _("You rounded. The problem asks for the exact value."),
    MistakeName.UNIT_MISSING: _("The number is right. Add its unit."),
    MistakeName.OPEN_INTERVAL_ASKED: _(
        "The numbers are right. Look again at whether the ends belong to the interval asked for."
    ),
    MistakeName.OTHER_FORM_ASKED: _("The value is right, but the problem asks for another form."),
    MistakeName.OTHER_LETTER_CASE: _(
        "Capital and small letters mean different things. Did you mean the other one?"
    ),
    MistakeName.EXPONENT_SIGN_MISSING: _("Is a sign for the exponent missing? Type ^ before it."),
    # Some solutions missing, or too many
    MistakeName.ONE_SOLUTION_MISSING: _(
        "This is right as far as it goes. Is there anything else that belongs to it?"
    ),
    MistakeName.FORGOT_PLUS_MINUS: _(
        "A square root can be taken with plus and with minus. What does the other sign give?"
    ),
    MistakeName.ONLY_POSITIVE_CASE: _(
        "You looked at one case. What happens if the part inside the bars is negative?"
    ),
    MistakeName.ONE_PART_ONLY: _(
        "This is one part of the answer. What else does the problem ask for?"
    ),
    MistakeName.PARTLY_RIGHT: _("Nearly: one entry is not right. Check them one by one."),
    MistakeName.ONE_SOLUTION_TOO_MANY: _(
        "One of these is too many. Check each one: does it fit what is asked for?"
    ),
    MistakeName.EXTRANEOUS_SOLUTION: _(
        "One of these does not fit the original equation. Put each one in and check."
    ),
    MistakeName.SOLUTION_LOST: _(
        "A solution got lost. Did you divide by something that may be zero?"
    ),
    # Signs
    MistakeName.SIGN_ERROR: _("Check the signs: it looks as if one of them changed on the way."),
    MistakeName.MOVED_WITHOUT_CHANGING_SIGN: _(
        "It looks as if a term changed sides with its sign unchanged. What did you do to both"
        " sides?"
    ),
    MistakeName.SIGN_LOST_WHEN_DIVIDING: _(
        "Check the sign of your answer: put it into the equation."
    ),
    MistakeName.SIGN_OF_B_LOST: _(
        "Check the signs: put each of your numbers into the equation. Does it hold?"
    ),
    MistakeName.FACTOR_SIGNS_SWAPPED: _(
        "Multiply your factors out: which sign does the middle term get?"
    ),
    MistakeName.FACTOR_SIGNS_AS_SOLUTIONS: _(
        "You read the signs off the factors. For which value is each factor zero?"
    ),
    MistakeName.SIGN_IGNORED: _(
        "Some of the numbers are negative: where do they lie on the number line?"
    ),
    MistakeName.SIGN_OF_EXPONENT: _("Look at the sign of the exponent."),
    MistakeName.SIGN_OF_SHIFT: _("Which way does the graph move? Try a point of it."),
    MistakeName.MINUS_SQUARED_TOO: _(
        "Without a bracket, does the power apply to the minus sign too?"
    ),
    MistakeName.ODD_POWER_OF_NEGATIVE: _("What sign does an odd power of a negative number have?"),
    MistakeName.TWO_MINUS_SIGNS: _(
        "Two minus signs stand side by side here. What do they make together?"
    ),
    MistakeName.MINUS_TIMES_MINUS: _("What sign does a product of two negative numbers have?"),
    MistakeName.OPPOSITE_FOR_INVERSE_FUNCTION: _(
        "You changed the sign of the function. An inverse function undoes it: swap the roles "
        "of x and y."
    ),
    MistakeName.SIGN_OF_SINE_OR_COSINE: _(
        "Look again at the sign when sine and cosine are differentiated or integrated."
    ),
    # Order
    MistakeName.SWAPPED_COORDINATES: _("The numbers are right. In which order are they asked for?"),
    MistakeName.ORDER_REVERSED: _(
        "The numbers are right, but not their order. Which one comes first?"
    ),
    MistakeName.QUOTIENT_UPSIDE_DOWN: _(
        "It looks upside down: which of the two is divided by the other?"
    ),
    MistakeName.SLOPE_UPSIDE_DOWN: _(
        "It looks upside down. The slope is how far it goes up for each step to the right."
    ),
    MistakeName.SUBTRACTED_IN_WRONG_ORDER: _(
        "You subtracted in the other order in one place. Keep the same order above and below."
    ),
    MistakeName.ORDER_OF_OPERATIONS: _(
        "Which operation comes first? Multiply and divide before you add and subtract."
    ),
    MistakeName.STEPS_IN_WRONG_ORDER: _("Read again in which order things happen."),
    MistakeName.INCREASE_FOR_DECREASE: _(
        "Does it go up or down here? You took the other direction."
    ),
    MistakeName.INEQUALITY_WRONG_WAY_ROUND: _(
        "The number is right. Try a value: on which side of it does the inequality hold?"
    ),
    MistakeName.BASE_AND_EXPONENT_SWAPPED: _("Base and exponent seem to have changed places."),
    MistakeName.REVERSAL_ERROR: _("Try it with small numbers: which of the two is the larger one?"),
    MistakeName.LIMITS_SWAPPED: _(
        "Which limit comes first when you subtract: the upper or the lower one?"
    ),
    MistakeName.TRANSPOSED: _("Rows and columns have changed places."),
    MistakeName.FACTORS_IN_WRONG_ORDER: _(
        "With matrices and functions the order matters. Which one comes first?"
    ),
    # Another operation
    MistakeName.ADDED_INSTEAD_OF_MULTIPLIED: _(
        "It looks as if you added. What does the problem ask you to do with the numbers?"
    ),
    MistakeName.MULTIPLIED_INSTEAD_OF_ADDED: _(
        "It looks as if you multiplied. What does the problem ask you to do with the numbers?"
    ),
    MistakeName.ADDED_INSTEAD_OF_SUBTRACTED: _(
        "It looks as if you added where something is taken away."
    ),
    MistakeName.SUBTRACTED_INSTEAD_OF_ADDED: _(
        "It looks as if you subtracted where something is added."
    ),
    MistakeName.MULTIPLIED_INSTEAD_OF_DIVIDED: _(
        "It looks as if you multiplied where you should divide."
    ),
    MistakeName.DIVIDED_INSTEAD_OF_MULTIPLIED: _(
        "It looks as if you divided where you should multiply."
    ),
    MistakeName.SUBTRACTED_COEFFICIENT: _(
        "A number in front of a letter multiplies it. Which operation undoes that?"
    ),
    MistakeName.DIVIDED_INSTEAD_OF_LOGARITHM: _(
        "The letter stands in the exponent. Which power of the base gives that number?"
    ),
    MistakeName.ON_ONE_TERM_ONLY: _(
        "You did it to one term only. What happens to the other terms?"
    ),
    MistakeName.RECIPROCAL_FOR_INVERSE_FUNCTION: _(
        "You turned the fraction over. An inverse function undoes it: swap the roles of x and y."
    ),
    MistakeName.FORGOT_TO_DIVIDE_BY_HUNDRED: _(
        "Per cent means hundredths. Did you divide by a hundred?"
    ),
    # Brackets and terms
    MistakeName.DISTRIBUTED_TO_FIRST_TERM: _(
        "The factor before the bracket multiplies every term in it."
    ),
    MistakeName.MINUS_DISTRIBUTED_TO_FIRST_TERM: _(
        "A minus before a bracket changes the sign of every term in it."
    ),
    MistakeName.MIDDLE_TERM_FORGOTTEN: _(
        "Each term of one bracket multiplies each term of the other. Which products are missing?"
    ),
    MistakeName.MIDDLE_TERM_NOT_DOUBLED: _(
        "How many times does the mixed product appear when you square a bracket?"
    ),
    MistakeName.SQUARED_TERMS_SEPARATELY: _(
        "The power of a sum is not the sum of the powers. Write the power as a product of brackets."
    ),
    MistakeName.DIFFERENCE_OF_SQUARES: _("Multiply your answer out: does the middle term vanish?"),
    MistakeName.PRODUCT_RIGHT_SUM_WRONG: _("Multiply your factors out: does the middle term fit?"),
    MistakeName.SOLVED_INSTEAD_OF_FACTORED: _(
        "You solved an equation. Here the expression should be written as a product."
    ),
    MistakeName.UNLIKE_TERMS_COMBINED: _(
        "Only like terms can be put together. Which ones are alike here?"
    ),
    MistakeName.TERM_DROPPED: _("It looks as if a term got lost. Count the terms in each line."),
    MistakeName.DENOMINATOR_DROPPED: _("It looks as if a denominator got lost on the way."),
    MistakeName.MULTIPLIED_BY_DENOMINATOR_ITSELF: _(
        "By what must you multiply so that the root in the denominator goes away?"
    ),
    MistakeName.CANCELLED_A_TERM: _("Only factors can be cancelled, not terms of a sum."),
    # Numbers
    MistakeName.ARITHMETIC_SLIP: _("It may be a slip only. Check the calculation once more."),
    MistakeName.PLACE_VALUE_SHIFTED: _(
        "The digits are right. Check the place of the decimal point, or the number of zeros."
    ),
    MistakeName.SMALLER_FROM_LARGER_DIGIT: _(
        "In one column, did you subtract the upper digit from the lower one?"
    ),
    MistakeName.BORROW_FORGOTTEN: _("Check the borrowing in your subtraction."),
    MistakeName.CARRY_FORGOTTEN: _("Check what you carried over."),
    MistakeName.PRODUCT_FOR_MULTIPLE_OR_DIVISOR: _(
        "Read again: is the least common multiple or the greatest common divisor asked for?"
    ),
    MistakeName.LCM_FOR_GCD: _("Is a common multiple or a common divisor needed here?"),
    MistakeName.DIVISOR_NOT_GREATEST: _(
        "This divides all of them. Is there a greater number that does?"
    ),
    MistakeName.MULTIPLE_NOT_LEAST: _("This is a common multiple. Is there a smaller one?"),
    MistakeName.PRODUCT_WITH_ZERO: _("What is a number times zero?"),
    MistakeName.REMAINDER_FORGOTTEN: _("What happens to the remainder?"),
    # Fractions
    MistakeName.ADDED_DENOMINATORS: _(
        "Did you add the denominators? Bring both fractions to the same denominator first."
    ),
    MistakeName.SUBTRACTED_DENOMINATORS: _(
        "Did you subtract the denominators? Bring both fractions to the same denominator first."
    ),
    MistakeName.NUMERATORS_NOT_CHANGED: _(
        "The common denominator is right. How must the numerators change with it?"
    ),
    MistakeName.DIVIDED_WITHOUT_RECIPROCAL: _(
        "Dividing by a fraction: which fraction do you multiply by?"
    ),
    MistakeName.WRONG_RECIPROCAL: _("When you divide fractions, which of the two is turned over?"),
    MistakeName.CROSS_MULTIPLIED: _(
        "You multiplied crosswise. That is for comparing fractions or for equations,"
        " not for multiplying."
    ),
    MistakeName.MIXED_NUMBER_MISREAD: _("A mixed number is the whole number plus the fraction."),
    # Powers, roots and logarithms
    MistakeName.POWER_AS_PRODUCT: _(
        "A power is not base times exponent. How many times is the base written as a factor?"
    ),
    MistakeName.EXPONENT_RULE: _(
        "Look at the exponents: are they to be added, subtracted or multiplied here?"
    ),
    MistakeName.NEGATIVE_EXPONENT_AS_NEGATIVE: _(
        "A negative exponent does not make a number negative. What does it mean?"
    ),
    MistakeName.FRACTIONAL_EXPONENT: _(
        "What do the numerator and the denominator of a fractional exponent mean?"
    ),
    MistakeName.POWER_OF_PRODUCT: _("The power applies to every factor in the bracket."),
    MistakeName.ROOT_FORGOTTEN: _("You have the square. Is there a root still to take?"),
    MistakeName.ROOT_AS_HALF: _(
        "A square root is not half of the number. Which number times itself gives it?"
    ),
    MistakeName.ROOT_SPLIT: _(
        "The root of a sum is not the sum of the roots. Work out the inside first."
    ),
    MistakeName.RADICANDS_ADDED: _(
        "Roots are not added by adding what is inside. Simplify each root first."
    ),
    MistakeName.LOGARITHM_DROPPED: _("It looks as if a logarithm got lost on the way."),
    MistakeName.LOG_OF_QUOTIENT: _(
        "The quotient of two logarithms is not the logarithm of the quotient."
    ),
    MistakeName.LOG_OF_PRODUCT: _(
        "The logarithm of a product: is it a product or a sum of logarithms?"
    ),
    MistakeName.LOG_OF_SUM: _("The logarithm of a sum is not the sum of the logarithms."),
    MistakeName.FACTOR_OUT_OF_LOGARITHM: _(
        "A factor inside a logarithm cannot simply be pulled out in front."
    ),
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
        "This is right, but only a step on the way. Read once more what is asked for."
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


def mistake_sentence(explanation: Explanation) -> str:
    return str(SENTENCES[explanation.name])


# Of these forms the grader says more exactly what is asked for.
_SAID_BY_GRADER = (
    MistakeName.OTHER_FORM_ASKED,
    MistakeName.NOT_A_DECIMAL,
    MistakeName.ROUNDED_TO_WRONG_PLACE,
)


@dataclass(frozen=True)
class Remarks:
    """What a student reads of an answer that is not right, without saying anything twice."""

    mistake: Explanation | None
    feedback: Feedback | None


def remarks_on(
    mistake: Explanation | None, feedback: Feedback | None, rule: str, shows_mistake: bool
) -> Remarks:
    """shows_mistake: whether the student may read now what probably went wrong."""
    shown = mistake if mistake and shows_mistake else None
    if not (shown and feedback and is_right_but(rule, feedback)):
        return Remarks(shown, feedback or None)
    if shown.name in _SAID_BY_GRADER:
        return Remarks(None, feedback)
    return Remarks(shown, None)
