"""Lines of calculus in which something is put in, left out, or called by a word."""

import pytest

from tests.grading.working.marking import assert_marks, marks
from tutor.grading.steps.claim_results import Slip

_RIGHT = {
    "the rules with brackets and primes": (
        "Find \\(\\frac{d}{dx}\\left(e^{3x}\\sin x\\right)\\).",
        "(e^(3x))' = 3e^(3x)",
        "(e^(3x))' sin x + e^(3x) (sin x)'",
        "= 3e^(3x) sin x + e^(3x) cos x",
    ),
    "the quotient rule with functions of x": (
        "Differentiate \\(f(x) = \\frac{x}{x^2+4}\\).",
        "u(x)=x and v(x)=x²+4",
        "f'(x) = (u' v - u v')/v² = ((x²+4) - x·2x)/(x²+4)²",
    ),
    "velocity as a derivative": (
        "A particle has position \\(s(t) = t^3 - 6t^2 + 9t\\). When is it at rest?",
        "v = s' = 3t² - 12t + 9",
        "v = 0 -> 3t² - 12t + 9 = 0",
        "t = 1 or t = 3",
    ),
    "a derivative set to zero and solved on one line": (
        "求 \\(f(x)=x\\ln x\\) 的单调区间。",
        "f'(x)=ln x+1",
        "令f'(x)=0,ln x=-1,x=1/e",
    ),
    "zeros of a derivative, listed": (
        "Find the local maximum of \\(f(x) = x^3 - 3x^2 - 9x\\).",
        "f' = 3x² - 6x - 9",
        "f' = 0: x=3, x=-1",
    ),
    "a slope that gets its name at the end": (
        "Find the tangent to \\(y = x^3\\) at \\(x = 2\\).",
        "y' = 3x², y'(2) = 12 = m",
    ),
    "a differential in the numerator": (
        "Find \\(\\int \\frac{2x}{x^2+3}\\,dx\\).",
        "t = x²+3, dt = 2x dx",
        "∫dt/t = ln|t| + C",
    ),
    "a constant that a later line adds": (
        "Find \\(\\int (4x - 3)\\,dx\\).",
        "∫(4x-3)dx = 2x² - 3x",
        "= 2x² - 3x + C",
    ),
    "an antiderivative without a constant": (
        "Find an antiderivative: \\(\\int 4x\\,dx\\).",
        "∫4x dx = 2x²",
    ),
    "values of a letter that was substituted": (
        "Solve \\(e^{2x} - 7e^x + 12 = 0\\).",
        "let X = e^x (X > 0)",
        "X² - 7X + 12 = 0",
        "D = 49 - 48 = 1",
        "X1 = 3, X2 = 4",
    ),
    "numbers of the form that a proof needs": (
        "Prove that the product of two odd numbers is odd.",
        "a = 2m+1, b = 2n+1",
        "a·b = (2m+1)(2n+1) = 4mn + 2m + 2n + 1",
    ),
}


@pytest.mark.parametrize("lines", _RIGHT.values(), ids=_RIGHT)
def test_right_lines_are_proved_or_given(lines):
    statement, *working = lines
    assert_marks(statement, working)


_WRONG = {
    "a wrong solution behind a derivative set to zero": (
        "Find the intervals on which \\(f(x)=x^2-4x\\) is increasing.",
        "f'(x)=2x-4",
        "let f'(x)=0, 2x=4, x=3",
    ),
    "a wrong solution that follows by a word": (
        "Find the extremum of \\(f(x)=x^2-4x\\).",
        "f'(x)=2x-4",
        "set f'(x)=0, so x=-2",
    ),
    "a quotient rule in the wrong order": (
        "Differentiate \\(f(x) = \\frac{x}{x^2+4}\\).",
        "u(x)=x and v(x)=x²+4",
        "f'(x) = (u v' - u' v)/v²",
    ),
    "a derivative of a part": (
        "Find \\(\\frac{d}{dx}\\left(e^{3x}\\cos x\\right)\\).",
        "(cos x)' = sin x",
    ),
    "a slope of the only tangent": (
        "Find the equation of the tangent to \\(y = \\sqrt{x}\\) at \\(x = 16\\).",
        "y' = 1/(2√x), at x=16: m = 1/(2·16) = 1/32",
    ),
    "divided by a cosine, though lines go on with it": (
        "Solve \\(2\\cos^2 x + \\cos x = 0\\) on \\([0, 2\\pi)\\).",
        "2cos²x = -cos x",
        "2cos x = -1",
        "cos x = -1/2",
    ),
    "a logarithm of a quotient": (
        "Money grows by 4 % a year. When has it tripled?",
        "1.04^t = 3",
        "t = ln(3/1.04)",
    ),
    "a bracket within the expression of the problem": (
        "Simplify \\(5x - [2 - (3 - x)]\\).",
        "2-(3-x) = -1+x",
        "5x - [-1+x] = 5x - 1 - x",
    ),
}


@pytest.mark.parametrize("lines", _WRONG.values(), ids=_WRONG)
def test_the_wrong_line_is_the_first_that_is_refuted(lines):
    statement, *working = lines
    wrong = next(n for n, line in enumerate(working) if line in _WRONG_LINES)
    assert marks(working, statement).find("r") == wrong


def test_an_angle_may_be_rounded_twice():
    statement = "Find the angle between \\(\\vec{u} = (2, 1)\\) and \\(\\vec{v} = (1, -3)\\)."
    lines = ["cosθ = -1/√50 ≈ -0.1414", "θ ≈ 98.13° ~ 98 deg"]
    assert "r" not in marks(lines, statement)


def test_an_exact_value_may_follow_a_rounded_one():
    lines = ["e^(0.05t) = 1.67", "t = ln(5/3)/0.05"]
    assert "r" not in marks(lines, "When has 5 % continuous interest made 500 of 300?")


_WRONG_LINES = frozenset(
    [
        "let f'(x)=0, 2x=4, x=3",
        "set f'(x)=0, so x=-2",
        "f'(x) = (u v' - u' v)/v²", "(cos x)' = sin x", "2cos x = -1", "t = ln(3/1.04)",
     "y' = 1/(2√x), at x=16: m = 1/(2·16) = 1/32", "5x - [-1+x] = 5x - 1 - x"]
)  # fmt: skip


@pytest.mark.parametrize(
    "line", ["∫(4x-3)dx = 2x² - 3x", "integral = 2x² - 3x", "∫(4x-3)dx = 4x²/2 - 3x = 2x² - 3x"]
)
def test_a_constant_that_no_line_adds_is_forgotten(line):
    statement = "Find \\(\\int (4x - 3)\\,dx\\)."
    assert_marks(statement, [(line, Slip.CONSTANT_FORGOTTEN)])


def test_a_quotient_at_the_place_of_a_limit_is_its_value():
    statement = r"Compute \(\lim_{x\to2}\frac{x^2-4}{x^2-5x+6}\)."
    lines = ["(x-2)(x+2)/((x-2)(x-3))", "= (x+2)/(x-3)"]
    assert marks([*lines, "x→2: 4/(-1) = -4"], statement) == "ppp"
    assert marks([*lines, "x→2 : 4/(-1) = -4"], statement) == "ppp"
    assert marks([*lines, "x→2: 4/1 = 4"], statement)[-1] != "p"
