"""Tells angles and shares that are right, but not in the measure that the statement asks for."""

from __future__ import annotations

import re
from dataclasses import replace

from tutor.grading.answer_key import AnswerKey, Grade, Rule, Verdict
from tutor.grading.comparison.keys import key_value
from tutor.grading.feedback import Feedback, FeedbackCode
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import Quantity, is_term
from tutor.grading.parsing.units import read_unit
from tutor.grading.verdicts.asked_percent import asks_percent
from tutor.grading.verdicts.both_values import value_of, without_name

_ASKED_ANGLE = re.compile(
    r"(?:\b(?:in|to|into|ins|im|en|a) (?:the )?|[成为用以])"
    r"(?:(?P<rad>radian|Bogenmaß|弧度)|(?P<deg>degr[eé]|Grad|grado|[角度]))",
    re.IGNORECASE,
)
_PI = re.compile(r"π|pi(?![a-z])", re.IGNORECASE)
_DEGREES = re.compile(
    r"[°˚º]|\\circ(?![a-z])|\b(?:deg(?:rees?)?|Grad|degrés?|grados?)\b|(?<!弧)度", re.IGNORECASE
)


def asked_angle(statement: str) -> str:
    """ "rad", "deg", or "" where the statement names both measures of angles, or none."""
    names = {match.lastgroup or "" for match in _ASKED_ANGLE.finditer(statement)}
    return names.pop() if len(names) == 1 else ""


def unless_other_measure(grade: Grade, response: str, key: AnswerKey, statement: str) -> Grade:
    """The grade; not correct for π/2 where degrees are asked for, or for 7/10 where percent are."""
    if grade.verdict != Verdict.CORRECT or key.condition:
        return grade
    angle = asked_angle(statement)
    if angle == "deg" and _is_of_radians(response) and not _PI.search(key.value):
        return _in_other_measure(grade, FeedbackCode.NOT_IN_DEGREES)
    if angle == "rad" and _is_of_degrees(response) and _is_of_radians(key.value):
        return _in_other_measure(grade, FeedbackCode.NOT_IN_RADIANS)
    if asks_percent(statement) and _lacks_percent(response, key):
        return _in_other_measure(grade, FeedbackCode.NOT_IN_PERCENT)
    return grade


def _is_of_radians(text: str) -> bool:
    return _PI.search(text) is not None and not _DEGREES.search(text)


def _is_of_degrees(text: str) -> bool:
    return _DEGREES.search(text) is not None and not _PI.search(text)


def _lacks_percent(response: str, key: AnswerKey) -> bool:
    """Of 0.7 and 7/10 for 70%; not of 70, which says how many percent it is."""
    right, value = without_name(key_value(key)), value_of(response, key, units=True)
    if not isinstance(right, Quantity) or read_unit(right.unit) != read_unit("%") or value is None:
        return False
    given = without_name(value)
    share = rational_value(given) if is_term(given) else None
    percents = rational_value(right.amount)
    return share is not None and percents is not None and 2 * abs(share) < abs(percents)


def _in_other_measure(grade: Grade, code: FeedbackCode) -> Grade:
    feedback = Feedback(code)
    return replace(grade, verdict=Verdict.INCORRECT, score=0, rule=Rule.FORM, feedback=feedback)
