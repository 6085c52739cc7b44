"""No problem makes the solver work for long, or raise."""

import pytest

from tutor.grading.processes.work_budget import cpu_time_s
from tutor.grading.solver.naming import name_move
from tutor.grading.solver.solve import next_steps, solve

PROBLEMS = [
    "+".join(f"{number}x" for number in range(1, 300)) + " = 5",
    "(x + 1)" * 40 + " = 0",
    "x^{1000} = 1",
    "10^{10^{10}} x = 3",
    "2^{99999999 + x} + 2^x = 1",
    "(x + 1)^6 (x + 2)^6 (x + 3)^6 (x + 4)^6 = 1",
    r"\sqrt{" * 30 + "x" + "}" * 30 + " = 2",
    r"\sin(1000000x) = 0",
    "99999999 \\log x = 1",
    r"\frac{x}{0} = 1",
    "x = x",
    "(" * 200 + "x" + ")" * 200 + " = 3",
]


@pytest.mark.parametrize("problem", PROBLEMS)
def test_work_is_bounded(problem):
    began_at = cpu_time_s()
    solve(rf"Solve \({problem}\) for \(0 \le x \le 7\).")
    next_steps(rf"Solve \({problem}\).", ["x = 1", "2x = 4"])
    name_move(problem, "x = 1")
    assert cpu_time_s() - began_at < 8


@pytest.mark.parametrize("problem", ["x = x", r"\frac{x}{0} = 1", "x^{1000} = 1"])
def test_what_it_cannot_finish_is_not_called_complete(problem):
    assert not solve(rf"Solve \({problem}\).").is_complete
