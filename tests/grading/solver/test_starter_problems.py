"""The starter bank, solved from its statements alone."""

import pytest

from tests.bench.starter_bank import StarterSolution, starter_solutions
from tutor.grading.numeric.sympy_client import warm_up
from tutor.grading.steps.checks import Mark
from tutor.grading.working.checker import check_working

SHARE = 0.7


@pytest.fixture(scope="module")
def solutions() -> list[StarterSolution]:
    warm_up()
    return list(starter_solutions())


def test_most_problems_are_solved(solutions: list[StarterSolution]) -> None:
    right = [solution.slug for solution in solutions if solution.is_right]
    assert len(right) >= SHARE * len(solutions)


def test_a_complete_solution_ends_in_the_answer(solutions: list[StarterSolution]) -> None:
    wrong = {s.slug for s in solutions if s.derivation.is_complete and not s.is_right}
    assert not wrong


def test_each_line_is_proved(solutions: list[StarterSolution]) -> None:
    for solution in solutions:
        lines = [step.line for step in solution.derivation.steps]
        marks = {check.mark for check in check_working(lines, solution.statement)}
        assert marks <= {Mark.PROVED, Mark.GIVEN}, solution.slug
        assert all(step.move.phrase for step in solution.derivation.steps)
