"""The letter of a choice within a sentence: its option C, la b) compuesto."""

from __future__ import annotations

import re

from tutor.grading.sentences.doubts import is_doubtful
from tutor.grading.sentences.spans import without_commands
from tutor.grading.sentences.words import REASONS

_LETTER = re.compile(
    r"(?<![\w\\'’^_])(?:\(?\s?([A-Ha-h])\s?\)|([A-H])(?=\s*(?:[.:,!]|\Z))|([A-H])(?=\s))(?![\w'’])"
)
_LOOSE = re.compile(r"(?<![\w\\'’^_(])[A-Hbcdfgh](?![\w'’)])")
_IN_FORMULA = re.compile(r"\s*[-+*/^=<>\d]")
_WORD = re.compile(r"[^\W\d_]{2}")


def choice_in(text: str) -> str:
    """ "" where no letter or more than one stands in the text, or anything doubts it."""
    text = without_commands(text)
    letters = list(_LETTER.finditer(text))
    if len(letters) != 1 or is_doubtful(text):
        return ""
    letter = letters[0]
    loose = [
        other
        for other in _LOOSE.finditer(text)
        if not letter.start() <= other.start() < letter.end()
    ]
    before, behind = text[: letter.start()], text[letter.end() :]
    is_before_words = letter[3] and not REASONS.match(behind)
    is_given = _WORD.search(before) or (not before.strip() and REASONS.match(behind))
    if loose or is_before_words or _IN_FORMULA.match(behind) or not is_given:
        return ""
    return (letter[1] or letter[2] or letter[3]).upper()
