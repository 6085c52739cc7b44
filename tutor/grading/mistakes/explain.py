"""Explains a wrong answer: the mistake that, carried out on the problem, gives exactly it."""

from __future__ import annotations

from tutor.grading.answer_key import AnswerKey
from tutor.grading.mistakes.explanation import Explanation


def explain(response: str, key: AnswerKey, statement: str) -> Explanation | None:
    """None where nothing is sure. Never raises.

    Call it only for a response that is not correct.
    """
    return None
