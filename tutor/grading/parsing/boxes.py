r"""Finds \boxed{…} in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_BOXES = 40  # the last ones count
MAX_CONTENT = 4_000  # characters
_BOX = re.compile(r"\\f?box(?:ed)?\s*")


@dataclass(frozen=True, slots=True)
class Box:
    content: str
    start: int
    end: int


def find_boxes(text: str) -> list[Box]:
    r"""Every outermost \boxed{…} or \fbox{…}, also `\boxed 7`.

    A box that never closes runs to the end of its formula.
    """
    boxes: list[Box] = []
    starts = [opening.start() for opening in _BOX.finditer(text)][-MAX_BOXES:]
    position = starts[0] if starts else len(text)
    while opening := _BOX.search(text, position):
        start = opening.end()
        if text[start : start + 1] == "{":
            end = closing_brace(text, start)
            content = text[start + 1 : end - 1] if end else _unclosed(text[start + 1 :])
            end = end or start + 1 + len(content)
        else:
            end = start + len(re.match(r"\\?\w*", text[start:])[0])  # type: ignore[index]
            content = text[start:end]
        boxes.append(Box(content.strip(), opening.start(), end))
        position = max(end, opening.end())
    return boxes


def closing_brace(text: str, start: int) -> int | None:
    """Index after the brace that closes the one at start, or None."""
    depth = 0
    index = start
    while index < min(len(text), start + MAX_CONTENT):
        if text[index] == "\\":
            index += 2
            continue
        depth += {"{": 1, "}": -1}.get(text[index], 0)
        index += 1
        if depth == 0:
            return index
    return None


def _unclosed(rest: str) -> str:
    return re.split(r"\$|\\\)|\\\]|\n", rest, maxsplit=1)[0]
