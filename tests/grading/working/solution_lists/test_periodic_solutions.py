import pytest

from tests.grading.working.marking import marks

TURN = r"for \(0 \le x < 2\pi\)"


@pytest.mark.parametrize(
    ("statement", "lines", "expected"),
    [
        (rf"Solve \(2\sin x - 1 = 0\) {TURN}.", ["sin(x) = 1/2", "x = pi/6 or x = 5pi/6"], "pp"),
        (rf"Solve \(2\sin x - 1 = 0\) {TURN}.", ["sin(x) = 1/2", "x = pi/6 or x = 7pi/6"], "pu"),
        (rf"Solve \(\cos x = 1\) {TURN}.", ["x = 0"], "p"),
        (r"Solve \(\cos x = 1\) for \(0 \le x \le 2\pi\).", ["x = 0 or x = 2pi"], "p"),
        (r"Solve \(\tan x = 1\), \(0° \le x \le 360°\).", ["x = 45° or x = 225°"], "p"),
        (
            r"Solve \(\cos 2x = 0.5\), \(x \in [0, \pi)\).",
            ["2x = pi/3 or 2x = 5pi/3", "x = pi/6 or x = 5pi/6"],
            "pp",
        ),
        (
            rf"Solve \(2\cos^2 x - \cos x - 1 = 0\) {TURN}.",
            ["cos(x) = 1 or cos(x) = -1/2", "x = 0 or x = 2pi/3 or x = 4pi/3"],
            "pp",
        ),
    ],
)
def test_all_angles_in_the_interval_are_needed(statement, lines, expected):
    assert marks(lines, statement) == expected
