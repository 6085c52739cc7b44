import pytest

from tutor.grading.solver.solve import next_steps, solve

EQUATIONS = [
    ("7x - 4 = 3x + 16", ["4x - 4 = 16", "4x = 20", "x = 5"]),
    ("2/3*x - 1 = 5", ["2/3*x = 6", "x = 9"]),
    ("x/2 + x/3 = 10", ["3x + 2x = 60", "5x = 60", "x = 12"]),
    ("0.4x + 1.2 = 2", ["0.4x = 0.8", "x = 2"]),
    ("9 - x = 4", ["-x = -5", "x = 5"]),
    (
        "2(3x + 1) = 4 - (x - 5)",
        [
            *("6x + 2 = 4 - x + 5", "6x + 2 = 9 - x", "7x + 2 = 9", "7x = 7", "x = 1"),
        ],
    ),
    ("8 - 3x ≥ 20", ["-3x ≥ 12", "x ≤ -4"]),
    ("2x + 7 > 5x - 2", ["7 > 3x - 2", "9 > 3x", "x < 3"]),
    ("-3 < 2x + 1 ≤ 7", ["-4 < 2x ≤ 6", "-2 < x ≤ 3"]),
]


@pytest.mark.parametrize(("equation", "lines"), EQUATIONS, ids=[row[0] for row in EQUATIONS])
def test_it_solves_a_line_at_a_time(equation, lines):
    solution = solve(f"Solve \\({equation}\\).")
    assert [step.line for step in solution.steps] == lines
    assert solution.is_complete


def test_a_move_says_what_is_done():
    moves = [step.move.phrase for step in solve(r"Solve \(5 - 2x < 3x - 10\).").steps]
    assert moves == [
        "add 2x to both sides",
        "add 10 to both sides",
        "divide both sides by 5",
    ]


@pytest.mark.parametrize(
    ("lines", "following"),
    [
        ([], "4x - 4 = 16"),
        (["7x = 3x + 20"], "4x = 20"),
        (["7x - 3x - 4 = 16"], "4x - 4 = 16"),
        (["(1) 4x - 4 = 16"], "4x = 20"),
        (["4x - 4 = 16", "4x = 12"], "4x = 20"),  # the last line is wrong
        (["x = 5"], None),
    ],
)
def test_it_goes_on_from_the_last_right_line(lines, following):
    steps = next_steps(r"Solve \(7x - 4 = 3x + 16\) for \(x\).", lines)
    assert (steps[0].line if steps else None) == following


@pytest.mark.parametrize(
    "statement", ["", "Solve", r"\(", "解方程 \\(x^x = 5\\)", r"\(" + "(" * 500]
)
def test_it_is_silent_where_it_knows_nothing(statement):
    assert next_steps(statement) == ()
    assert not solve(statement).is_complete
