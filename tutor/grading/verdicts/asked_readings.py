"""Asks whether an answer that is wrong as it is read was meant in another way."""

from __future__ import annotations

import re

from tutor.grading.answer_key import AnswerKey, Grade, Kind, Rule, Verdict
from tutor.grading.feedback import Feedback, FeedbackCode
from tutor.grading.verdicts import flat_powers, open_fractions
from tutor.grading.verdicts.flat_powers import has_flat_power, raised
from tutor.grading.verdicts.open_fractions import bracketed, has_open_fraction, is_open_fraction

# x = a+-2 is read as two values; perhaps one minus was meant.
_OF_BOTH_SIGNS = (Kind.EXPRESSION, Kind.EQUATION)
_BOTH_SIGNS = re.compile(r"(?<=[\w)}\]²³⁴]) ?(?:\+ ?[-−]|[-−] ?\+) ?(?=[\w(\\√])")


def may_be_asked_about(response: str) -> bool:
    """Whether a wrong answer of some kind gets a question instead of its verdict."""
    has_both_signs = _BOTH_SIGNS.search(response) is not None
    return has_open_fraction(response) or has_flat_power(response) or has_both_signs


def asking_about_reading(grade: Grade, response: str, key: AnswerKey) -> Grade:
    """The grade, or a question instead where the answer is wrong as it is read."""
    is_wrong = grade.verdict == Verdict.INCORRECT and not grade.score and not grade.is_unfinished
    feedback = _question(response, key.kind) if is_wrong else None
    if feedback is None or (feedback.code == FeedbackCode.FLAT_POWER and "_" in key.value):
        return grade
    return Grade(Verdict.UNREADABLE, 0, Rule.PARSE, feedback, grade.answer)


def question_while_typing(response: str, kind: Kind) -> Feedback | None:
    """What to ask before an answer is submitted; None where its reading is clear."""
    if is_open_fraction(response, kind) or has_flat_power(response):
        return _question(response.strip(), kind)
    return None


def _question(response: str, kind: Kind) -> Feedback | None:
    if kind in open_fractions.KINDS and has_open_fraction(response):
        return Feedback(FeedbackCode.OPEN_FRACTION, {"text": bracketed(response)})
    if kind in flat_powers.KINDS and has_flat_power(response):
        return Feedback(FeedbackCode.FLAT_POWER, {"text": raised(response)})
    if kind in _OF_BOTH_SIGNS and _BOTH_SIGNS.search(response):
        return Feedback(FeedbackCode.BOTH_SIGNS, {"text": _BOTH_SIGNS.sub("-", response)})
    return None
