import pytest

from tutor.grading.solver.solve import next_steps, solve

EQUATIONS = [
    (
        "x^2 = 6x - 8",
        [
            *("x^2 - 6x + 8 = 0", "(x - 2)(x - 4) = 0", "x - 2 = 0 or x - 4 = 0"),
            "x = 2 or x = 4",
        ],
    ),
    (
        "2x^2 - 4x - 2 = 0",
        [
            "x^2 - 2x - 1 = 0",
            "x = (2 + sqrt(8))/2 or x = (2 - sqrt(8))/2",
            "x = 1 + sqrt(2) or x = 1 - sqrt(2)",
        ],
    ),
    (
        "3(x - 1)^2 - 5 = 22",
        [
            *("3(x - 1)^2 = 27", "(x - 1)^2 = 9", "x - 1 = 3 or x - 1 = -3", "x = 4 or x = -2"),
        ],
    ),
    (
        "x^3 = 4x",
        [
            *("x^3 - 4x = 0", "x(x^2 - 4) = 0", "x = 0 or x^2 - 4 = 0", "x = 0 or x^2 = 4"),
            "x = 0 or x = 2 or x = -2",
        ],
    ),
    ("x^2 + 1 = 0", ["x^2 = -1", "no solution"]),
    (
        "sqrt(x + 7) = x + 1",
        [
            *("x + 7 = (x + 1)^2", "x + 7 = x^2 + 2x + 1", "x^2 + x - 6 = 0", "(x + 3)(x - 2) = 0"),
            *("x + 3 = 0 or x - 2 = 0", "x = -3 or x = 2", "x = 2"),
        ],
    ),
    ("|2x - 3| = 7", ["2x - 3 = 7 or 2x - 3 = -7", "x = 5 or x = -2"]),
    ("|x + 1| ≤ 4", ["-4 ≤ x + 1 ≤ 4", "-5 ≤ x ≤ 3"]),
]


@pytest.mark.parametrize(("equation", "lines"), EQUATIONS, ids=[row[0] for row in EQUATIONS])
def test_it_solves_a_line_at_a_time(equation, lines):
    solution = solve(f"Solve \\({equation}\\).")
    assert [step.line for step in solution.steps] == lines
    assert solution.is_complete


def test_the_square_is_completed_where_that_is_asked():
    solution = solve(r"Solve \(x^2 + 8x - 9 = 0\) by completing the square.")
    assert [(step.line, step.move.phrase) for step in solution.steps] == [
        ("x^2 + 8x = 9", "add 9 to both sides"),
        ("(x + 4)^2 = 25", "complete the square"),
        ("x + 4 = 5 or x + 4 = -5", "take the square root of both sides"),
        ("x = 1 or x = -9", "subtract 4 from both sides"),
    ]


@pytest.mark.parametrize(
    ("lines", "following", "phrase"),
    [
        (["x^2 - 6x = 7"], "(x - 3)^2 = 16", "complete the square"),
        (["x^2 - 6x + 9 = 16"], "(x - 3)^2 = 16", "factor the quadratic"),
        (["D = 36 + 28 = 64"], "x = (6 + 8)/2 or x = (6 - 8)/2", "apply the quadratic formula"),
        (["(x - 3)^2 = 16", "x - 3 = ±4"], "x = 7 or x = -1", "add 3 to both sides"),
        (["(x - 7)(x + 1) = 0"], "x - 7 = 0 or x + 1 = 0", "set each factor to zero"),
    ],
)
def test_it_goes_on_with_the_way_of_the_student(lines, following, phrase):
    step = next_steps(r"Solve \(x^2 - 6x - 7 = 0\).", lines)[0]
    assert (step.line, step.move.phrase) == (following, phrase)


@pytest.mark.parametrize(
    "lines", [["x_1 = 7, x_2 = -1"], ["L = {-1; 7}"], ["x = 7 or x = -1"], ["x = -1", "x = 7"]]
)
def test_nothing_is_offered_after_the_end(lines):
    assert next_steps(r"Solve \(x^2 - 6x - 7 = 0\).", lines) == ()
