"""Checks of lines and of steps, as the tests of the step checker ask for them."""

from collections.abc import Sequence

from tutor.grading.steps.checks import StepCheck, StepVerdict
from tutor.grading.steps.worked.step_checker import StepChecker
from tutor.grading.working.checker import check_working

PROVED, REFUTED, UNCHECKED = StepVerdict


def verdicts(lines: Sequence[str], context: str = "") -> str:
    """The first letters: p(roved), r(efuted), u(nchecked)."""
    return "".join(check.verdict[0] for check in check_working(lines, context))


def check_steps(*steps: str, statement: str = "") -> list[StepCheck]:
    checker = StepChecker(statement)
    return [checker.check(step) for step in steps]


def check_last(*steps: str, statement: str = "") -> StepCheck:
    return check_steps(*steps, statement=statement)[-1]
