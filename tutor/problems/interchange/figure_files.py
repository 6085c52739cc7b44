"""Figures as files of pictures, for systems that draw none; a file knows its lines."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from django.utils.translation import get_language, gettext

from tutor.figures import FigureBlock, FigureError, blocks_in, draw_alone, references_in

MAX_CACHED = 200  # files of one process
_MAX_BYTES = 256 * 1024  # of a file that is looked through
_MAX_LINES = 10_000  # characters that a figure is written in
_OPENING, _CLOSING = '<metadata id="lemma-figure">', "</metadata>"
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class FigureFile:
    """alt: what the figure shows, in the reader's language."""

    name: str
    alt: str
    data: bytes


def has_picture(text: str) -> bool:
    """Also a figure, which leaves as one."""
    return bool(references_in(text) or blocks_in(text))


def figure_file(block: FigureBlock) -> FigureFile | None:
    """None for a figure that cannot be drawn: it was stored past the checks."""
    return _file(block.source, block.written.strip(), get_language() or "en")


def files_of_figures(texts: Iterable[str]) -> dict[str, bytes]:
    """By their names: the files of all figures in the texts."""
    files = (figure_file(block) for text in texts for block in blocks_in(text))
    return {file.name: file.data for file in files if file}


def block_in(data: bytes) -> str:
    """The figure that such a file shows, as a text has it; empty for every other picture."""
    if len(data) > _MAX_BYTES or _OPENING.encode() not in data:
        return ""
    lines = data.decode("utf-8", "replace").partition(_OPENING)[2].partition(_CLOSING)[0]
    if len(lines) > _MAX_LINES:
        return ""
    block = html.unescape(lines)
    return block if [row.written for row in blocks_in(block)] == [block] else ""


@lru_cache(maxsize=MAX_CACHED)
def _file(source: str, written: str, _language: str) -> FigureFile | None:
    try:
        figure = draw_alone(source, gettext)
    except FigureError:
        return None
    head, _end, drawing = figure.svg.partition(">")
    svg = f"{head}>{_OPENING}{html.escape(written, quote=False)}{_CLOSING}{drawing}"
    data = _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", svg).encode()
    return FigureFile(f"figure-{sha256(data).hexdigest()[:20]}.svg", figure.alt, data)
