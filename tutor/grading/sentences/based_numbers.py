"""A number in another base behind the sum of its digits: 8 + 4 + 1 → 1101₂."""

from __future__ import annotations

import re
from contextlib import suppress

from tutor.grading.sentences.answer_shapes import is_near, number_in
from tutor.grading.sentences.clauses import ARROWS

_WORKED = re.compile(
    rf"([\d+*^ ]{{1,60}})(?:{ARROWS}|=)\s?(([0-9A-Za-z]{{1,40}}) ?_ ?[{{(]?(\d{{1,2}})[)}}]?)\W?"
)


def based_number_behind(text: str) -> str:
    """The number in its base; "" where the sum before it comes to another."""
    worked = _WORKED.fullmatch(text.strip())
    if worked is None:
        return ""
    with suppress(ValueError):
        if is_near(int(worked[3], int(worked[4])), number_in(worked[1])):
            return worked[2]
    return ""
