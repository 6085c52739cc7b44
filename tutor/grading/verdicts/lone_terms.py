"""Tells a term where an equation is asked for, such as x^2 + y^2 for x^2 + y^2 = 9."""

from __future__ import annotations

from tutor.grading.answer_key import AnswerKey, Kind
from tutor.grading.comparison.keys import key_value
from tutor.grading.comparison.response_reader import read_response
from tutor.grading.parsing.normalize import PlainText
from tutor.grading.parsing.shapes import definition
from tutor.grading.parsing.tree import Comparison, Quantity, Unreadable, free_names, is_term


def lacks_equals(text: PlainText, key: AnswerKey) -> bool:
    """Whether it is a term, where no side of the key alone could be meant as the answer.

    3x is meant as y = 3x, and 5 as x = 5: these are judged.
    """
    if key.kind != Kind.EQUATION or key.guessed or key.condition or "=" in text:
        return False
    right = key_value(key)
    if not isinstance(right, Comparison) or right.op != "=" or len(free_names(right)) < 2:
        return False
    try:
        value = read_response(text, key.kind, key.decimal_comma, units=False)
    except (Unreadable, RecursionError):
        return False
    is_lone = isinstance(value, Quantity) or is_term(value)
    return is_lone and (definition(right) is None or not free_names(value))
