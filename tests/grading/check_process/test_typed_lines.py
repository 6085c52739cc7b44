"""Lines with a decimal comma on a problem with decimal points."""

import pytest

from tutor.grading.check_process.client import check_lines
from tutor.grading.steps.checks import Mark

U, P, R = Mark.UNCHECKED, Mark.PROVED, Mark.REFUTED


@pytest.mark.parametrize(
    ("lines", "marks"),
    [
        (["x = 2,5"], [U]),
        (["x = 10/4", "x = 2,5", "2x = 5"], [P, U, P]),
        (["1,5 + 1 = 2,5", "x = 5/2"], [U, P]),
        (["x = 2,6"], [R]),
        (["x = 2,5", "2x = 6"], [U, R]),
        (["1,200 + 1 = 1,301"], [R]),
    ],
)
def test_a_decimal_comma_refutes_nothing_where_a_point_is_right(lines, marks):
    """Whoever writes 2,5 for a problem with decimal points is never told that it is wrong."""
    assert [check.mark for check in check_lines(lines, r"Solve \(4x = 10\).", 5.0)] == marks
