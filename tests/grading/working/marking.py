"""The marks of a working as letters."""

from tutor.grading.steps.checks import Mark, StepCheck
from tutor.grading.working.checker import check_working

_LETTERS = {
    Mark.PROVED: "p",
    Mark.REFUTED: "r",
    Mark.GIVEN: "g",
    Mark.RESTING: "s",
    Mark.UNCHECKED: "u",
}


def marks(lines: list[str], statement: str = "") -> str:
    return "".join(_LETTERS[check.mark] for check in check_working(lines, statement))


def refuted_check(lines: list[str], statement: str = "") -> StepCheck:
    """The check of the only line that is refuted."""
    checks = check_working(lines, statement)
    [refuted] = [check for check in checks if check.mark == Mark.REFUTED]
    return refuted
