"""Checking lines of working, in child processes."""

from collections.abc import Sequence

from tutor.attempts.models import Attempt
from tutor.attempts.working.decimal_commas import statement_and_lines
from tutor.grading.check_process.client import UNCHECKED, check_lines
from tutor.grading.check_process.line_reader import LineReader
from tutor.grading.mistakes.client import weigh_lines
from tutor.grading.steps.checks import StepCheck
from tutor.problems.models import ProblemVersion


def check_whole(
    working: Sequence[str], version: ProblemVersion, max_work_s: float, *, decimal_comma: bool
) -> list[StepCheck]:
    """Check each line against those before it, in a process that does not know the answer.

    max_work_s: for all lines; where it does not suffice, no line is checked. decimal_comma: of the
    lines, see `has_decimal_comma`.
    """
    statement, *lines = statement_and_lines(working, version, decimal_comma=decimal_comma)
    return check_lines(lines, statement, max_work_s)


def check_in_part(
    working: Sequence[str],
    version: ProblemVersion,
    max_work_s: float,
    wait_s: float,
    *,
    decimal_comma: bool,
) -> list[StepCheck]:
    """As `check_whole`, but the lines that were checked in time keep their checks.

    wait_s: on the clock, after which no line is checked.
    """
    statement, *lines = statement_and_lines(working, version, decimal_comma=decimal_comma)
    return check_lines(lines, statement, max_work_s, wait_s=wait_s, in_part=True)


def weigh_checks(
    working: Sequence[str],
    checks: Sequence[StepCheck],
    version: ProblemVersion,
    *,
    is_finished: bool,
    decimal_comma: bool,
) -> list[StepCheck]:
    """The checks, changed where the stored answer tells more, in a process that knows it.

    Only for readers who may know whether an answer is right. is_finished: whether the student
    answers with what the lines come to.
    """
    key = version.checked_key
    if not key.is_usable or key.parts:
        return list(checks)
    statement, *lines = statement_and_lines(working, version, decimal_comma=decimal_comma)
    return weigh_lines(lines, checks, statement, key.whole, is_finished=is_finished)


def ran_out_of_time(working: Sequence[str], checks: Sequence[StepCheck]) -> bool:
    """Whether no line was checked in time, though some are mathematics."""
    read = LineReader(decimal_comma=False).read
    return all(check == UNCHECKED for check in checks) and any(map(read, working))


def stored_checks(attempt: Attempt) -> list[StepCheck] | None:
    """None before the check, and where another version stored what cannot be read."""
    try:
        checks = [StepCheck.from_dict(fields) for fields in attempt.checks]
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
    return checks if len(checks) == len(attempt.working) else None
