"""Cuts the text of a condition, never within brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tutor.grading.conditions.faults import ConditionFault, InvalidCondition

_PIECE = re.compile(r"\\[A-Za-z]+|\\.|[A-Za-z]+|<=|>=|!=|[^A-Za-z\\]")
_OPENING, _CLOSING = frozenset("([{") | {r"\{"}, frozenset(")]}") | {r"\}"}
_WORDS = frozenset(
    ("and", "or", "not", "is", "at", "with", "holds", "hold", "does", "differs", "lies", "solves")
)
_SIGNS = {
    **{sign: sign for sign in ("=", "!=", "<", "<=", ">", ">=")},
    "≠": "!=",
    "≤": "<=",
    "≥": ">=",
    r"\ne": "!=",
    r"\neq": "!=",
    r"\lt": "<",
    r"\gt": ">",
    r"\le": "<=",
    r"\leq": "<=",
    r"\ge": ">=",
    r"\geq": ">=",
}


@dataclass(frozen=True, slots=True)
class ConditionPiece:
    """word: one that joins expressions, in small letters; empty for what stands between them."""

    text: str
    word: str = ""


def pieces_of(text: str) -> list[ConditionPiece]:
    """The words that join, and what is between them. Raises InvalidCondition."""
    pieces, between = [], ""
    for part, depth in _with_depth(text):
        if depth or part.lower() not in _WORDS:
            between += part
            continue
        pieces += [ConditionPiece(between.strip()), ConditionPiece(part, part.lower())]
        between = ""
    return [piece for piece in (*pieces, ConditionPiece(between.strip())) if piece.text]


def split_at_commas(text: str) -> list[str]:
    """Raises InvalidCondition."""
    parts = [""]
    for part, depth in _with_depth(text):
        if part in ",;" and not depth:
            parts.append("")
        else:
            parts[-1] += part
    return [part.strip() for part in parts]


def split_at_signs(text: str) -> tuple[list[str], list[str]]:
    """The sides of comparisons, and the signs between them. Raises InvalidCondition."""
    sides, signs = [""], []
    for part, depth in _with_depth(text):
        if part in _SIGNS and not depth:
            signs.append(_SIGNS[part])
            sides.append("")
        else:
            sides[-1] += part
    return [side.strip() for side in sides], signs


def inside_brackets(text: str) -> str:
    """What one pair of round brackets encloses; empty where there is none around it all."""
    depths = [depth for _part, depth in _with_depth(text)]
    is_whole = text.startswith("(") and text.endswith(")") and all(depths)
    return text[1:-1].strip() if is_whole else ""


def _with_depth(text: str) -> Iterator[tuple[str, int]]:
    """Each word or sign, and how many brackets are around it; brackets are in themselves."""
    depth = 0
    for match in _PIECE.finditer(text):
        part = match[0]
        if part in _OPENING:
            depth += 1
        yield part, depth
        if part in _CLOSING:
            depth -= 1
        if depth < 0:
            break
    if depth:
        raise InvalidCondition(ConditionFault.OPEN_BRACKET, text=text)
