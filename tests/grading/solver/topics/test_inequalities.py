import pytest

from tutor.grading.solver.solve import solve

INEQUALITIES = [
    ("x^2 - 2x ≥ 15", ["x^2 - 2x - 15 ≥ 0", "(x + 3)(x - 5) ≥ 0", "x ≤ -3 or x ≥ 5"]),
    ("-x^2 + 5x - 6 > 0", ["x^2 - 5x + 6 < 0", "(x - 2)(x - 3) < 0", "2 < x < 3"]),
    ("x^2 < 3x", ["x^2 - 3x < 0", "x(x - 3) < 0", "0 < x < 3"]),
    ("x^2 ≥ 9", ["x ≤ -3 or x ≥ 3"]),
    ("2|x + 3| ≥ 8", ["|x + 3| ≥ 4", "x + 3 ≥ 4 or x + 3 ≤ -4", "x ≥ 1 or x ≤ -7"]),
    ("-x/3 < 5", ["x > -15"]),
    ("-5 < 3 - 2x ≤ 9", ["-8 < -2x ≤ 6", "-3 ≤ x < 4"]),
    ("(x - 1)/(x + 2) ≤ 0", ["-2 < x ≤ 1"]),
]


@pytest.mark.parametrize(
    ("inequality", "lines"), INEQUALITIES, ids=[row[0] for row in INEQUALITIES]
)
def test_it_solves_inequalities_a_line_at_a_time(inequality, lines):
    solution = solve(f"Solve \\({inequality}\\).")
    assert [step.line for step in solution.steps] == lines
    assert solution.is_complete
