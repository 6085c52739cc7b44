"""Takes BA = (3, -4) as another vector than the one from A to B that the statement asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tutor.grading.answer_key import AnswerKey, Grade, Rule, Verdict

_VECTOR = re.compile(
    r"\\(?:overrightarrow|vec)\s?\{?\s?([A-Z])\s?([A-Z])(?![A-Z])"
    r"|([A-Z])([A-Z])[\u20d7\u20d1→]"
    r"|(?i:\b(?:vector|vecteur|vektor)|向量)\W{0,4}([A-Z])([A-Z])(?![A-Za-z])"
)
_NAMED = re.compile(
    r"\W{0,3}(?:(?i:vector|vecteur|vektor|向量)\s?|\\(?:overrightarrow|vec)\s?\{?)?"
    r"([A-Z])([A-Z])[}\u20d7\u20d1→]?\s?[=:(\[]"
)


def unless_turned_vector(grade: Grade, response: str, key: AnswerKey, statement: str) -> Grade:
    """The grade; undecided where the response names the vector that runs the other way."""
    named = _NAMED.match(response)
    if grade.verdict != Verdict.CORRECT or named is None or key.condition:
        return grade
    start, end = named.groups()
    asked = set(_vectors(statement))
    if (end, start) not in asked or (start, end) in asked or start == end:
        return grade
    return Grade(Verdict.UNDECIDED, 0, Rule.NAMES, answer=grade.answer)


def _vectors(text: str) -> Iterator[tuple[str, ...]]:
    """Start and end of each vector that a text names."""
    for vector in _VECTOR.finditer(text):
        yield tuple(letter for letter in vector.groups() if letter)
