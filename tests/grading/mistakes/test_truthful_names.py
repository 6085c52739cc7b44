"""Names whose sentences speak only of what is in the problem."""

import pytest

from tests.grading.mistakes.naming import mistake
from tutor.grading.mistakes import MistakeName

_LINE = r"The line through \((0, 3)\) has the slope \(-1\). Describe the points strictly above it."


@pytest.mark.parametrize("response", ["y < -x + 3", r"y \le 3 - x", "3 - x > y", "y - x > 3"])
def test_a_wrong_inequality_is_never_on_the_way(response):
    assert mistake(_LINE, "y > -x + 3", response, "inequality") != MistakeName.ON_THE_WAY


@pytest.mark.parametrize("response", ["y = 2x - 5", "y = 3x", "y = x^2 - 1"])
def test_a_wrong_equation_in_the_form_asked_for_is_never_on_the_way(response):
    statement = r"Find the tangent to \(y = x^2 - 1\) at the point with \(x = 1\)."
    assert mistake(statement, "y = 2x - 2", response, "equation") != MistakeName.ON_THE_WAY


def test_an_unsolved_right_inequality_is_on_the_way():
    assert mistake(_LINE, "y > -x + 3", "y + x > 3", "inequality") == MistakeName.ON_THE_WAY


@pytest.mark.parametrize(
    ("statement", "value", "response", "name"),
    [
        ("At most 300 kg, each box 25 kg. How many boxes?", r"n \le 12", r"n \ge 12",
         MistakeName.INEQUALITY_WRONG_WAY_ROUND),
        (r"Solve \(3x - 5 > 7\).", "x > 4", "x < 4", MistakeName.INEQUALITY_WRONG_WAY_ROUND),
        (r"Solve \(5 - 3x > 17\).", "x < -4", "x > -4", MistakeName.INEQUALITY_NOT_REVERSED),
        (r"Solve \(2x + 1 > 5x - 8\).", "x < 3", "x > 3", MistakeName.INEQUALITY_NOT_REVERSED),
    ],
)  # fmt: skip
def test_a_turned_sign_is_not_reversed_only_where_it_may_have_to_be(
    statement, value, response, name
):
    assert mistake(statement, value, response, "inequality") == name


def test_bars_are_spoken_of_only_where_there_are_bars():
    square = r"Solve \(x^2 - 2x - 8 \le 0\)."
    assert mistake(square, "[-2, 4]", "[-2, oo)", "interval") != MistakeName.ONLY_POSITIVE_CASE
    bars = r"Solve \(|x - 1| \le 3\)."
    assert mistake(bars, "[-2, 4]", "(-oo, 4]", "interval") == MistakeName.ONLY_POSITIVE_CASE


@pytest.mark.parametrize(
    ("statement", "value", "response"),
    [
        ("A circle has the diameter 8. Find its area.", r"16\pi", r"64\pi"),
        ("Ein Kreis hat den Durchmesser 12. Berechne den Flächeninhalt.", r"36\pi", r"144\pi"),
    ],
)
def test_a_diameter_squared_is_no_missing_factor(statement, value, response):
    assert mistake(statement, value, response) == MistakeName.RADIUS_FOR_DIAMETER


def test_squared_entries_are_a_product_entry_by_entry():
    statement = r"\(A = \begin{pmatrix} 1 & 3 \\ 2 & 0 \end{pmatrix}\). Find \(AA^T\)."
    value = r"\begin{pmatrix} 10 & 2 \\ 2 & 4 \end{pmatrix}"
    response = r"\begin{pmatrix} 1 & 9 \\ 4 & 0 \end{pmatrix}"
    assert mistake(statement, value, response, "matrix") == MistakeName.ENTRY_BY_ENTRY
