"""Last lines: sets, points, values that words name, and areas."""

import pytest

from tests.grading.working.marking import assert_marks, marks

_RIGHT = {
    "a rejected solution of a logarithm": (
        "Solve \\(\\log_3 x + \\log_3 (x-8) = 2\\).",
        "log_3(x(x-8)) = 2",
        "x^2-8x-9=0 => (x-9)(x+1)=0",
        "x = 9 or x = -1",
        "solution: x = 9",
    ),
    "points on the axes": (
        "Where does the line \\(5x - 2y = 20\\) meet the axes?",
        "y=0: 5x=20, x=4 --> (4,0)",
        "x=0: -2y=20, y=-10",
        "(0,-10)",
    ),
    "an age that words name": (
        "Lea is 4 years older than twice her brother's age. Together they are 22. How old is she?",
        "brother: b   Lea: 2b + 4",
        "b = 6, so Lea is 16",
    ),
    "the only positive solution": (
        "After t seconds a stone is at the height \\(h = -5t^2 + 5t + 10\\). When does it land?",
        "-5t^2 + 5t + 10 = 0",
        "t = -1 or t = 2",
        "so it lands after 2 seconds",
    ),
    "a point that is put in": (
        "求过点 \\((2,1)\\) 且与直线 \\(3x-y+4=0\\) 平行的直线方程。",
        "设所求直线 3x-y+c=0",
        "把(2,1)代入: 6-1+c=0",
        "c=-5",
    ),
    "an inverse on the way": (
        "Find the inverse function of \\(f(x) = \\frac{x+5}{x-2}\\).",
        "y(x-2) = x+5",
        "xy - x = 2y + 5",
    ),
    "what words say of an extremum": (
        "Find the local extrema of \\(f(x) = x^3 - 12x\\).",
        "x = -2 is the maximum",
        "x = 2 is a minimum",
    ),
    "values at the bounds": (
        "Compute \\(\\int_{1}^{3} (x^2 - 4x)\\,dx\\).",
        "[x³/3 - 2x²] from 1 to 3",
        "upper: 9 - 18 = -9",
        "lower: 1/3 - 2 = -5/3",
    ),
    "an area between two graphs": (
        "Find the area enclosed by \\(y = x^2\\) and \\(y = x + 6\\).",
        "x² - x - 6 = 0, x = -2 or x = 3",
        "A = ∫ from -2 to 3 of (x + 6 - x²) dx",
        "A = 125/6",
    ),
    "an area in German": (
        "Berechne den Inhalt der Fläche, die der Graph von \\(f(x) = 6x - x^2\\) mit der x-Achse"
        " einschließt.",
        "A = ∫ von 0 bis 6 (6x - x²) dx = 108 - 72 = 36 FE",
    ),
}


@pytest.mark.parametrize("lines", _RIGHT.values(), ids=_RIGHT)
def test_right_lines_are_proved_or_given(lines):
    statement, *working = lines
    unjudged = ("brother: b", "b = 6")  # the equation is missing
    assert_marks(
        statement, [(line, "…") if line.startswith(unjudged) else line for line in working]
    )


_WRONG = {
    "a solution for which a logarithm has no value": (
        "Solve \\(\\log_3 x + \\log_3 (x-8) = 2\\).",
        "x^2-8x-9=0",
        "so the solutions are x = 9 and x = -1",
    ),
    "a maximum called minimum": (
        "Find the local extrema of \\(f(x) = x^3 - 12x\\).",
        "x = -2 is the minimum",
    ),
    "a value at the lower bound": (
        "Compute \\(\\int_{-1}^{2} (x^2 - 4x)\\,dx\\).",
        "[x³/3 - 2x²] from -1 to 2",
        "upper: 8/3 - 8 = -16/3",
        "lower: -1/3 + 2 = 5/3",
    ),
    "a negative area": (
        "Find the area enclosed by \\(y = x^2\\) and \\(y = 9\\).",
        "A = ∫ from -3 to 3 of (x² - 9) dx = -36",
    ),
}


@pytest.mark.parametrize("lines", _WRONG.values(), ids=_WRONG)
def test_only_the_last_line_is_refuted(lines):
    statement, *working = lines
    assert marks(working, statement).find("r") == len(working) - 1


_UNDECIDED = {
    "an integral after numbers": (
        "Find the area enclosed by \\(y = x^2\\) and \\(y = x + 2\\).",
        "x²-x-2=0 → (x-2)(x+1)=0",
        "∫ from -1 to 2 of (x+2-x²) dx",
    ),
    "brackets without bounds": (
        "Compute \\(\\int_0^1 x e^x\\,dx\\).",
        "I = [x·exp(x)] - [exp(x)], from 0 to 1",
    ),
}


@pytest.mark.parametrize("lines", _UNDECIDED.values(), ids=_UNDECIDED)
def test_nothing_is_refuted(lines):
    statement, *working = lines
    assert not set(marks(working, statement)) & {"r", "s"}
