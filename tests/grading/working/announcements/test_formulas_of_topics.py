"""Formulas of physics and geometry in letters or words, on the topic of the statement."""

from __future__ import annotations

import pytest

from tests.grading.working.marking import marks

SPRING = "A spring stretches 0.04 m under a force of 12 N. Find the spring constant."
CIRCUIT = "A current of 0.4 A flows through a resistor of 30 Ω. Find the voltage and the power."
TRAPEZIUM = "梯形上底 6 cm，下底 10 cm，高 5 cm，求面积。"
VERTEX = r"Halla el vértice de \(f(x)=x^2-6x+11\)."
UNIT_VECTOR = r"Find the unit vector in the direction of \((6,-8)\)."


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (SPRING, "F = kx => k = F/x"),
        (SPRING, "F = kx"),
        (CIRCUIT, "P = V*I"),
        (TRAPEZIUM, "S=(上底+下底)×高÷2"),
        (UNIT_VECTOR, "unit vector = v/|v|"),
    ],
)
def test_it_is_given(statement, line):
    assert marks([line], statement) == "g"


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (SPRING, "F = kx => k = F·x"),
        (SPRING, "F = k/x"),
        (CIRCUIT, "P = V/I"),
        (TRAPEZIUM, "S=(上底+下底)×高"),
        (VERTEX, "xv = b/(2a)"),
        (UNIT_VECTOR, "unit vector = |v|/v"),
        ("Find the area of a circle of radius 4 cm.", "P = V*I"),
    ],
)
def test_another_one_is_not(statement, line):
    assert marks([line], statement) in ("u", "r")


CIRCLE = "A circle has a diameter of 10 cm. Find its area."
CYLINDER = "A cylinder has diameter 6 cm and height 10 cm. Find its volume."
FORCE = "A mass of 3 kg is accelerated with 4 m/s². Find the force."
GEOMETRIC = r"A geometric sequence has \(a_2=6\) and ratio 3. Find \(a_5\)."
ARITHMETIC = r"An arithmetic sequence has \(a_3=11\) and \(a_8=31\). Find \(a_1\)."


@pytest.mark.parametrize(
    ("statement", "lines", "expected"),
    [
        (CIRCLE, ["A = πd²"], "r"),
        (CIRCLE, ["A = πr²"], "p"),
        (CIRCLE, ["A = πd²/4"], "p"),
        (CYLINDER, ["V = π·d²·h"], "u"),
        (CYLINDER, ["V = πr²h"], "p"),
        (FORCE, ["F = m·v"], "u"),
        (FORCE, ["F = m·a"], "p"),
        (GEOMETRIC, ["a5 = a2·r^4"], "u"),
        (GEOMETRIC, ["a5 = a2·r^3"], "p"),
        (ARITHMETIC, ["d=4", "a1=a3-3d"], "pr"),
        (ARITHMETIC, ["d=4", "a1=a3-2d"], "pp"),
        (ARITHMETIC, ["a_8=a_3+7d"], "u"),
        (ARITHMETIC, ["a_8=a_3+5d"], "p"),
    ],
)
def test_a_letter_keeps_its_usual_meaning_in_a_formula(statement, lines, expected):
    assert marks(lines, statement) == expected
