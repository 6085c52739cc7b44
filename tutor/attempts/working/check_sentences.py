"""The sentences that explain a check: one table, for templates and for scripts.

Templates look them up with the tags of `templatetags/check_sentences.py`. Before a page shows a
live solution, static/js/solution_panel.js asks for the whole table as JSON.
"""

import re

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tutor.attempts.working.line_failure import LineFailure
from tutor.attempts.working.moves import phrases
from tutor.grading.steps.claim_results import ClaimRelation, Slip, WitnessReason

_CASES = re.compile(r"\bor\b|[∨或]|\\lor(?![A-Za-z])|\\vee(?![A-Za-z])")

RELATIONS: dict[str, Promise] = {
    ClaimRelation.EQUAL: _("Both sides should be equal."),
    ClaimRelation.EQUIVALENT: _("It should have the same solutions as what came before."),
    ClaimRelation.IMPLIES: _("It should follow from what came before."),
    ClaimRelation.SUBSTITUTE: _("Known values are put in."),
    ClaimRelation.DEFINE: _("It gives a name or repeats something, so there is nothing to prove."),
    ClaimRelation.EVALUATE: _("A function, a derivative or an integral is worked out."),
    ClaimRelation.APPROXIMATE: _("Both sides should agree when rounded as written."),
    ClaimRelation.SOLVE: _("It should give the solutions."),
    ClaimRelation.RESTATE: _("It repeats a result from above."),
}

# {at}: the values of the variables. {left}, {right}: the values of the two sides.
WITNESSES: dict[str, Promise] = {
    WitnessReason.SIDES: _("The left side is {left} and the right side is {right}."),
    WitnessReason.SIDES_AT: _("For {at}, the left side is {left} and the right side is {right}."),
    WitnessReason.LINES: _("The line above is {left}, and this line is {right}."),
    WitnessReason.LINES_AT: _("For {at}, the line above is {left}, and this line is {right}."),
    WitnessReason.PROBLEM: _("What the problem gives is {left}, and this line is {right}."),
    WitnessReason.PROBLEM_AT: _(
        "For {at}, what the problem gives is {left}, and this line is {right}."
    ),
    WitnessReason.CLAIM_FAILS: _("For {at}, what came before is true, but this is not."),
    WitnessReason.CLAIM_FAILS_SIDES: _(
        "For {at}, what came before is true, but this is not: here the left side is {left} and "
        "the right side is {right}."
    ),
    WitnessReason.PREMISE_FAILS: _("For {at}, this is true, but what came before is not."),
    WitnessReason.PREMISE_FAILS_SIDES: _(
        "For {at}, this is true, but what came before is not: there the left side is {left} and "
        "the right side is {right}."
    ),
}

