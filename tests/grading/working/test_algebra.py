"""Lines about functions, equations, limits and sums that people write without saying from where."""

import pytest

from tests.grading.working.marking import assert_marks, marks

_RIGHT = {
    "the chain rule with a letter of its own": (
        "Differentiate \\(f(x) = \\ln(x^3 + 5)\\).",
        "u = x³ + 5",
        "f'(x) = 1/u · u' = 3x²/(x³+5)",
    ),
    "the product rule, with its letters named before": (
        "Differentiate \\(f(x) = x^4 \\cos x\\).",
        "u = x^4, v = cos x",
        "f' = u'v + uv' = 4x^3 cos x - x^4 sin x",
    ),
    "the product rule of two named functions": (
        "Berechne die Ableitung von \\(f(x) = x^5 e^x\\).",
        "u(x) = x^5 und v(x) = e^x",
        "f'(x) = u'(x) v(x) + u(x) v'(x) = 5x^4 e^x + x^5 e^x",
    ),
    "a limit after an arrow": (
        "Find \\(\\lim_{x \\to 3} \\frac{x^2 - 9}{x - 3}\\).",
        "(x^2-9)/(x-3) = x + 3",
        "x→3: 6",
    ),
    "a limit that words announce": (
        "Use the definition to find \\(f'(x)\\) for \\(f(x) = x^2 + 5x\\).",
        "((x+h)^2 + 5(x+h) - x^2 - 5x)/h = 2x + h + 5",
        "h -> 0 gives 2x+5",
    ),
    "a known limit in another letter": (
        "Find \\(\\lim_{x \\to 0} \\frac{\\sin 7x}{x}\\).",
        "sin(u)/u -> 1 when u -> 0",
        "lim = 7",
    ),
    "a value at a place": (
        "Find the tangent to \\(y = \\sqrt{x}\\) where \\(x = 4\\).",
        "dy/dx = 1/(2√x), at 4: 1/4",
    ),
    "a derivative that is zero for a number": (
        "Find the maximum of \\(P = 12x - x^2\\).",
        "P' = 12 - 2x",
        "P' = 0 for x = 6",
    ),
    "a derivative set to zero and rearranged at once": (
        "Find the stationary points of \\(f(x) = x^3 - 27x\\).",
        "f'(x) = 3x² - 27",
        "3x² = 27, x² = 9",
    ),
    "a function of a function that is asked for": (
        "Let \\(f(x) = x^2 - 3x\\) and \\(g(x) = 2x + 1\\). Find \\(f(g(x))\\).",
        "f(2) = 4 - 6 = -2",
        "f(g(x)) = (2x+1)² - 3(2x+1)",
    ),
    "where an inequality ends": (
        "Solve \\(x^2 - 2x - 15 \\le 0\\).",
        "zeros: (x-5)(x+3)=0, x=5 or x=-3",
        "-3 <= x <= 5",
    ),
    "what keeps a root real": (
        "Find the domain of \\(f(x) = \\sqrt{8 - 4x}\\).",
        "8 - 4x >= 0",
        "x <= 2",
    ),
    "a value of a function that the statement tells": (
        "A tank holds 90 litres and loses 6 litres an hour. When are 30 litres left?",
        "V(t) = 90 - 6t",
        "30 = 90 - 6t",
        "t = 10",
    ),
    "a discriminant with a parameter": (
        "For which values of \\(k\\) does \\(x^2 + kx + 25 = 0\\) have exactly one real solution?",
        "b^2 - 4ac = k^2 - 4·1·25",
        "k^2 - 100 = 0",
        "k = 10 or k = -10",
    ),
    "a discriminant that is negative": (
        "For which \\(m\\) does \\(x^2 + mx + 4 = 0\\) have no real solutions?",
        "D = m² - 16",
        "m² - 16 < 0",
        "-4 < m < 4",
    ),
    "a discriminant in Chinese": (
        "关于 \\(x\\) 的方程 \\(x^2-mx+16=0\\) 有两个相等的实数根，求 \\(m\\)。",
        "Δ=m²-64=0",
        "m=±8",
    ),
    "an inverse function": (
        "Find the inverse of \\(f(x) = \\frac{2x+3}{x-1}\\).",
        "f⁻¹(x) = (x+3)/(x-2)",
    ),
    "the derivative of the first of two curves": (
        "Find the tangent to \\(y = x^2 + 3\\) that is parallel to the line \\(y = 8x\\).",
        "y' = 2x",
        "2x = 8, x = 4",
    ),
    "three coordinates": (
        "Solve the system \\(x+y=3\\), \\(y+z=7\\), \\(x+z=6\\).",
        "(1, 2, 5)",
    ),
    "an antiderivative that words name": (
        "Compute \\(\\int_0^2 (6x^2 - 2x)\\,dx\\).",
        "antiderivative: 2x^3 - x^2",
        "[2x^3 - x^2] from 0 to 2 = 16 - 4 = 12",
    ),
    "bounds in German": (
        "Berechne \\(\\int_1^3 (2x+1)\\,dx\\).",
        "∫ von 1 bis 3 (2x+1) dx = [x² + x] von 1 bis 3 = 12 - 2 = 10",
    ),
    "sums with dots": (
        "Prove by induction that \\(2 + 4 + \\dots + 2n = n(n+1)\\) for all \\(n \\ge 1\\).",
        "n=1: LHS=2, RHS=1·2=2 ✓",
        "2+4+...+2k+2(k+1) = k(k+1) + 2(k+1)",
        "= (k+1)(k+2)",
    ),
    "sums of powers with dots": (
        "Zeige: \\(1 + 3 + 9 + \\dots + 3^n = \\frac{3^{n+1}-1}{2}\\).",
        "1+3+...+3^k+3^(k+1) = (3^(k+1)-1)/2 + 3^(k+1)",
        "= (3^(k+2) - 1)/2",
    ),
    "a condition in Chinese before what holds then": (
        "用数学归纳法证明：\\(7^n-1\\) 能被6整除。",
        "n=1时，7-1=6，能被6整除",
        "n=k+1时，7^(k+1)-1=7·7^k-1",
    ),
    "two equations joined by and": (
        "Check that \\(x = 2\\) solves \\(1.5x + 2 = 9 - 2x\\).",
        "1.5·2+2 = 5 and 9-4 = 5",
    ),
    "± that goes on": (
        "Solve \\(x^2 - 6x + 4 = 0\\).",
        "x = 3 ± √(9 - 4)",
        "= 3 ± √5",
    ),
    "labels in one line": (
        "Solve the system \\(x + 2y = 8\\), \\(3x - 2y = 8\\).",
        "(1) x+2y=8   (2) 3x-2y=8",
        "(1)+(2): 4x = 16",
    ),
}


