"""Labels of equations, such as (1), ① and II, and where a line mentions them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tutor.grading.working.reading.formula_text import formula_text
from tutor.grading.working.reading.lexer import Lex, Lexeme
from tutor.grading.working.reading.phrases import SIGNS, Cue

_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9}
_NUMBERED = re.compile(r"(\d{1,2}|[ivIV]{1,4})([a-h]?'{0,2})")
_OTHER = re.compile(r"\*{1,3}|[a-h]|[A-Z][1-9]")
_ROW = re.compile(r"[LEGRZ][1-9]")
_OPERATORS = frozenset(["+", "-", "*", "·", "×", "⋅", "/", "÷", ":", r"\cdot", r"\times", "•"])
_BULLETS = frozenset("•‣▪◦●○■□➢►*")
_NUMBERED_WORDS = (Cue.STEP, Cue.CASE)


@dataclass(frozen=True, slots=True)
class Combination:
    """2·(1) - (2): how equations are combined, "" for one that is only mentioned; and which."""

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
    return text if _OTHER.fullmatch(text) else ""


def label_of(lexeme: Lexeme) -> str:
    """The label that a circled number, a number in brackets or a Roman number is."""
    if lexeme.lex is Lex.LABEL or (lexeme.lex is Lex.GROUP and lexeme.text[0] in "(["):
        return plain_label(lexeme.text) if len(lexeme.text) < 7 else ""
    if lexeme.lex in (Lex.NAME, Lex.WORD) and lexeme.text in _ROMAN:
        return str(_ROMAN[lexeme.text])
    return ""


def leading_label(lexemes: Sequence[Lexeme]) -> tuple[str, int]:
    """The label at the start of a line, and how many lexemes it takes with its punctuation.

    The number of a step takes lexemes too and is no label.
    """
    start = 0
    while (
        start + 1 < len(lexemes) and lexemes[start].text in _BULLETS and lexemes[start + 1].spaced
    ):
        start += 1
    rest = lexemes[start:]
    if len(rest) < 2:
        return "", start
    first, following = rest[0], rest[1]
    if first.cue in _NUMBERED_WORDS:
        return "", start + _length_of_step(rest)
    if (
        first.lex is Lex.NUMBER
        and following.lex is Lex.STOP
        and rest[2:]
        and rest[2].cue in _NUMBERED_WORDS
    ):
        return "", start + _after_punctuation(rest, 3)  # 1. Schritt:
    if first.cue is Cue.EQUATION:
        at = _after_punctuation(rest, 1)
        label = plain_label(rest[at].text) if at < len(rest) else ""
        end = _after_punctuation(rest, at + 1)
        return (label, start + end) if label and end > at + 1 else ("", start)
    label, length = _numbered(rest, first, following)
    return label, start + length


def _length_of_step(lexemes: Sequence[Lexeme]) -> int:
    """Step 3: and 第一步, with the number after them."""
    end = 1
    while end < min(len(lexemes), 3) and (
        lexemes[end].lex is Lex.STOP
        or (
            plain_label(lexemes[end].text)
            and lexemes[end].lex is not Lex.LABEL
            and not _is_factor(lexemes[end + 1 : end + 2])
        )
    ):
        end += 1
    # Case x > 2 has no number.
    if (
        lexemes[0].cue is Cue.CASE
        and end == 2
        and end < len(lexemes)
        and lexemes[end].lex is Lex.RELATION
    ):
        end = 1
    return _after_punctuation(lexemes, end)


def _is_factor(following: Sequence[Lexeme]) -> bool:
    """base case 7^1 - 1 = 6"""
    return bool(following) and not following[0].spaced and following[0].text in "^+-*/"


def _after_punctuation(lexemes: Sequence[Lexeme], at: int) -> int:
    while at < len(lexemes) and (
        lexemes[at].lex in (Lex.COLON, Lex.STOP) or lexemes[at].text in (")", "、", ",", "，")
    ):
        at += 1
    return at


def _numbered(lexemes: Sequence[Lexeme], first: Lexeme, following: Lexeme) -> tuple[str, int]:
    if first.lex is Lex.NAME and _is_row(first, following) and lexemes[2:]:
        is_labelled = lexemes[2].lex is Lex.COLON
        return (first.text + following.text, 3) if is_labelled else ("", 0)
    if label := _enumerator(first, following, len(lexemes) > 2 and lexemes[2].spaced):
        return label, _after_punctuation(lexemes, 1)
    label = label_of(first)
    if not label:
        return "", 0
    end = _after_punctuation(lexemes, 1)
    is_followed = end > 1 and following.lex is not Lex.COMMA
    if first.lex is Lex.LABEL:
        is_mentioned = not is_followed and (
            following.text in _OPERATORS
            or (following.lex is not Lex.NUMBER and _is_mention(following))
        )
        return ("", 0) if is_mentioned else (label, end)
    if first.lex is Lex.GROUP:
        if is_followed:
            return label, end
        is_operator = following.text in _OPERATORS and any(map(label_of, lexemes[2:4]))
        is_apart = following.spaced or following.lex in (Lex.NUMBER, Lex.WORD, Lex.CUE)
        if is_operator or not is_apart or following.lex is Lex.RELATION or _is_mention(following):
            return "", 0
        return label, end
    is_apart = following.spaced and following.lex in (Lex.NUMBER, Lex.NAME)
    return (label, end) if is_followed or is_apart else ("", 0)


def _is_mention(following: Lexeme) -> bool:
    """(1) in (2), ①代入②: the label is that of an earlier equation."""
    if following.lex in (Lex.COMMA, Lex.LABEL) or following.text.lower() in (
        "in",
        "into",
        "dans",
        "en",
    ):
        return True
    return (
        following.cue in (Cue.INSERT, Cue.SO, Cue.AND, Cue.OPERATION) and following.text not in "∵∴"
    )


def _is_row(letter: Lexeme, digit: Lexeme) -> bool:
    return bool(_ROW.fullmatch(letter.text + digit.text)) and not digit.spaced


def _enumerator(first: Lexeme, following: Lexeme, is_apart: bool) -> str:
    """1. and 2) and a), with the sign after it."""
    is_number = first.lex is Lex.NUMBER and first.text.isdigit() and len(first.text) < 3
    is_letter = first.lex is Lex.NAME and first.text in "abcdefgh"
    if following.spaced:
        return ""
    if following.text == ")" and (is_number or is_letter):
        return first.text
    if is_letter and following.text == "." and is_apart:
        return first.text
    return first.text if is_number and following.text in (".", "、", "。") else ""


def combination(lexemes: Sequence[Lexeme]) -> Combination | None:
    """None unless the lexemes are labels, numbers and signs of arithmetic alone."""
    pieces: list[str] = []
    labels: list[str] = []
    for lexeme in lexemes:
        if label := label_of(lexeme):
            labels.append(label)
            pieces.append(f"({label})")
        elif lexeme.lex is Lex.NUMBER or lexeme.text in _OPERATORS:
            pieces.append(lexeme.text)
        elif sign := SIGNS.get(lexeme.text.lower()):
            pieces.append(sign)
        elif lexeme.lex is not Lex.COMMA and lexeme.cue is not Cue.AND:
            return _rows(lexemes)
    if not labels or lexemes[-1].text in _OPERATORS:
        return None
    if _is_term(pieces, labels):
        return None
    operation = "".join(pieces) if len(pieces) > len(labels) else ""
    return Combination(operation, tuple(dict.fromkeys(labels)))


def _is_term(pieces: Sequence[str], labels: Sequence[str]) -> bool:
    """(2a)/3 and 5/(3b) are no combinations of equations."""
    divides_by_label = any(
        sign in ("/", ":") and piece.startswith("(") for sign, piece in pairwise(pieces)
    )
    return divides_by_label or (len(labels) == 1 and labels[0][-1].isalpha())


def _rows(lexemes: Sequence[Lexeme]) -> Combination | None:
    """L1 + 2·L2, as rows of a system are called in France."""
    text = formula_text(lexemes) if len(lexemes) < 12 else ""
    labels = _ROW.findall(text)
    rest = _ROW.sub("", text)
    if not labels or any(char.isalpha() or char in "=<>" for char in rest):
        return None
    return Combination(
        _ROW.sub(lambda row: f"({row[0]})", text.replace(" ", "")), tuple(dict.fromkeys(labels))
    )


def leading_combination(lexemes: Sequence[Lexeme]) -> tuple[Combination | None, int]:
    """I + II before 2x = 8 without a colon, and how many lexemes it takes."""
    end = 0
    while end < len(lexemes) and (
        label_of(lexemes[end])
        or lexemes[end].text in _OPERATORS
        or (
            lexemes[end].lex is Lex.NUMBER
            and end + 1 < len(lexemes)
            and lexemes[end + 1].text in (*_OPERATORS, "I", "II", "III")
        )
    ):
        end += 1
    if (
        end < 3
        or end >= len(lexemes)
        or not lexemes[end].spaced
        or lexemes[end].lex not in (Lex.NUMBER, Lex.NAME)
    ):
        return None, 0
    combined = combination(lexemes[:end])
    is_whole = combined is not None and len(combined.labels) > 1
    return (combined, end) if is_whole else (None, 0)
