"""Words and list signs before and after a formula of a worked solution."""

import pytest

from tests.grading.steps.checking import PROVED, REFUTED, UNCHECKED, check_last


@pytest.mark.parametrize(
    ("step", "verdict"),
    [
        (r"She has a total of \(2 + 1 + 9 = 12\) items.", PROVED),
        (r"The radius was decreased by \(8 - 5 = 3\).", PROVED),
        # 5 · 3 is perhaps only the beginning
        (r"She has a total of \(2 + 1 + 9 = 13\) items.", UNCHECKED),
        (r"Half of \(2 + 2 = 4\)", UNCHECKED),
        (r"One third of \(18 = 6\)", UNCHECKED),
        (r"5 times \(3 + 1 = 4\)", UNCHECKED),
    ],
)
def test_a_formula_after_a_word_is_only_proved(step, verdict):
    assert check_last(step).verdict == verdict


@pytest.mark.parametrize(
    ("step", "verdict"),
    [
        ("- Men: \\(5 \\times 6 = 30\\)\n- Women: \\(9 \\times 6 = 54\\)", PROVED),
        ("- Men: \\(5 \\times 6 = 32\\)\n- Women: \\(9 \\times 6 = 54\\)", REFUTED),
        ("1. Men: \\(5 \\times 6 = 30\\)\n2. Women: \\(9 \\times 6 = 54\\)", PROVED),
        (r"\(5 \times 6 = 30\) - 4", UNCHECKED),
    ],
)
def test_an_entry_of_a_list_is_no_difference(step, verdict):
    assert check_last(step).verdict == verdict


@pytest.mark.parametrize(
    "step",
    [
        r"Second, testing \(x = 3\): \(2 \cdot 3 - 1 = 5\)",
        r"If \(k = 4\), then \(7 \cdot 4 = 28\).",
        r"For \(n = 10\): \(10^2 = 100\)",
    ],
)
def test_what_is_only_tried_is_no_claim(step):
    assert check_last(step).verdict == PROVED
