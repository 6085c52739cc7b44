"""What usual mistakes make of the quantities that the check of working expects too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from tutor.grading.mistakes.explanation import MistakenAnswer, Question
from tutor.grading.mistakes.names import MistakeName
from tutor.grading.mistakes.topics.data.number_words import all_numbers
from tutor.grading.parsing.tree import Mul, Num, Quantity, Term, free_names
from tutor.grading.parsing.units import read_unit
from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.knowledge.expected import ExpectedQuantity
from tutor.grading.working.knowledge.sources import expected_of

_PERCENT = re.compile(r"%|percent|Prozent|pour ?cent|por ciento|百分|折")
_ROUND = re.compile(
    r"circ|cylind|zylind|\bcone|kegel|\bcône|\bcono|spher|kugel|sph[eè]r|esfera|kreis|cercl|disque"
    r"|radius|rayon|radio|圆|球|半径",
    re.I,
)
_AT_LEAST = re.compile(r"at least|mindestens|au moins|al menos|por lo menos|至少", re.I)
# What the check of working calls otherwise, or in less detail.
_NAMES = {
    Slip.HALF_FORGOTTEN: MistakeName.HALF_FORGOTTEN,
    Slip.SQUARE_FORGOTTEN: MistakeName.RADIUS_NOT_SQUARED,
    Slip.DOUBLED_FOR_SQUARED: MistakeName.POWER_AS_PRODUCT,
    Slip.POWER_AS_PRODUCT: MistakeName.POWER_AS_PRODUCT,
    Slip.ROOT_FORGOTTEN: MistakeName.ROOT_FORGOTTEN,
    Slip.ROOT_AS_DIVISION: MistakeName.ROOT_AS_HALF,
    Slip.SPLIT_ROOT: MistakeName.ADDED_WITHOUT_SQUARING,
    Slip.SLOPE_INVERTED: MistakeName.SLOPE_UPSIDE_DOWN,
    Slip.INVERSE_RATIO: MistakeName.QUOTIENT_UPSIDE_DOWN,
    Slip.OFF_BY_ONE: MistakeName.OFF_BY_ONE,
    Slip.WITH_REPLACEMENT: MistakeName.WITH_FOR_WITHOUT_REPLACEMENT,
    Slip.ADDED_PROBABILITIES: MistakeName.ADDED_INSTEAD_OF_MULTIPLIED,
    Slip.REPETITION_FORGOTTEN: MistakeName.COUNTING_FORMULA,
    Slip.ORDER_COUNTED: MistakeName.PERMUTATIONS_FOR_COMBINATIONS,
    Slip.SUM_FOR_PRODUCT: MistakeName.COUNTING_FORMULA,
    Slip.PERCENT_BASE: MistakeName.PERCENT_OF_WRONG_BASE,
    Slip.DECIMAL_PLACE: MistakeName.PLACE_VALUE_SHIFTED,
    Slip.LOST_SIGN: MistakeName.SIGN_ERROR,
    Slip.MOVED_SIGN: MistakeName.MOVED_WITHOUT_CHANGING_SIGN,
    Slip.ORDER_OF_OPERATIONS: MistakeName.ORDER_OF_OPERATIONS,
    Slip.DEGREES_RADIANS: MistakeName.DEGREES_FOR_RADIANS,
    Slip.MINUTES_AS_DECIMALS: MistakeName.MINUTES_AS_DECIMALS,
    Slip.UNIT_CONVERSION: MistakeName.CONVERSION_FACTOR,
}


def quantity_mistakes(question: Question) -> Iterator[MistakenAnswer]:
    right = question.amount
    if right is None or free_names(right):
        return
    for quantity in expected_of(question.task):
        factor = _factor(quantity, question)
        if quantity.value is None or factor is None:
            continue
        if not question.is_right(_times(quantity.value, factor)):
            continue
        for mistake in quantity.mistakes:
            name = _name(mistake.slip, question)
            if name and mistake.value is not None and not free_names(mistake.value):
                yield MistakenAnswer(_times(mistake.value, factor), name)


def _name(slip: Slip, question: Question) -> MistakeName | None:
    if slip == Slip.LOST_SIGN and question.mentions(_PERCENT):
        return MistakeName.INCREASE_FOR_DECREASE
    if slip == Slip.ADDED_PROBABILITIES and question.mentions(_AT_LEAST):
        return MistakeName.INTERSECTION_NOT_SUBTRACTED
    if slip == Slip.INVERSE_RATIO and _is_inverse_proportion(question):
        return MistakeName.DIRECT_FOR_INVERSE_PROPORTION
    if slip == Slip.SQUARE_FORGOTTEN and not question.mentions(_ROUND):
        return None
    return _NAMES.get(slip)


def _is_inverse_proportion(question: Question) -> bool:
    """3 for 6 workers in 4 days and 8 workers: two products of its numbers are equal."""
    numbers = all_numbers(question)
    if len(numbers) != 3 or question.number is None:
        return False
    first, second, third = numbers
    return question.number * third == first * second


def _factor(quantity: ExpectedQuantity, question: Question) -> Fraction | None:
    """From the quantity's unit to that of the answer; None where they do not measure the same."""
    if not isinstance(question.right, Quantity):
        return Fraction(1)
    unit = read_unit(question.right.unit)
    if unit is None or not quantity.unit.dimension:
        return Fraction(1)
    if unit.dimension != quantity.unit.dimension:
        return None
    return Fraction(quantity.unit.factor) / Fraction(unit.factor)


def _times(term: Term, factor: Fraction) -> Term:
    return term if factor == 1 else Mul((term, Num(factor)))
