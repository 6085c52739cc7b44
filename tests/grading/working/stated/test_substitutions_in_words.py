"""What is put in, and where: into which equation, on which interval, for which letters."""

from __future__ import annotations

import pytest

from tests.grading.weighing import weighing
from tests.grading.working.marking import assert_marks, marks
from tutor.grading.steps.checks import Mark
from tutor.grading.steps.claim_results import Slip

SYSTEM = r"Solve the system: (1) \(3x+2y=16\), (2) \(5x-2y=8\)."
EXTREMA = r"Find the absolute maximum of \(f(x)=x^3-3x^2-9x\) on \([-2,2]\)."


@pytest.mark.parametrize(
    "head", ["in (1): ", "into (1): ", "in 1: ", "in the first equation: ", "in I: ", ""]
)
def test_a_value_put_in_wrongly_is_refuted_whichever_equation_is_named(head):
    lines = ["x = 3", f"{head}9+2y = 19"]
    assert_marks(SYSTEM, [lines[0], (lines[1], Slip.BACK_SUBSTITUTION)])
    assert marks(["x = 3", f"{head}9+2y = 16"], SYSTEM) == "pp"


def test_an_interval_is_no_point_that_is_put_in():
    assert "r" not in marks(["f'(x)=3x²-6x-9", "in [-2,2]: f'(x)=0 for x=-1"], EXTREMA)
    assert "r" not in marks(
        ["f'(x)=3x²-6x-9", "在[-2,2]内f'(x)=0得x=-1"],
        r"求 \(f(x)=x^3-3x^2-9x\) 在区间 \([-2,2]\) 上的最大值。",
    )


def test_the_only_solution_in_the_stated_interval_is_all():
    assert marks(["f'(x)=3x²-6x-9", "3x²-6x-9=0", "x=-1"], EXTREMA) == "pgp"
    assert marks(["f'(x)=3x²-6x-9", "3x²-6x-9=0", "x=3"], EXTREMA)[2] != "p"


def test_numbers_put_in_for_letters_of_a_rule_are_not_refuted():
    statement = r"\((u_n)\) est arithmétique, \(u_0=5\), de raison 3. Calculer \(u_{20}\)."
    assert marks(["un=u0+n*r=5+3n", "u20=5+3×20=65"], statement) == "pp"


def test_a_quotient_behind_a_colon_is_no_case():
    lines = ["t·ln 0.85 < ln 0.5", "t < ln 0.5 : ln 0.85"]
    checked = marks(lines, r"Solve \(0.85^t < 0.5\).")
    assert checked == "pr"
    assert marks([lines[0], "t > ln 0.5 : ln 0.85"], r"Solve \(0.85^t < 0.5\).") == "pp"


def test_a_bracket_lost_in_a_fraction_of_an_inequality_is_refuted():
    statement = r"Solve \(\frac{2x-1}{x+3} > 1\)."
    assert marks(["(2x-1)/(x+3)-1>0", "(2x-1-x+3)/(x+3)>0"], statement) == "pr"
    assert marks(["(2x-1)/(x+3)-1>0", "(2x-1-x-3)/(x+3)>0"], statement) == "pp"


def test_growth_told_in_a_sentence_is_an_answer():
    statement = "A town grew from 12500 to 14000 people. Find the percentage increase."
    assert weighing.marks(statement, "12%", "1500/12500 = 0.12", "it grew by 12%")[1] == Mark.PROVED
    assert weighing.marks(statement, "12%", "it rose by 13%") == [Mark.REFUTED]
