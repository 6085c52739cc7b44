"""Steps that use a refuted one."""

from tests.grading.steps.checking import PROVED, REFUTED, UNCHECKED, check_steps
from tutor.grading.working.checker import check_working


def test_after_a_wrong_line_the_next_ones_rest_on_it():
    checks = check_working(["3x+2=14", "3x=16", "6x=32", "x=16/3"])
    assert [check.verdict for check in checks] == [UNCHECKED, REFUTED, PROVED, PROVED]
    assert [check.rests_on for check in checks] == [None, None, 1, 1]


def test_what_uses_a_wrong_result_rests_on_it():
    checks = check_steps(
        r"\(12 \times 7 = 94\)", r"\(3 + 4 = 7\)", r"\(94 + 6 = 100\)", "100 / 2 = 50"
    )
    assert [check.verdict for check in checks] == [REFUTED, PROVED, PROVED, PROVED]
    assert [check.rests_on for check in checks] == [None, None, 0, 0]
