"""Tell names, addresses and running numbers apart in the cells of a class list."""

import re

_LETTER = r"[^\s<>()\[\],;:\"@，；]"
_WORD = rf"{_LETTER}{{1,200}}"
_MAIL = re.compile(rf"[<(\[]?(?:mailto:)?(?<!{_LETTER})({_WORD}@{_WORD})[>)\]]?")
_RUNNING_NUMBER = re.compile(r"^\d{1,4}(?:[.)、]\s{0,3}|\s{1,3}(?=[^\W\d_]))")
_EDGES = " ,;:<>()[]\t，；"


def has_mail(cell: str) -> bool:
    return bool(_MAIL.search(cell))


def split_cell(cell: str) -> tuple[str, list[str]]:
    """The name in a cell, without its running number, and the addresses in it."""
    mails = [mail.rstrip(".") for mail in _MAIL.findall(cell)]
    name = " ".join(_MAIL.sub(" ", cell).split()).strip(_EDGES if mails else None)
    return _RUNNING_NUMBER.sub("", name), mails


def cells_by_kind(cells: list[str]) -> tuple[list[str], list[str]]:
    """The names and the addresses on a line whose columns nothing names."""
    names: list[str] = []
    mails: list[str] = []
    for cell in cells:
        name, addresses = split_cell(cell)
        mails += addresses
        if name and not name.isdecimal():
            names.append(name)
    return names, mails
