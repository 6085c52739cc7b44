"""What makes wrong answers of a problem, the surest first."""

from __future__ import annotations

from tutor.grading.mistakes.explanation import MistakeSource
from tutor.grading.mistakes.topics.angles import angle_mistakes
from tutor.grading.mistakes.topics.areas import area_mistakes
from tutor.grading.mistakes.topics.calculus.derivatives import derivative_mistakes
from tutor.grading.mistakes.topics.calculus.integrals import integral_mistakes
from tutor.grading.mistakes.topics.calculus.partial_derivatives import partial_derivative_mistakes
from tutor.grading.mistakes.topics.data.averages import average_mistakes
from tutor.grading.mistakes.topics.data.chances import chance_mistakes
from tutor.grading.mistakes.topics.data.counting import counting_mistakes
from tutor.grading.mistakes.topics.data.overlaps import overlap_mistakes
from tutor.grading.mistakes.topics.equations import equation_mistakes
from tutor.grading.mistakes.topics.exponentials import exponential_mistakes
from tutor.grading.mistakes.topics.expressions import expression_mistakes
from tutor.grading.mistakes.topics.formulas import formula_mistakes
from tutor.grading.mistakes.topics.function_values import function_value_mistakes
from tutor.grading.mistakes.topics.functions import function_mistakes
from tutor.grading.mistakes.topics.known_quantities import quantity_mistakes
from tutor.grading.mistakes.topics.lines import line_mistakes
from tutor.grading.mistakes.topics.matrices import matrix_mistakes
from tutor.grading.mistakes.topics.numbers import number_mistakes, place_value_mistakes
from tutor.grading.mistakes.topics.order import order_mistakes
from tutor.grading.mistakes.topics.percents import percent_mistakes
from tutor.grading.mistakes.topics.proportions import proportion_mistakes
from tutor.grading.mistakes.topics.ratios import ratio_mistakes
from tutor.grading.mistakes.topics.sequences import sequence_mistakes
from tutor.grading.mistakes.topics.sets import set_mistakes
from tutor.grading.mistakes.topics.signs import sign_mistakes
from tutor.grading.mistakes.topics.solids import solid_mistakes
from tutor.grading.mistakes.topics.stories.fixed_parts import fixed_part_mistakes
from tutor.grading.mistakes.topics.stories.rules import member_mistakes
from tutor.grading.mistakes.topics.systems import system_mistakes
from tutor.grading.mistakes.topics.triangles import triangle_mistakes
from tutor.grading.mistakes.topics.units import unit_mistakes

SOURCES: tuple[MistakeSource, ...] = (
    system_mistakes,
    exponential_mistakes,
    equation_mistakes,
    expression_mistakes,
    set_mistakes,
    function_mistakes,
    function_value_mistakes,
    integral_mistakes,
    derivative_mistakes,
    partial_derivative_mistakes,
    line_mistakes,
    formula_mistakes,
    ratio_mistakes,
    matrix_mistakes,
    percent_mistakes,
    sequence_mistakes,
    member_mistakes,
    angle_mistakes,
    solid_mistakes,
    triangle_mistakes,
    area_mistakes,
    proportion_mistakes,
    chance_mistakes,
    average_mistakes,
    counting_mistakes,
    overlap_mistakes,
    unit_mistakes,
    order_mistakes,
    quantity_mistakes,
    fixed_part_mistakes,
    sign_mistakes,
    number_mistakes,
)
# Only where none of these, also with the numbers in words, gives the answer.
LAST_SOURCES: tuple[MistakeSource, ...] = (place_value_mistakes,)
