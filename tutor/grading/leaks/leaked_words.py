"""Does a hint give away an answer in words?"""

from __future__ import annotations

import re

from tutor.grading.answer_key import AnswerKey
from tutor.grading.leaks import codes
from tutor.grading.parsing.boxes import find_boxes
from tutor.grading.parsing.normalize import normalize_text
from tutor.grading.parsing.words import plain_words, synonyms

SENTENCE_END = re.compile(r"(?<!\d)[.!?;\n]|(?<=\d)[.!?;\n](?=\s|$)")
_ANNOUNCED = re.compile(
    r"(?:answer|choice|option|is|are|答案|选项?|是|为|(?<![\s:(])[\s(]*+:)[\s:(]*+\Z", re.IGNORECASE
)


def leaked_words(hint: str, key: AnswerKey, statement: str) -> str:
    """The stored words as the hint has them, openly or in disguise; empty if it does not."""
    return _words_in(hint, key, statement) or _words_disguised_in(hint, key)


def _words_in(hint: str, key: AnswerKey, statement: str) -> str:
    answers = synonyms(normalize_text(key.value))
    known = words_of(normalize_text(statement, 8_000))
    is_told = any(contains_words(known, words) for words in answers)
    for box in find_boxes(hint):
        if words_of(box.content) in answers:
            return box.content
    for sentence in SENTENCE_END.split(normalize_text(hint, 8_000)):
        plain = words_of(sentence, ignore_case=False).lower()
        for words in answers:
            for match in re.finditer(_word(words), plain):
                before, after = plain[: match.start()], plain[match.end() :].strip(" )}$")
                if not is_told or (not after and _ANNOUNCED.search(before)):
                    return words
    return ""


def _words_disguised_in(hint: str, key: AnswerKey) -> str:
    answers = [words for words in synonyms(normalize_text(key.value)) if len(words) > 2]
    for reading in codes.decoded(hint):
        for words in answers:
            if contains_words(words_of(reading), words) or _joined_in(words, reading):
                return words
    return ""


def _joined_in(words: str, reading: str) -> bool:
    """For initials and spelled letters, which have no spaces. Short words occur by chance."""
    whole = re.sub(r"\W", "", words).lower()
    return (
        len(whole) > 3
        and whole in re.sub(r"\W", "", reading).lower()
        and " " not in reading.strip()
    )


def words_of(text: str, ignore_case: bool = True) -> str:
    return plain_words(normalize_text(text), ignore_case)


def contains_words(text: str, words: str) -> bool:
    return bool(re.search(_word(words), text))


def _word(words: str) -> str:
    is_latin = bool(re.search(r"[A-Za-z0-9]", words))
    return rf"(?<![A-Za-z0-9]){re.escape(words)}(?![A-Za-z0-9])" if is_latin else re.escape(words)