# No sentence gives away what the step should be.
SLIPS: dict[str, Promise] = {
    Slip.MOVED_SIGN: _("The sign should change when a term is moved to the other side."),
    Slip.LOST_SIGN: _(
        "A sign was changed on the way: compare the signs of both lines, term by term."
    ),
    Slip.HALF_DISTRIBUTED: _("A factor before a bracket multiplies every term in the bracket."),
    Slip.MINUS_BRACKET: _(
        "A minus before a bracket changes the sign of every term in the bracket."
    ),
    Slip.MIDDLE_TERM: _(
        "Look at the middle term: each term of one bracket multiplies each term of the other."
    ),
    Slip.SPLIT_SQUARE: _(
        "A power of a sum is not the sum of the powers: multiply the brackets out."
    ),
    Slip.SPLIT_ROOT: _("The root of a sum is not the sum of the roots."),
    Slip.FACTOR_SIGN: _("A sign in the factors is wrong: multiply them out and compare."),
    Slip.ZERO_PRODUCT: _("A product may be split into its factors only where it equals zero."),
    Slip.LOST_ROOT: _(
        "A solution was lost. A square root can have two signs, and you may divide only by "
        "something that cannot be zero."
    ),
    Slip.DIVIDED_WRONGLY: _(
        "Both sides, and every term on them, must be divided by the same number."
    ),
    Slip.CANCELLED_TERM: _(
        "Only a factor of the whole numerator and the whole denominator can be cancelled, not a "
        "term of a sum."
    ),
    Slip.REDUCED_WRONGLY: _(
        "A fraction keeps its value only when its numerator and denominator are divided by the "
        "same number."
    ),
    Slip.ADDED_DENOMINATORS: _(
        "Fractions are added over a common denominator; the denominators themselves are not added."
    ),
    Slip.LOG_OF_SUM: _(
        "The logarithm of a sum is not the sum of the logarithms. That rule is for a product."
    ),
    Slip.POWER_OF_LOG: _(
        "An exponent may come before the logarithm only where it belongs to what is inside the "
        "logarithm."
    ),
    Slip.LOGARITHM_DROPPED: _("It looks as if a logarithm got lost on the way."),
    Slip.INEQUALITY_NOT_TURNED: _(
        "Multiplying or dividing by a negative number turns the inequality sign around."
    ),
    Slip.STRICT_CHANGED: _(
        "Whether the end itself belongs to the solutions must not change on the way: < is not ≤."
    ),
    Slip.ELIMINATION: _(
        "When equations are added or subtracted, every term on both sides takes part, with its "
        "sign."
    ),
    Slip.BACK_SUBSTITUTION: _(
        "The value was put in wrongly: put it in for its letter everywhere, within brackets, and "
        "work it out again."
    ),
    Slip.PRODUCT_RULE: _(
        "The derivative of a product is not the product of the derivatives: use the product rule."
    ),
    Slip.QUOTIENT_RULE: _(
        "The derivative of a quotient is not the quotient of the derivatives: use the quotient "
        "rule."
    ),
    Slip.CHAIN_RULE: _("The chain rule also multiplies by the derivative of the inner function."),
    Slip.POWER_RULE: _(
        "Look at the power rule again: what happens to the exponent, and which factor comes with "
        "it?"
    ),
    Slip.ORDER_OF_OPERATIONS: _(
        "Look at the order: brackets come first, then powers, then products and quotients, and "
        "last sums and differences."
    ),
    Slip.NEGATIVE_SQUARE: _(
        "Look at the sign of the power: does the exponent belong to the minus, too?"
    ),
    Slip.EXPONENT_RULE: _(
        "Look at the rules for powers again: which of them may be joined, and what happens to "
        "their exponents?"
    ),
    Slip.POWER_OF_POWER: _(
        "Look at the power of a power again: what happens to its two exponents?"
    ),
    Slip.POWER_OF_PRODUCT: _("An exponent after a bracket belongs to every factor in the bracket."),
    Slip.POWER_AS_PRODUCT: _(
        "A power multiplies a number by itself; it is not the number times the exponent."
    ),
    Slip.COMMON_DENOMINATOR: _(
        "A fraction keeps its value only when its numerator is multiplied by the same number as "
        "its denominator."
    ),
    Slip.CANCELLED_WRONG_FACTOR: _(
        "Only a factor that stands both in the numerator and in the denominator can be cancelled."
    ),
    Slip.ROUNDED_THE_WRONG_WAY: _(
        "Look at the digit after the last one: does it round up or down?"
    ),
    Slip.DECIMAL_PLACE: _(
        "Look at the places of the digits: the decimal point or a digit is not where it belongs."
    ),
    Slip.PERCENT_BASE: _(
        "A percentage or a share is always of something: look again which amount is the whole here."
    ),
    Slip.RUNNING_EQUALS: _(
        "An equals sign says that both its sides have the same value: start a new line for the "
        "next step."
    ),
    Slip.UNIT_CONVERSION: _("Look at the units again: how many of one make one of the other?"),
    Slip.MINUTES_AS_DECIMALS: _(
        "Hours, minutes and seconds are counted in sixties, not in tenths and hundredths."
    ),
    Slip.SLOPE_INVERTED: _("Look at the slope again: which difference is divided by which?"),
    Slip.INVERSE_RATIO: _(
        "A ratio seems to be upside down: look again which amount is divided by which."
    ),
    Slip.WRONG_FORMULA: _(
        "This does not look like the formula or the rule for what is asked: look it up again."
    ),
    Slip.HALF_FORGOTTEN: _(
        "A factor of the formula seems to be missing: compare yours with it part by part."
    ),
    Slip.SQUARE_FORGOTTEN: _("A square or another power was left out on the way."),
    Slip.DOUBLED_FOR_SQUARED: _("Squaring is not doubling: a power multiplies a number by itself."),
    Slip.ROOT_FORGOTTEN: _("A root was left out on the way: it is what undoes a power."),
    Slip.ROOT_AS_DIVISION: _("Taking a root is not dividing: a root undoes a power."),
    Slip.DIVIDED_FOR_LOG: _(
        "An exponent is not found by dividing by the base: which operation undoes a power with an "
        "unknown exponent?"
    ),
    Slip.OFF_BY_ONE: _("Count again: there is one too many or one too few."),
    Slip.WRONG_COUNT: _(
        "The number that you divide by does not fit: count again how many values there are."
    ),
    Slip.WITH_REPLACEMENT: _(
        "What is drawn and not put back changes the chances of the next draw."
    ),
    Slip.ADDED_PROBABILITIES: _(
        "The probability that several things all happen is not the sum of their probabilities."
    ),
    Slip.REPETITION_FORGOTTEN: _(
        "Some of the things are alike: arrangements that look the same count only once."
    ),
    Slip.ORDER_COUNTED: _(
        "The order does not matter here, so the same choice must not be counted more than once."
    ),
    Slip.SUM_FOR_PRODUCT: _(
        "Each choice of one kind can go with each choice of the other, so their numbers are not "
        "added."
    ),
    Slip.DEGREES_RADIANS: _(
        "Is the angle in degrees or in radians? Look at the units, and at the setting of your "
        "calculator."
    ),
    Slip.WRONG_BRANCH: _(
        "There is more than one case here: look again which of them fits the problem."
    ),
    Slip.QUADRATIC_INEQUALITY: _(
        "An inequality with a square is not solved by taking a root alone: try some numbers, "
        "negative ones too."
    ),
    Slip.UNION_FOR_INTERSECTION: _(
        "All conditions must hold at the same time: look where their solutions overlap."
    ),
    Slip.OTHER_LETTER_NOT_CONSTANT: _(
        "Differentiating by one letter treats every other letter as a constant."
    ),
    Slip.INTEGRAL_RULE: _(
        "Differentiate the result: does it give back what stands in the integral?"
    ),
    Slip.CONSTANT_FORGOTTEN: _(
        "A constant may be added to every antiderivative: an indefinite integral has + C."
    ),
    Slip.CONSTANT_LATE: _("Where does the constant belong: added at the end, or as a factor?"),
    Slip.ENTRY_BY_ENTRY: _("Matrices are not multiplied entry by entry: a row meets a column."),
    Slip.ONE_TO_INFINITY: _(
        "A base that tends to 1 does not settle the limit while its exponent grows without end."
    ),
    Slip.NOT_INVERTED: _(
        "To divide by a fraction, turn that fraction over and multiply; the first one stays."
    ),
    Slip.COMPOSITION_ORDER: _(
        "The inner function comes first: put its term into the outer function, not the other way "
        "round."
    ),
    Slip.ONE_SIDE: _(
        "What you do to one side of an equation you must do to the other side as well, and to "
        "every term."
    ),
    Slip.UNLIKE_TERMS: _(
        "Only like terms can be added: their letters and powers must be the same."
    ),
    Slip.TERM_LOST: _("A term was lost on the way: count the terms of both lines."),
    Slip.ABSOLUTE_VALUE: _(
        "What is between the bars can be positive or negative: look at both cases."
    ),
    Slip.HYPOTENUSE: _(
        "Look which side is the longest: its square is the sum of the squares of the two others."
    ),
    Slip.WRONG_RATIO: _(
        "Look at the triangle again: which side is opposite the angle, which is next to it, and "
        "which is the longest?"
    ),
    Slip.ORDER_FORGOTTEN: _("The result can come about in more than one order: count all of them."),
    Slip.COUNTED_TWICE: _("What belongs to both is counted twice here."),
    Slip.UNWEIGHTED: _(
        "Not every value counts the same here: look how often each occurs, or how likely it is."
    ),
    Slip.NOT_SORTED: _("Sort the values first: the median is in the middle of the sorted list."),
    Slip.INDETERMINATE: _(
        "Such a quotient can have any value: rewrite the expression before you take the limit."
    ),
    Slip.MODULUS_KEPT: _(
        "When you divide a congruence by a number, look what happens to the modulus."
    ),
    Slip.EXTREMUM_KIND: _("Look again which of the two it is: a maximum or a minimum."),
    Slip.ENDS_FORGOTTEN: _("Compare with the values at both ends of the interval as well."),
    Slip.OUTSIDE_INTERVAL: _("This value is taken outside the interval, so it does not count."),
    Slip.SAME_LETTER: _(
        "With one letter for both, the two numbers are always the same: give each its own letter."
    ),
    Slip.PROOF_BY_EXAMPLE: _("Examples show that it can be true, but not that it always is."),
    Slip.CONVERSE: _(
        "This begins with what has to be proved. Begin with what is given, or with the opposite."
    ),
    Slip.EXTRANEOUS_ROOT: _(
        "Put every value back into the first equation: one of them is not allowed there."
    ),
    Slip.CONSTANT_KEPT: _("Look at the number without a letter: how fast does a constant change?"),
    Slip.NOT_PUT_BACK: _(
        "This is the value of the letter that you introduced on the way. What is the letter of the "
        "problem then?"
    ),
    Slip.DIAMETER_FOR_RADIUS: _(
        "Radius or diameter? Look which of them is given, and which the formula needs."
    ),
    Slip.PART_FOR_WHOLE: _(
        "A ratio compares the parts with each other: look again what belongs to one part, and what "
        "to all parts together."
    ),
    Slip.OTHER_PART: _(
        "This is the share of another part: look again which number of the ratio belongs to which "
        "part."
    ),
    Slip.WRONG_HEIGHT: _(
        "A height stands at a right angle on the base: a slanted side is longer than the height."
    ),
    Slip.LEADING_ZERO: _("A number does not begin with 0: look again at the first digit."),
    Slip.IMAGE_FOR_PREIMAGE: _(
        "Which of the two numbers is put into the function, and which one comes out of it?"
    ),
    Slip.COPIED_WRONGLY: _("Compare every number of this line with those of the problem."),
    Slip.ARITHMETIC: _("A number was worked out wrongly here."),
    Slip.SET_UP: _("With this line the answer does not come out right. Look at how it was set up."),
    Slip.OTHER: _(
        "This looks like a usual mistake: compare every sign and every term with what came before."
    ),
}


