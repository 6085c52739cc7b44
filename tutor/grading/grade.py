"""The two ways in: a student's answer, and a model's completion."""

from __future__ import annotations

import re
from fractions import Fraction

from tutor.grading.answers import AnswerKey, Grade, Verdict
from tutor.grading.boxes import find_boxes

_NUMBER = re.compile(r"(-?)\\[dt]?frac\{(\d{1,50})\}\{(\d{1,50})\}|-?\d{1,50}([./]\d{1,50})?")


def grade_response(response: str, key: AnswerKey) -> Grade:
    ours, theirs = _plain(key.value), _plain(response)
    if not theirs:
        return Grade(Verdict.UNREADABLE, 0, "empty", "There is no answer.", response)
    if ours == theirs or (_number(ours) is not None and _number(ours) == _number(theirs)):
        return Grade(Verdict.CORRECT, 1, "structure", answer=response)
    return Grade(Verdict.INCORRECT, 0, "structure", answer=response)


def grade_completion(text: str, key: AnswerKey) -> Grade:
    text = re.sub(r"<think>.*?</think>", "", text, flags=re.DOTALL)
    boxes = find_boxes(text)
    if not boxes:
        return Grade(Verdict.UNREADABLE, 0, "no_answer", "No final answer was found.")
    return grade_response(boxes[-1].content, key)


def _plain(text: str) -> str:
    text = re.sub(r"\\(?:text|mathrm|left|right)\b", "", text)
    return re.sub(r"[\s$]|^\{|\}$", "", text) if "frac" not in text else re.sub(r"[\s$]", "", text)


def _number(text: str) -> Fraction | None:
    found = _NUMBER.fullmatch(text)
    if not found:
        return None
    try:
        if found[2]:
            return Fraction(int(found[1] + found[2]), int(found[3]))
        return Fraction(text)
    except ZeroDivisionError:
        return None
