"""The limit of a term, as it is typed: x + 2 -> 4."""

from __future__ import annotations

import re

_LETTER = re.compile(r"[a-zA-Z]")
_TENDS_TO = re.compile(
    r"([^→=]{1,60}?)(?:→|->|\\(?:to|rightarrow)(?![a-z]))\s{0,3}([-+]?[\w./√π∞\\]{1,20})"
)


def limit_in(text: str) -> str:
    """4 for "x + 2 -> 4"; "" for x -> 4, which says where x goes."""
    match = _TENDS_TO.fullmatch(text)
    return match[2] if match and not _LETTER.fullmatch(match[1].strip()) else ""
