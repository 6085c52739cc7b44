"""Right workings in which a line may be read in two ways: none is refuted."""

import pytest

from tests.grading.working.marking import assert_marks
from tutor.grading.numeric.sympy_client import warm_up
from tutor.grading.steps.claim_results import StepVerdict
from tutor.grading.working.checker import check_working


@pytest.fixture(scope="module", autouse=True)
def sympy_loaded():
    """Limits are compared in a child process, which takes its time to start."""
    warm_up()


_RIGHT = {
    "two cases of an inequality, numbered": (
        r"Resuelve \(|3x+2|\ge 8\).",
        "dos casos:  3x+2 ≥ 8   ó   3x+2 ≤ -8",
        "1) 3x ≥ 6 → x ≥ 2",
        "2) 3x ≤ -10 → x ≤ -10/3",
    ),
    "two cases of an inequality, with a comma": (
        r"Solve \(|2x-1|\ge 7\).",
        "Two cases: 2x-1 ≥ 7, 2x-1 ≤ -7",
        "Case 1: 2x ≥ 8, x ≥ 4",
        "Case 2: 2x ≤ -6, x ≤ -3",
    ),
    "the number of a rule behind a product": (
        r"Vereinfache \(\dfrac{x^2-4}{x^2+4x+4}\).",
        "Zähler: x²-4=(x-2)(x+2)  3. binom. Formel",
        "Nenner: x²+4x+4 = (x+2)²   1. BF",
    ),
    "the number of a rule as an ordinal": (
        r"Simplifier \(\dfrac{x^2-9}{x^2+6x+9}\).",
        "x²-9=(x-3)(x+3)  3e identité remarquable",
        "x²+6x+9=(x+3)²  1re identité",
    ),
    "a number of words behind a product": (
        r"Simplify \(\dfrac{x^2-9}{x^2+6x+9}\).",
        "x²-9 = (x-3)(x+3)  2 squares",
    ),
    "a condition before a colon between blanks": (
        r"Bestimme die Extrempunkte von \(f(x)=x^3-3x^2-9x+2\).",
        "f'(x)=3x²-6x-9",
        "f'(x)=0 : x²-2x-3=0 => (x-3)(x+1)=0 => x=3 oder x=-1",
    ),
    "an axis before a colon between blanks": (
        r"Halla los puntos de corte de \(y=x^2-5x+6\) con los ejes.",
        "y=0 : x²-5x+6=0 => x=2 , x=3",
        "x=0 : y=6",
    ),
    "the cases of a new letter before colons between blanks": (
        r"Löse die Gleichung \(x^4-5x^2+4=0\).",
        "z=x² : z²-5z+4=0",
        "z=1 : x=±1",
        "z=4 : x=±2",
    ),
    "a factorial before an equals sign": (
        "Seven people sit down at a round table. In how many ways?",
        "(7-1)!=6!=720",
        "3!=6 orders of the first three",
    ),
    "what is greater than zero, before a colon": (
        r"求函数 \(f(x)=\log_2(x^2-4)\) 的定义域。",
        "真数大于0：x²-4>0",
        "(x-2)(x+2)>0",
    ),
    "equations times numbers, with circled labels": (
        r"解方程组 \(x+y=10\)，\(2x-3y=5\)。",
        "x+y=10 ①",
        "2x-3y=5 ②",
        "①×3：3x+3y=30 ③",
        "①÷2：x/2+y/2=5",
        "②+③：5x=35",
    ),
    "an equation that has no solution": (
        r"Solve \(e^{2x}-3e^x-10=0\).",
        "y = e^x",
        "y^2 - 3y - 10 = 0",
        "y = 5 or y = -2",
        "e^x = -2 has no solution",
        "e^x = 5, so x = ln 5",
    ),
    "a value of a new letter without solutions": (
        r"Solve \(x^4-3x^2-4=0\).",
        "u = x^2",
        "u^2 - 3u - 4 = 0",
        "u = 4 or u = -1",
        "u = -1: no solution",
        "x² = 4, x = 2 or x = -2",
    ),
    "an absolute value without solutions": (
        r"Solve \(|x-2|^2 - |x-2| - 6 = 0\).",
        "(|x-2|-3)(|x-2|+2) = 0",
        "|x-2| = -2, no solution",
        "|x-2| = 3",
    ),
    "a discriminant with its conclusion": (
        "Solve x^2 + 2x + 5 = 0.",
        "D = 4 - 20 = -16 no solution",
    ),
    "a number that becomes degrees": (
        r"In an isosceles triangle each base angle is \(15^\circ\) larger than the apex angle x.",
        "3x + 30 = 180",
        "x = 50°",
        "x + 15 = 65°",
    ),
    "the volume of a stone in water": (
        "一个长方体水箱长8分米、宽5分米，水深3分米。放入一块石头（完全浸没）后，水深变为3.4分米。",
        "3.4-3=0.4（分米）",
        "石头体积=8×5×0.4=16（立方分米）",
    ),
    "another solution that is no good": (
        "Two positive numbers x and y have the sum 30. Find the greatest value of xy^2.",
        "P(y) = 30y² - y³",
        "P'(y) = 60y - 3y² = 3y(20-y)",
        "P' = 0 => y = 20 (y=0 no)",
    ),
    "a rounded bound of a power": (
        "A town has 18 000 inhabitants and grows by 3 % a year. When has it more than 25 000?",
        "18000 * 1.03^n > 25000",
        "1.03^n > 1.3889",
        "n > log(1.3889)/log(1.03)",
        "n > 11.11",
    ),
    "a bound that is rounded up": (
        "A car loses 15% of its value of 20000 a year. When is it worth less than 7000?",
        "0.85^n < 0.35",
        "n > ln(0.35)/ln(0.85)",
        "n > 6.46",
    ),
    "a rounded bound": (r"Solve \(-3x > 7\).", "x < -2.33"),
    "a second solution of an equation that is not known": (
        "Find all angles of that kind.",
        "x = 30°",
        "x = 150°",
    ),
    "a cube root in words": (
        r"Find the inverse function of \(f(x)=(x-1)^3+2\).",
        "y - 2 = (x-1)^3",
        "cuberoot(y-2) = x-1",
    ),
    "conditions before what holds under them": (
        "求函数 \\(f(x)=x^3-12x\\) 的极值。",
        "f'(x)=3x²-12=0，x=-2或x=2",
        "x<-2时f'>0，-2<x<2时f'<0，x>2时f'>0",
    ),
    "an induction step puts the hypothesis in": (
        "Prove by induction that 7^n - 1 is divisible by 6.",
        "assume 7^k - 1 = 6m",
        "7^{k+1} - 1 = 7*7^k - 1",
        "= 7(6m+1) - 1",
        "= 42m + 6",
    ),
    "a sequence put in for another": (
        "A sequence has u_{n+1} = 3u_n - 4, u_1 = 5. Show that v_n = u_n - 2 is geometric.",
        "v_{n+1} = u_{n+1} - 2",
        "= 3u_n - 6",
        "= 3(u_n - 2) = 3v_n",
    ),
    "a rule in letters of its own": (
        r"Differentiate \( y = \frac{\sin x}{x^2} \).",
        "u = sin x, v = x^2",
        "y' = (u'v - uv')/v^2",
    ),
    "one letter for two quantities": (
        "A van drives 90 km at 60 km/h and back at 45 km/h. What is its average speed?",
        "there: t = 90/60 = 1.5 h",
        "back: t = 90/45 = 2h",
    ),
    "one letter for the areas of two parts": (
        "An L-shaped room has parts of 3 m by 4 m and 2 m by 5 m. Find its area.",
        "first part: A = 3*4 = 12",
        "second part: A = 2*5 = 10",
    ),
    "the next step of an induction": (
        r"求证：对任意正整数 \(n\)，\(4^n-1\) 能被3整除。",
        "假设n=k时成立，设4^k-1=3m",
        "n=k+1时，4^(k+1)-1=4·4^k-1",
    ),
    "values after a word for when": (
        r"已知 \(f(x) = x^2 - x\)，求 \(f(2)\) 与 \(f(3)\)。",
        "x=2时f(x)=2",
        "x=3时，f(x)=6",
    ),
    "e as a letter for a length": (
        "Ein Quader ist 6 cm breit, 10 cm tief und 15 cm hoch. Wie lang ist die Raumdiagonale?",
        "Grundfläche: d² = 6² + 10² = 136",
        "Raumdiagonale: e² = d² + 15² = 136 + 225 = 361",
        "e = √361 = 19",
    ),
    "two lengths with a gap between them": (
        r"Find the angle between \(\vec{u} = (1, 2)\) and \(\vec{v} = (3, -1)\).",
        "|u|=√5  |v|=√10",
        "|u| = √5   |v| = √10",
    ),
    "an angle of the statement without its sign": (
        r"The hypotenuse is 15 cm and one angle is \(37^\circ\). Find the opposite side.",
        "x = 15*sin37 ≈ 15*0.6018",
        "x = 15 sin(37) = 9.03",
    ),
    "a bound in words": (
        r"Solve \(\sqrt{x+7} = x - 5\).",
        "x must be > 5 so x = (11+sqrt(49))/2",
        "x has to be ≥ 5",
    ),
    "choices": (
        "How many committees of 3 women and 2 men can be chosen from 6 women and 5 men?",
        "6C3 = 20",
        "5C2 = 10",
    ),
    "a modulus that only the statement tells": (
        "Find the remainder when 3^20 is divided by 13.",
        "3^3 = 27 ≡ 1",
        "3^20 ≡ 3^2 = 9",
    ),
    "congruences without any modulus": ("What day is it in 100 days?", "100 ≡ 2"),
    "percentages with arrows": (
        "A phone costs £360 after 20% VAT is added. Find the price before VAT.",
        "120% -> £360",
        "1% -> £3",
        "100% -> £300",
    ),
    "numbers of terms as indices": (
        "Find the 10th term of 5, 8, 11, ...",
        "a = 5, d = 3",
        "a10 = 5 + 9·3 = 32",
    ),
    "two slopes": (
        "The lines (m+1)x + 2y = 3 and 3x - 4y = 1 are perpendicular. Find m.",
        "m1 = -(m+1)/2, m2 = 3/4",
        "-(m+1)/2 · 3/4 = -1",
    ),
    "decimals that never end": (
        "Write 0.3636... as a fraction.",
        "x = 0.3636...",
        "100x = 36.3636...",
    ),
    "a scalar product with a dot": (
        "Find the angle between a = (1, 2, 2) and b = (2, -1, 2).",
        "a.b = 2 - 2 + 4 = 4",
        "|a| = 3, |b| = 3",
    ),
    "degrees without a sign": ("Find the angle.", "cos θ = 4/9", "θ = 63.6"),
    "words before a number": (
        "Ann is four times as old as her son. In 5 years she is three times as old. How old is he?",
        "Ann in 5 yrs = 4s + 5",
        "4s+5 = 3(s+5)",
    ),
    "a unit that is a variable": (
        "Its height is h = 20t - 5t². When does it hit the ground?",
        "h = 0",
        "20t - 5t² = 0",
    ),
    "hours and minutes": (
        "A car travels 150 km in 2 h 30 min. What is its average speed?",
        "2h30 = 2.5h",
    ),
    "times of the day": (
        "Ein Zug fährt um 8:45 Uhr ab und kommt um 11:20 Uhr an. Wie lange dauert die Fahrt?",
        "9:00 bis 11:20 = 2 h 20 min",
        "15 min + 2 h 20 min = 2 h 35 min",
    ),
    "a condition beside an inequality": (
        "Calcula el dominio de f(x) = √(x-3)/(x-5).",
        "x ≥ 3",
        "x ≠ 5",
    ),
    "two cases in one line": (
        r"Resuelve el sistema \( x + y = 5 \), \( xy = 6 \).",
        "x² - 5x + 6 = 0",
        "x = 2, x = 3",
        "x=2 → y=3; x=3 → y=2",
    ),
    "further solutions in degrees": (
        "Solve 2cos²x - cos x - 1 = 0 for 0° ≤ x ≤ 360°.",
        "c = -1/2 or c = 1",
        "x = 120°, 240°",
        "x = 0°, 360°",
    ),
    "derivatives by a parameter": (
        "A curve is given by x = t², y = 2t. Find dy/dx.",
        "dx/dt = 2t",
        "dy/dt = 2",
        "dy/dx = 2/(2t) = 1/t",
    ),
    "related rates": (
        "A ladder 5 m long slides down a wall. How fast is its top?",
        "x² + y² = 25",
        "2x dx/dt + 2y dy/dt = 0",
        "x = 3, y = 4",
        "2·3·0.5 + 2·4·dy/dt = 0",
    ),
    "a case with a colon after a blank": (
        "Montrer par récurrence que 4^n - 1 est divisible par 3.",
        "n=0 : 1-1 = 0",
    ),
    "a value after derivatives": (
        "Find the Taylor polynomial of degree 2 of cos x at 0.",
        "f''(x) = -cos x, f''(0) = -1",
        "1 - x²/2",
    ),
    "an antiderivative of a difference": (
        r"Find the area enclosed by \( y = x^2 \) and \( y = x + 2 \).",
        "F(x) = x^2/2 + 2x - x^3/3",
    ),
    "rounded numbers": (
        "P = 200e^{0.03t}. When is it 500?",
        "200e^{0.03t} = 500",
        "0.03t = ln 2.5",
        "t = 30.5",
    ),
    "the length of a side": (
        "Dos lados de un triángulo miden 7 cm y 8 cm y forman 60°. Calcula el tercer lado.",
        "c² = 7² + 8² - 2·7·8·cos60º",
        "c² = 57",
        "c = √57 ≈ 7.55 cm",
    ),
    "words that are the left side": (
        "Maria is three times as old as her son. In 12 years she is twice as old.",
        "son's age now = s",
        "Maria now = 3s",
    ),
    "a difference that is perpendicular": (
        r"已知\( \vec a = (2,-1) \)和\( \vec b = (m,3) \)且\( (\vec a - \vec b) \perp \vec a \)。",
        "5-(2m-3)=0",
    ),
    "white balls": ("In einer Urne sind 4 rote und 6 weiße Kugeln.", "4 + 6 = 10"),
}


