"""Members of a sequence by their numbers: a12, T20 and 20th as a_12 and a_20."""

from __future__ import annotations

import re

_NUMBERED_TERM = re.compile(  # T20 and 20th of the sequence that the working is about
    r"(?<![A-Za-z_\\])[Ttu]_?\{?(\d{1,2})\}?(?=\s?=)|(?<![\w.])(\d{1,2})(?:th|st|nd|rd)(?=\s?=)"
)

_OTHER_ROW = re.compile(  # T is a sum, or u and t are of another sequence
    r"(?<![A-Za-z\\])[Ttu](?![A-Za-z])|[\u4e00-\u9fff]|(?<![A-Za-z\\])[b-zB-Z]_\{?n"
)


def with_numbered_members(text: str, letter: str, statement: str) -> str:
    """10a_1 + a_12 for 10a1 + a12, in a working about a sequence, and a_20 for T20 and 20th."""
    if not _OTHER_ROW.search(statement):
        text = _NUMBERED_TERM.sub(lambda match: f"{letter}_{match[1] or match[2]} ", text)
    return re.sub(rf"(?<![A-Za-z_\\]){letter}(\d{{1,2}})(?![\w.])", rf"{letter}_\1 ", text)
