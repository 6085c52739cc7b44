"""Recognizes what a file is by its first bytes, whatever its name says, and cleans a picture."""

from tutor.pictures.clean_picture import CleanPicture, PictureFault, RefusedPicture
from tutor.pictures.clean_pixels import clean_pixels
from tutor.pictures.clean_svg import clean_svg

_BYTE_ORDER_MARKS = b"\xef\xbb\xbf\xff\xfe\xfe\xff"
_PIXELS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_OTHERS = {
    b"GIF8": "GIF",
    b"BM": "BMP",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
    b"%PDF": "PDF",
    b"PK\x03\x04": "ZIP",
    b"\x1f\x8b": "GZIP",
    b"\x00\x00\x01\x00": "ICO",
    b"%!PS": "PostScript",
    b"8BPS": "PSD",
}
_BRANDS = {b"avif": "AVIF", b"heic": "HEIC", b"heix": "HEIC", b"mif1": "HEIC"}


def clean_file(data: bytes) -> CleanPicture:
    """Raises RefusedPicture."""
    if not data:
        raise RefusedPicture(PictureFault.EMPTY)
    if data.startswith(_PIXELS) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return clean_pixels(data)
    start = data[:400].lstrip(_BYTE_ORDER_MARKS + b" \t\r\n").replace(b"\0", b"")
    if start.startswith(b"<") and not start.lower().startswith((b"<!doctype html", b"<html")):
        return clean_svg(data)
    raise RefusedPicture(PictureFault.WRONG_TYPE, _name_of_type(data))


def _name_of_type(data: bytes) -> str:
    """Empty for a type that is not known."""
    if data[4:8] == b"ftyp":
        return _BRANDS.get(data[8:12], "MP4")
    if data.lstrip()[:1] == b"<":
        return "HTML"
    return next((name for start, name in _OTHERS.items() if data.startswith(start)), "")
