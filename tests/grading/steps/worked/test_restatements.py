"""Lines that only repeat a result."""

import pytest

from tests.grading.steps.checking import PROVED, REFUTED, UNCHECKED, check_last, check_steps
from tutor.grading.steps.checks import ClaimRelation


@pytest.mark.parametrize(
    ("steps", "line"),
    [
        ([r"\(6 \cdot 7 = 42\)"], "Answer: 42 cm²"),
        ([r"\(6 \cdot 7 = 42\)"], r"Answer: \(\boxed{42}\)"),
        ([r"\(6 \cdot 7 = 42\)"], "So the shop sold 42 books."),
        (["37 + 46 = 83"], "答：一共83本。"),
        ([r"\(80 \div 2 = 40\), \(6 \div 2 = 3\)"], r"Answer: \(\boxed{40:3}\)"),
        ([r"\(x = 2 + 1 = 3\)", r"\(y = 2\cdot 1 = 2\)"], r"Answer: \((3, 2)\)"),
        ([r"\((x+1)^2 = x^2+2x+1\)"], r"Answer: \(\boxed{x^2+2x+1}\)"),
        ([r"\(\frac{6 \pm 2\sqrt5}{2} = 3 \pm \sqrt5\)"], r"\(\boxed{\{3-\sqrt5, 3+\sqrt5\}}\)"),
    ],
)
def test_a_repeated_result_is_as_sure_as_it_is(steps, line):
    check = check_last(*steps, line)
    assert check.verdict == PROVED
    assert check.claims[-1].relation == ClaimRelation.RESTATE


@pytest.mark.parametrize(
    ("steps", "line"),
    [
        ([r"\(6 \cdot 7 = 42\)"], "Answer: 43"),
        ([r"\(6 \cdot 7 = 42\)"], "There are 42 pupils in the other class."),
        (["Let x = 42."], "Answer: 42"),
        (["x + 2 = 5", "x = 4 or so"], "Answer: 4"),
    ],
)
def test_other_lines_are_not_proved(steps, line):
    assert check_last(*steps, line).verdict == UNCHECKED


def test_an_answer_from_a_refuted_step_rests_on_it():
    checks = check_steps(r"\(6 \cdot 7 = 48\)", "Answer: 48")
    assert [check.verdict for check in checks] == [REFUTED, UNCHECKED]
    assert checks[1].rests_on == 0


def test_an_interval_repeats_an_inequality():
    statement = r"Solve \(2x - 8 \ge -30\)."
    steps = [r"\(2x \ge -22\)", r"\(x \ge -11\)", r"\(x\in[-11,\infty)\)"]
    checks = check_steps(*steps, r"Answer: \(\boxed{[-11,\infty)}\)", statement=statement)
    assert [check.verdict for check in checks] == [PROVED] * 4
    assert check_last(*steps, r"Answer: \([11,\infty)\)", statement=statement).verdict == UNCHECKED
