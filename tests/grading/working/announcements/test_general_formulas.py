"""Lines that say in letters or in a list of their own what is done."""

from __future__ import annotations

import pytest

from tests.grading.working.marking import marks


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (r"Factorise \((x+4)^2-25\).", "this is a² - b² with a = x+4 and b = 5"),
        (r"Faktorisiere \(9x^2-16\).", "a² - b² mit a = 3x und b = 4"),
        (r"Factorise \(x^2+10x+25\).", "es a² + 2ab + b² con a = x y b = 5"),
        ("Find the median of 8, 3, 15, 10.", "3 8 10 15"),
        ("Bestimme den Median von 4, 9, 1, 7, 6, 3.", "sortiert: 1 3 4 6 7 9"),
        (r"Find the area under \(y=3x^2\) from \(x=0\) to \(x=2\).", "∫0 to 2 3x² dx = 8"),
    ],
)
def test_it_is_proved(statement, line):
    assert marks([line], statement) == "p"


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (r"Factorise \((x+4)^2-25\).", "this is a² - b² with a = x+4 and b = 25"),
        (r"Factorise \((x+4)^2-25\).", "this is a² + b² with a = x+4 and b = 5"),
        ("Find the median of 8, 3, 15, 10.", "3 10 8 15"),
        ("Find the mean of 8, 3, 15, 10.", "3 8 10 15"),
    ],
)
def test_another_one_is_not_proved(statement, line):
    assert marks([line], statement) == "u"


def test_a_slope_before_a_bracket_is_a_factor():
    statement = r"The curve \(x^2+3xy+y^2=11\) passes through \((1,2)\). Find its gradient there."
    lines = ["2x + 3y + 3x y' + 2y y' = 0", "y'(3x + 2y) = -2x - 3y"]

    assert marks(lines, statement) == "pp"
    assert marks([lines[0], "y'(3x + 2y) = 2x - 3y"], statement) == "pr"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("AB (4-1 ; 3-(-2)) = (3 ; 5)", "p"),
        ("vecteur AB (3 ; 5)", "p"),
        ("AB (4-1 ; 3-2) = (3 ; 1)", "r"),
    ],
)
def test_a_vector_needs_no_equals_sign(line, expected):
    statement = r"Soit \(A(1;-2)\) et \(B(4;3)\). Calculer la longueur \(AB\)."

    assert marks([line], statement) == expected
