"""What is left of a file after it was read as a picture, and why a file is refused."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from tutor.figures.pictures import DIGEST_LENGTH

MAX_PICTURE_BYTES = 10 * 1024**2  # of a file of pixels
MAX_SVG_BYTES = 512 * 1024
MAX_PIXELS = 50_000_000  # that are decoded
MAX_WIDTH, MAX_HEIGHT = 2_000, 4_000  # of what is stored

CONTENT_TYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "webp": "image/webp",
    "svg": "image/svg+xml",
}


class PictureFault(StrEnum):
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY_PIXELS = "too_many_pixels"
    WRONG_TYPE = "wrong_type"
    BROKEN = "broken"
    DECLARES = "declares"
    NOT_SVG = "not_svg"
    TOO_COMPLEX = "too_complex"
    TOO_HARD = "too_hard"
    NO_SPACE = "no_space"


class RefusedPicture(ValueError):
    """detail: what the file is instead, or how many of something it has."""

    def __init__(self, fault: PictureFault, detail: str = "") -> None:
        super().__init__(fault, detail)
        self.fault = fault
        self.detail = detail


@dataclass(frozen=True)
class CleanPicture:
    """A picture written anew. left_out: names of elements that an SVG had and its copy lacks."""

    data: bytes
    extension: str
    width: int
    height: int
    left_out: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        return digest_of(self.data)


def digest_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:DIGEST_LENGTH]
