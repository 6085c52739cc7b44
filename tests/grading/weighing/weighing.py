"""Weighs the check of a working against an answer, for tests."""

from __future__ import annotations

from tutor.grading.answer_key import AnswerKey, Kind
from tutor.grading.comparison.keys import infer_key
from tutor.grading.steps.checks import Mark, StepCheck
from tutor.grading.steps.claim_results import Slip
from tutor.grading.weighing.weigh import weigh
from tutor.grading.working.checker import check_working


def weighed(
    statement: str, answer: str, *lines: str, is_finished: bool = True, kind: Kind | None = None
) -> list[StepCheck]:
    key = AnswerKey(answer, kind, unit_optional=True) if kind else infer_key(answer)
    checks = check_working(lines, statement)
    return weigh(lines, checks, statement, key, is_finished=is_finished)


def marks(statement: str, answer: str, *lines: str, is_finished: bool = True) -> list[Mark]:
    return [check.mark for check in weighed(statement, answer, *lines, is_finished=is_finished)]


def refuted(checks: list[StepCheck]) -> tuple[int, Slip] | None:
    """The first refuted line and its slip."""
    for number, check in enumerate(checks):
        if check.refuted is not None:
            return number, check.refuted.slip
    return None
