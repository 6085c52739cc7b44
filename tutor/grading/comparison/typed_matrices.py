"""Rewrites matrices and vectors as they are typed: [5,8;1,4], {{5,8},{1,4}}, 5 8; 1 4."""

from __future__ import annotations

import re

_NAME = re.compile(r"\A\s?(?:\\?[A-Za-z]{1,2}(?:_\w|'|\^\{?(?:-1|T)\}?)?\s?=\s?)")
_NUMBER = (
    r"(?:\d{1,9}(?:\.\d{1,9})?(?:\s?/\s?\d{1,9})?|\\[dt]?frac\s?\{?\d{1,9}\}?\s?\{?\d{1,9}\}?)"
)
_FACTOR = re.compile(
    rf"[-+]?\s?(?:\([-+]?{_NUMBER}\)|{_NUMBER})?\s?(?:\*|\\cdot|\\times)?\s{{0,2}}(?=[\[({{])"
)
_DIVISOR = re.compile(r"(?<=[\])}])\s?/\s?\d{1,9}\Z")
_TRANSPOSED = re.compile(r"(?<=[\])}])\s?(?:\^\s?\{?\s?(?:[Tt]|\\top|\\intercal)\s?\}?|')\Z")
_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_LATEX_BRACKETS = re.compile(r"\\(?:left|right)\s?|\\(?=[{}])|\\([lr])(?:brack|brace)\b\s?")
_ROOT = re.compile(r"\\(sqrt|cbrt) (\w)")
_ROWS = re.compile(r"[;\n|]")
_TIGHT_COMMA = re.compile(r"\d,\d")
_LOOSE_COMMA = re.compile(r"(?<!\d),|,(?!\d)")
_ENTRY = re.compile(r"[-+]?[\w.,/^√\\{}()*]{1,40}")


def fold_matrix(text: str) -> str:
    """The matrix in LaTeX; any other text as it is."""
    if r"\begin" in text or len(text) > 400:
        return text
    name = match[0] if (match := _NAME.match(text)) else ""
    text = _ROOT.sub(r"\\\1{\2}", text.replace("][", "],["))
    plain = _LATEX_BRACKETS.sub(lambda sign: {"l": "[", "r": "]"}.get(sign[1] or "", ""), text)
    factor, bare, divisor = _without_factors(plain[len(name) :].strip())
    name = "" if "^" in name else name
    bracketed = _TRANSPOSED.sub("", bare)
    is_product = bool(factor or divisor)
    rows = _rows(bracketed, may_be_row=bracketed != bare or is_product)
    if not rows or (len(rows) == 1 and len(rows[0]) == 1) or len({len(row) for row in rows}) > 1:
        return text
    if bracketed != bare or (is_product and len(rows) == 1):
        rows = [list(column) for column in zip(*rows, strict=True)]
    written = r"\\".join("&".join(row) for row in rows)
    return rf"{name}{factor}\begin{{pmatrix}}{written}\end{{pmatrix}}{divisor}"


def without_transposition(text: str) -> str:
    """(2; 3) for (2; 3)^T."""
    return _TRANSPOSED.sub("", text.strip())


def fold_vector(text: str) -> str:
    """1/2 (4, 6) and (2, 3)^T as columns; any other text as it is."""
    factor, bare, divisor = _without_factors(text.strip())
    return fold_matrix(text) if factor or divisor or _TRANSPOSED.search(bare) else text


def _without_factors(text: str) -> tuple[str, str, str]:
    """The number before a bracket, the bracket, and the number by which it is divided."""
    factor = match[0] if (match := _FACTOR.match(text)) else ""
    divisor = match[0] if (match := _DIVISOR.search(text)) else ""
    bare = text[len(factor) : len(text) - len(divisor)]
    is_alone = _inside(_TRANSPOSED.sub("", bare)) is not None
    return (factor, bare, divisor) if is_alone else ("", text, "")


def _rows(text: str, *, may_be_row: bool) -> list[list[str]] | None:
    """None where the text has no rows. may_be_row: whether (1 2 3) is one."""
    inner = _inside(text)
    pieces = _split(text if inner is None else inner, ",; \n")
    if len(pieces) > 1 or inner is not None:
        insides = [_inside(piece) for piece in pieces]
        if insides and None not in insides:
            return [_entries(inside) for inside in insides if inside is not None]
    text = text if inner is None else inner
    if not _ROWS.search(text) and not may_be_row:
        return None
    rows = [_entries(row) for row in _split(text, ";\n|") if row]
    is_plain = all(_ENTRY.fullmatch(entry) for row in rows for entry in row)
    return rows if is_plain and (len(rows) > 1 or may_be_row) else None


def _entries(row: str) -> list[str]:
    """Beside semicolons or blanks, commas are those of numbers: 0,5; 2 and 0,5 2."""
    has_blanks = _TIGHT_COMMA.search(row) and not _LOOSE_COMMA.search(row)
    for separators in (";", " ", ",") if has_blanks else (";", ",", " "):
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
