"""Takes A = 65° as no answer where the statement gives A = 48° and asks for C."""

from __future__ import annotations

import re

from tutor.grading.answer_key import NUMBERS, AnswerKey, Grade, Rule, Verdict
from tutor.grading.feedback import Feedback, FeedbackCode

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
