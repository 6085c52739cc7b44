"""Right lines in usual writing that look like wrong ones, and wrong ones beside them."""

import pytest

from tests.grading.working.marking import marks

NO_SOLUTION = r"Solve \(3(2x-1) = 2(3x+4)\)."
CIRCLE = r"Where does the line \(x + y = 7\) meet the circle \(x^2 + y^2 = 25\)?"
SEVENTHS = r"Solve \(3x = 7\)."
ROOTS = r"Solve \(x^2-3x+2=0\)."
TANGENTS = r"Find all tangents to \(y = x^2\) that pass through \((1,-3)\)."
CUBIC = r"Find the tangent to \(f(x) = x^3 - 2x\) at \(x = 1\). Where does it cut the curve again?"
INEQUALITY = r"Solve \(x^2 < 5x\)."
COINS = "A fair coin is tossed four times. What is the probability of exactly two heads?"
TANK = (
    r"A tank is \(\frac25\) full. With 18 litres more it is \(\frac{7}{10}\) full. How large is it?"
)
ICE = "3 cones and 2 drinks cost 19 €. A cone costs 3 € more than a drink. What does each cost?"
TAX = "A printer costs 142.80 € with 19% tax. What does it cost without?"
SQUARE_ROOT = r"Evaluate \(\int_1^4 \sqrt{x}\,dx\)."
TWO_CURVES = r"Solve \(x - y = 2\) and \(x^2-y^2=20\)."


@pytest.mark.parametrize(
    ("statement", "lines", "expected"),
    [
        (COINS, ["2^4 = 16", "= 0.375 (37.5 %)"], None),
        (COINS, ["6/16 = 3/8 (37.5%)"], "p"),
        (COINS, ["2/6 = 1/3 (33.3%)"], "p"),
        (COINS, ["30·0.4 = 12 (40%)"], "p"),
        (SEVENTHS, ["x ≈ 2.33 (7/3)"], "p"),
        (SEVENTHS, ["x = 7/3 (2.33)"], "p"),
        (SEVENTHS, ["4·3 = 12 (cm)", "2+3 = 5 (see above)"], "pp"),
        (SEVENTHS, ["3·2 = 2 (3) = 6", "2·7/3 = 2 (7/3)"], "pp"),
        (NO_SOLUTION, ["-3 = 8"], "p"),
        (NO_SOLUTION, ["take away 6x on both sides: -3 = 8"], "p"),
        (NO_SOLUTION, ["6x-3=6x+8", "0 = 11"], "pp"),
        (NO_SOLUTION, ["6x-3=6x+8", "-3 = 8", "no solution"], "ppp"),
        (NO_SOLUTION, ["-3 = 5"], "u"),
        (r"Solve \(2x+y=3\) and \(4x+2y=8\).", ["4x+2y=6", "6 = 8"], None),
        (ROOTS, ["x=1 is a root"], "u"),
        (CUBIC, ["tangent y = x - 2", "cut: x³ - 2x = x - 2  ⇔  x³ - 3x + 2 = 0"], None),
        (CUBIC, ["x=1 must be a double root: (x-1)²(x+2) = 0"], None),
        (TANGENTS, ["D = m² - 4m - 12 = 0", "(m-6)(m+2) = 0, m = 6 or m = -2"], None),
        (CIRCLE, ["x² + 2xy + y² = 49", "minus the circle: 2xy = 24"], None),
        (TWO_CURVES, ["x+y = 10"], "p"),
        (ICE, ["3x + 2y = 19", "x = y + 3"], "gg"),
        (TANK, ["7/10 - 2/5 = 3/10", "1/10 is 6 L"], "pu"),
        (TANK, ["3/10 = 18", "10/10 = 60 L"], "uu"),
        (TAX, ["1% : 142.80/119 = 1.20"], "p"),
        (TAX, ["1% : 142.80/119 = 1.30"], "u"),
        (SQUARE_ROOT, ["u = √x", "∫ 2u² du", "antiderivative: 2u³/3"], None),
        (r"Solve \(xy = 12\) and \(x^2+y^2=25\).", ["x² + 2xy + y² = 49"], "u"),
        (
            INEQUALITY,
            ["x < 0: dividing turns the sign, x > 5, but x is negative, impossible", "0 < x < 5"],
            None,
        ),
    ],
)
def test_right_lines_are_not_refuted(statement, lines, expected):
    letters = marks(lines, statement)
    assert "r" not in letters
    assert expected in (None, letters)


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (COINS, ["3/8 (40%)"]),
        (COINS, ["2/8 = 3/8 (37.5%)"]),
        (SEVENTHS, ["x ≈ 2.66 (8/3)"]),
        (NO_SOLUTION, ["3·2 = 8"]),
        (r"Solve \(5x-2=3x+4\).", ["-2 = 4"]),
        (r"Solve \(5x-2=3x+4\).", ["8x = 6"]),
        (ROOTS, ["x=1 is the only solution"]),
        (ROOTS, ["x=3 is a root"]),
        (TWO_CURVES, ["x+y = 8"]),
        (ICE, ["x + y = 19", "x = 19 + y"]),
        (TANK, ["6/10 = 2/5"]),
        (TAX, ["142.80/119 = 1.30"]),
        (SQUARE_ROOT, ["antiderivative: 3/2 x^(3/2)"]),
        (r"Solve \(x + y = 10\) and \(x-y=2\).", ["2x + y = 13"]),
        (r"Solve \(x + y = 5\) and \(xy=6\).", ["y = 5 + x"]),
        (r"Solve \(-2x > 6\).", ["x > -3"]),
        (r"Find the tangent to \(y = x^2\) in \((3, 9)\).", ["m = -6"]),
    ],
)
def test_wrong_lines_beside_them_are_refuted(statement, lines):
    assert marks(lines, statement).endswith("r")
