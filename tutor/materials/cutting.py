"""Cut a text into passages, short enough to stand beside a hint, each with its heading or page."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

MAX_CHARACTERS = 900  # characters of a passage
MAX_HEADING = 200
FULL = 0.7  # of the longest line: a line that long was broken by the width of the page
_FENCE = re.compile(r"\s{0,3}(```|~~~)")
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s(.*)")
_BLANK = re.compile(r"\n\s*\n")
_ENDS = tuple(".!?;:。！？；：")
_LAST_LINE = re.compile(r"(?<=[.!?;:。！？；：])\n")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|(?<=[。！？；])\s*")
_HYPHEN = re.compile(r"(?<=[^\W\d_])-\Z")
_HAN = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True)
class PassageText:
    """page: from 1; None in a text without pages. heading: with those above it; may be empty."""

    text: str
    heading: str = ""
    page: int | None = None


def cut_markdown(text: str) -> list[PassageText]:
    return [
        PassageText(passage, heading)
        for heading, body in _sections(text)
        for passage in _packed(_BLANK.split(body), "\n\n")
    ]


def cut_pages(pages: Sequence[str]) -> list[PassageText]:
    """A passage ends with a line that ends a sentence, if there is one."""
    return [
        PassageText(passage, page=number)
        for number, text in enumerate(pages, start=1)
        for passage in _packed(_LAST_LINE.split(_unwrapped(text)), "\n")
    ]


def _unwrapped(page: str) -> str:
    """Join lines that were broken only by the width of the page."""
    lines = [line.strip() for line in page.splitlines()]
    full = FULL * max(map(len, lines), default=0)
    text = ""
    for line, following in zip_longest(lines, lines[1:], fillvalue=""):
        if len(line) < full or not following or line.endswith(_ENDS):
            text += f"{line}\n"
        elif _HYPHEN.search(line) and following[0].islower():
            text += line[:-1]
        elif _HAN.match(line[-1]) and _HAN.match(following):
            text += line
        else:
            text += f"{line} "
    return text


def _sections(text: str) -> Iterator[tuple[str, str]]:
    above: list[tuple[int, str]] = []
    body: list[str] = []
    is_code = False
    for line in text.splitlines():
        is_code ^= bool(_FENCE.match(line))
        heading = None if is_code else _HEADING.match(line)
        if heading is None:
            body.append(line)
            continue
        yield _path(above), "\n".join(body)
        body, depth = [], len(heading[1])
        title = heading[2].strip().rstrip("#").rstrip()[:MAX_HEADING]
        above = [entry for entry in above if entry[0] < depth] + [(depth, title)]
    yield _path(above), "\n".join(body)


def _path(above: list[tuple[int, str]]) -> str:
    return " › ".join(title for _, title in above if title)


def _packed(paragraphs: Iterable[str], joint: str) -> Iterator[str]:
    """Passages of as many whole paragraphs as fit."""
    packed = ""
    for paragraph in paragraphs:
        for piece in _short(paragraph.strip()):
            longer = f"{packed}{joint}{piece}" if packed else piece
            if packed and len(longer) > MAX_CHARACTERS:
                yield packed
                longer = piece
            packed = longer
    if packed:
        yield packed


def _short(paragraph: str) -> Iterator[str]:
    if len(paragraph) <= MAX_CHARACTERS:
        yield from [paragraph] if paragraph else []
        return
    for sentence in _SENTENCE.split(paragraph):
        for start in range(0, len(sentence), MAX_CHARACTERS):
            yield sentence[start : start + MAX_CHARACTERS]
