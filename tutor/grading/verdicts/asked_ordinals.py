"""Takes "4th", IV and "the fourth quadrant" for 4 where the statement asks which one it is."""

from __future__ import annotations

import re

from tutor.grading.answer_key import AnswerKey, Kind
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_term

_QUADRANT = re.compile(r"quadrant|cuadrante|象限", re.IGNORECASE)
_WHICH = re.compile(
    r"\b(?:which|what) (?:term|row|column|place|position|day|week|month|year|floor|throw)\b"
    r"|\b(?:der|die|das|dem|den) wievielten?\b"
    r"|\bwelche[mnrs]? (?:Glied|Tag|Jahr|Woche|Monat)"
    r"|\bquel(?:le)? (?:terme|rang|jour|année|semaine|mois)\b"
    r"|\b(?:qué|cuál) (?:término|lugar|día|año|semana|mes)\b|第几",
    re.IGNORECASE,
)
_WORDS = (
    ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
    ("erst", "zweit", "dritt", "viert", "fünft", "sechst", "siebt", "acht", "neunt", "zehnt"),
    ("premi", "deuxi", "troisi", "quatri", "cinqui", "sixi", "septi", "huiti", "neuvi", "dixi"),
    ("prim", "segund", "tercer", "cuart", "quint", "sext", "séptim", "octav", "noven", "décim"),
    tuple("一二三四五六七八九十"),
    ("i", "ii", "iii", "iv"),
)
_NUMBERS = {word: number for words in _WORDS for number, word in enumerate(words, 1)}
_WORD = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_ENDING = r"(?:e[nmrs]?|er[oa]|[eè]re|ème|[oa])"
_NOUN = (
    r"(?:quadrant(?:en)?|cuadrante|term|terme|término|glied|row|column|place|position|day|week|month"
    r"|year|floor|throw|tag|jahr|jour|día|象限|项|天|行|列|个)"
)
_LEAD = (
    r"(?:(?:it(?:'s| is| ends| lies)|es ist|sie ist|c'est|es|está) )?(?:(?:in|im|on|en|dans|am) )?"
    r"(?:(?:the|der|die|das|dem|den|le|la|el) |l')?"
)
_ORDINAL = re.compile(
    rf"{_LEAD}(?:Q ?|quadrant |第 ?)?(?:(?P<digits>\d{{1,5}}) ?(?:st|nd|rd|th|[eè]me|er|e|º|ª)?\.?"
    rf"|(?P<word>{_WORD}){_ENDING}?)(?:,? ?{_NOUN})?\.?",
    re.IGNORECASE,
)


def asks_ordinal(statement: str) -> bool:
    return _QUADRANT.search(statement) is not None or _WHICH.search(statement) is not None


def ordinal_as_number(response: str) -> str:
    """4 for "4th", IV, Q4 and "fourth quadrant"; otherwise the response."""
    match = _ORDINAL.fullmatch(" ".join(response.split()))
    if match is None:
        return response
    return match["digits"] or str(_NUMBERS[match["word"].lower()])


def without_asked_ordinal(response: str, key: AnswerKey, statement: str) -> str:
    """The number for an ordinal, where the key is a whole number; else the response."""
    if key.kind != Kind.NUMBER or key.condition or not asks_ordinal(statement):
        return response
    term = read_term(key.value)
    number = rational_value(term) if term is not None else None
    is_whole = number is not None and number.denominator == 1
    return ordinal_as_number(response) if is_whole else response
