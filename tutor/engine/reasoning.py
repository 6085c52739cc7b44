"""Separates reasoning from answer while the text is still arriving."""

from enum import Enum, auto

OPENING = "<think>"
CLOSING = "</think>"


class _Part(Enum):
    START = auto()  # nothing but blank space so far: the opening tag may yet come
    REASONING = auto()
    GAP = auto()  # newlines between the closing tag and the answer belong to neither
    ANSWER = auto()


class ReasoningSplitter:
    """Splits text that comes in pieces, wherever the pieces are cut.

    thinking: whether the prompt already ended in the opening tag; a model may begin with it once
    more. The tags themselves are in neither part. What could be the beginning of a tag is held
    back until the next piece, or until `finish`.
    """

    def __init__(self, *, thinking: bool) -> None:
        self._part = _Part.START
        self._untagged = _Part.REASONING if thinking else _Part.ANSWER
        self._held = ""

    def feed(self, text: str) -> tuple[str, str]:
        """Return the new text of the reasoning and of the answer."""
        text, self._held = self._held + text, ""
        if self._part is _Part.START:
            text = self._open(text)
        reasoning = ""
        if self._part is _Part.REASONING:
            reasoning, text = self._close(text)
        if self._part is _Part.GAP:
            text = text.lstrip("\r\n")
            if text:
                self._part = _Part.ANSWER
        return reasoning, text

    def finish(self) -> tuple[str, str]:
        """Return what was held back: the text has ended, so it is no tag."""
        held, self._held = self._held, ""
        part = self._untagged if self._part is _Part.START else self._part
        return (held, "") if part is _Part.REASONING else ("", held)

    def _open(self, text: str) -> str:
        begun = text.lstrip()
        if begun.startswith(OPENING):
            self._part = _Part.REASONING
            return begun.removeprefix(OPENING)
        if OPENING.startswith(begun):
            self._held = text
            return ""
        self._part = self._untagged
        return text

    def _close(self, text: str) -> tuple[str, str]:
        reasoning, tag, answer = text.partition(CLOSING)
        if tag:
            self._part = _Part.GAP
            return reasoning, answer
        end = len(text) - _overlap(text, CLOSING)
        self._held = text[end:]
        return text[:end], ""


def _overlap(text: str, tag: str) -> int:
    """Length of the longest end of the text that a tag could begin with."""
    longest = min(len(text), len(tag) - 1)
    return next(n for n in range(longest, -1, -1) if text.endswith(tag[:n]))
