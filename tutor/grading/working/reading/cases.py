"""Values that a line finds in two cases: x = 3 → y = 5; x = -1 → y = -3."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from tutor.grading.working.reading.statement import Role, Statement

_VALUE = re.compile(r"([A-Za-z](?:_?\d)?)\s?=\s?[-−]?[\d./√()]{1,12}")
_ARROW = re.compile(r"(?:→|->|-->|⇒|=>|⟹|↦)\s*$")


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