@pytest.mark.parametrize("lines", _RIGHT.values(), ids=_RIGHT)
def test_right_lines_are_proved_or_given(lines):
    statement, *working = lines
    assert_marks(statement, working)


_WRONG = {
    "a limit of infinity by infinity": (
        "Find \\(\\lim_{x \\to \\infty} \\frac{6x^2 + 1}{2x^2 - x}\\).",
        "lim = ∞/∞ = 1",
    ),
    "a limit after an arrow": (
        "Find \\(\\lim_{x \\to 0} \\frac{\\sin 4x}{x}\\).",
        "sin(4x)/x -> 1",
    ),
    "the quotient rule in the wrong order": (
        "Differentiate \\(f(x) = \\frac{x}{x^2+4}\\).",
        "u = x, v = x²+4",
        "f'(x) = (u v' - u' v)/v²",
    ),
    "a product rule without sum, with a bracket at the end": (
        "Differentiate \\(y = x^2 \\cos x\\).",
        "y' = 2x * (-sin x)",
    ),
    "multiplied by what may be negative, after an arrow": (
        "Solve \\(\\frac{3}{x} < 1\\).",
        "3/x < 1 | *x => 3 < x",
    ),
    "functions put into each other in the wrong order": (
        "Let \\(f(x) = 3x + 1\\) and \\(g(x) = x^2\\). Find \\((f \\circ g)(2)\\).",
        "(f∘g)(2) = g(f(2)) = 49",
    ),
    "an inverse with a wrong sign": (
        "Find the inverse of \\(f(x) = 4x - 12\\).",
        "f^-1(x) = x/4 - 3",
    ),
    "a slope with a lost sign": (
        "Find the equation of the line through \\((-2, 1)\\) and \\((3, 16)\\).",
        "m = (16-1)/(3-2) = 15",
    ),
    "a sum with dots": (
        "Prove by induction that \\(1 + 2 + \\dots + n = \\frac{n(n+1)}{2}\\).",
        "1+2+...+k+(k+1) = k(k+1)/2 + (k+1)",
        "= (k(k+1) + k + 1)/2",
    ),
    "an exponent in a sum with dots": (
        "Show that \\(1 + 2 + 4 + \\dots + 2^n = 2^{n+1} - 1\\).",
        "1+2+...+2^k+2^(k+1) = 2^(k+1) - 1 + 2^(k+1)",
        "= 4^(k+1) - 1",
    ),
    "a discriminant called disc": (
        "Solve \\(2x^2 + 7x - 15 = 0\\).",
        "disc = 7^2 - 4*2*15 = -71",
    ),
}


