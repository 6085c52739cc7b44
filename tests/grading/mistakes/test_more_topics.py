"""Subjects of formulas, written sums, ratios of sides, mixed numbers."""

from tests.grading.mistakes.naming import mistake
from tutor.grading.mistakes import MistakeName


def test_the_subject_of_a_formula():
    statement = r"Make \(v\) the subject of \(E = \frac{1}{2}mv^2\)."
    right = r"v = \sqrt{\frac{2E}{m}}"
    assert mistake(statement, right, "v = 2E/m", "equation") == MistakeName.ROOT_FORGOTTEN
    assert mistake(statement, right, "v = E/m", "equation") == MistakeName.ROOT_AS_HALF


def test_a_written_sum():
    statement = r"Calculate \(\sum_{k=1}^{30} k\)."
    assert mistake(statement, "465", "435") == MistakeName.OFF_BY_ONE
    assert mistake(statement, "465", "930") == MistakeName.HALF_FORGOTTEN


def test_a_ratio_of_sides():
    statement = "The legs of a right triangle are 5 and 12. Find the sine of the smaller angle."
    name = MistakeName.WRONG_TRIGONOMETRIC_FUNCTION
    assert mistake(statement, r"\frac{5}{13}", "12/13") == name


def test_a_mixed_number():
    statement = r"Calculate \(2\frac{1}{3} \cdot 6\)."
    assert mistake(statement, "14", "4") == MistakeName.MIXED_NUMBER_MISREAD


def test_slope_and_intercept_are_swapped():
    statement = "Give the line with slope 4 through (0, 7)."
    name = MistakeName.SWAPPED_COORDINATES
    assert mistake(statement, "y = 4x + 7", "y = 7x + 4", "equation") == name
