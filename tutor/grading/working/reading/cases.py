"""Values that a line finds in two cases: x = 3 → y = 5; x = -1 → y = -3."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from tutor.grading.working.reading.folding import fold_line
from tutor.grading.working.reading.statement import ReadLine, Role, Statement

_VALUE = re.compile(r"([A-Za-z](?:_?\d)?)\s?=\s?[-−]?[\d./√()]{1,12}")
_ZERO = re.compile(r"\s*([A-Za-z])\s?=\s?0\s*(?:→|->|-->|⇒|=>|⟹|[,;])")
_ARROW = re.compile(r"(?:→|->|-->|⇒|=>|⟹|↦)\s*$")


def under_cases_of_lines(texts: Sequence[str], lines: Sequence[ReadLine]) -> list[ReadLine]:
    """The same where each case has a line of its own: x = 3 → y = 5, and below x = -1 → y = -3."""
    names = [_names_of_case(text, line) for text, line in zip(texts, lines, strict=True)]
    several = {pair for pair in names if pair and names.count(pair) > 1}
    zeros = _zeros_of_lines(texts, lines)
    return [
        replace(line, statements=tuple(_under_first(line.statements)))
        if pair in several
        else replace(line, statements=tuple(_under_first(line.statements)[1:]))
        if number in zeros
        else line
        for number, (line, pair) in enumerate(zip(lines, names, strict=True))
    ]


def _zeros_of_lines(texts: Sequence[str], lines: Sequence[ReadLine]) -> set[int]:
    """The numbers of the lines y = 0 ⇒ x = 8 and x = 0 ⇒ y = 6, which look at either axis."""
    heads: dict[str, list[int]] = {}
    for number, (text, line) in enumerate(zip(texts, lines, strict=True)):
        zero = _ZERO.match(fold_line(text))
        if zero and len(line.statements) > 1:
            heads.setdefault(zero[1], []).append(number)
    if len(heads) != 2:
        return set()
    return {number for numbers in heads.values() for number in numbers}


def _names_of_case(text: str, line: ReadLine) -> tuple[str, str] | None:
    """x and y of x = 3 → y = 5."""
    if len(line.statements) != 2 or not _is_value_behind(fold_line(text), *line.statements):
        return None
    before, behind = (statement.text.partition("=")[0].strip() for statement in line.statements)
    return before, behind


def _under_first(statements: Sequence[Statement]) -> list[Statement]:
    before, *others = statements
    return [before, *(replace(other, supposed=before.text) for other in others)]


def under_cases(text: str, statements: Sequence[Statement]) -> list[Statement]:
    """With each value behind an arrow under the value before it, where the line has several."""
    pairs = [_is_value_behind(text, *pair) for pair in pairwise(statements)]
    if sum(pairs) < 2:
        return list(statements)
    others = (
        replace(statement, supposed=before.text) if is_behind else statement
        for is_behind, (before, statement) in zip(pairs, pairwise(statements), strict=True)
    )
    return [statements[0], *others]


def _is_value_behind(text: str, before: Statement, statement: Statement) -> bool:
    case, value = _VALUE.fullmatch(before.text), _VALUE.fullmatch(statement.text)
    is_plain = before.role is statement.role is Role.STEP
    if case is None or value is None or not is_plain or case[1] == value[1]:
        return False
    return bool(_ARROW.search(text[before.start : statement.start]))
