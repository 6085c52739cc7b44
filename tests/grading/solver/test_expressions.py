import pytest

from tutor.grading.solver.naming import name_move
from tutor.grading.solver.solve import solve

SOLUTIONS = [
    (r"Calculate \(20 - 3 \cdot (1 + 6)\).", ["20 - 3*7", "20 - 21", "-1"]),
    (r"Calculate \(\frac{3}{4} + \frac{1}{6}\).", ["9/12 + 2/12", "11/12"]),
    (r"Calculate \(1\frac{1}{2} - \frac{2}{3}\).", ["3/2 - 2/3", "9/6 - 4/6", "5/6"]),
    (r"Calculate \(2 \div 1\frac{1}{3}\).", ["2/(4/3)", "2*3/4", "6/4", "3/2"]),
    (r"Expand \((2x - 5)^2\).", ["4x^2 - 20x + 25"]),
    (
        r"Expand \((x + 2)(x^2 - x + 1)\).",
        ["x^3 - x^2 + x + 2x^2 - 2x + 2", "x^3 + x^2 - x + 2"],
    ),
    (r"Factor \(3x^3 - 12x\).", ["3x(x^2 - 4)", "3x(x - 2)(x + 2)"]),
    (r"Factor \(ax + ay + 2x + 2y\).", ["a(x + y) + 2(x + y)", "(a + 2)(x + y)"]),
    (r"Simplify \(\sqrt{50}\).", ["sqrt(25*2)", "5sqrt(2)"]),
    (r"Simplify \(\sqrt{18} + \sqrt{8}\).", ["3sqrt(2) + 2sqrt(2)", "5sqrt(2)"]),
    (r"Simplify \(\frac{x^2 - 9}{x^2 + 3x}\).", ["(x - 3)(x + 3)/(x(x + 3))", "(x - 3)/x"]),
]


@pytest.mark.parametrize(("statement", "lines"), SOLUTIONS, ids=[row[0] for row in SOLUTIONS])
def test_it_works_a_term_out(statement, lines):
    assert [step.line for step in solve(statement).steps] == lines


MOVES = [
    # Calculations
    ("5 + 3*(8 - 6)", "5 + 3*2", "work out the bracket first"),
    ("5 + 3*2", "5 + 6", "multiply before adding"),
    ("20 - 4*2", "20 - 8", "multiply before subtracting"),
    ("2 - (1/3)^2", "2 - 1/9", "work out the power first"),
    ("a^2 = 5^2 + 12^2", "a^2 = 25 + 144", "work out the squares"),
    ("6!/(2! 4!)", "15", "work out the factorials"),
    # Fractions
    ("1/4 + 2/3", "3/12 + 8/12", "find a common denominator"),
    ("3/12 + 8/12", "11/12", "add the numerators"),
    ("7/9 - 2/9", "5/9", "subtract the numerators"),
    ("15/20", "3/4", "cancel the common factor"),
    ("2/5 / (3/7)", "2/5 * 7/3", "multiply by the reciprocal"),
    ("2/3 * 5/7", "10/21", "multiply the fractions"),
    ("3 1/5", "16/5", "write the mixed number as a fraction"),
    ("0.45", "45/100", "write the decimal as a fraction"),
    ("5/8", "0.625", "write the fraction as a decimal"),
    ("30% * 70", "3/10 * 70", "write the percentage as a fraction"),
    ("200 + 0.05*200", "1.05*200", "use the growth factor"),
    ("(9x - 6)/3", "3x - 2", "divide each term by 3"),
    ("2/x + 1/(x + 1)", "(2(x + 1) + x)/(x(x + 1))", "find a common denominator"),
    # Sums and products
    ("-(3 - 2a)", "-3 + 2a", "expand the brackets"),
    ("5 - 2(x - 3) = 4", "5 - 2x + 6 = 4", "expand the brackets"),
    ("(x + 1)(x + 4)", "x^2 + 4x + x + 4", "multiply each term by each term"),
    ("(x + 6)^2", "x^2 + 12x + 36", "use the square of a sum"),
    ("(4 - y)(4 + y)", "16 - y^2", "use the difference of squares"),
    ("4x - x + 3 = 9", "3x + 3 = 9", "collect like terms"),
    ("8a^2b - 12ab", "4ab(2a - 3)", "factor out 4ab"),
    ("x^2 + 10x + 25", "(x + 5)^2", "use the square of a sum"),
    ("x^2 - x - 12", "(x - 4)(x + 3)", "factor the quadratic"),
    ("x^3 + 27", "(x + 3)(x^2 - 3x + 9)", "use the sum of cubes"),
    ("ax + bx = c", "x(a + b) = c", "factor out x"),
    ("x^2 + 4x + 9", "(x + 2)^2 + 5", "complete the square"),
    # Powers and roots
    ("x^2 * x^7", "x^9", "add the exponents"),
    ("(a^2)^5", "a^10", "multiply the exponents"),
    ("2x^(-3)", "2/x^3", "write the negative exponent as a reciprocal"),
    ("(2ab)^3", "8a^3b^3", "raise each factor to the power"),
    ("sqrt(45)", "3sqrt(5)", "take the root of the square factor"),
    ("9/sqrt(3)", "9sqrt(3)/3", "rationalise the denominator"),
    ("4sqrt(7) - sqrt(7)", "3sqrt(7)", "collect like terms"),
    # Logarithms and trigonometry
    ("ln(3) + ln(7)", "ln(21)", "combine the logarithms"),
    ("4*lg(x)", "lg(x^4)", "move the factor into the exponent"),
    ("2sin(x)cos(x)", "sin(2x)", "use the double angle formula"),
    ("3 - 3cos(x)^2", "3sin(x)^2", "use sin² + cos² = 1"),
    # Numbers in another notation, and complex numbers
    ("x = sqrt(30)", "x ≈ 5.48", "round"),
    ("36000", "3.6*10^4", "write in scientific notation"),
    ("2 + 5i - 3i^2", "2 + 5i + 3", "use i² = -1"),
    ("1/(2 - i)", "(2 + i)/5", "multiply by the conjugate"),
    # Several in one line
    ("3(x + 1) + 2x", "5x + 3", "expand the brackets and collect like terms"),
    (
        "(x^2 - 9)/(x^2 + 3x)",
        "(x - 3)(x + 3)/(x(x + 3))",
        "factor the numerator and the denominator",
    ),
    ("(4 + 5)*(8 - 6)", "9*2", "work out the brackets first"),
    # Not a move, or more than one
    ("sqrt(30)", "5.5", "round"),
    ("sqrt(30)", "5.4", None),
    ("(x + 2)^2", "x^2 + 4", None),
    ("2x + 3", "3 + 2x", None),
]


