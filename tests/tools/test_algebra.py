"""Each operation, its result read again and held against numbers at points of our own."""

import math
from fractions import Fraction

import pytest

from tutor.grading.numeric.evaluate import Evaluator
from tutor.grading.numeric.intervals import ball
from tutor.grading.parsing.answers import read_expression
from tutor.grading.processes.work_budget import WorkBudget
from tutor.tools import algebra
from tutor.tools.algebra import Operation, work_out
from tutor.tools.reading import NoResult

POINTS = (-2.75, -0.5, 0.25, 1.5, 3.125)
STEP = 2**-20


@pytest.fixture(autouse=True)
def _patience(monkeypatch):
    """A busy machine may take longer than a model may wait."""
    monkeypatch.setattr(algebra, "MAX_QUESTION_S", 60.0)


def at(text: str, **values: float) -> float:
    """Its value there, by the grader's own arithmetic and not by SymPy."""
    point = {name: ball(Fraction(value)) for name, value in values.items()}
    return float(Evaluator(point, WorkBudget(5), real=True).value(read_expression(text)).mid())


def slope(text: str, x: float) -> float:
    return (at(text, x=x + STEP) - at(text, x=x - STEP)) / (2 * STEP)


@pytest.mark.parametrize("operation", ["simplify", "expand", "factor"])
@pytest.mark.parametrize(
    "text", ["(x+1)^3 - x^3", "x^2 - 5x + 6", r"\frac{x^2-1}{x-7}", "x^4 - 16", r"2\sin x \cos x"]
)
def test_another_form_has_the_same_values(operation, text):
    result = work_out(Operation(operation), text)
    for x in POINTS:
        assert at(result, x=x) == pytest.approx(at(text, x=x), rel=1e-12)


def test_the_forms_are_what_they_are_called():
    assert work_out(Operation.EXPAND, "(x+2)(x-2)") == "x^{2} - 4"
    factored = work_out(Operation.FACTOR, "x^2 - 5x + 6")
    assert factored == r"\left(x - 3\right) \left(x - 2\right)"
    assert work_out(Operation.SIMPLIFY, r"\sin^2 x + \cos^2 x") == "1"


@pytest.mark.parametrize("text", ["x^3 - 2x", r"x \sin x", "e^{2x}", r"\frac{x}{x^2+1}", "5"])
def test_a_derivative_is_the_slope(text):
    result = work_out(Operation.DIFFERENTIATE, text, "x")
    for x in POINTS:
        assert at(result, x=x) == pytest.approx(slope(text, x), rel=1e-6, abs=1e-6)


@pytest.mark.parametrize(
    "text", ["x^2 + 1", r"\frac{1}{x}", "x e^x", r"\tan x", r"\frac{1}{x^2-1}", r"\frac{1}{1+x^2}"]
)
def test_the_slope_of_an_integral_is_what_was_integrated(text):
    result = work_out(Operation.INTEGRATE, text)
    formula = result.removesuffix(" + C")
    assert formula != result
    for x in POINTS:
        assert slope(formula, x) == pytest.approx(at(text, x=x), rel=1e-6)


@pytest.mark.parametrize(
    ("equation", "solutions"),
    [
        ("x^2 - 5x + 6 = 0", "x = 2 or x = 3"),
        ("2x + 3 = 10", r"x = \frac{7}{2}"),
        ("x^2 = -1", "no real solution"),
        ("x = x", "every real number"),
        ("x = x + 1", "no real solution"),
        (r"\sqrt{x+2} = x", "x = 2"),
        (r"\ln x + \ln(x-1) = \ln 6", "x = 3"),
        ("|x - 2| = 3", "x = -1 or x = 5"),
        (r"\frac{x^2-1}{x-1} = 2", "no real solution"),
        ("x^2 < 4", r"x \in \left(-2, 2\right)"),
        ("x + y = 3; x - y = 1", "x = 2, y = 1"),
        ("x + y = 3, x - y = 1", "x = 2, y = 1"),
        (r"\begin{cases} x + y = 3 \\ xy = 2 \end{cases}", "x = 1, y = 2 or x = 2, y = 1"),
        ("x + y = 1; x + y = 2", "no real solution"),
        ("x^2 + y^2 = -1; x + y = 3", "no real solution"),
    ],
)
def test_solve_finds_all_solutions(equation, solutions):
    assert work_out(Operation.SOLVE, equation) == solutions


