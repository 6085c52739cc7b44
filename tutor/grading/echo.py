"""What was understood of an answer, before anybody compares it with anything."""

from __future__ import annotations

from tutor.grading.answers import Kind
from tutor.grading.latex import latex
from tutor.grading.statements import read_answer
from tutor.grading.terms import Quantity, Unreadable, Words, free_names, is_term
from tutor.grading.words import plain_words

_COUNTED = (Kind.NUMBER, Kind.QUANTITY)  # what these ask for has no letters but those of a unit


def understood(response: str, kind: Kind, *, decimal_comma: bool = False) -> str:
    """LaTeX of the response as it is read, from the kind of the key and never from its value.

    Raises Unreadable with a sentence for the student.
    """
    if kind in (Kind.TEXT, Kind.CHOICE):
        return latex(Words(plain_words(response)))
    try:
        value = read_answer(response, decimal_comma, kind == Kind.QUANTITY)
        if kind in _COUNTED and not isinstance(value, Quantity) and is_term(value):
            value = read_answer(response, units=True) if free_names(value) else value
        return latex(value)
    except RecursionError:
        raise Unreadable("The answer is nested too deeply to be read.") from None
