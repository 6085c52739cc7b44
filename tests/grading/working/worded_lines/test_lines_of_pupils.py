"""Right lines as pupils write them, and lines beside them that are not proved."""

import pytest

from tests.grading.working.marking import assert_marks
from tutor.grading.steps.checks import Mark
from tutor.grading.working.checker import check_working

RIGHT_TRIANGLE = "In triangle ABC with the right angle at C, BC = 3 cm and AC = 4 cm. Find sin A."
URN = "A bag holds 5 red and 3 blue counters. Two are taken without replacement. "
AGES = "A mother is 4 times as old as her daughter. In 20 years she will be twice as old."
PARABOLA = r"Étudier les variations de \(f(x) = x^2 - 4x + 1\)."

_RIGHT = {
    "two ratios of an angle without a comma": (
        RIGHT_TRIANGLE,
        ["AB = 5", "sin A = 3/5 cos A = 4/5", "tan A = BC/AC = 3/4", "sin B = AC/AB = 0.8"],
    ),
    "a ratio by the sides that are told": (
        "Le triangle ABC est rectangle en A, AB = 6 cm et BC = 10 cm. Calculer l'angle B.",
        ["cos B = AB/BC = 6/10 = 0.6"],
    ),
    "results with an exclamation mark": (
        "A number divided by 7 gives 12 and the remainder 5. Which number is it?",
        ["7·12 + 5 = 84 + 5 = 89!"],
    ),
    "decimals with an exclamation mark": (r"Calculate \(0.4\cdot0.512\).", ["= 0.2048!"]),
    "letters with an exclamation mark": (r"Simplify \(x^2/x\).", ["x^2/x = x!"]),
    "an arrow back to a remark": (
        r"Solve \(u^2 - 3u + 2 = 0\).",
        ["u1 = 1, u2 = 2 <- check"],
    ),
    "a calculation behind a gap": (
        URN + "Find the probability that both are red.",
        [("then 4 red out of 7 left: 4/7   5/8 * 4/7 = 20/56 = 5/14", "…")],
    ),
    "an equation behind a square and a gap": (
        r"Differentiate \(f(x) = \frac{x}{x+1}\).",
        ["f'(x) = (x + 1 - x)/(x + 1)²   f'(x) = 1/(x+1)²"],
    ),
    "factorials at the end": (
        "In how many ways can 5 people stand in a row?",
        ["5·4·3·2·1 = 5!", "5! = 120"],
    ),
    "two cases on a line, joined by and": (
        r"Solve \(x^2-5x+6=0\).",
        ["(x-2)(x-3) = 0", "x - 2 = 0 so x = 2 and x - 3 = 0 so x = 3"],
    ),
    "cases in the first letter": (
        r"Resuelve \(9^x - 10 \cdot 3^x + 9 = 0\).",
        ["t = 3^x", "t^2 - 10t + 9 = 0", "t = 1 o t = 9", "3^x = 1 → x = 0", "3^x = 9 → x = 2"],
    ),
    "the ends of an inequality": (
        r"Solve \(x^2 - 2x - 8 \le 0\).",
        ["x = 4, x = -2", "-2 ≤ x ≤ 4"],
    ),
    "the ends one by one, after the discriminant": (
        r"Résoudre l'inéquation \(x^2 - x - 6 > 0\).",
        ["Δ = 1 + 24 = 25", "x1 = (1-5)/2 = -2, x2 = (1+5)/2 = 3", "x < -2 ou x > 3"],
    ),
    "where a denominator is zero": (
        r"Solve \(\frac{x - 1}{x + 2} \ge 0\).",
        ["x - 1 = 0 → x = 1", "x + 2 = 0 → x = -2", "x < -2 or x ≥ 1"],
    ),
    "signs under conditions": (
        PARABOLA,
        ["f'(x) = 2x - 4", "f'(x) < 0 si x < 2 et f'(x) > 0 si x > 2"],
    ),
    "where a function rises and falls": (
        PARABOLA,
        ["f est décroissante sur ]-∞ ; 2] et croissante sur [2 ; +∞["],
    ),
    "where a function rises and falls, in Chinese": (
        r"求函数 \(f(x) = x^2 - 4x + 1\) 的单调区间。",
        ["当x<2时，f'(x)<0；当x>2时，f'(x)>0", "所以f(x)在(-∞,2)上递减，在(2,+∞)上递增"],
    ),
    "an inequality that is solved on its line": (
        r"Étudier le signe de \(f(x) = 3x - 6\).",
        ["3x - 6 > 0 ⇔ x > 2"],
    ),
    "ages that a line names": (
        AGES,
        ["let daughter = d so mother = 4d", "in 20 years: d + 20 and 4d + 20"],
    ),
    "a value with its number of digits": (
        r"Solve \(x^3 + x = 20\) to one decimal place.",
        ["so x = 2.6 to 1 dp"],
    ),
    "an estimate": ("Estimate and then work out 4.9 × 20.3.", ["estimate: 5 × 20 = 100"]),
    "the formula of interest": (
        "2400 € werden mit 2.5 % verzinst. Wie hoch sind die Zinsen nach 8 Monaten?",
        ["Z = K·p·t/(100·12)"],
    ),
    "chances of colours that are drawn": (
        URN + "Find the probability of two different colours.",
        ["P(R) = 5/8", "P(rb) = 5/8 x 3/7 = 15/56", "P(B1∩R2) = 3/8 · 5/7 = 15/56",
         "P(different) = 15/56 + 15/56 = 30/56 = 15/28"],
    ),
    "the numbers that a sum consists of": (
        "The angles of a triangle are in the ratio 2 : 3 : 4. Find the angles.",
        ["2x + 3x + 4x = 180", "9x = 180", "x = 20", "angles: 40°, 60°, 80°"],
    ),
    "consecutive numbers at the end": (
        "La suma de tres números consecutivos es 72. Halla los números.",
        ["(x-1) + x + (x+1) = 72", "3x = 72", "x = 24", "Los números son 23, 24 y 25"],
    ),
    "the position of a vertex": (
        r"Gegeben ist \(f(x) = x^2 - 6x + 5\). Bestimme Nullstellen und Scheitelpunkt.",
        ["x² - 6x + 5 = 0", "x1 = 5, x2 = 1", "xS = (5+1)/2 = 3"],
    ),
    "the zeros of a product with a power of e": (
        r"Find the zeros of the derivative of \(f(x) = x^2 \cdot e^x\).",
        ["f'(x) = 2x·e^x + x²·e^x", "f'(x) = 0 → x = 0 or x = -2"],
    ),
    "a standard deviation by its letters": (
        "Find the mean and the standard deviation of 4, 8, 6, 5, 7.",
        ["variance = 10/5 = 2", "sd = √2 ≈ 1.41"],
    ),
    "points with an index": (
        r"Gib die Schnittpunkte von \(y = x^2\) und \(y = 2x + 3\) an.",
        ["S1(3|9), S2(-1|1)"],
    ),
    "the last angle of a triangle": (
        r"In einem Dreieck ist \(\alpha = 50^\circ\) und \(\beta = 70^\circ\). Was ist \(\gamma\)?",
        ["γ = 180° - 50° - 70°"],
    ),
    "a table of percents": ("Berechne 15 % von 80.", ["1 % = 0.8", "15 % = 15 · 0.8 = 12"]),
    "the product of two numbers": (
        "Find two numbers whose sum is 20 and whose product is 96.",
        ["x + y = 20, xy = 96"],
    ),
    "the sum of the angles": (
        "Ein Dreieck hat die Winkel α = 35° und β = 85°. Berechne γ.",
        ["α + β + γ = 180°", "γ = 60°"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", _RIGHT)
def test_a_right_line_is_proved_or_given(name: str):
    statement, lines = _RIGHT[name]
    assert_marks(statement, list(lines))


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        pytest.param(RIGHT_TRIANGLE, ["sin A = 4/5 cos A = 3/5"], id="ratios of the other angle"),
        pytest.param(RIGHT_TRIANGLE, ["sin A = AC/AB"], id="the sides of the other angle"),
        pytest.param(r"Solve \(x^2 - 2x - 8 \le 0\).", ["x = 4, x = 2", "2 ≤ x ≤ 4"], id="ends"),
        pytest.param(r"Solve \(x^2 - 2x - 8 \le 0\).", ["x = 4, x = -2"], id="ends as an answer"),
        pytest.param(
            r"Solve \(9^x - 10 \cdot 3^x + 9 = 0\).",
            ["t = 3^x", "t = 1 or t = 9", "3^x = 3 → x = 1"],
            id="a case that is none",
        ),
        pytest.param(PARABOLA, ["f'(x) < 0 si x > 2"], id="a sign on the other side"),
        pytest.param(PARABOLA, ["f'(x) > 0 si x > 1"], id="a sign that turns between"),
        pytest.param(PARABOLA, ["f est croissante sur ]-∞ ; 2]"], id="where it falls"),
        pytest.param(
            r"Étudier le signe de \(f(x) = 3x - 6\).", ["3x - 6 > 0 ⇔ x ≥ 2"], id="an end too many"
        ),
        pytest.param(AGES, ["in 20 years: d + 20 and 4d + 40"], id="other years"),
        pytest.param(
            "The sum of two consecutive numbers is 25. Find them.",
            ["x + x + 1 = 25", "x = 12", "the numbers are 11 and 14"],
            id="other numbers with the same sum",
        ),
        pytest.param(
            r"Find the zeros of the derivative of \(f(x) = x^2 \cdot e^x\).",
            ["f'(x) = 2x·e^x + x²·e^x", "f'(x) = 0 → x = 0 or x = 2"],
            id="another zero",
        ),
        pytest.param("Berechne 15 % von 80.", ["1 % = 8"], id="a percent ten times as large"),
        pytest.param(URN, ["P(RB) = 5/8 · 3/8"], id="a ball that is not put back"),
        pytest.param(URN, ["P(B2) = 3/7"], id="a second draw alone"),
    ],
)
def test_what_is_not_so_is_neither_proved_nor_given(statement: str, lines: list[str]):
    assert check_working(lines, statement)[-1].mark not in (Mark.PROVED, Mark.GIVEN)


def test_a_share_of_something_is_not_refuted_as_a_number():
    checks = check_working(["1/8 of 360 = 45", "7/8 = 7 × 45 = 315"], "Calculate 7/8 of 360.")
    assert checks[-1].mark == Mark.UNCHECKED
    [check] = check_working(["7/8 = 7 × 45 = 315"], r"Calculate \(\frac{7}{8} + x\).")
    assert check.mark == Mark.REFUTED


def test_the_values_of_a_second_point_contradict_none_of_the_first():
    statement = r"Gib die Schnittpunkte von \(y = x^2\) und \(y = 2x + 3\) an."
    [check] = check_working(["x1 = 3, y1 = 9; x2 = -1, y2 = 1"], statement)
    assert check.mark != Mark.REFUTED


def test_a_ratio_behind_products_is_no_quotient():
    checks = check_working(
        ["84 ÷ 7 = 12", "3×12 : 4×12", "36 : 48"], "Divide 84 in the ratio 3 : 4."
    )
    assert checks[-1].mark != Mark.REFUTED
