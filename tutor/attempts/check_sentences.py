"""The sentences that explain a check: one table, for templates and for scripts.

Templates look them up with the tags of `templatetags/check_sentences.py`. The page of a live
solution holds the whole table as JSON, from which static/js/check_view.js takes them.
"""

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from tutor.grading.steps.claim_results import ClaimRelation, Slip, WitnessReason

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
    Slip.ARITHMETIC: _("A number was worked out wrongly here."),
    Slip.OTHER: _(
        "This looks like a usual mistake: compare every sign and every term with what came before."
    ),
}


def relation_sentence(relation: str) -> str:
    return str(RELATIONS.get(relation, ""))


def slip_sentence(slip: str) -> str:
    """The general sentence for a slip that a later version stored."""
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
    }
