"""Reads PNG, JPEG and WebP and writes them anew: without metadata, upright, small enough."""

import warnings
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from tutor.pictures.clean_picture import (
    MAX_HEIGHT,
    MAX_PICTURE_BYTES,
    MAX_PIXELS,
    MAX_WIDTH,
    CleanPicture,
    PictureFault,
    RefusedPicture,
)

_EXTENSIONS = {"PNG": "png", "JPEG": "jpg", "WEBP": "webp"}
_OPTIONS: dict[str, dict[str, Any]] = {
    "PNG": {"optimize": True},
    "JPEG": {"quality": 88, "optimize": True, "progressive": True},
    "WEBP": {"quality": 90},
}
_QUALITY_MODES = {"JPEG": ("L", "RGB"), "WEBP": ("RGB", "RGBA")}
_PNG_MODES = ("1", "L", "LA", "RGB", "RGBA")


def clean_pixels(data: bytes) -> CleanPicture:
    """Raises RefusedPicture; too many pixels are refused by the header, before any is decoded."""
    if len(data) > MAX_PICTURE_BYTES:
        raise RefusedPicture(PictureFault.TOO_LARGE)
    Image.MAX_IMAGE_PIXELS = None  # the limit here is lower, and no warning
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about damaged metadata, which is left out anyway
            image = Image.open(BytesIO(data), formats=tuple(_EXTENSIONS))
            return _written_anew(image)
    except UnidentifiedImageError as error:
        raise RefusedPicture(PictureFault.BROKEN) from error
    except (OSError, SyntaxError, ValueError, EOFError, OverflowError) as error:
        if isinstance(error, RefusedPicture):
            raise
        raise RefusedPicture(PictureFault.BROKEN) from error


def _written_anew(image: Image.Image) -> CleanPicture:
    pixels = image.width * image.height
    if pixels > MAX_PIXELS:
        raise RefusedPicture(PictureFault.TOO_MANY_PIXELS, str(round(pixels / 1_000_000)))
    kind = "JPEG" if image.format == "MPO" else str(image.format)  # a photo with its preview
    # A JPEG can be decoded at an eighth of its size; twice what is needed keeps its edges clean.
    image.draft("RGB", (2 * MAX_WIDTH, 2 * MAX_HEIGHT))
    upright = ImageOps.exif_transpose(image)
    picture = _in_mode_for(upright, kind)
    picture.thumbnail((MAX_WIDTH, MAX_HEIGHT), Image.Resampling.LANCZOS)
    # A new image has pixels alone: no text, no profile, no place where the photo was taken.
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    buffer = BytesIO()
    bare.save(buffer, kind, **_OPTIONS[kind])
    return CleanPicture(buffer.getvalue(), _EXTENSIONS[kind], *bare.size)


def _in_mode_for(image: Image.Image, kind: str) -> Image.Image:
    modes = _QUALITY_MODES.get(kind, _PNG_MODES)
    if image.mode in modes:
        return image.convert("L") if image.mode == "1" else image
    if kind != "JPEG" and (image.has_transparency_data or "A" in image.mode):
        return image.convert("RGBA")
    if image.mode.startswith(("I", "F")):  # 16 bits of grey
        return image.point(lambda value: value / 256).convert("L").convert(modes[0])
    return image.convert("RGB")