@pytest.mark.parametrize("name", _RIGHT)
def test_no_line_is_refuted(name: str):
    statement, *lines = _RIGHT[name]
    checks = check_working(lines, statement)
    assert StepVerdict.REFUTED not in {check.verdict for check in checks}


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        ("Find the angle.", ["cos θ = 4/9", "θ = 36.6"]),
        ("In how many orders do two people stand?", ["2!=3"]),
        (r"Solve \(x^2-4=0\).", ["x^2=4 has no solution"]),
        (r"Solve \(3x > 7\).", ["x < 2.33"]),
        (r"Solve \(3x > 7\).", ["x > 2.5"]),
        ("Two angles are equal, the third is 30°.", ["2x + 30 = 180", "x = 70°"]),
        (r"Solve \(x^2-7x+12=0\).", ["x = 4 (x = 2 no)"]),
        ("Find the angle.", ["sin x = 1/2", "x = 60"]),
        ("Find the remainder when 3^20 is divided by 13.", ["3^20 ≡ 7"]),
        ("How many pairs are there of 5?", ["5C2 = 20"]),
        ("Find the 10th term of the arithmetic sequence 5, 8, 11, ...", ["a10 = 5 + 10·3"]),
        (
            "Prove by induction that 7^n - 1 is divisible by 6.",
            ["assume 7^k - 1 = 6m", "7^{k+1} - 1 = 7*7^k - 1", "= 7(6m-1) - 1"],
        ),
    ],
)
def test_a_wrong_line_is_refuted_all_the_same(statement: str, lines: list[str]):
    assert check_working(lines, statement)[-1].verdict == StepVerdict.REFUTED


