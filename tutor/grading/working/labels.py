"""Labels of equations, such as (1), ① and II, and where a line mentions them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tutor.grading.working.lexer import Lex, Lexeme
from tutor.grading.working.phrases import Cue

_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9}
_NUMBERED = re.compile(r"(\d{1,2}|[ivIV]{1,4})([a-z]?'{0,2})")
_STARRED = re.compile(r"\*{1,3}|[a-h]")
_OPERATORS = frozenset(["+", "-", "*", "·", "×", "⋅", "/", "\\cdot", "\\times", "•"])


@dataclass(frozen=True, slots=True)
class Combination:
    """2·(1) - (2): the equations that are combined, and how."""

    operation: str
    labels: tuple[str, ...]


def plain_label(text: str) -> str:
    """1 for I, (1) and ①; "" for what labels nothing."""
    text = text.strip("()[] ")
    if len(text) == 1 and "①" <= text <= "⑳":
        return str(ord(text) - ord("①") + 1)
    if match := _NUMBERED.fullmatch(text):
        number = match[1].upper()
        if number.isdigit() or number in _ROMAN:
            return f"{_ROMAN.get(number, number)}{match[2]}"
    return text if _STARRED.fullmatch(text) else ""


def label_of(lexeme: Lexeme) -> str:
    """The label that a circled number, a number in brackets or a Roman number is."""
    if lexeme.lex == Lex.LABEL or (lexeme.lex == Lex.GROUP and lexeme.text[0] in "(["):
        return plain_label(lexeme.text)
    is_roman = lexeme.lex in (Lex.NAME, Lex.WORD) and lexeme.text.rstrip("'") in _ROMAN
    return plain_label(lexeme.text) if is_roman else ""


def leading_label(lexemes: Sequence[Lexeme]) -> tuple[str, int]:
    """The label at the start of a line, and how many lexemes it takes with its punctuation."""
    if not lexemes:
        return "", 0
    if lexemes[0].text in "•‣▪◦●○■□➢►*" and len(lexemes) > 1 and lexemes[1].spaced:
        label, length = leading_label(lexemes[1:])
        return label, length + 1
    if lexemes[0].cue == Cue.STEP:
        return "", _length_of_step(lexemes)
    start = 1 if lexemes[0].cue == Cue.EQUATION else 0
    if start and len(lexemes) > 1 and lexemes[1].lex == Lex.STOP:
        start = 2
    if start and start < len(lexemes):
        first = lexemes[start]
        label = label_of(first) or (plain_label(first.text) if first.lex == Lex.NUMBER else "")
        end = _after_punctuation(lexemes, start + 1)
        return (label, end) if label and end > start + 1 else ("", 0)
    return _numbered(lexemes)


def _length_of_step(lexemes: Sequence[Lexeme]) -> int:
    """Step 3: and 第一步, with the number after them."""
    end = 1
    while end < min(len(lexemes), 3) and (
        lexemes[end].lex == Lex.STOP or plain_label(lexemes[end].text)
    ):
        end += 1
    return _after_punctuation(lexemes, end)


def _after_punctuation(lexemes: Sequence[Lexeme], at: int) -> int:
    while at < len(lexemes) and (
        lexemes[at].lex in (Lex.COLON, Lex.STOP) or lexemes[at].text in (")", "、", ",", "，")
    ):
        at += 1
    return at


def _numbered(lexemes: Sequence[Lexeme]) -> tuple[str, int]:
    first = lexemes[0]
    following = lexemes[1] if len(lexemes) > 1 else None
    if following is None:
        return "", 0
    if first.lex == Lex.LABEL:
        is_combined = following.text in _OPERATORS or following.lex == Lex.LABEL
        return ("", 0) if is_combined else (plain_label(first.text), _after_punctuation(lexemes, 1))
    if first.lex == Lex.GROUP and (label := label_of(first)):
        end = _after_punctuation(lexemes, 1)
        apart = following.spaced or following.lex in (
            Lex.NUMBER,
            Lex.WORD,
            Lex.CUE,
        )
        if end > 1 or (apart and following.lex not in (Lex.RELATION, Lex.COMMA)):
            is_operator = following.text in _OPERATORS and _is_combined(lexemes)
            return ("", 0) if is_operator else (label, end)
        return "", 0
    label = _enumerator(first, following)
    if not label and label_of(first) and first.text != "V":
        is_apart = following.spaced and following.lex in (Lex.NUMBER, Lex.NAME)
        label = label_of(first) if following.lex in (Lex.COLON, Lex.STOP) or is_apart else ""
        if is_apart and label:
            return label, 1
    return (label, _after_punctuation(lexemes, 1)) if label else ("", 0)


def _enumerator(first: Lexeme, following: Lexeme) -> str:
    """1. and 2) and a), with the sign after it."""
    is_number = first.lex == Lex.NUMBER and first.text.isdigit() and len(first.text) < 3
    is_letter = first.lex == Lex.NAME and first.text in "abcdefgh"
    if following.text == ")" and not following.spaced and (is_number or is_letter):
        return first.text
    if is_number and following.text in (".", "、", "。") and not following.spaced:
        return first.text
    return ""


def _is_combined(lexemes: Sequence[Lexeme]) -> bool:
    return any(label_of(lexeme) for lexeme in lexemes[2:4])


def combination(lexemes: Sequence[Lexeme]) -> Combination | None:
    """None unless the lexemes are labels, numbers and signs of arithmetic alone."""
    pieces: list[str] = []
    labels: list[str] = []
    for lexeme in lexemes:
        if label := label_of(lexeme):
            labels.append(label)
            pieces.append(f"({label})")
        elif lexeme.lex == Lex.NUMBER or lexeme.text in _OPERATORS:
            pieces.append(lexeme.text)
        elif lexeme.lex not in (Lex.COMMA, Lex.CUE) and lexeme.text != "、":
            return None
    if not labels:
        return None
    operation = "".join(pieces) if len(pieces) > len(labels) else ""
    return Combination(operation, tuple(dict.fromkeys(labels)))
