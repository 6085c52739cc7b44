"""Bisection and Newton's method, and the function that the equation of a statement stands for."""

import pytest

from tests.grading.working.marking import assert_marks, marks

ROOT = r"Show that \(x^2-3x+1=0\) has a root between 2 and 3 and find it by bisection."
CUBIC = r"Approximate the root of \(f(x)=x^3+x-1\) by Newton's method with \(x_0=1\)."


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (ROOT, ["f(2) = -1 < 0, f(3) = 1 > 0", "mid 2.5: f(2.5) = -0.25 < 0 -> root in [2.5, 3]"]),
        (ROOT, [("f(2.5) = 0.25", "arithmetic")]),
        (ROOT, [("f(2) = -1 > 0", "arithmetic")]),
        (ROOT, ["f'(x) = 2x - 3 so f'(3) = 3"]),
        (
            r"Die Gleichung \(x^3-2x-2=0\) hat eine Lösung zwischen 1 und 2.",
            ["f(1.5) = -1.625 < 0, also liegt die Nullstelle zwischen 1.5 und 2"],
        ),
        (r"方程\(x^3+x-3=0\)在区间(1,2)内有一个根。", ["f(1)=-1<0，f(2)=7>0", "根在(1,2)内"]),
    ],
)
def test_values_of_the_left_side_of_an_equation(statement, lines):
    assert_marks(statement, lines)


def test_an_interval_without_a_root_is_found():
    assert marks(["mid 2.5: f(2.5) = -0.25 < 0 -> root in [2, 2.5]"], ROOT) == "r"
    assert marks(["la raíz está entre 2.7 y 3"], ROOT) == "r"


def test_an_interval_is_not_refuted_where_it_has_two_roots():
    assert marks(["root in [0, 3]"], ROOT) == "u"
    assert marks(["there is no root in [2.7, 3]"], ROOT) != "r"


def test_a_working_may_define_another_function():
    assert marks(["f(x) = 2x² - 6x + 2", "f(3) = 2"], ROOT) == "gp"


def test_no_function_is_meant_where_a_side_is_not_zero():
    assert marks(["f(3) = 7"], r"Solve \(x^2-3x=-1\).") == "u"


def test_newton():
    assert_marks(
        CUBIC,
        [
            "x_(n+1) = x_n - f(x_n)/f'(x_n)",
            "x_{n+1} = x_n - (x_n³ + x_n - 1)/(3x_n² + 1)",
            "x1 = 1 - 1/4 = 0.75",
        ],
    )


@pytest.mark.parametrize(
    ("line", "slip"),
    [
        ("x_(n+1) = x_n + f(x_n)/f'(x_n)", "lost_sign"),
        ("x_{n+1} = x_n - f'(x_n)/f(x_n)", "inverse_ratio"),
        ("x₁ = 1 + 1/4 = 1.25", "lost_sign"),
        ("x1 = 1 - 4/1 = -3", "inverse_ratio"),
        ("x1 = 1 - 1 = 0", "wrong_formula"),
    ],
)
def test_newton_gone_wrong(line, slip):
    assert_marks(CUBIC, [(line, slip)])
