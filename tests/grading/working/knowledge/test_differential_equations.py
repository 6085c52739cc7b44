"""Solutions of differential equations, put into them, and the constants that conditions fix."""

import pytest

from tests.grading.working.marking import assert_marks, marks

GROWTH = r"Solve \(y'=2xy\), \(y(0)=3\)."
LINEAR = r"Resuelve \(y'+2y=6\) con \(y(0)=1\)."
DECAY = r"Find the general solution of \(\frac{dy}{dx}=-3y\)."
OSCILLATION = r"Löse \(y''+4y=0\)."


def test_right_solutions():
    lines = ["dy/y = 2x dx", "ln|y| = x^2 + c", "y = C e^(x^2)", "y(0) = C = 3", "y = 3e^(x^2)"]
    assert_marks(GROWTH, lines)
    assert_marks(LINEAR, ["y = Ce^(-2x) + 3", "C + 3 = 1", "C = -2", "y = -2e^(-2x) + 3"])
    assert_marks(DECAY, ["∫ 1/y dy = ∫ -3 dx", "ln(y) = -3x + c", "y = A e^(-3x)"])
    assert_marks(OSCILLATION, ["λ² + 4 = 0", "λ = ±2i", "y = A cos(2x) + B sin(2x)"])


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (DECAY, ["ln|y| = -3x + c", ("y = e^(-3x) + C", "constant_late")]),
        (GROWTH, ["ln|y| = x^2 + c", ("y = e^(x^2) + c", "constant_late")]),
    ],
)
def test_a_constant_that_comes_too_late_is_named(statement, lines):
    assert_marks(statement, lines)


def test_functions_that_are_no_solution_are_refuted():
    assert marks(["y = 3e^x"], GROWTH) == "r"
    assert marks(["y = C e^(2x)"], GROWTH) == "r"
    assert marks(["ln|y| = 2x^2 + c"], GROWTH) == "r"
    assert marks(["y = C e^(-2x) + 6"], LINEAR) == "r"


def test_a_solution_that_misses_the_condition_is_refuted():
    assert marks(["y = 2e^(x^2)"], GROWTH) == "r"
    assert marks(["y = C e^(-2x) + 3", "C = 2"], LINEAR) == "pr"


def test_an_attempt_and_the_homogeneous_solution_are_not_refuted():
    assert marks(["y = C e^(-2x)"], LINEAR) == "u"
    assert marks(["y = ax + b"], LINEAR) == "u"
    assert marks(["y = 3"], GROWTH) != "r"


BY_TIME = r"Solve \(\dot y=2-\tfrac12y\), \(y(0)=0\)."
SEPARABLE = r"解初值问题 \(\frac{dy}{dx}=2xy,\ y(0)=3\)。"
LINEAR_IN_Y = r"Résoudre \(y'+2y=6\) avec \(y(0)=1\)."


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (BY_TIME, ["constant solution: 2 - 0.5y = 0, y = 4", "general: y = 4 + C e^(-0.5t)"]),
        (BY_TIME, ["y = 4 + C e^(-0.5t)", "y(0)=0: 4 + C = 0, C = -4", "y = 4 - 4e^(-0.5t)"]),
        (r"Löse \(\ddot x=-4x\).", ["x = A cos(2t) + B sin(2t)"]),
        (SEPARABLE, ["dy/y=2xdx", "ln|y|=x²+C", "y=Ae^(x²)", "y=3e^(x²)"]),
        (LINEAR_IN_Y, ["solution constante : y = 3", "y = Ce^(-2x) + 3"]),
        (LINEAR_IN_Y, [("solutions : y = Ce^(2x) + 3", "lost_sign")]),
        (BY_TIME, [("y = 4 + C e^(0.5t)", "lost_sign")]),
        (BY_TIME, [("constant solution: y = 2", "…")]),
    ],
)
def test_solutions_by_time_and_constant_ones(statement, lines):
    assert_marks(statement, lines)
