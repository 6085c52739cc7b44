"""Lengths that a statement tells by two letters, and the intercept theorem."""

from fractions import Fraction

from tests.grading.working.marking import assert_marks, marks
from tutor.grading.working.progress import Progress

FRENCH = (
    "M est sur [AB], N sur [AC] et (MN) est parallèle à (BC). "
    "On a AM = 4 cm, MB = 6 cm, AN = 5 cm. Calculer AC."
)
ENGLISH = (
    "In triangle ABC, D lies on AB and E on AC with DE parallel to BC. "
    "AD = 2, DB = 3, BC = 10. Find DE."
)


def test_lengths_that_follow():
    assert Progress(FRENCH).segments.lengths["AC"] == Fraction(25, 2)
    assert Progress(ENGLISH).segments.lengths["DE"] == 4


def test_right_ratios():
    assert_marks(FRENCH, ["AM/AB = AN/AC", "4/10 = 5/AC", "AC = 12.5 cm"])
    assert_marks(ENGLISH, ["AB = 5", "DE/BC = AD/AB", "DE = 4"])


def test_a_ratio_of_the_wrong_segments():
    assert_marks(FRENCH, [("AM/MB = AN/AC", "wrong_formula")])
    assert_marks(ENGLISH, [("DE/BC = AD/DB", "wrong_formula")])


def test_without_parallel_lines_nothing_follows():
    text = FRENCH.replace(" et (MN) est parallèle à (BC)", "")
    assert "AC" not in Progress(text).segments.lengths
    assert marks(["AM/MB = AN/AC"], text) == "u"


def test_squares_of_told_lengths():
    text = "Le triangle ABC a pour côtés AB = 20 cm, AC = 21 cm et BC = 29 cm. Est-il rectangle ?"
    assert_marks(text, ["BC² = 29² = 841", "AB² + AC² = 400 + 441 = 841", "donc BC² = AB² + AC²"])


def test_lengths_in_several_units_are_not_mixed():
    assert Progress("AB = 3 cm und BC = 2 m.").segments.lengths == {}
