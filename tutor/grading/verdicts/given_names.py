"""Looks at the letters of an answer that have a meaning in the statement.

A = 65° is no answer where the statement gives A = 48° and asks for C. 3t is asked about where it
has a variable t: that may be three tonnes, or a term.
"""

from __future__ import annotations

import re

from tutor.grading.answer_key import NUMBERS, AnswerKey, Grade, Kind, Rule, Verdict
from tutor.grading.feedback import Feedback, FeedbackCode
from tutor.grading.parsing.tree import Unreadable
from tutor.grading.parsing.units import read_unit
from tutor.grading.prose.formulas import find_formulas

_ANGLE = r"(?:(?i:\b(?:the\s)?(?:angle|winkel|l['’]angle|ángulo)\s|角)|\\angle(?![a-z])|[∠∡])"
_NAME = r"([A-Za-z]{1,3}|[αβγδ]|\\(?:alpha|beta|gamma|delta))"
_NAMED = re.compile(
    rf"\W{{0,3}}{_ANGLE}?\s?\{{?{_NAME}\}}?\s?(?:=(?![=>])|[:：]|\b(?:is|ist|est|es)\b|[是为])"
)
_GIVEN = r"(?<![A-Za-z\\]){name}\}}?\s?(?:=|\bis\b|\bist\b|\best\b|\bes\b|[是为])\s?-?\d"
_ASKING = re.compile(
    r"\b(?:find|calculate|compute|determine|work out|what is|how (?:large|big|long|many|much|far)"
    r"|berechne|bestimme|ermittle|wie (?:groß|lang|weit|viele?)|calcule[rz]?|détermine[rz]?"
    r"|trouve[rz]?|combien|calcula|determina|halla|cuánt[oa]s?)\b|[求算]|多[少大长]",
    re.IGNORECASE,
)
_GLUED = re.compile(r"\s*[-+−]?\d{1,9}(?:[.,]\d{1,9})?([A-Za-z])\s*")
_UPRIGHT = re.compile(r"\\(?:text|mathrm|operatorname|mbox)\s*\{[^{}]*\}|\\[A-Za-z]+")
_UNIT = re.compile(r"(?<=\d)(?:\s|~|\\[ ,;:])+[A-Za-z]{1,3}(?![A-Za-z])")
_LETTER = re.compile("[A-Za-z]")
_SENTENCE_END = re.compile(r"[.!?](?=\s|\Z)|[。！？]")


def unless_given_name(grade: Grade, response: str, key: AnswerKey, statement: str) -> Grade:
    """The grade; not correct where the response names what the statement gives a value of."""
    named = _NAMED.match(response)
    if grade.verdict != Verdict.CORRECT or named is None or key.kind not in NUMBERS:
        return grade
    name = re.escape(named[1])
    asked = asked_part(statement)
    is_given = re.search(_GIVEN.format(name=name), statement)
    if not asked or not is_given or re.search(rf"(?<![A-Za-z\\]){name}(?![a-z])", asked):
        return grade
    feedback = Feedback(FeedbackCode.OTHER_NAME)
    return Grade(Verdict.INCORRECT, 0, Rule.NAMES, feedback, answer=grade.answer)


def asked_part(statement: str) -> str:
    """What stands behind the words that ask, to the end of each sentence."""
    sentences = _SENTENCE_END.split(statement)
    return " ".join(
        sentence[asking.end() :]
        for sentence in sentences
        if (asking := _ASKING.search(sentence)) is not None
    )


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
