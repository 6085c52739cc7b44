"""Asks about 3t where the statement has a variable t: it may be three tonnes, or a term."""

from __future__ import annotations

import re

from tutor.grading.answer_key import AnswerKey, Grade, Kind, Rule, Verdict
from tutor.grading.feedback import FeedbackCode
from tutor.grading.parsing.tree import Unreadable
from tutor.grading.parsing.units import read_unit
from tutor.grading.prose.formulas import find_formulas

_GLUED = re.compile(r"\s*[-+−]?\d{1,9}(?:[.,]\d{1,9})?([A-Za-z])\s*")
_UPRIGHT = re.compile(r"\\(?:text|mathrm|operatorname|mbox)\s*\{[^{}]*\}|\\[A-Za-z]+")
_UNIT = re.compile(r"(?<=\d)(?:\s|~|\\[ ,;:])+[A-Za-z]{1,3}(?![A-Za-z])")
_LETTER = re.compile("[A-Za-z]")


def unless_variable(grade: Grade, response: str, key: AnswerKey, statement: str) -> Grade:
    """The grade; unreadable where the unit right behind the number is a variable, too."""
    if key.kind != Kind.NUMBER or grade.verdict == Verdict.UNREADABLE:
        return grade
    try:
        require_no_variable(response, statement)
    except Unreadable as error:
        return Grade(Verdict.UNREADABLE, 0, Rule.PARSE, error.feedback, grade.answer)
    return grade


def require_no_variable(response: str, statement: str) -> None:
    """Raises Unreadable for 3t where a formula of the statement has the variable t."""
    glued = _GLUED.fullmatch(response)
    if glued and read_unit(glued[1]) and glued[1] in _variables(statement):
        raise Unreadable(FeedbackCode.UNREAD_AT, text=repr(glued[1]))


def _variables(statement: str) -> set[str]:
    r"""The letters of its formulas, without the units of 5\,\mathrm{m} and 5 m."""
    formulas = (formula.text for formula, _ in find_formulas(statement))
    return {
        letter
        for formula in formulas
        for letter in _LETTER.findall(_UNIT.sub("", _UPRIGHT.sub(" ", formula)))
    }
