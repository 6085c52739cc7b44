"""Whether lines of working prove the very answer that was handed in."""

from collections.abc import Sequence
from dataclasses import replace

from tutor.attempts.models import Attempt
from tutor.attempts.working.check_visibility import checks_weighed
from tutor.attempts.working.decimal_commas import (
    has_decimal_comma_in,
    statement_and_lines,
    with_points,
)
from tutor.grading import AnswerKey, Form, Verdict, grade_response
from tutor.grading.answer_key import IN_WORDS
from tutor.grading.check_process.client import check_lines, is_solved
from tutor.grading.steps.checks import Mark, StepCheck

MAX_COMPARING_WORK_S = 0.05


def record_working(attempt: Attempt, checks: Sequence[StepCheck]) -> None:
    """Store the checks of its lines. checks: not weighed.

    Where the lines prove an answer that is not right, the stored one is in doubt, so no line is
    blamed by it.
    """
    if not attempt.is_right and _prove_answer(attempt, checks):
        attempt.record_checks(checks, proves_answer=True)
    else:
        attempt.record_checks(checks_weighed(attempt, checks))


def _prove_answer(attempt: Attempt, checks: Sequence[StepCheck]) -> bool:
    """Whether each line follows, from the statement on, and the last gives what is asked for."""
    version = attempt.version
    is_one = not (version.parts or version.choices) and version.checked_key.is_usable
    marks = [check.mark for check in checks]
    if not is_one or marks[-1:] != [Mark.PROVED] or not {*marks} <= {Mark.PROVED, Mark.GIVEN}:
        return False
    statement, *lines = statement_and_lines(
        attempt.working, version, decimal_comma=has_decimal_comma_in(attempt)
    )
    claims = [line for line, mark in zip(lines, marks, strict=True) if mark == Mark.PROVED]
    return (
        _gives_response(claims[-1], attempt)
        and (len(claims) == len(lines) or _follow(claims, statement))
        and is_solved(statement, claims)
    )


def _follow(claims: Sequence[str], statement: str) -> bool:
    """Also without the lines that are given, which may be an equation of the student's own."""
    return all(check.mark == Mark.PROVED for check in check_lines(claims, statement))


def _gives_response(line: str, attempt: Attempt) -> bool:
    """line: with decimal points."""
    key = _key_of_response(attempt)
    sides = (line, line.rpartition("=")[2].strip())
    return key.kind not in IN_WORDS and any(
        grade_response(side, key, MAX_COMPARING_WORK_S).verdict == Verdict.CORRECT for side in sides
    )


def _key_of_response(attempt: Attempt) -> AnswerKey:
    """By which only what the student has answered is right, in whatever form."""
    key = attempt.version.checked_key.whole
    (value,) = with_points([attempt.response], decimal_comma=key.decimal_comma)
    return replace(
        key,
        value=value,
        form=Form.ANY,
        places=None,
        unit="",
        unit_optional=True,
        condition="",
        decimal_comma=False,
    )
