"""Finds the pictures in a text: ``![what it shows](picture:DIGEST.png)``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MAX_ALT = 500  # characters
DIGEST_LENGTH = 32  # hexadecimal digits of SHA-256
KINDS = ("png", "jpg", "webp", "svg")
_TARGET = re.compile(rf"\]\(picture:([0-9a-f]{{{DIGEST_LENGTH}}})\.({'|'.join(KINDS)})\)")


@dataclass(frozen=True)
class PictureReference:
    """A picture in a text. alt: what it shows, in words."""

    digest: str
    kind: str
    alt: str

    def __str__(self) -> str:
        return f"![{self.alt}](picture:{self.digest}.{self.kind})"

    @property
    def name(self) -> str:
        return f"{self.digest}.{self.kind}"


def split_at_pictures(text: str) -> Iterator[str | PictureReference]:
    """The pieces of a text, in their order."""
    position = 0
    for match in _TARGET.finditer(text):
        start = text.rfind("![", max(position, match.start() - MAX_ALT - 2), match.start())
        alt = text[start + 2 : match.start()]
        if start < 0 or "\n" in alt:
            continue
        yield text[position:start]
        yield PictureReference(match[1], match[2], alt.strip())
        position = match.end()
    yield text[position:]


def references_in(text: str) -> list[PictureReference]:
    pieces = split_at_pictures(text) if "(picture:" in text else ()
    return [piece for piece in pieces if isinstance(piece, PictureReference)]
