"""Pythagoras in triangles whose corners have letters."""

from __future__ import annotations

import pytest

from tests.grading.working.marking import marks, refuted_check
from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.checker import check_working

STATEMENTS = (
    "Triangle ABC has a right angle at A, AB = 5 cm and BC = 9 cm. Find AC.",
    "In triangle ABC, angle A = 90°, AB = 5 cm and BC = 9 cm. Find AC.",
    "Das Dreieck ABC ist rechtwinklig bei A, AB = 5 cm und BC = 9 cm. Berechne AC.",
    "Le triangle ABC est rectangle en A, AB = 5 cm et BC = 9 cm. Calculer AC.",
    "El triángulo ABC es rectángulo en A, AB = 5 cm y BC = 9 cm. Calcula AC.",
    "在△ABC中，∠A=90°，AB=5，BC=9，求AC。",
    r"A triangle has a right angle at \(A\). The side \(AB\) is \(5\) cm long, and the side"
    r" \(BC\) is \(9\) cm long. How long is the side \(AC\)?",
    "Ein Dreieck hat einen rechten Winkel bei A. Die Seite AB ist 5 cm lang, die Seite BC 9 cm."
    " Wie lang ist die Seite AC?",
)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_longest_side_lies_opposite_the_right_angle(statement):
    assert marks(["BC² = AB² + AC²", "81 = 25 + AC²", "AC² = 56"], statement) == "ppp"
    assert marks(["AC² = BC² - AB²", "AC² = 81 - 25 = 56"], statement) == "pp"


@pytest.mark.parametrize("statement", STATEMENTS)
@pytest.mark.parametrize("line", ["AC² = AB² + BC²", "AC² = 25 + 81"])
def test_a_leg_taken_for_the_hypotenuse_is_named(statement, line):
    assert refuted_check([line], statement).refuted.slip == Slip.HYPOTENUSE


def test_segments_are_shown_as_they_are_written():
    [check] = check_working(["AC² = AB² + BC²"], STATEMENTS[0])
    assert check.refuted.witness.right == "BC^{2} -AB^{2}"


def test_a_triangle_without_a_right_angle_is_left_open():
    statement = "In triangle ABC, AB = 5 cm and BC = 9 cm. Find AC."
    assert "r" not in marks(["AC² = AB² + BC²"], statement)
