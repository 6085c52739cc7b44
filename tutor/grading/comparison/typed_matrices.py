"""Rewrites matrices and vectors as they are typed: [5,8;1,4], {{5,8},{1,4}}, 5 8; 1 4."""

from __future__ import annotations

import re

_NAME = re.compile(r"\A\s?(?:\\?[A-Za-z]{1,2}(?:_\w|')?\s?=\s?)")
_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_LATEX_BRACKETS = re.compile(r"\\(?:left|right)\s?|\\(?=[{}])|\\([lr])(?:brack|brace)\b\s?")
_ROOT = re.compile(r"\\(sqrt|cbrt) (\w)")
_ROWS = re.compile(r"[;\n|]")
_ENTRY = re.compile(r"[-+]?[\w.,/^√\\{}()*]{1,40}")


def fold_matrix(text: str) -> str:
    """The matrix in LaTeX; any other text as it is."""
    if r"\begin" in text or len(text) > 400:
        return text
    name = match[0] if (match := _NAME.match(text)) else ""
    text = _ROOT.sub(r"\\\1{\2}", text.replace("][", "],["))
    plain = _LATEX_BRACKETS.sub(lambda sign: {"l": "[", "r": "]"}.get(sign[1] or "", ""), text)
    rows = _rows(plain[len(name) :].strip())
    if not rows or (len(rows) == 1 and len(rows[0]) == 1):
        return text
    written = r"\\".join("&".join(row) for row in rows)
    return rf"{name}\begin{{pmatrix}}{written}\end{{pmatrix}}"


def _rows(text: str) -> list[list[str]] | None:
    """None where the text has no rows."""
    inner = _inside(text)
    pieces = _split(text if inner is None else inner, ",; \n")
    if len(pieces) > 1 or inner is not None:
        insides = [_inside(piece) for piece in pieces]
        if insides and None not in insides:
            return [_entries(inside) for inside in insides if inside is not None]
    text = text if inner is None else inner
    if not _ROWS.search(text):
        return None
    rows = [_entries(row) for row in _split(text, ";\n|") if row]
    is_plain = all(_ENTRY.fullmatch(entry) for row in rows for entry in row)
    return rows if is_plain and len(rows) > 1 else None


def _entries(row: str) -> list[str]:
    for separators in (",;", " "):
        entries = _split(row, separators)
        if len(entries) > 1:
            return entries
    return [row.strip()]


def _inside(text: str) -> str | None:
    """What is between the brackets around the whole text; None without them."""
    closing = _BRACKETS.get(text[:1])
    if closing is None or text[-1:] != closing or len(text) < 3:
        return None
    depth = 0
    for index, char in enumerate(text):
        depth += (char in _BRACKETS) - (char in ")]}")
        if depth == 0 and index < len(text) - 1:
            return None
    return text[1:-1].strip()


def _split(text: str, separators: str) -> list[str]:
    """The pieces between the separators that are in no bracket, without empty ones."""
    pieces, depth = [""], 0
    for char in text:
        depth += (char in _BRACKETS) - (char in ")]}")
        if char in separators and depth == 0:
            pieces.append("")
        else:
            pieces[-1] += char
    return [piece.strip() for piece in pieces if piece.strip()]
