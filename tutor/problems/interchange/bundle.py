"""A bundle: a ZIP with the problems as JSON Lines and, beside them, the pictures they show."""

import re
import struct
import zlib
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import IO
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from tutor.figures import references_in
from tutor.figures.pictures import DIGEST_LENGTH, KINDS
from tutor.pictures.clean_picture import CleanPicture, RefusedPicture
from tutor.pictures.cleaning import clean_pictures
from tutor.pictures.models import Picture
from tutor.pictures.sentences import refusal_sentence
from tutor.pictures.storing import store_clean_picture
from tutor.problems.interchange.imported import UnusableFile
from tutor.problems.interchange.jsonl import write_records
from tutor.problems.models import Problem

LINES, FOLDER = "problems.jsonl", "pictures/"
MAX_FILES = 200
MAX_DIRECTORY = 128 * MAX_FILES  # bytes of the table of contents: names here are short
MAX_UNPACKED = 40 * 1024**2  # bytes of all files together
_PICTURE = re.compile(rf"pictures/([0-9a-f]{{{DIGEST_LENGTH}}}\.(?:{'|'.join(KINDS)}))")
_END, _END_SIZE = b"PK\x05\x06", 22


def is_bundle(data: bytes) -> bool:
    return data.startswith(b"PK\x03\x04") and LINES.encode() in data


def lines_of_bundle(data: bytes, user: User) -> bytes:
    """The lines, after their pictures were stored for this person.

    Raises UnusableFile and stores nothing if anything is wrong with any file of the bundle.
    """
    files = _unpacked(data)
    lines = files.pop(LINES, None)
    if lines is None:
        raise UnusableFile(_("The ZIP has no file %(name)s.") % {"name": LINES})
    shown = {row.name for row in references_in(lines.decode("utf-8", "replace"))}
    pictures = {name: content for name, content in files.items() if name in shown}
    for name, picture in _stored(pictures, user).items():
        lines = lines.replace(f"picture:{name}".encode(), f"picture:{picture.name}".encode())
    return lines


def write_bundle(problems: Iterable[Problem], target: IO[bytes]) -> None:
    lines = "".join(write_records(problems))
    digests = {row.digest for row in references_in(lines)}
    with ZipFile(target, "w", ZIP_STORED) as archive:
        archive.writestr(LINES, lines)
        for picture in Picture.objects.filter(digest__in=digests).iterator():
            archive.writestr(FOLDER + picture.name, picture.read())


def _unpacked(data: bytes) -> dict[str, bytes]:
    """By name, without the folder. No name leads out of the bundle: others are refused."""
    files: dict[str, bytes] = {}
    _check_directory(data)
    try:
        with ZipFile(BytesIO(data)) as archive:
            left = MAX_UNPACKED
            for entry in archive.infolist():
                if entry.filename == FOLDER:
                    continue
                name = _name_of(entry)
                if name in files:
                    raise UnusableFile(_("The ZIP has %(name)s twice.") % {"name": name})
                with archive.open(entry) as file:
                    files[name] = file.read(left + 1)  # its header may say that it is smaller
                left -= len(files[name])
                if left < 0:
                    raise UnusableFile(_("What the ZIP holds is larger than 40 MB."))
    except (BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise UnusableFile(_("The ZIP is damaged, or locked with a password.")) from error
    return files


def _check_directory(data: bytes) -> None:
    """Before all entries are read, of which a file of 8 MB can have many thousands."""
    at = data.rfind(_END)
    if at < 0 or len(data) < at + _END_SIZE:
        raise UnusableFile(_("The ZIP is damaged, or locked with a password."))
    [size] = struct.unpack_from("<I", data, at + 12)
    if size > MAX_DIRECTORY:
        problem = _("The ZIP has more than %(n)d files. Split it and import the parts.")
        raise UnusableFile(problem % {"n": MAX_FILES})


def _name_of(entry: ZipInfo) -> str:
    if entry.filename == LINES:
        return LINES
    match = _PICTURE.fullmatch(entry.filename)
    if match is None:
        problem = _("%(name)s does not belong into the ZIP.")
        raise UnusableFile(problem % {"name": ascii(entry.filename)[1:-1][:100]})
    return match[1]


def _stored(files: Mapping[str, bytes], user: User) -> dict[str, Picture]:
    """By the name in the bundle. What lies here already, byte for byte, is not written anew."""
    known = {picture.name: picture for picture in _known(files)}
    new = [name for name in files if name not in known]
    results = clean_pictures([files[name] for name in new])
    with transaction.atomic():
        stored = {
            name: _store(name, result, user) for name, result in zip(new, results, strict=True)
        }
    return known | stored


def _known(files: Mapping[str, bytes]) -> list[Picture]:
    digests = [name.partition(".")[0] for name in files]
    pictures = Picture.objects.filter(digest__in=digests)
    return [row for row in pictures if row.name in files and row.has_bytes(files[row.name])]


def _store(name: str, result: CleanPicture | RefusedPicture, user: User) -> Picture:
    try:
        if isinstance(result, RefusedPicture):
            raise result
        return store_clean_picture(result, user)
    except RefusedPicture as error:
        raise UnusableFile(f"{name}: {refusal_sentence(error)}") from error
