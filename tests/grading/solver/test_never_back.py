"""No next line goes back to the problem, or to a line before."""

import pytest

from tutor.grading.solver.solve import next_steps


@pytest.mark.parametrize(
    ("statement", "lines", "back"),
    [
        (r"Solve \(3^x = 17\) for \(x\).", ["log(3^x) = log(17)"], "3^x = 17"),
        (r"Solve \(x(y + 3) = 5\) for \(y\).", ["xy + 3x = 5"], "x(y + 3) = 5"),
        (r"Solve \(x^2 - 7x + 10 = 0\).", ["(x - 2)(x - 5) = 0"], "x^2 - 7x + 10 = 0"),
        (r"Solve \(4x - 4 = 16\).", ["4x = 20", "x = 20/4"], "4x = 20"),
    ],
)
def test_no_line_goes_back(statement, lines, back):
    offered = [step.line for step in next_steps(statement, lines)]
    assert back not in offered
    assert not set(lines) & set(offered)
