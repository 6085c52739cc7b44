"""The calculations that a usual mistake makes of another one."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_expression
from tutor.grading.steps.claim_results import Slip
from tutor.grading.weighing.repairing.repairs import repairs, repairs_of_count


@pytest.mark.parametrize(
    ("wrong", "right", "slip"),
    [
        ("16*7", "56", Slip.HALF_FORGOTTEN),
        ("48/36", "3/4", Slip.INVERSE_RATIO),
        ("500*2*4", "8000", Slip.POWER_AS_PRODUCT),
        ("12 - 5", "17", Slip.LOST_SIGN),
        ("2^6", "2^5", Slip.OFF_BY_ONE),
        ("0.3*63", "0.3*90", Slip.PERCENT_BASE),
    ],
)
def test_the_right_calculation_is_among_the_repairs(wrong, right, slip):
    repaired = repairs(read_expression(wrong), (), read_expression("90"))
    by_slip = [rational_value(repair.formula) for repair in repaired if repair.slip == slip]
    assert rational_value(read_expression(right)) in by_slip


@pytest.mark.parametrize("formula", ["(2+3+0+1+4)/4", "10/4"])
def test_a_sum_of_five_numbers_is_divided_by_five(formula):
    [repair] = repairs_of_count(read_expression(formula), {Fraction(10): 5})
    assert (rational_value(repair.formula), repair.slip) == (2, Slip.WRONG_COUNT)
