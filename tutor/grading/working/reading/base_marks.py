"""Numbers in another base, written as the decimal numbers that they are: 27 for 11011(2)."""

from __future__ import annotations

import re
from collections.abc import Sequence

_OF_BASES = re.compile(
    r"\b(?:bases?|basis|zahlensystem|stellenwertsystem|\w{3,8}ersystem|dual|bin[aä]r|binaire|octal"
    r"|oktal|hexa)|进制|_\{?\s?\(?(?:2|8|16)\)?\s?\}?",
    re.IGNORECASE,
)
_MARKED = re.compile(
    r"(?<![\w.,])([0-9A-F]{1,40})"
    r"(?:\s?\((?:base |basis |基数)?\s?([2-9]|1[1-6])\)|_\{?\(?([2-9]|1[1-6])\)?\}?"
    r"|\s(?:in |en |zur )?(?:base|Basis) ([2-9]|1[1-6]))(?![\w.,])",
)


def with_decimal_numbers(lines: Sequence[str], statement: str) -> list[str]:
    """The lines, where the statement is about number bases, else as they are.

    Each keeps its length, so that places in it stay what they were.
    """
    if not _OF_BASES.search(statement):
        return list(lines)
    return [_MARKED.sub(_in_decimal, line) for line in lines]


def _in_decimal(match: re.Match[str]) -> str:
    base = int(next(part for part in match.groups()[1:] if part))
    try:
        return str(int(match[1], base)).ljust(len(match[0]))
    except ValueError:
        return match[0]  # a digit that the base does not have
