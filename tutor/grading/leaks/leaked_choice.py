"""Does a hint give away the letter, the place or the text of a choice?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from tutor.grading.answer_key import AnswerKey
from tutor.grading.leaks import coded_names, codes, disguises, number_words
from tutor.grading.leaks.choice_names import ORDINALS, names_choice
from tutor.grading.leaks.leaked_words import SENTENCE_END, contains_words, words_of
from tutor.grading.leaks.plain_text import plain as plain_text
from tutor.grading.parsing.boxes import find_boxes
from tutor.grading.parsing.normalize import normalize_text
from tutor.grading.parsing.tree import Unreadable
from tutor.grading.parsing.words import choice_letters

_LETTER = (
    r"(?:\b(?i:option|choice|(?:answer|antwort|réponse|respuesta)(?: (?:is|ist|est|es))?:?)"
    r"|答案[是为:]?|故?选项?)\s*\(?{letter}\b"
    r"|\({letter}\)|\b{letter}\)|\b{letter}\s+is\b|{letter}\s*(?:正确|对)|\A\W*{letter}\W*\Z"
)
_DENIED = re.compile(
    r"\b(?:not|neither|nor|wrong|false|except|rule out|exclude|eliminate|discard"
    r"|cross out|strike|drop"
    r"|weder|nicht|kein\w{0,3}|falsch|streiche?|ohne|ni|pas|aucune?|faux|fausses?|barre|élimine|sauf"
    r"|no|ninguna?|falsas?|tacha|elimina|descarta|incorrect\w{0,3})\b|n['’]t\b|不|排除|错|划掉|去掉|除了|非",
    re.IGNORECASE,
)


def leaked_choice(hint: str, key: AnswerKey, choices: Sequence[str]) -> str:
    """The right choice as the hint names it, openly or in disguise; empty if it does not."""
    return _choice_in(hint, key, choices) or _choice_disguised_in(hint, key, choices)


def _choice_in(hint: str, key: AnswerKey, choices: Sequence[str]) -> str:
    letters = sorted(_choice_letters(key.value))
    plain = normalize_text(hint, 8_000)
    for box in find_boxes(plain):
        if _choice_letters(box.content) & set(letters):
            return box.content
    named = [letter for letter in letters if re.search(_LETTER.format(letter=letter), plain)]
    if named:
        return ", ".join(named)
    texts = [words_of(choice) for choice in choices]
    right = {ord(letter) - ord("A") for letter in letters}
    words = words_of(plain)
    mentioned = {index for index, text in enumerate(texts) if text and contains_words(words, text)}
    # A hint that weighs all choices against one another gives none of them away.
    if not mentioned <= right:
        return ""
    return ", ".join(choices[index] for index in sorted(mentioned))


def _choice_disguised_in(hint: str, key: AnswerKey, choices: Sequence[str]) -> str:
    """By its position, by a name of its letter, in code, or by ruling out all the others."""
    letters = _choice_letters(key.value)
    right = [words_of(choices[ord(letter) - ord("A")]) for letter in letters if choices]
    for reading in codes.decoded(hint):
        text = reading.strip()[: codes.MAX_CODE]
        if _choice_letters(text) == letters or (len(text) > 3 and words_of(text) in right):
            return text
    for reading in codes.unwrapped(hint):
        if words_of(reading[: codes.MAX_CODE]) in right:
            return reading
    count = max(len(choices), ord(max(letters, default="A")) - ord("A") + 1)
    plain = plain_text(hint)
    named = {
        chr(ord("A") + index)
        for index in range(min(count, len(ORDINALS)))
        if names_choice(plain, index, count)
    }
    if named and named <= letters:
        return ", ".join(sorted(named))
    return _ruling_out_others(plain, letters, count) or _value_disguised_in(hint, letters, choices)


def _value_disguised_in(hint: str, letters: frozenset[str], choices: Sequence[str]) -> str:
    """The right choice, if it is a number and the hint has it, and no other choice, in disguise."""
    values = {
        chr(ord("A") + index): Fraction(choice)
        for index, choice in enumerate(map(str.strip, choices))
        if re.fullmatch(r"-?\d{1,12}(?:\.\d{1,12}|/[1-9]\d{0,8})?", choice)
    }
    if not set(values) & letters:
        return ""
    number_words.prepare()
    numbers = disguises.numbers_in(hint, "\n".join(choices)) | disguises.in_words(hint)
    named = {
        letter
        for letter, value in values.items()
        if value in numbers
        or number_words.names_number(hint, value)
        or coded_names.names_in_code(hint, value)
    }
    return ", ".join(sorted(named)) if named and named <= letters else ""


def _ruling_out_others(hint: str, letters: frozenset[str], count: int) -> str:
    """The sentence that rules out every other letter; empty if there is none."""
    others = {chr(ord("A") + index) for index in range(count)} - letters
    for sentence in SENTENCE_END.split(hint):
        named = set(re.findall(r"(?<![A-Za-z0-9])[A-F](?![A-Za-z0-9'])", sentence))
        is_denied = _DENIED.search(sentence)
        named |= {
            chr(ord("A") + index)
            for index in range(min(count, len(ORDINALS)))
            if re.search(rf"\b(?:{'|'.join(ORDINALS[index][:2])})\b", sentence)
        }
        if count > 1 and is_denied and not named & letters and others <= named:
            return sentence.strip()[:80]
    return ""


def _choice_letters(text: str) -> frozenset[str]:
    try:
        return choice_letters(normalize_text(text))
    except Unreadable:
        return frozenset()
