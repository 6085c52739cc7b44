"""What must be certain before a line is called wrong; the right lines here are unusual."""

import pytest

from tests.grading.working.marking import marks

TANGENT = r"Find the tangent line of \(f(x) = x^2 - 3x\) at \(x = 2\)."


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (r"Solve \(|x - 4| = 3x\).", ["case 1: x>=4", "x-4=3x", "-4 = 2x", "case 2: x<4"]),
        (r"Solve \(\frac{x+1}{x-2} \le 0\).", ["x<-1: (-)/(-) = +", "x>2: +"]),
        (r"Where does \(y = 2x - 6\) cross the axes?", ["x=0 → y = -6", "y = 0", "0 = 2x - 6"]),
        (TANGENT, ["f'(x)=2x-3, f'(2) = 1", "y = 1·x + b"]),
        (r"Solve \(x^2 + 4x - 1 = 0\).", ["x+2 = ±√5", "x = -2 ± 2.236"]),
        (
            r"For which \(k\) does \(x^2 + kx + 9 = 0\) have one solution?",
            ["k=6: x=-3, k=-6: x = 3"],
        ),
        (r"A ball is at \(h(t) = 20t - 5t^2\).", ["5t(4-t)=0", "t=0 is the start", "t = 4 s"]),
        (r"Solve \(3(x - 2) = 3x + 1\).", ["3x - 6 = 3x + 1", "-6 = 1", "false, so no solution"]),
        (r"Solve \((2c+1)(c-1)=0\).", ["c=1 → first", "c=-1/2 → second"]),
        (r"Calculate \(8 - 2 \cdot 3\).", ["not (8-2)·3 = 18", "8-6=2"]),
        (r"Solve \(-2x > 6\).", ["not x>-3 but x<-3"]),
        ("A film starts at 19:45 and lasts 105 minutes.", ["19:45 + 1:45 = 21:30"]),
        ("How tall is it?", ["h = 20·tan 35", "h = 14"]),
        (r"Is \(\sqrt{a+b} = \sqrt{a} + \sqrt{b}\)?", ["a=9, b=16", "√(9+16) = 5"]),
        (r"Where is the tangent of \(y = x^2\) parallel to \(y = 4x - 1\)?", ["x=2", "y=4"]),
        ("1000 at 4 % interest for 3 years: what amount?", ["per year 40", "3 years 120", "1120"]),
        ("Find the largest area.", ["A = x(80-2x)", "A' = 80-4x", "A' = 0", "x = 20"]),
        (r"Show that \(n^2 + n\) is even.", ["n=2k: n+1=2k+1", "n=2k+1: n+1=2k+2"]),
        ("The edges of a cube are doubled. By what factor does it grow?", ["take edge a"]),
        ("Prove that the sum of two consecutive integers is odd.", ["numbers: n and n+1"]),
        ("How many eggs are left?", ["6·4 = 2 dozen"]),
    ],
)
def test_what_is_not_certain_is_not_refuted(statement, lines):
    assert "r" not in marks(lines, statement)


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (r"Solve \(x^2 = 5x\).", ["x = 5"]),
        (r"Solve \(5x - 7 = 2x + 8\).", ["3x = 1"]),
        (r"Solve \(|3x+1| = 10\).", ["so 3x+1=10"]),
        (r"Solve \(x^2 = 4\).", ["x^2=4 has no solution"]),
        ("Two numbers have the sum 7.", ["check: 3 + 5 = 8, so 4 + 5 = 8"]),
        ("How many eggs are left?", ["1250 - 576 = 674 - 600 = 74 eggs"]),
        ("A price falls by 30 %, then by 20 %. By how much in all?", ["30 % + 20 % = 50 % less"]),
        ("Find the third side.", ["cos60° = √3/2 ≈ 0.866 and 80·0.866 ≈ 69.28"]),
        (r"Find the tangent to \(y = \sqrt{x}\) at \(x = 9\).", ["at x=9: m = 1/(2·9) = 1/18"]),
    ],
)
def test_what_is_certain_is_refuted(statement, lines):
    assert marks(lines, statement).endswith("r")


def test_a_case_goes_on_over_lines():
    lines = ["case 1: x>=4", "x-4=3x", "-4 = 2x", "x = -2, no", "case 2: x<4", "4-x=3x", "x=1"]
    assert marks(lines, r"Solve \(|x - 4| = 3x\).") == "gpppgpp"


def test_a_solution_is_not_dropped_without_a_reason():
    assert marks(["x=5 (x=0 no)"], r"Solve \(x^2 - 5x = 0\).") == "u"


def test_factors_that_contradict_the_equation_right_before_them_are_surely_wrong():
    lines = ["设宽x米, x(x+5)=14", "x²+5x-14=0", "(x-7)(x+2)=0"]
    assert marks(lines) == "gpr"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["2.40 ÷ 600 = £0.004 per g"], "p"),
        (["400g: 1.80 ÷ 400 = £0.045 per g"], "r"),
        (["1.80 ÷ 400 = £0.0045"], "p"),
        (["3/4 = £1.80"], "u"),
    ],
)
def test_money_that_is_divided_is_no_share(lines, expected):
    prices = "A 600 g bag of rice costs £2.40 and a 400 g bag costs £1.80. Which is cheaper?"
    assert marks(lines, prices) == expected
