"""A point that a curve passes through, and chances written as others."""

from __future__ import annotations

import pytest

from tests.grading.weighing import weighing
from tests.grading.working.marking import assert_marks, marks
from tutor.grading.steps.checks import Mark
from tutor.grading.steps.claim_results import Slip

CURVE = r"A curve has gradient \(\frac{dy}{dx}=6x^2-4x+1\) and passes through \((1,4)\). Find y."
BINOMIAL = r"X is binomial with \(n=5\), \(p=0.4\). Find P(X≥2)."


def test_an_antiderivative_without_its_constant_misses_the_point():
    assert_marks(CURVE, [("y=2x^3-2x^2+x", Slip.CONSTANT_FORGOTTEN)])
    lines = ["y=2x^3-2x^2+x+c", "4 = 2-2+1+c", "c = 3", "y=2x^3-2x^2+x+3"]
    assert marks(lines, CURVE) == "pppp"


def test_without_a_point_it_is_no_mistake_of_the_point():
    statement = r"A curve has gradient \(\frac{dy}{dx}=6x^2-4x+1\). Find y."
    assert marks(["y=2x^3-2x^2+x+c"], statement) == "p"


@pytest.mark.parametrize("line", ["P(X≥2) = 1 - P(X<2)", "P(X≥2) = 1 - P(X=0) - P(X=1)"])
def test_right_complements_are_proved(line):
    assert marks([line], BINOMIAL) == "p"


@pytest.mark.parametrize("line", ["P(X≥2) = 1 - P(X≤2)", "P(X≥2) = 1 - P(X=2)"])
def test_other_complements_are_refuted(line):
    assert_marks(BINOMIAL, [(line, Slip.OFF_BY_ONE)])


def test_steps_before_a_wrong_last_line_are_no_answer():
    lines = ["z=(4±√(16-52))/2", "z=(4±6i)/2", "z=2±6i"]
    statement = r"Solve \(z^2-4z+13=0\) over the complex numbers."
    checked = weighing.marks(statement, "z=2+3i or z=2-3i", *lines)
    assert checked == [Mark.PROVED, Mark.PROVED, Mark.REFUTED]
