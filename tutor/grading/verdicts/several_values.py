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


def gives_several(text: PlainText, key: AnswerKey) -> bool:
    """Whether it is x = 8 or x = 9, where the key is one value."""
    if not _OR.search(text) or key.condition or has_plus_minus(key_value(key)):
        return False
    try:
        value = read_response(text, Kind.LIST, key.decimal_comma, units=key.kind == Kind.QUANTITY)
    except (Unreadable, RecursionError):
        return False
    if not isinstance(value, Logic | Listing):
        return False
    values = {without_name(part) for part in value.parts}
    return len(values) > 1 and all(isinstance(part, Quantity) or is_term(part) for part in values)
