"""Names of mistakes that only the smallest change of a wrong line shows."""

import pytest

from tests.grading.working.marking import refuted_check
from tutor.grading.steps.claim_results import Slip


@pytest.mark.parametrize(
    ("statement", "lines", "slip"),
    [
        (r"Let \(F(x) = x^3/3 - x\).", ["F(3) - F(0) = 6 - 0", "F(2) = 8/3 + 2"], Slip.LOST_SIGN),
        (r"Solve \(|3x+1| = 10\).", ["3x+1=10"], Slip.LOST_ROOT),
        (r"Calculate \(17 + 8\).", ["17 + 8 = 24"], Slip.ARITHMETIC),
    ],
)
def test_a_mistake_is_named(statement, lines, slip):
    check = refuted_check(lines, statement)
    assert check.refuted is not None
    assert check.refuted.slip == slip
