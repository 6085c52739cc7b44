"""Recognises in a draft's words that it is no hint to this student.

Either it speaks about the student to somebody else, or it calls a value the answer: the leak check
looks for the right one, so that any other that gets here is wrong.
"""

import re

from tutor.grading.parsing.tree import Unreadable
from tutor.grading.prose.mentioned_values import mentioned_values, without_spaces

_NOUN = r"(?:student|pupil|learner|schüler|élève|estudiante|alumno)"
_THE_STUDENT = re.compile(
    rf"\b(?:the|this|der|dem|den|el) {_NOUN}\b|\bl['’]élève\b|学生|[该位名]同学", re.IGNORECASE
)
_OF_STUDENTS = re.compile(rf"{_NOUN}|学生|同学", re.IGNORECASE)
_CALLED_ANSWER = re.compile(
    r"(?:^|[.!?:\n。！？：])\s{0,4}+(?:(?:so|thus|hence|therefore|所以|因此),?，?\s{0,4}+)?"
    r"(?:the (?:(?:final|right|correct) )?answer is|(?:最终|正确)?答案[是为])[\s:：]{0,6}+"
    r"(?P<value>.{1,80}?)(?:[.!](?=\s|$)|[。！\n]|$)",
    re.IGNORECASE,
)
_AROUND = " *`$"


def speaks_past_student(text: str, statement: str) -> bool:
    """Whether it speaks about the student; a problem may be about one itself."""
    return bool(_THE_STUDENT.search(text)) and not _OF_STUDENTS.search(statement)


def calls_answer(text: str, response: str) -> bool:
    """Whether a sentence calls a value, or the words of this response, the answer."""
    values = [match["value"] for match in _CALLED_ANSWER.finditer(text)]
    return any(_is_value(_bare(value)) or _same(value, response) for value in values)


def _bare(text: str) -> str:
    return text.strip(_AROUND).removeprefix("\\(").removesuffix("\\)").strip(_AROUND)


def _same(value: str, response: str) -> bool:
    return _bare(value).casefold() == _bare(response).casefold()


def _is_value(text: str) -> bool:
    """Whether it is one number or formula, and no words about one."""
    try:
        values = mentioned_values(text)
    except Unreadable:
        return False
    return any(without_spaces(value.text) == without_spaces(text) for value in values)