def test_roots_without_a_short_formula_are_decimals():
    result = work_out(Operation.SOLVE, "x^3 - 3x + 1 = 0")
    roots = [float(part.split(r"\approx")[1]) for part in result.split(" or ")]
    # By trigonometry: 2 cos(40°), 2 cos(80°), 2 cos(160°).
    expected = sorted(2 * math.cos(math.radians(angle)) for angle in (40, 80, 160))
    assert roots == pytest.approx(expected, rel=1e-10)


def test_it_solves_for_the_letter_that_is_meant():
    assert work_out(Operation.SOLVE, "2x + y = 3", "y") == "y = 3 - 2 x"


@pytest.mark.parametrize(
    ("text", "values", "result"),
    [
        ("x^2 + y", "x = 3, y = 1/2", r"\frac{19}{2} = 9.5"),
        ("x^2 + y", "x = 3", "y + 9"),
        (r"\sqrt{x}", "x = 8", r"2 \sqrt{2} \approx 2.82842712475"),
        (r"\int_0^2 x^2 dx", "", r"\frac{8}{3}"),
        ("x^2 + y", "x = y + 1, y = 2", "11"),
        (r"x + \int_0^2 t dt", "x = 3", "5"),
    ],
)
def test_it_evaluates_at_a_point(text, values, result):
    assert work_out(Operation.EVALUATE, text, at=values) == result


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        (("solve", "x +* 2 = 3"), "I cannot read 'x +* 2 = 3': it makes no sense at '*'."),
        (("solve", "x^2 + 1"), "'x^2 + 1' is no equation such as 2x + 3 = 7."),
        (("solve", "2 = 2"), "'2 = 2' has no letter to solve for."),
        (("solve", "e^x = x + 5"), "'e^x = x + 5' has no solution that I can find."),
        (
            ("differentiate", "x y"),
            "'x y' has several letters: say by the variable which one is meant.",
        ),
        (("differentiate", "x", "2"), "The variable must be a letter, not '2'."),
        (
            ("integrate", "e^{x^2}"),
            "'e^{x^2}' has no antiderivative in elementary functions that I can find.",
        ),
        (
            ("evaluate", r"x + \int_0^2 x dx", "", "x = 3"),
            "An integral or a sum runs over x: give that another letter.",
        ),
        (
            ("evaluate", r"\int_0^2 a t dt", "", "a = t"),
            "An integral or a sum runs over t: give that another letter.",
        ),
        (("evaluate", "1/x", "", "x = 0"), "'1/x' has no value."),
        (
            ("simplify", r"\frac{d}{dx} x^2"),
            "To differentiate, give the operation and the expression without d/dx.",
        ),
        (("factor", "x = 2"), "'x = 2' is a statement; an expression is needed."),
        (("expand", "(x+y+z)^{40}"), "'(x+y+z)^{40}' has a result that is too long to write."),
    ],
)
def test_it_says_why_it_has_no_result(question, reason):
    operation, *given = question
    with pytest.raises(NoResult) as raised:
        work_out(Operation(operation), *given)
    assert str(raised.value) == reason


def test_after_one_that_was_killed_the_next_question_is_answered(monkeypatch):
    patience_s = algebra.MAX_QUESTION_S
    monkeypatch.setattr(algebra, "MAX_QUESTION_S", 1.0)
    with pytest.raises(NoResult) as raised:
        work_out(Operation.SIMPLIFY, "9^{9^{9^9}}")
    assert str(raised.value) == "'9^{9^{9^9}}' takes too long."
    monkeypatch.setattr(algebra, "MAX_QUESTION_S", patience_s)
    assert work_out(Operation.EXPAND, "(x+1)^2") == "x^{2} + 2 x + 1"