@pytest.mark.parametrize("lines", _WRONG.values(), ids=_WRONG)
def test_only_the_last_line_is_refuted(lines):
    statement, *working = lines
    assert marks(working, statement).find("r") == len(working) - 1


_UNDECIDED = {
    "a sign that changes": (
        "Find the maximum of \\(P = 12x - x^2\\).",
        "P' = 12 - 2x",
        "P' > 0 before, <0 after",
    ),
    "an integral without its bounds": (
        "Compute \\(\\int_0^{\\pi} x \\cos x \\, dx\\).",
        "I = [x sin x] from 0 to π - ∫ sin x dx",
    ),
    "divisible by something else": (
        "Is \\(27 - 3\\) divisible by 5?",
        "27 - 3 = 24 divisible by 5",
    ),
    "a condition that words give": ("Solve \\(\\sqrt{x+6} = x\\).", "x must be > 0 so x = 3"),
    "a chain with an empty side": ("Solve \\(x^2 = 49\\).", "x = > 5"),
}


@pytest.mark.parametrize("lines", _UNDECIDED.values(), ids=_UNDECIDED)
def test_nothing_is_refuted(lines):
    statement, *working = lines
    assert not set(marks(working, statement)) & {"r", "s"}


def test_functions_in_the_other_order_are_named():
    statement = "Let \\(f(x) = x^2 - 3x\\) and \\(g(x) = 2x + 1\\). Find \\(f(g(x))\\)."
    assert_marks(statement, [("f(g(x)) = 2(x²-3x)+1", "composition_order")])


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (r"Factoriza \(6x^2y-9xy^2+3xy\).", "6x²y : 3xy = 2x y 9xy² : 3xy = 3y"),
        (r"Klammere aus: \(10a^2b+15ab^2\).", "10a²b : 5ab = 2a und 15ab² : 5ab = 3b"),
        (r"Die Winkel eines Dreiecks verhalten sich wie \(2:3:4\).", "180° : 9 = 20°"),
        (r"Find \(y'\) at \((3,4)\) of the circle \(x^2+y^2=25\).", "y' = -3/4 at (3,4)"),
    ],
)
def test_signs_of_division_and_words_between_formulas_are_read(statement, line):
    assert marks([line], statement) == "p"
