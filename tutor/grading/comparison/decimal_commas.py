"""Decimal commas of a class, in answers and lines on problems that write decimal points.

A class in Germany types 2,5 and separates a list by semicolons, whatever the problem does. Its
answers are written as the problem writes them before anything reads them.
"""

from __future__ import annotations

import re

from tutor.grading.answer_key import Kind
from tutor.grading.parsing.answers import decimal_points

_WITHOUT_DECIMALS = (Kind.CHOICE, Kind.TEXT, Kind.TRUTH, Kind.LOGIC, Kind.PERMUTATION)
_OF_SEVERAL = (Kind.TUPLE, Kind.INTERVAL, Kind.MATRIX, Kind.DIRECTION, Kind.LINE_OR_PLANE)
_SEPARATOR = re.compile(r"[;|\n]|,\s")
_RELATION = re.compile(r"[<>=≤≥]|\\[lg]eq?(?![a-z])")
_DECIMAL_POINT = re.compile(r"(?<=\d)\.(?=\d)")
_COMMA_OF_LINE = re.compile(r"(?<=\d)(?<![^\W\d]1)(?:,|\{,\})(?=\d)")  # not x1,2
_PAIR = re.compile(  # (2,5), and [2,5] and {2,5}, which are never a number in brackets
    r"[(\[\]][-−]?\d{1,6}(?:,[-−]?\d{1,6}){1,4}[)\[\]]"
    r"|(?:\\|(?<=[-−\\∖=∈\s]))\{[-−]?\d{1,6}(?:,[-−]?\d{1,6}){1,8}\\?\}"
    r"|[\[\]][-−]?\d{1,3},\d{0,3}(?:π|\\pi|pi)[)\[\]]|[(\]]0,2(?:π|\\pi|pi)[\[\])]"  # [0,2π)
)
_ROW_OF_PAIRS = re.compile(r"(?:\(\d{1,3},\d{1,3}\)\s?[,;]?\s?){3,40}")  # (2,6)(3,5)(4,4)
_MATRIX = re.compile(r"\[(?:\[[^\[\];\s]{1,60}\](?:,\s?)?){2,6}\]")  # [[a+3,1],[2,b]]
_LISTED = re.compile(rf"{_MATRIX.pattern}|{_PAIR.pattern}")
_ROW_OF_NUMBERS = re.compile(  # 27,28 y 29
    r"(?<![\w.,])(\d{1,6}),(\d{1,6}) (?:y|und|et|and) (\d{1,6})(?![\w.,])"
)
_WITHOUT = re.compile(r"(?:R|ℝ|\\mathbb ?\{R\}|\\R)\s?(?:[-−∖\\]|\\setminus)\s?$")  # R - {-2,2}
_OF_WHOLE_NUMBERS = re.compile(
    r"(?:mcm|mcd|ppcm|pgcd|kgv|ggt|lcm|gcd|max|min|(?<![a-z])c)\s?$", re.IGNORECASE
)
_BINDING = frozenset("+-−·*/^:²³×√")  # beside (2,5) these make it a number
_SPACED_COMMA = re.compile(r",(?=\\[;,] )")


def as_with_points(response: str, kind: Kind) -> str:
    """A response with decimal commas, as a problem with decimal points has it.

    In (2,5) the comma separates where one number alone cannot be the answer.
    """
    if kind in _WITHOUT_DECIMALS or not re.search(r"\d", response):
        return response
    if _commas_separate(response, kind):
        return response
    plain = decimal_points(response)
    return plain.replace(";", ",") if kind == Kind.TUPLE else plain  # else it may be a column


def _commas_separate(response: str, kind: Kind) -> bool:
    if kind not in _OF_SEVERAL or _SEPARATOR.search(response):
        return False
    return "(" in response or "[" in response or not _RELATION.search(response)


def latex_with_commas(latex: str) -> str:
    """LaTeX of what was read, with decimal commas, and semicolons between entries."""
    return _DECIMAL_POINT.sub("{,}", _SPACED_COMMA.sub(";", latex))


def with_decimal_points(text: str) -> str:
    """3,5 + (2,5)·2 as 3.5 + (2.5)·2; the point of P(7,3) and of x = (7,3) keeps its comma.

    So do a = (2,-3,6), which has too many numbers for one, the interval [0,3], the set {1,2}, and
    numbers that rise evenly: 27,28 and 29.
    """
    text = _ROW_OF_NUMBERS.sub(_with_spaces, text)
    kept_to = 0
    pieces = []
    rows = [row.span() for row in _ROW_OF_PAIRS.finditer(text)]
    for pair in _LISTED.finditer(text):
        is_in_row = any(start <= pair.start() < end for start, end in rows)
        is_in_row = is_in_row or pair[0].startswith("[[")
        if is_in_row or pair[0].count(",") > 1 or _is_point(text, pair):
            pieces += [_COMMA_OF_LINE.sub(".", text[kept_to : pair.start()]), pair[0]]
            kept_to = pair.end()
    return "".join([*pieces, _COMMA_OF_LINE.sub(".", text[kept_to:])])


def _with_spaces(row: re.Match[str]) -> str:
    first, second, third = map(int, row.groups())
    is_even = second - first == third - second > 0 and len(row[1]) == len(row[2]) > 1
    return row[0].replace(",", ", ") if is_even else row[0]


def _is_point(text: str, pair: re.Match[str]) -> bool:
    """Whether the brackets belong to no calculation and no function."""
    head, tail = text[: pair.start()], text[pair.end() :]
    if _OF_WHOLE_NUMBERS.search(head) or ("{" in pair[0] and _WITHOUT.search(head)):
        return True
    if re.search(r"[^\W\d]\s?:\s?$|\\\($|\\in\s?$", head):
        head = ""  # solutions: (7,3), and \((7,3)\)
    before, behind = head.rstrip()[-1:], tail.lstrip()[:1]
    is_argument = head[-1:].islower()
    is_factor = before.isdigit() or before in ("(", ")") or tail[:1].isalnum() or behind == ")"
    return not (is_argument or is_factor or {before, behind} & _BINDING)
