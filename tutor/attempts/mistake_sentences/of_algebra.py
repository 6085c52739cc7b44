"""Sentences about brackets, numbers, fractions, powers, roots and logarithms."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tutor.grading.mistakes import MistakeName

SENTENCES: dict[str, Promise] = {
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
}
