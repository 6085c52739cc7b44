"""Slips in lines of working that are the same mistake as one seen in a final answer."""

from tutor.grading.mistakes.names import MistakeName
from tutor.grading.steps.claim_results import Slip

# A slip whose value is that of a mistake's name is the same mistake, and left out here.
_NAMES = {
    Slip.MOVED_SIGN: MistakeName.MOVED_WITHOUT_CHANGING_SIGN,
    Slip.LOST_SIGN: MistakeName.SIGN_ERROR,
    Slip.HALF_DISTRIBUTED: MistakeName.DISTRIBUTED_TO_FIRST_TERM,
    Slip.MINUS_BRACKET: MistakeName.MINUS_DISTRIBUTED_TO_FIRST_TERM,
    Slip.MIDDLE_TERM: MistakeName.MIDDLE_TERM_NOT_DOUBLED,
    Slip.SPLIT_SQUARE: MistakeName.SQUARED_TERMS_SEPARATELY,
    Slip.SPLIT_ROOT: MistakeName.ROOT_SPLIT,
    Slip.FACTOR_SIGN: MistakeName.FACTOR_SIGNS_SWAPPED,
    Slip.CANCELLED_TERM: MistakeName.CANCELLED_A_TERM,
    Slip.COMMON_DENOMINATOR: MistakeName.NUMERATORS_NOT_CHANGED,
    Slip.INEQUALITY_NOT_TURNED: MistakeName.INEQUALITY_NOT_REVERSED,
    Slip.PRODUCT_RULE: MistakeName.PRODUCT_OF_DERIVATIVES,
    Slip.QUOTIENT_RULE: MistakeName.QUOTIENT_RULE_WRONG,
    Slip.CHAIN_RULE: MistakeName.CHAIN_RULE_FORGOTTEN,
    Slip.DECIMAL_PLACE: MistakeName.PLACE_VALUE_SHIFTED,
    Slip.PERCENT_BASE: MistakeName.PERCENT_OF_WRONG_BASE,
    Slip.UNIT_CONVERSION: MistakeName.CONVERSION_FACTOR,
    Slip.SLOPE_INVERTED: MistakeName.SLOPE_UPSIDE_DOWN,
    Slip.ROOT_AS_DIVISION: MistakeName.ROOT_AS_HALF,
    Slip.DIVIDED_FOR_LOG: MistakeName.DIVIDED_INSTEAD_OF_LOGARITHM,
    Slip.WITH_REPLACEMENT: MistakeName.WITH_FOR_WITHOUT_REPLACEMENT,
    Slip.ORDER_COUNTED: MistakeName.PERMUTATIONS_FOR_COMBINATIONS,
    Slip.DEGREES_RADIANS: MistakeName.DEGREES_FOR_RADIANS,
    Slip.ARITHMETIC: MistakeName.ARITHMETIC_SLIP,
}


def kind_of_slip(slip: Slip) -> str:
    """The name of the mistake that the slip is, or else the slip's own."""
    return str(_NAMES.get(slip, slip))
