"""The letter of a choice within a sentence: its option C, la b) compuesto."""

from __future__ import annotations

import re
from difflib import get_close_matches

from tutor.grading.sentences.clauses import SO
from tutor.grading.sentences.doubts import is_doubtful, is_hard_doubt, leaves_open
from tutor.grading.sentences.spans import without_commands
from tutor.grading.sentences.words import REASONS

_LETTER = re.compile(
    r"(?<![^\W\u4e00-\u9fff])(?<![\\'’^])(?:\(?\s?([A-Ha-h])\s?\)|([A-H])(?=\s*(?:[.:,!]|\Z))|([A-H])(?=\s))(?![\w'’])"
)
_LOOSE = re.compile(r"(?<![\w\\'’^_(])[A-Hbcdfgh](?![\w'’)])")
_IN_FORMULA = re.compile(r"\s*[-+*/^=<>\d]")
_WORD = re.compile(r"[^\W\d_]+")
_CLAUSE = re.compile(r"[,;:.!?\n]")
_SO = re.compile(rf"\s?(?:{SO})", re.IGNORECASE)
# Of these are the words right before the letter, perhaps misspelled; "rule out C" has others.
_LEADING = """
    answer option choice letter it its is was be must the correct right true solution so thus i im
    think guess say believe take pick picked choose chose chosen select would my go with
    definitely probably certainly sure
    antwort buchstabe das ist sind die der richtig richtige stimmt lösung also ich glaube denke
    wähle nehme meine réponse option lettre la le cest est bonne correcte donc je crois pense
    choisis prends ma respuesta opción letra el es lo correcta entonces creo que elijo pienso mi
    should ganz sicher of course only teh
    has to o hence thus therefore leaves daher damit somit bleibt reste luego sea queda así
"""
_LEADS = frozenset(_LEADING.split())
_LEADING_SIGNS = frozenset("我觉得认为想选择答案应该就只是为故所以正确项")
_EXCEPT = re.compile(
    r"\b(?:except|außer|sauf|excepto|salvo|without|ohne|sans|sin)\b", re.IGNORECASE
)
_LOOKED_AT = 3  # words
_LIKE = 0.75  # as difflib compares


def choice_in(text: str) -> str:
    """ "" where no letter or more than one stands in the text, or anything doubts it."""
    text = without_commands(text)
    letters = list(_LETTER.finditer(text))
    if len(letters) != 1 or _is_doubted(text, letters[0]):
        return ""
    letter = letters[0]
    loose = [
        other
        for other in _LOOSE.finditer(text)
        if not letter.start() <= other.start() < letter.end()
    ]
    before, behind = text[: letter.start()], text[letter.end() :]
    is_before_words = letter[3] and not REASONS.match(behind)
    is_given = _leads(before) or (not before.strip() and REASONS.match(behind))
    if loose or is_before_words or _IN_FORMULA.match(behind) or not is_given:
        return ""
    return (letter[1] or letter[2] or letter[3]).upper()


def _is_doubted(text: str, letter: re.Match[str]) -> bool:
    """C, because 7 is not a perfect square: a reason behind it may deny something else."""
    behind = text[letter.end() :]
    *before, clause = _CLAUSE.split(text[: letter.start()])
    if before and _SO.match(clause):
        return is_doubtful(clause + behind) or any(map(is_hard_doubt, before))
    if not REASONS.match(behind):
        return is_doubtful(text)
    return is_doubtful(text[: letter.end()]) or leaves_open(_EXCEPT.sub(" ", behind))


def _leads(before: str) -> bool:
    """Whether the words right before the letter say that it is the answer."""
    clause = _CLAUSE.split(before)[-1].replace("'", "").replace("’", "")
    words = [word.lower() for word in _WORD.findall(clause)]
    last = words[-_LOOKED_AT:]
    return bool(last) and all(
        set(word) <= _LEADING_SIGNS or get_close_matches(word, _LEADS, 1, _LIKE) for word in last
    )
