import pytest

from tutor.grading.solver.solve import next_steps, solve

SYSTEMS = [
    ("3x + y = 11", "x - y = 1", ["4x = 12", "x = 3", "3 - y = 1", "-y = -2", "y = 2"]),
    ("x + 2y = 7", "x - y = 1", ["3y = 6", "y = 2", "x - 2 = 1", "x = 3"]),
    (
        "2x + 3y = 8",
        "5x - y = 3",
        [
            *("y = 5x - 3", "2x + 3(5x - 3) = 8", "2x + 15x - 9 = 8", "17x - 9 = 8", "17x = 17"),
            *("x = 1", "y = 2"),
        ],
    ),
    (
        "y = 2x - 1",
        "y = 5 - x",
        [
            *("5 - x = 2x - 1", "5 = 3x - 1", "6 = 3x", "x = 2", "y = 3"),
        ],
    ),
    (
        "4x - 3y = 5",
        "6x + 5y = 17",
        [
            *(
                "12x - 9y = 15",
                "12x + 10y = 34",
                "19y = 19",
                "y = 1",
                "4x - 3 = 5",
                "4x = 8",
                "x = 2",
            ),
        ],
    ),
]


@pytest.mark.parametrize(("first", "second", "lines"), SYSTEMS, ids=[row[0] for row in SYSTEMS])
def test_it_solves_systems_a_line_at_a_time(first, second, lines):
    solution = solve(f"Solve the system \\({first}\\), \\({second}\\).")
    assert [step.line for step in solution.steps] == lines
    assert solution.is_complete


def test_it_puts_a_value_into_equations_with_two_further_letters():
    solution = solve(r"Solve \(x + y + z = 6\), \(x - y + z = 2\), \(2x + y - z = 1\).")
    lines = [step.line for step in solution.steps]
    assert lines[:3] == ["3x = 3", "x = 1", "-y + z = 1"]
    assert solution.is_complete


def test_it_gives_the_points_where_a_line_meets_a_curve():
    solution = solve(r"Solve \(y = x^2\), \(y = x + 2\).")
    assert solution.steps[-1].line == "x = -1 and y = 1 or x = 2 and y = 4"
    assert solution.is_complete


def test_it_solves_systems_of_three_equations():
    statement = r"Solve \(x + y + z = 6\), \(2x - y + z = 3\), \(x + 2y - z = 2\)."
    solution = solve(statement)
    assert {step.line for step in solution.steps} >= {"x = 1", "y = 2", "z = 3"}
    assert solution.is_complete


@pytest.mark.parametrize(
    ("lines", "following", "phrase"),
    [
        (["15x - 3y = 9"], "17x = 17", "add the equations"),
        (["y = 5x - 3"], "2x + 3(5x - 3) = 8", "substitute 5x - 3 for y"),
        (["17x = 17", "x = 1"], "5 - y = 3", "substitute x = 1"),
        (["(I)·5: 10x + 15y = 40"], "10x - 2y = 6", "multiply the second equation by 2"),
    ],
)
def test_it_goes_on_with_the_way_of_the_student(lines, following, phrase):
    step = next_steps(r"Solve \(2x + 3y = 8\), \(5x - y = 3\).", lines)[0]
    assert (step.line, step.move.phrase) == (following, phrase)
