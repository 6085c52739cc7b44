"""Asks for the unit of a bare number, whether or not the number is right."""

from __future__ import annotations

from tutor.grading.answer_key import NUMBERS, AnswerKey, Grade, Rule, Verdict
from tutor.grading.comparison.keys import key_value
from tutor.grading.feedback import Feedback, FeedbackCode
from tutor.grading.parsing.answers import read_answer
from tutor.grading.parsing.tree import Quantity, Unreadable, free_names, is_term
from tutor.grading.parsing.units import read_unit
from tutor.grading.verdicts.both_values import without_name


def needs_unit(key: AnswerKey) -> bool:
    """Whether no bare number can be right. Without %, 35% is 0.35."""
    if key.kind not in NUMBERS or key.unit_optional:
        return False
    try:
        right = without_name(key_value(key))
    except Unreadable:
        return False
    unit = read_unit(right.unit) if isinstance(right, Quantity) else None
    return unit is not None and bool(unit.dimension)


def asking_for_unit(grade: Grade, response: str, key: AnswerKey) -> Grade:
    """The grade, or a question instead where the answer is a bare number and a unit is needed.

    It is asked of right and of wrong numbers, so it tells of none what it is.
    """
    if grade.verdict == Verdict.UNREADABLE or not needs_unit(key):
        return grade
    try:
        given = without_name(read_answer(response, key.decimal_comma))
    except Unreadable:
        return grade
    if isinstance(given, Quantity) or not is_term(given) or free_names(given):
        return grade
    feedback = Feedback(FeedbackCode.UNIT_ASKED)
    return Grade(Verdict.UNREADABLE, 0, Rule.UNITS, feedback, grade.answer)
