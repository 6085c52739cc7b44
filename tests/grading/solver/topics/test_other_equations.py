import pytest

from tutor.grading.solver.solve import next_steps, solve

EQUATIONS = [
    (r"\frac{3}{x} = \frac{5}{x + 2}", ["3(x + 2) = 5x", "3x + 6 = 5x", "6 = 2x", "x = 3"]),
    (
        r"\frac{2}{x - 1} - \frac{1}{x + 1} = \frac{4}{x^2 - 1}",
        [
            *("2(x + 1) - (x - 1) = 4", "2x + 2 - x + 1 = 4", "x + 3 = 4", "x = 1", "no solution"),
        ],
    ),
    (
        r"\sqrt{x + 5} - \sqrt{x} = 1",
        [
            *("sqrt(x + 5) = 1 + sqrt(x)", "x + 5 = (1 + sqrt(x))^2", "x + 5 = 1 + 2sqrt(x) + x"),
            *("4 = 2sqrt(x)", "sqrt(x) = 2", "x = 4"),
        ],
    ),
    ("2x + 5 = 2x + 7", ["no solution"]),
    (r"\log_2 x = 5", ["x = 32"]),
    ("2^{x + 1} = 32", ["2^(x + 1) = 2^5", "x + 1 = 5", "x = 4"]),
    ("4^x = 8", ["2^(2x) = 2^3", "2x = 3", "x = 3/2"]),
    (
        "2^{x + 1} + 2^x = 24",
        [
            *("2*2^x + 2^x = 24", "3*2^x = 24", "2^x = 8", "2^x = 2^3", "x = 3"),
        ],
    ),
    ("5^x = 12", ["x*ln(5) = ln(12)", "x = ln(12)/ln(5)"]),
    (
        "4^x - 6 \\cdot 2^x + 8 = 0",
        [
            *("u^2 - 6u + 8 = 0", "(u - 2)(u - 4) = 0", "u - 2 = 0 or u - 4 = 0", "u = 2 or u = 4"),
            *("2^x = 2 or 2^x = 4", "x = 1 or x = 2"),
        ],
    ),
    (
        "e^{2x} + e^x = 6",
        [
            *("u^2 + u = 6", "u^2 + u - 6 = 0", "(u + 3)(u - 2) = 0", "u + 3 = 0 or u - 2 = 0"),
            *("u = -3 or u = 2", "e^x = -3 or e^x = 2", "x = ln(2)"),
        ],
    ),
    (r"\log_3(x - 2) = 2", ["x - 2 = 9", "x = 11"]),
    (r"\ln x + \ln 2 = \ln 10", ["ln(2x) = ln(10)", "2x = 10", "x = 5"]),
    (
        r"2\ln x = \ln(x + 12)",
        [
            *("ln(x^2) = ln(x + 12)", "x^2 = x + 12", "x^2 - x - 12 = 0", "(x + 3)(x - 4) = 0"),
            *("x + 3 = 0 or x - 4 = 0", "x = -3 or x = 4", "x = 4"),
        ],
    ),
]


@pytest.mark.parametrize(("equation", "lines"), EQUATIONS, ids=[row[0] for row in EQUATIONS])
def test_it_solves_a_line_at_a_time(equation, lines):
    solution = solve(f"Solve \\({equation}\\).")
    assert [step.line for step in solution.steps] == lines
    assert solution.is_complete


FORMULAS = [
    ("a", "v = u + at", ["v - u = a*t", "a = (v - u)/t"]),
    ("h", r"A = \frac{(a + b)h}{2}", ["2A = (a + b)*h", "h = 2A/(a + b)"]),
    ("r", r"V = \pi r^2 h", ["r^2 = V/(pi*h)", "r = sqrt(V/(pi*h))"]),
    (
        "x",
        "ax + b = cx + d",
        [
            *("ax + b - cx = d", "ax - cx = d - b", "x(a - c) = d - b"),
            "x = (d - b)/(a - c)",
        ],
    ),
]


@pytest.mark.parametrize(("letter", "formula", "lines"), FORMULAS, ids=[row[1] for row in FORMULAS])
def test_it_makes_a_letter_the_subject(letter, formula, lines):
    solution = solve(f"Make \\({letter}\\) the subject of \\({formula}\\).")
    assert [step.line for step in solution.steps] == lines
    assert solution.is_complete


def test_a_named_letter_is_understood():
    lines = ["Let z = 2^x", "z^2 - 6z + 8 = 0", "z = 2 or z = 4"]
    step = next_steps(r"Solve \(4^x - 6 \cdot 2^x + 8 = 0\).", lines)[0]
    assert (step.line, step.move.phrase) == ("2^x = 2 or 2^x = 4", "substitute back")


@pytest.mark.parametrize(
    ("statement", "last"),
    [
        (r"Drücke \(b\) durch \(A\) und \(h\) aus: \(A = \frac{bh}{2}\).", "b = 2A/h"),
        (r"Trouver \(x\) tel que \(2x + 3 = 11\).", "x = 4"),
        (r"Encuentra las soluciones de \(x^2 = 49\).", "x = 7 or x = -7"),
        (r"已知 \(3x - 5 = 10\)，求 \(x\)。", "x = 5"),
        (r"用含 \(x\) 的式子表示 \(y\)：\(2x + y = 6\)。", "y = 6 - 2x"),
        (r"Find the zeros of \(f(x) = x^2 - 4\).", "x = 2 or x = -2"),
    ],
)
def test_it_understands_what_is_sought(statement, last):
    solution = solve(statement)
    assert solution.steps[-1].line == last
    assert solution.is_complete
