"""Sentences about the form of an answer, its solutions, and what was calculated with what."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tutor.grading.mistakes import MistakeName

SENTENCES: dict[str, Promise] = {
    # A right line, but not the last
    MistakeName.ON_THE_WAY: _("Go on: this is not yet what was asked for."),
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
        "The border is right. Try a value: on which side of it does the inequality hold?"
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
}
