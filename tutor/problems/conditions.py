"""Tests that an author writes over an answer: see `tutor.grading.conditions`.

A key has one in place of a right value, an expected answer has one behind "if":

    if answer > 10 or answer = -4
    if answer differs from x^2 by a constant
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext as _

from tutor.grading import (
    ANSWER_KINDS,
    AnswerKey,
    Form,
    InvalidKey,
    Kind,
    Unreadable,
    Verdict,
    grade_response,
)
from tutor.grading.conditions import InvalidCondition
from tutor.grading.conditions import check_condition as check_by_grader
from tutor.grading.verdicts import by_condition
from tutor.problems.labels import KIND_NAMES, feedback_sentence

PREFIX = "if "
_IN_WORDS = (Kind.TEXT, Kind.CHOICE)
_PLACEHOLDER = re.compile(r"\[\[[^\[\]]{0,300}\]\]")
_ARTICLE = re.compile(
    r"\ba (?=polynomial|multiple|factor|divisor|number|whole|even|prime|positive|negative|constant)"
)
_NAME = re.compile(r"(?<![A-Za-z0-9_\\])[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)?")


def is_condition(text: str, key: AnswerKey) -> bool:
    """Whether an expected answer is one."""
    return text.startswith(PREFIX) and key.kind not in _IN_WORDS


def condition_in(text: str) -> str:
    """The condition of an expected answer that is one."""
    return text.removeprefix(PREFIX).strip()


def check_condition(text: str) -> None:
    """Raises InvalidKey where it cannot be read."""
    try:
        check_by_grader(text)
    except InvalidCondition as error:
        raise InvalidKey(_in_words(error)) from error


def _in_words(error: InvalidCondition) -> str:
    params = dict(error.params)
    if isinstance(error.__cause__, Unreadable):
        params["reason"] = feedback_sentence(error.__cause__.feedback)
    return _(error.template) % params


def check_condition_of_key(key: AnswerKey) -> None:
    """Raises InvalidKey where it cannot be read, or its kind of answer has none."""
    if not key.condition:
        return
    if key.kind in ANSWER_KINDS or key.kind in _IN_WORDS:
        reason = _(
            "an answer of the kind “%(kind)s” is judged by its own rules, not by a condition"
        )
        raise InvalidKey(reason % {"kind": KIND_NAMES[key.kind]})
    check_condition(key.condition)


def check_no_bare_names(condition: str, names: Iterable[str]) -> None:
    """Raises InvalidKey for a parameter without its brackets, which would be a variable."""
    words = set(_NAME.findall(_ARTICLE.sub("", _PLACEHOLDER.sub(" ", condition))))
    for name in names:
        if name in words:
            reason = _("%(name)s is a parameter: write [[%(name)s]] in the condition")
            raise InvalidKey(reason % {"name": name})


def wrong_example(key: AnswerKey) -> str:
    """Why the stored answer does not fulfil the condition of its key; empty where it does."""
    if not key.condition:
        return ""
    answer = f"{key.value} {key.unit}".strip()
    grade = grade_response(answer, replace(key, form=Form.ANY))
    if grade.verdict == Verdict.CORRECT:
        return ""
    if grade.verdict == Verdict.UNREADABLE:
        return feedback_sentence(grade.feedback)
    if grade.verdict == Verdict.INCORRECT:
        reason = _("the example %(answer)s does not fulfil the condition: “%(test)s” does not hold")
    else:
        reason = _("it cannot be decided for the example %(answer)s whether “%(test)s”")
    return reason % {"answer": answer, "test": by_condition.failed_test(answer, key)}


def fulfils(response: str, text: str, key: AnswerKey, max_work_s: float) -> bool | None:
    """Whether the condition holds for a response; None where that cannot be decided.

    Raises InvalidKey where it cannot be read.
    """
    try:
        return by_condition.fulfils(response, text, key, max_work_s)
    except InvalidCondition as error:
        raise InvalidKey(str(error)) from error
