"""What makes wrong answers of a problem, the surest first."""

from __future__ import annotations

from tutor.grading.mistakes.explanation import MistakeSource
from tutor.grading.mistakes.functions import function_mistakes
from tutor.grading.mistakes.known_quantities import quantity_mistakes
from tutor.grading.mistakes.lines import line_mistakes
from tutor.grading.mistakes.matrices import matrix_mistakes
from tutor.grading.mistakes.numbers import number_mistakes
from tutor.grading.mistakes.order import order_mistakes
from tutor.grading.mistakes.percents import percent_mistakes
from tutor.grading.mistakes.sequences import sequence_mistakes
from tutor.grading.mistakes.signs import sign_mistakes
from tutor.grading.mistakes.units import unit_mistakes

SOURCES: tuple[MistakeSource, ...] = (
    function_mistakes,
    line_mistakes,
    matrix_mistakes,
    percent_mistakes,
    sequence_mistakes,
    unit_mistakes,
    order_mistakes,
    quantity_mistakes,
    sign_mistakes,
    number_mistakes,
)
