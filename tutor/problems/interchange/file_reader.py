"""Reads a file of problems: recognizes its format, and calls the reader of that format."""

from collections.abc import Callable
from functools import partial

from django.utils.translation import gettext as _

from tutor.problems.interchange.csv_table import names_columns, read_table
from tutor.problems.interchange.gift import looks_like_gift, read_gift
from tutor.problems.interchange.imported import (
    MAX_BYTES,
    MAX_PROBLEMS,
    ImportedProblem,
    UnusableFile,
    on_line,
    too_large,
    too_many,
)
from tutor.problems.interchange.jsonl import read_records
from tutor.problems.interchange.moodle.reader import read_moodle
from tutor.problems.interchange.qti.package import ITEM_ROOTS, read_items, read_package
from tutor.problems.interchange.xml_tree import read_tree


def read_file(data: bytes, language: str, *, writes_commas: bool = False) -> list[ImportedProblem]:
    """Each problem of the file, usable or not, in order. Raises UnusableFile.

    `language` is given to problems that do not name theirs. writes_commas: 2,5 is two and a half in
    formats that people type.
    """
    if len(data) > MAX_BYTES:
        raise too_large()
    problems = _reader_of(data, writes_commas=writes_commas)(data, language)
    if not problems:
        raise UnusableFile(_("There is no problem in this file."))
    if len(problems) > MAX_PROBLEMS:
        raise too_many()
    return problems


def _reader_of(
    data: bytes, *, writes_commas: bool
) -> Callable[[bytes, str], list[ImportedProblem]]:
    start = data[:200].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")
    if start.startswith(b"PK\x03\x04"):
        return read_package
    if start.startswith((b"\x1f\x8b", b"Rar!", b"7z")):
        raise UnusableFile(
            _("This is a compressed file, but not a zip. Unpack it and choose one of its files.")
        )
    if start.startswith(b"<"):
        return partial(_read_xml, writes_commas=writes_commas)
    if start.startswith((b"{", b"[")):
        return _read_lines
    is_gift = looks_like_gift(data) and not names_columns(data)
    return partial(read_gift if is_gift else read_table, writes_commas=writes_commas)


def _read_xml(data: bytes, language: str, *, writes_commas: bool) -> list[ImportedProblem]:
    root = read_tree(data)
    if root.name == "quiz":
        return read_moodle(root, language, writes_commas=writes_commas)
    if root.name in ITEM_ROOTS:
        return read_items(root, language)
    raise UnusableFile(
        _("This XML file is neither a Moodle question bank nor QTI: it begins with <%(name)s>.")
        % {"name": root.name[:40]}
    )


def _read_lines(data: bytes, language: str) -> list[ImportedProblem]:
    lines = data.splitlines()
    if sum(1 for line in lines if line.strip()) > MAX_PROBLEMS:
        raise too_many()
    problems: list[ImportedProblem] = []
    for number, line in enumerate(lines, start=1):
        location = on_line(number)
        records, rejections = read_records([line])
        problems += [
            ImportedProblem(location, record.content.title, record, names_kind=True)
            for record in records
        ]
        problems += [ImportedProblem(location, reason=error.reason) for error in rejections]
    return problems
