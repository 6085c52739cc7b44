"""Lines that begin with a dash, as the entries of a list do: - 180 - 40 = 140."""

from __future__ import annotations

import re
from collections.abc import Sequence

_DASH = re.compile(r"(\s{0,3})[-−–—](?=\s)")
MIN_ENTRIES = 2


def without_dashes(lines: Sequence[str]) -> list[str]:
    """The lines with a dot for each dash at the start, where several begin so: it is no minus."""
    if sum(map(begins_with_dash, lines)) < MIN_ENTRIES:
        return list(lines)
    return [_DASH.sub(r"\1•", line, count=1) if begins_with_dash(line) else line for line in lines]


def begins_with_dash(line: str) -> bool:
    """Whether a blank follows the dash, so that it may be no minus."""
    return _DASH.match(line) is not None
