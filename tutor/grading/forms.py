"""Does a right answer have the form that the key demands?"""

from __future__ import annotations

from tutor.grading.answers import AnswerKey, Form
from tutor.grading.terms import Term


def missing_form(term: Term, key: AnswerKey) -> str:
    """What is missing, as the end of a sentence; "" when nothing is."""
    if key.form == Form.ANY:
        return ""
    return ""
