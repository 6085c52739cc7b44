"""Lines before a mistake that the stored answer confirms, and cases in which it does not lie."""

from __future__ import annotations

import pytest

from tests.grading.weighing.weighing import marks, refuted, weighed
from tutor.grading.steps.checks import Mark


@pytest.mark.parametrize(
    ("statement", "answer", "lines", "confirmed"),
    [
        (
            "How many litres of water must be added to 10 L of a 30 % solution to get a 20 % one?",
            "5 L",
            ("3/(10+w) = 0.2", "3 = 2 + 0.2w", "0.2w = 1 so w = 0.2", "0.2 L"),
            0,
        ),
        (
            r"Find all \(k\) for which the matrix "
            r"\(\begin{pmatrix}k&2\\4&k-2\end{pmatrix}\) is singular.",
            "k = 4 or k = -2",
            ("k^2 - 2k - 8 = 0", "(k+4)(k-2) = 0", "k = -4 or k = 2"),
            0,
        ),
    ],
)
def test_a_set_up_that_the_right_answer_fulfils_is_proved(statement, answer, lines, confirmed):
    checks = marks(statement, answer, *lines)
    assert checks[confirmed] == Mark.PROVED
    assert Mark.REFUTED in checks[confirmed + 1 :]


@pytest.mark.parametrize(
    ("statement", "answer", "lines"),
    [
        (
            "A mix of 960 g is made of flour and sugar in the ratio 5 : 3. How much sugar is it?",
            "360 g",
            ("5+3 = 8", "1 part -> 960/8 = 120 g", "3*120 = 360 g"),
        ),
        (
            "A coat costs 60 €. It is reduced by 15 %, and later by another 10 %. What is it?",
            "45.90 €",
            ("15% of 60 = 9", "60 - 9 = 51 after the 1st sale", "51*0.9 = 45.90 €"),
        ),
        (
            "In triangle ABC, AB = AC and the angle at A is 50°. Find the angle at B.",
            "65°",
            ("B + C = 180 - 50 = 130°", "B = C = 65°"),
        ),
        (
            "A tank is 3/4 full. After 30 litres are taken out it is 3/5 full. How much is full?",
            "200 L",
            ("3/4 - 3/5 = 3/20", "3/20 of the tank is 30 L", "1/20 -> 10 L", "20*10 = 200 L"),
        ),
    ],
)
def test_all_lines_that_lead_to_the_right_answer_are_decided(statement, answer, lines):
    assert set(marks(statement, answer, *lines)) <= {Mark.PROVED, Mark.GIVEN}


def test_one_of_two_solutions_before_a_mistake_is_proved():
    lines = ("x = (-5 ± 7)/4", "x1 = 2/4 = 1/2", "x2 = -12/4 = -4")
    checks = marks(r"Solve \(2x^2+5x-3=0\).", "x = 1/2 or x = -3", *lines)
    assert checks[1] == Mark.PROVED
    assert checks[2] == Mark.REFUTED


def test_a_set_up_that_it_does_not_fulfil_is_not():
    statement = "How many litres of water must be added to 10 L of a 30 % solution to get 20 %?"
    lines = ("3/w = 0.2", "0.2w = 3", "w = 15")
    assert marks(statement, "5 L", *lines)[0] != Mark.PROVED


ABSOLUTE = r"Solve \(|x-5|=2x+2\)."


def test_a_case_without_the_answer_is_not_blamed():
    lines = (
        "case 1: x-5 = 2x+2 -> x = -7",
        "case 2: x-5 = -(2x+2)",
        "x-5 = -2x+2 -> 3x = 7 -> x = 7/3",
        "x=-7 doesnt fit, so x = 7/3",
    )
    wrong = refuted(weighed(ABSOLUTE, "x = 1", *lines))
    assert wrong is not None
    assert wrong[0] == 2


def test_the_last_of_several_families_is_no_answer_alone():
    lines = ("sin x = -1/2", "x=-π/6+2kπ or x=7π/6+2kπ (k∈Z)")
    checks = marks(
        r"Solve \(2\sin x+1=0\), \(x\in\mathbb{R}\).", "x=-π/6+2kπ or x=7π/6+2kπ, k∈Z", *lines
    )
    assert Mark.REFUTED not in checks