def test_a_named_calculation_with_new_numbers_is_not_proved():
    """Right, and perhaps not the number of rabbits."""
    statement = "A cage has 35 heads and 94 feet of rabbits and hens. How many rabbits are there?"
    checks = check_working(["94-70=24", "rabbits: 24÷4=6"], statement)
    assert checks[-1].verdict == StepVerdict.UNCHECKED


@pytest.mark.parametrize(
    "line", ["x = 450/15 = 30", "bike: 450/15 = 30", "one part = 450 : 15 = 30"]
)
def test_a_calculation_with_known_numbers_may_have_a_name(line: str):
    statement = "Three friends share 450 euros in the ratio 3 : 5 : 7."
    checks = check_working(["3 + 5 + 7 = 15 parts", line], statement)
    assert checks[-1].verdict == StepVerdict.PROVED


@pytest.mark.parametrize("line", ["mean = 450/15 = 30", "x = 450/9 = 50", "P = 3/15 = 1/5"])
def test_a_calculation_that_may_not_give_what_it_is_called_is_not_proved(line: str):
    statement = "Three friends share 450 euros in the ratio 3 : 5 : 7."
    checks = check_working(["3 + 5 + 7 = 15 parts", line], statement)
    assert checks[-1].verdict == StepVerdict.UNCHECKED


