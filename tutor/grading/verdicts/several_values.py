"""Tells an answer that leaves open which of several values is meant."""

from __future__ import annotations

import re

from tutor.grading.answer_key import AnswerKey, Kind
from tutor.grading.comparison.keys import key_value
from tutor.grading.comparison.response_reader import has_plus_minus, read_response
from tutor.grading.parsing.normalize import PlainText
from tutor.grading.parsing.tree import Listing, Logic, Quantity, Unreadable, is_term
from tutor.grading.verdicts.both_values import without_name

_OR = re.compile(r"\b(?:or|oder|ou)\b|[或∨]", re.IGNORECASE)


def leaves_open(text: PlainText) -> bool:
    """Whether it is 8 or 9, and not 8, 9."""
    return _OR.search(text) is not None


def gives_several(text: PlainText, key: AnswerKey) -> bool:
    """Whether it is a list of values, such as 5 cm, 6 cm, where the key is one value."""
    if key.condition or has_plus_minus(key_value(key)):
        return False
    try:
        value = read_response(text, key.kind, key.decimal_comma, units=key.kind == Kind.QUANTITY)
    except (Unreadable, RecursionError):
        return False
    if not isinstance(value, Logic | Listing):
        return False
    values = {without_name(part) for part in value.parts}
    return len(values) > 1 and all(isinstance(part, Quantity) or is_term(part) for part in values)
