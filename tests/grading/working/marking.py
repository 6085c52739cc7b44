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


def assert_marks(statement: str, lines: list[str | tuple[str, str]]) -> None:
    """Right lines are proved or given, wrong ones refuted with the slip beside them.

    A line with "…" is one that the checker does not judge as it should: it is never refuted.
    """
    pairs = [(line, "") if isinstance(line, str) else line for line in lines]
    checks = check_working([line for line, _ in pairs], statement)
    for (line, mistake), check in zip(pairs, checks, strict=True):
        if mistake == "…":
            assert check.mark != Mark.REFUTED, line
        elif mistake:
            assert check.refuted is not None, line
            assert (check.mark, check.refuted.slip) == (Mark.REFUTED, mistake), line
        else:
            assert check.mark in (Mark.PROVED, Mark.GIVEN), line
