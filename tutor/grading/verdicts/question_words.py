"""Takes the amount out of "uses 21 litres of petrol", whose words are those of the question."""

from __future__ import annotations

import re

from tutor.grading.answer_key import NUMBERS, AnswerKey, Kind
from tutor.grading.verdicts.given_names import asked_part

_AMONG_WORDS = re.compile(
    r"\s?(?P<before>(?:[^\W\d_]{2,20}\s){0,4})"
    r"(?P<number>[-+]?\d[\d.,/]{0,20})(?P<unit>\s?(?:%|°|€|\$|£|[^\W\d_]{1,12}[²³]?))?"
    r"(?P<behind>(?:\s(?:of\s|de\s|d['’])?[^\W\d_]{2,20}){0,4})\s?\.?\s?"
)
_WORD = re.compile(r"[^\W\d_]+")
_LINKS = {
    *("of", "de", "d", "the", "la", "el", "le", "l", "a", "it", "there", "are", "is", "son", "es"),
    *("has", "have", "hat", "haben", "tiene", "tienen"),
}
_CHANGES_AMOUNT = re.compile(
    r"\b(?:not|no|none|more|less|fewer|than|over|under|about|half|twice|double|per|each|every|left"
    r"|nicht|kein\w{0,2}|mehr|weniger|als|halb\w{0,2}|pro|je|ne|pas|aucun\w?|plus|moins|que|par"
    r"|chaque|demi\w?|sin|ningun\w?|más|menos|por|cada|medio)\b|[不没非每]",
    re.IGNORECASE,
)


def without_question_words(response: str, key: AnswerKey, statement: str) -> str:
    """The amount alone; the response where another word than the question's stands beside it."""
    told = _AMONG_WORDS.fullmatch(response) if key.kind in NUMBERS else None
    if told is None or _CHANGES_AMOUNT.search(response):
        return response
    amount, around = told["number"], told["before"] + told["behind"]
    if key.kind == Kind.QUANTITY:
        amount += told["unit"] or ""
    else:
        around += f" {told['unit'] or ''}"
    words = {word for word in _WORD.findall(around.casefold()) if word not in _LINKS}
    known = {word for word in _WORD.findall(asked_part(statement).casefold()) if len(word) > 1}
    return amount if words and words <= known else response
