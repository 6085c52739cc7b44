"""The last line of a solution, and stories of one calculation."""

import pytest

from tutor.grading.solver.solve import next_steps, solve

ENDS = [
    (r"Solve \(x + y = 5\), \(x - y = 1\). Give the ordered pair \((x, y)\).", "(3, 2)"),
    (r"Solve \(x + y = 5\), \(x - y = 1\). Give the ordered pair \((y, x)\).", "(y, x) = (2, 3)"),
    (r"Find the coordinates of the vertex of \(y = x^2 - 4x + 7\).", "(2, 3)"),
    (r"Solve \(x + y = 5\), \(x - y = 1\). Give \((x, y)\).", "(3, 2)"),
    (r"Solve \(3^x = 7\). Give the answer rounded to 2 decimal places.", "x ≈ 1.77"),
    ("Round 0.9962 to 2 decimal places.", "1.00"),
    ("用四舍五入法求 3.0449 的近似数，结果保留两位小数。", "3.04"),
    (
        "A car travels 90 kilometres in 2 hours. What is its average speed? Give it with the unit"
        " (km/h).",
        "45 km/h",
    ),
    ("Simplify the ratio \\(12 : 18\\). Give it in lowest terms.", "2 : 3"),
    (
        "One lamp flashes every 8 seconds, another every 12 seconds. They have just flashed"
        " together. After how many seconds will they next flash together?",
        "24",
    ),
    (
        r"On which interval is \(f(x) = x^3 - 12x\) strictly decreasing? Give an open interval.",
        "(-2, 2)",
    ),
    (r"Solve \(2x + 1 > 5\) and \(3x < 15\).", "2 < x < 5"),
    ("A packet holds 12 pens. How many pens are in 5 packets?", "60"),
    ("Six friends share 42 nuts equally. How many nuts does each friend get?", "7"),
    ("妈妈买了 20 个苹果，吃了 8 个，还剩多少个？", "12"),
    ("Two dice are rolled. What is the probability that the sum is 9?", "1/9"),
]


@pytest.mark.parametrize(("statement", "end"), ENDS)
def test_the_solution_ends_in_the_form_asked_for(statement: str, end: str) -> None:
    steps = solve(statement).steps
    assert steps
    assert steps[-1].line == end


SILENT = [
    "There are 7 apples in one basket and 5 more apples in another. How many are there in total?",
    "Tom has 9 sweets. He gives 4 away and finds 3. How many sweets are left?",
    "A box holds 6 eggs. How many boxes are needed for 24 eggs?",
    "Two dice are rolled. What is the probability that the sum is 9 or more?",
    "A film starts at 23:10 and ends at 1:05. How long does it last? Answer in minutes.",
    "Simplify the ratio.",
]


@pytest.mark.parametrize("statement", SILENT)
def test_nothing_is_said_where_the_words_leave_doubt(statement: str) -> None:
    assert next_steps(statement) == ()


@pytest.mark.parametrize("line", ["45 km/h", "v = 45 km/h", "45km/h"])
def test_nothing_follows_the_answer(line: str) -> None:
    statement = ENDS[6][0]
    assert next_steps(statement, ["90/2", "45", line]) == ()


def test_a_value_on_the_way_is_not_rounded() -> None:
    statement = (
        "Find the volume of a cylinder with the radius 1.234 cm and the height 7.7 cm."
        " Round to 1 decimal place."
    )
    lines = [step.line for step in next_steps(statement, ["1.234^2", "1.522756"])]
    assert "1.5" not in lines
