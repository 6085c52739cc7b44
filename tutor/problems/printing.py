"""The texts of problems on paper, with their figures and pictures."""

from collections.abc import Iterable

from tutor.figures import PictureReference, references_in
from tutor.figures.pictures import split_at_pictures
from tutor.pictures.models import Picture
from tutor.problems.figures import svg_of
from tutor.typesetting.text import PICTURE, PrintedPicture, to_markup


def printed(text: str) -> str:
    """Typst's markup for it. A picture that is missing is printed as its words."""
    references = references_in(text)
    stored = Picture.objects.in_bulk({row.digest for row in references}, field_name="digest")
    pieces = [
        piece if isinstance(piece, str) else _mark(piece, stored)
        for piece in split_at_pictures(text.replace(PICTURE, ""))
    ]
    pictures = [
        _printed_picture(row, stored[row.digest]) for row in references if row.digest in stored
    ]
    return to_markup("".join(pieces), svg_of, pictures)


def figure_text(source: str) -> str:
    """A text that is this figure."""
    return f"```figure\n{source}\n```"


def _mark(reference: PictureReference, stored: dict[str, Picture]) -> str:
    return PICTURE if reference.digest in stored else f"[{reference.alt}]"


def _printed_picture(reference: PictureReference, picture: Picture) -> PrintedPicture:
    return PrintedPicture(picture.name, picture.width, picture.height, reference.alt)


def pictures_in(texts: Iterable[str]) -> dict[str, bytes]:
    """By name: the bytes of all pictures that are stored."""
    digests = {row.digest for text in texts for row in references_in(text)}
    return {picture.name: picture.read() for picture in Picture.objects.filter(digest__in=digests)}