@pytest.mark.parametrize(
    ("bottom", "verdict"), [("10", StepVerdict.PROVED), ("8", StepVerdict.UNCHECKED)]
)
def test_a_calculation_called_a_denominator_gives_the_one_of_a_known_fraction(
    bottom: str, verdict: StepVerdict
):
    statement = r"Schreibe \(\dfrac{10}{3+i}\) in der Form \(a+bi\)."
    sign = "+" if bottom == "10" else "-"
    lines = ["10(3-i)/((3+i)(3-i))", f"Nenner: 3² {sign} 1² = {bottom}"]
    assert check_working(lines, statement)[-1].verdict == verdict


def test_one_case_of_an_inequality_is_refuted_where_the_other_is_nowhere():
    checks = check_working(["2x-1 ≥ 7", "x ≥ 4"], r"Solve \(|2x-1|\ge 7\).")
    assert checks[0].verdict == StepVerdict.REFUTED


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (
            r"Find \(\lim_{x\to0}\dfrac{1-\cos x}{x^2}\).",
            ["0/0 so use l'Hopital", "lim sin x/(2x)", "still 0/0, again: lim cos x / 2", "= 1/2"],
        ),
        (
            r"Bestimme die Extrempunkte von \(f(x)=x^3-3x^2-9x+2\).",
            ["f(3)=27-27-27+2=-25, f(-1)=-1-3+9+2=7", "also H(-1|7) und T(3|-25)"],
        ),
        (
            r"Déterminer l'équation réduite de la tangente à la courbe de \(f(x)=x^3-2x\) "
            "au point d'abscisse 2.",
            ["T : y = f'(2)(x-2)+f(2)"],
        ),
        (
            r"Find the domain of \(f(x)=\dfrac{\sqrt{5-2x}}{x+1}\).",
            ["need 5-2x ≥ 0 and x+1 ≠ 0", "5 ≥ 2x → x ≤ 5/2"],
        ),
        (
            r"解不等式 \(\dfrac{x-1}{x+2}\le0\)。",
            ["(x-1)(x+2)≤0 且 x≠-2", "(x-1)(x+2)≤0 ⇒ -2≤x≤1"],
        ),
        (r"Resuelve \(3x^2=12x\).", ["divido todo entre 3 :  x²=4x"]),
        (
            "Find the population standard deviation of 4, 7, 7, 10, 12.",
            ["mean=(4+7+7+10+12)/5=40/5=8", "devs: -4,-1,-1,2,4"],
        ),
        (
            r"En una progresión aritmética \(a_1=7\) y \(d=-4\). Calcula \(a_{15}\).",
            ["an = a1 + (n-1)d"],
        ),
        (
            r"Find the distance from \(P(2,-1)\) to the line \(3x-4y+5=0\).",
            ["d = |a·x0 + b·y0 + c| / √(a²+b²)"],
        ),
        (
            "A car starts from rest and accelerates at 2.5 m/s² for 6 s. "
            "Find its final speed in km/h.",
            ["v=at = 2.5*6 = 15 m/s", "15 m/s * 3.6 = 54 km/h", "(check: 54/3.6 = 15 m/s, good)"],
        ),
    ],
)
def test_a_right_line_is_proved_or_given(statement: str, lines: list[str]):
    assert_marks(statement, list(lines))


@pytest.mark.parametrize("line", ["T(-1|7)", "H(-1|8)", "H(1|-9)"])
def test_a_point_that_is_no_such_extremum_is_not_proved(line: str):
    statement = r"Bestimme die Extrempunkte von \(f(x)=x^3-3x^2-9x+2\)."
    assert check_working([line], statement)[-1].verdict != StepVerdict.PROVED


def test_speed_is_not_multiplied_by_the_factor_the_other_way():
    [check] = check_working(["54 km/h * 3.6 = 194.4 m/s"], "A car goes at 54 km/h.")
    assert check.verdict == StepVerdict.REFUTED
