"""Identities that hold in the range of their letters: |x - 3| = 3 - x for x < 3."""

from __future__ import annotations

import pytest

from tests.grading.working.marking import assert_marks, marks
from tutor.grading.steps.claim_results import Slip


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (r"Simplify \(|x-3|\) for x < 3.", ["|x-3| = -(x-3)", "= 3 - x"]),
        (r"Simplify \(\sqrt{(a-2)^2}\) for \(a < 2\).", ["√((a-2)²) = |a-2|", "= 2 - a"]),
        ("已知 a<0，化简 \\(\\sqrt{a^2}+a\\)。", ["√(a²) = -a"]),
        ("当 1<x<3 时，化简 |x-1|+|x-3|。", ["|x-1|=x-1", "|x-3|=3-x"]),
        (r"Given that a < b < 0, simplify \(|a-b| + |b|\).", ["|a-b| = b-a", "|b| = -b"]),
        (r"Let 0 < a < b. Simplify \(|a-b|\).", ["|a-b| = b-a"]),
        (r"Let \(0 < x < \frac{\pi}{2}\). Simplify \(\sqrt{1-\cos^2 x}\).", ["√(1-cos²x) = sin x"]),
    ],
)
def test_what_holds_in_the_stated_range_is_proved(statement, lines):
    assert marks(lines, statement) == "p" * len(lines)


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (r"Simplify \(|x-3|\) for x < 3.", "|x-3| = x-3"),
        ("已知 a<0，化简 \\(\\sqrt{a^2}\\)。", "√(a²) = a"),
        (r"Given that a < b < 0, simplify \(|a-b|\).", "|a-b| = a-b"),
    ],
)
def test_what_is_false_in_the_stated_range_is_refuted(statement, line):
    assert marks([line], statement) == "r"


def test_two_letters_in_one_range_may_be_in_either_order():
    assert "r" not in marks(["|a-b| = b-a"], r"Let 0 < a < b < 1. Simplify \(|a-b|\).")


def test_ranges_of_pieces_are_none_of_the_problem():
    statement = r"Let \(f(x)=x^2\) for \(x<0\) and \(f(x)=2x+1\) for \(x\ge 0\). Find \(f(-3)\)."
    assert marks(["|x| = -x"], statement) != "p"


@pytest.mark.parametrize("head", ["Case 1: x<2", "if x<2", "Fall 1: x<2", "x<2"])
def test_a_range_on_its_own_line_opens_a_case(head):
    assert marks([head, "|x-2| = 2-x"], r"Simplify \(|x-2| + 2x\).")[1] == "p"


def test_the_latest_case_counts():
    lines = ["Case 1: x<2", "|x-2| = 2-x", "Case 2: x≥2", "|x-2| = x-2"]
    assert marks(lines, r"Simplify \(|x-2| + 2x\).") == "gpgp"
    wrong = [*lines[:3], "|x-2| = 2-x"]
    assert marks(wrong, r"Simplify \(|x-2| + 2x\).")[3] != "p"


def test_the_height_of_a_cone_is_not_its_slant_height():
    statement = "A cone has r = 3 cm and h = 4 cm. Find its lateral surface area."
    assert_marks(statement, [("A = π·r·h", Slip.WRONG_HEIGHT)])
    assert_marks(statement, ["s = √(3² + 4²) = 5", "A = π·r·s", "A = 15π"])
