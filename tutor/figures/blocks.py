"""Finds the figures in a text: blocks between ```figure and ```."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tutor.figures.decimal_commas import with_last_line
from tutor.figures.draw import in_words
from tutor.figures.phrases import FigureError, Translate
from tutor.figures.pictures import PictureReference, split_at_pictures

MAX_FIGURES = 40  # in one text
_FENCE = re.compile(r" {0,3}(?P<ticks>`{3,12}|~{3,12})(?P<info>[^`]*)")


@dataclass(frozen=True)
class FigureBlock:
    """written: with its fences, as it stands in its text from `start` on."""

    source: str
    written: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.written)

    def with_decimal_commas(self) -> str:
        """As `written`, with numbers that are drawn so."""
        start = self.written.find("\n") + 1
        head, tail = self.written[:start], self.written[start + len(self.source) :]
        return head + with_last_line(self.source) + tail if self.source.strip() else self.written


def blocks_in(text: str) -> list[FigureBlock]:
    """A fence of another kind is passed over whole, also if it holds what begins a figure."""
    return list(_blocks(text)) if "figure" in text.lower() else []


def _blocks(text: str) -> Iterator[FigureBlock]:
    opening: re.Match[str] | None = None
    body: list[str] = []
    position = start = 0
    for line in text.splitlines(keepends=True):
        fence = _FENCE.fullmatch(line.rstrip())
        if opening is None:
            opening, start, body = fence, position, []
        elif fence and fence["ticks"].startswith(opening["ticks"]) and not fence["info"].strip():
            if opening["info"].strip().lower() == "figure":
                yield FigureBlock("".join(body), text[start : position + len(line)], start)
            opening = None
        else:
            body.append(line)
        position += len(line)
    if opening and opening["info"].strip().lower() == "figure":
        yield FigureBlock("".join(body), text[start:], start)


def split(text: str) -> Iterator[str | FigureBlock]:
    """The pieces of a text, in their order. What is beyond the limit stays text."""
    position = 0
    for block in blocks_in(text)[:MAX_FIGURES]:
        yield text[position : block.start]
        yield block
        position = block.end
    yield text[position:]


def split_all(text: str) -> Iterator[str | FigureBlock | PictureReference]:
    """The same with the pictures around the figures."""
    for piece in split(text):
        if isinstance(piece, str):
            yield from split_at_pictures(piece)
        else:
            yield piece


def without_figures(text: str) -> str:
    """The text alone: for solvers, which would take the words of a figure for claims."""
    return "".join(piece for piece in split_all(text) if isinstance(piece, str))


def in_words_of(text: str, translate: Translate = str) -> str:
    """The text with what each figure and picture shows, in words."""
    return "".join(
        piece if isinstance(piece, str) else _words(piece, translate) for piece in split_all(text)
    )


def _words(block: FigureBlock | PictureReference, translate: Translate) -> str:
    if isinstance(block, PictureReference):
        return f"[{block.alt}]"
    try:
        return f"[{in_words(block.source, translate)}]\n"
    except FigureError:
        return ""
