import pytest

from tutor.grading.solver.solve import solve

EQUATIONS = [
    (
        r"2\sin x - 1 = 0",
        r"0 \le x < 2\pi",
        ["2sin(x) = 1", "sin(x) = 1/2", "x = pi/6 or x = 5pi/6"],
    ),
    (r"\tan x = 1", r"0° \le x \le 360°", ["x = 45° or x = 225°"]),
    (r"2\cos 2x = 1", r"x \in [0, \pi]", ["cos(2x) = 1/2", "x = pi/6 or x = 5pi/6"]),
    (
        r"\sqrt{2} \sin x = -1",
        r"-\pi < x < \pi",
        [
            *("sin(x) = -1/sqrt(2)", "x = -3pi/4 or x = -pi/4"),
        ],
    ),
    (
        r"2\cos^2 x - \cos x = 1",
        r"0 \le x < 2\pi",
        [
            *("2u^2 - u = 1", "2u^2 - u - 1 = 0", "(2u + 1)(u - 1) = 0", "2u + 1 = 0 or u - 1 = 0"),
            *("u = -1/2 or u = 1", "cos(x) = -1/2 or cos(x) = 1"),
            "x = 2pi/3 or x = 4pi/3 or x = 0",
        ],
    ),
]


@pytest.mark.parametrize(
    ("equation", "interval", "lines"), EQUATIONS, ids=[row[0] for row in EQUATIONS]
)
def test_it_finds_all_angles_in_the_interval(equation, interval, lines):
    solution = solve(f"Solve \\({equation}\\) for \\({interval}\\).")
    assert [step.line for step in solution.steps] == lines
    assert solution.is_complete
