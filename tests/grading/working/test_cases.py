"""Cases, combined equations and labels: right lines that only seem to contradict others."""

from __future__ import annotations

import pytest

from tests.grading.working.marking import marks
from tutor.grading.steps.checks import Mark, StepVerdict
from tutor.grading.working.checker import check_working

SYSTEM = "Solve the system \\(4x-3y=17\\), \\(2x+5y=-11\\)."


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (
            "Löse \\(|x+1|=2x-4\\).",
            (
                "Fall 1 (x≥-1): x+1=2x-4 → 5=x passt",
                "Fall 2 (x<-1): -x-1=2x-4 → 3x=3 → x=1, aber das ist nicht < -1, fällt weg",
                "Also nur x=5.",
            ),
        ),
        (
            "Résoudre \\(|x+2|=3x\\).",
            (
                "Cas 1 (x≥-2) : x+2=3x donc 2x=2 donc x=1",
                "Cas 2 (x<-2) : -x-2=3x donc 4x=-2 donc x=-1/2, pas < -2, à rejeter",
                "Donc x=1",
            ),
        ),
        (
            "Montrer que \\(n^2+n\\) est pair pour tout entier \\(n\\).",
            (
                "n²+n=n(n+1)",
                "si n pair, n=2k donc n(n+1)=2k(2k+1) pair",
                "si n impair n=2k+1, alors n+1=2k+2=2(k+1) et n(n+1)=2(2k+1)(k+1), pair aussi",
            ),
        ),
        (
            "Prove that \\(n^2\\) leaves remainder 0 or 1 when divided by 4.",
            (
                "if n is even, n=2k so n^2=4k^2",
                "if n is odd, n=2k+1 and n^2=4k^2+4k+1=4(k^2+k)+1",
            ),
        ),
        (
            SYSTEM,
            (
                "4x+10y=-22 minus 4x-3y=17 gives 13y=-39",
                "y=-3. then 4x-3*(-3)=17 so 4x+9=17, 4x=8, x=2",
            ),
        ),
        (
            "笼子里有鸡和兔共 28 只，共有 78 只脚。鸡和兔各有多少只？",
            (
                "解：设鸡x只，兔y只",
                "x+y=28 ①，2x+4y=78 ②",
                "②÷2：x+2y=39 ③，③-①：y=11",
                "x=28-11=17",
            ),
        ),
    ],
    ids=["cases", "cases in French", "parity", "remainders", "one minus another", "labels"],
)
def test_no_right_line_is_refuted(statement, lines):
    checks = check_working(lines, statement)
    assert StepVerdict.REFUTED not in {check.verdict for check in checks}


def test_a_wrong_combination_is_still_refuted():
    lines = ("4x+10y=-22 minus 4x-3y=17 gives 13y=-39", "y=-3", "4x-3*(-3)=17 so 4x-9=17")
    assert check_working(lines, SYSTEM)[2].verdict == StepVerdict.REFUTED


def test_a_number_that_a_proof_tries_is_known_in_its_line_alone():
    statement = r"Prove that \(5^n + 3\) is divisible by 4 for every positive integer \(n\)."
    step = "5^(n+1) + 3 = 5·5^n + 3 = 5(4m-3) + 3"
    checks = check_working(["n=1 gives 8", "let 5^n+3 = 4m for a whole m", step], statement)
    assert checks[-1].verdict == StepVerdict.PROVED


def test_a_solution_that_the_line_tells_beside_is_not_lost():
    statement = "Two positive numbers have the sum 10 and their squares add up to 58. Find them."
    lines = ["(5+d)² + (5-d)² = 50 + 2d²", "d² = 4 => d = 2 (d = -2 only swaps the two)"]
    assert [check.mark for check in check_working(lines, statement)][-1] != Mark.REFUTED


def test_a_case_on_each_line_is_judged_by_its_own_value():
    statement = r"Where do \(y=x^2-3\) and \(y=2x\) meet?"
    right = check_working(("x²-2x-3=0", "x=3 → y=6", "x=-1 → y=-2"), statement)
    assert [check.mark for check in right] == [Mark.PROVED] * 3
    wrong = check_working(("x²-2x-3=0", "x=3 → y=6", "x=-1 → y=2"), statement)
    assert wrong[2].mark != Mark.PROVED


def test_a_value_is_that_at_the_point_before_it():
    statement = r"Find the coordinates of the stationary points of \(y=x^3-6x^2+9x\)."
    lines = ["(x-1)(x-3) = 0", "x=1, y = 1-6+9 = 4", "x=3, y = 27-54+27 = 0"]
    assert marks(lines, statement) == "gpp"
    assert marks(["x=1, y = 1-6+9 = 5"], statement)[-1] != "p"


def test_a_solution_that_was_named_before_is_not_lost():
    statement = r"Bestimme die Nullstellen von \(f(x)=x^3-4x^2+3x\)."
    lines = ["x1 = 0 oder x² - 4x + 3 = 0", "x2/3 = 2 ± √(4-3) = 2 ± 1"]
    assert "r" not in marks(lines, statement)
    assert marks(["(x-1)(x-3) = 0", "x = 3"], statement)[-1] == "r"


def test_what_is_zero_on_an_axis_is_so_nowhere_else():
    statement = r"Halla los puntos de corte de \(y=x^2-2x-8\) con los ejes."
    lines = ["eje y: x = 0, y = -8", "eje x: x² - 2x - 8 = 0", "x = (2 ± √(4 + 32))/2 = (2 ± 6)/2"]
    assert "r" not in marks(lines, statement)