# Where a line is a term, which has no sides.
_SLIPS_OF_TERMS: dict[str, Promise] = {
    Slip.DIVIDED_WRONGLY: _("Every term must be divided by the same number."),
    Slip.ONE_SIDE: _("What a sum is divided by divides every term of the sum."),
}


def relation_sentence(relation: str) -> str:
    return str(RELATIONS.get(relation, ""))


def failure_sentence(failure: LineFailure) -> str:
    """What may have gone wrong in this line."""
    if failure.is_term and failure.slip in _SLIPS_OF_TERMS:
        return str(_SLIPS_OF_TERMS[failure.slip])
    return slip_sentence(failure.slip, failure.above)


def slip_sentence(slip: str, above: str = "") -> str:
    """The general sentence for a slip that a later version stored.

    above: the line above. Where it names each case, no root was taken and nothing was divided.
    """
    if slip == Slip.LOST_ROOT and _CASES.search(above):
        return gettext("A solution was lost: each case of the line above has one of its own.")
    return str(SLIPS.get(slip, SLIPS[Slip.OTHER])) if slip else ""


def witness_sentence(reason: str, at: str, left: str, right: str) -> SafeString | str:
    """HTML, with each formula in an element of its own."""
    if not reason:
        return ""
    formulas = {"at": at, "left": left, "right": right}
    return format_html(
        str(WITNESSES[reason]),
        **{
            name: format_html('<span data-value="{}" data-answer>{}</span>', name, formula)
            for name, formula in formulas.items()
        },
    )


def sentences() -> dict[str, dict[str, str]]:
    """The table in the reader's language."""
    return {
        "relations": {code: str(text) for code, text in RELATIONS.items()},
        "witnesses": {code: str(text) for code, text in WITNESSES.items()},
        "slips": {code: str(text) for code, text in SLIPS.items()},
        "moves": {**phrases(), "between": gettext("; ")},
    }