@pytest.mark.parametrize(("before", "after", "phrase"), MOVES)
def test_it_names_how_a_term_was_rewritten(before, after, phrase):
    move = name_move(before, after)
    assert (move.phrase if move else None) == phrase


LONGER = [
    (
        r"Simplify \(\frac{1}{x - 1} - \frac{1}{x + 1}\).",
        [
            "(x + 1)/((x - 1)(x + 1)) - (x - 1)/((x - 1)(x + 1))",
            "(x + 1 - (x - 1))/((x - 1)(x + 1))",
            "(x + 1 - x + 1)/((x - 1)(x + 1))",
            "2/((x - 1)(x + 1))",
        ],
    ),
    (r"Kürze \(\frac{8 - 2x}{x - 4}\).", ["-2(x - 4)/(x - 4)", "-2"]),
    (
        r"Rationalise \(\frac{4}{\sqrt{7} - \sqrt{3}}\).",
        [
            "4(sqrt(7) + sqrt(3))/((sqrt(7) - sqrt(3))(sqrt(7) + sqrt(3)))",
            "4(sqrt(7) + sqrt(3))/(7 - 3)",
            "4(sqrt(7) + sqrt(3))/4",
            "sqrt(7) + sqrt(3)",
        ],
    ),
    (
        r"Complete the square: \(3x^2 + 12x + 5\).",
        [
            *("3(x^2 + 4x) + 5", "3((x + 2)^2 - 4) + 5"),
            *("3(x + 2)^2 - 12 + 5", "3(x + 2)^2 - 7"),
        ],
    ),
    (r"Berechne \(\frac{5}{6} : \frac{10}{9}\).", ["5/6*9/10", "45/60", "3/4"]),
    (r"Calculate \(\frac{7!}{5! \cdot 2!}\).", ["7*6/2", "42/2", "21"]),
    (r"Write \(0.36\) as a fraction.", ["36/100", "9/25"]),
    (
        r"Find the value of \(x^2 - 3x\) for \(x = -2\).",
        ["(-2)^2 - 3(-2)", "4 - 3(-2)", "4 + 6", "10"],
    ),
    (r"Schreibe als Produkt: \(4x^2 - 25\).", ["(2x - 5)(2x + 5)"]),
    (r"Schreibe \(\frac{3}{20}\) als Prozentzahl.", ["15/100", "15%"]),
    (r"Write \(2\ln 5 - \ln 10\) as a single logarithm.", ["ln(25) - ln(10)", "ln(5/2)"]),
    (r"化简 \(\tan x \cdot \cos x\)。", ["sin(x)/cos(x)*cos(x)", "sin(x)"]),
]


@pytest.mark.parametrize(("statement", "lines"), LONGER, ids=[row[0] for row in LONGER])
def test_it_works_longer_terms_out(statement, lines):
    assert [step.line for step in solve(statement).steps] == lines


def test_it_calculates_with_complex_numbers():
    solution = solve(r"Calculate \((1 + 2i)(3 - i)\).")
    assert [step.line for step in solution.steps] == [
        "3 - i + 6i - 2i^2",
        "3 - i + 6i + 2",
        "5 + 5i",
    ]
