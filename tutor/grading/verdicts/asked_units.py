"""Takes a number with another unit than the one that the statement asks for as wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tutor.grading.answer_key import AnswerKey, Grade, Kind, Rule, Verdict
from tutor.grading.comparison.response_reader import read_response
from tutor.grading.feedback import Feedback, FeedbackCode
from tutor.grading.parsing.normalize import normalize_text
from tutor.grading.parsing.tree import Quantity, Unreadable
from tutor.grading.parsing.units import Unit, read_unit
from tutor.grading.verdicts.both_values import without_name

# "How fast is it, in km/h?", "(en cm)", "单位：cm". In "in a minute" no unit ends the phrase.
_ASKED = re.compile(
    r"(?:\b(?:in|en)[ ~]|单位(?:是|为|[：:]) ?)(?:\\[(]|\$)?(?:\\(?:text|mathrm|,) ?)?\{?"
    r"([A-Za-zµ°%/²³·*^⁻¹\d]{1,12})\}?(?:\\[)]|\$)? ?(?=[?？.,，。;；)）!]|\Z)"
)


def unless_other_unit(grade: Grade, response: str, key: AnswerKey, statement: str) -> Grade:
    """The grade; not correct where the key has no unit, and the response not the statement's."""
    if grade.verdict != Verdict.CORRECT or key.kind != Kind.NUMBER or key.unit:
        return grade
    given = _unit_of(response, key)
    asked = list(_asked_units(statement)) if given and given.is_known else []
    if given is None or not asked or given in asked:
        return grade
    feedback = Feedback(FeedbackCode.OTHER_UNIT)
    return replace(grade, verdict=Verdict.INCORRECT, score=0, rule=Rule.UNITS, feedback=feedback)


def _asked_units(statement: str) -> Iterator[Unit]:
    for match in _ASKED.finditer(statement):
        unit = read_unit(match[1])
        if unit is not None and unit.is_known:
            yield unit


def _unit_of(response: str, key: AnswerKey) -> Unit | None:
    try:
        value = read_response(normalize_text(response), key.kind, key.decimal_comma, units=True)
    except (Unreadable, RecursionError):
        return None
    value = without_name(value)
    return read_unit(value.unit) if isinstance(value, Quantity) else None
