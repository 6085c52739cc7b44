"""Texts with decimal points, as a class with a decimal comma reads them.

2.5 becomes 2,5 and the comma between numbers of a formula a semicolon. Code and addresses stay, and
figures are told how to write their numbers.
"""

import re

from tutor.figures import FigureBlock, split
from tutor.typesetting.text import FORMULA

_NARROW_SPACE = "\u202f"
_LITERAL = r"`[^`\n]++`|\]\([^()\]\s]*+\)|https?://\S++|\[\[[^\[\]\n]*+\]\]"
_PROSE = re.compile(
    rf"(?P<literal>{_LITERAL})"
    r"|(?<![\w.,])(?P<thousands>\d{1,3}(?:,\d{3})++(?![\d,]))"
    r"|(?<![\w.,])(?P<whole>\d{1,30})\.(?P<digits>\d{1,30})(?!\d|\.\d)"
)
_LENGTH = r"\d{0,3}\.\d{1,3}\s?(?:em|ex|mu|pt)(?![a-z])"
_VERSION = r"(?<![\d.])\d{1,9}(?:\.\d{1,9}){2,9}"  # such as 1.2.3
_DECIMAL = re.compile(rf"(?P<kept>{_LENGTH}|{_VERSION})|(?<=\d)\.(?=\d)")
_THOUSANDS = re.compile(
    r"(?<![\d.,])(?<!\\\{)(?<![^\\][(\[])\d{1,3}(?:(?:,|\{,\}|,\\!)\d{3})++(?![\d,])"
)
_GROUP_SIGN = re.compile(r"\{,\}|,\\!|,")
_NUMBER = r"[-+−]?\s?(?:\d|\\(?:[dt]?frac|sqrt|pi|infty|[lc]?dots)(?![a-z]))"
_SEPARATOR = re.compile(
    rf"(?:(?<=[\d}}])|(?<=\\infty)|(?<=\\pi)),(?=\s{{0,3}}(?:\\[,;: ]\s{{0,3}})?{_NUMBER})"
)
_AFTER_DOTS = re.compile(r"(?<=;)(\s{0,3}\\[lc]?dots\s{0,3}),")


def with_class_commas(text: str) -> str:
    pieces = (
        piece.with_decimal_commas() if isinstance(piece, FigureBlock) else _rewritten(piece)
        for piece in split(text)
    )
    return "".join(pieces)


def with_commas_in_figures(text: str) -> str:
    """For texts that have decimal commas of their own."""
    pieces = (
        piece.with_decimal_commas() if isinstance(piece, FigureBlock) else piece
        for piece in split(text)
    )
    return "".join(pieces)


def _rewritten(text: str) -> str:
    written, end = [], 0
    for formula in FORMULA.finditer(text):
        written += [_prose(text[end : formula.start()]), _formula(formula[0])]
        end = formula.end()
    return "".join([*written, _prose(text[end:])])


def _prose(text: str) -> str:
    return _PROSE.sub(_in_prose, text)


def _in_prose(match: re.Match[str]) -> str:
    if match["literal"]:
        return match[0]
    if match["thousands"]:
        return match[0].replace(",", _NARROW_SPACE)
    return f"{match['whole']},{match['digits']}"


def _formula(text: str) -> str:
    text = _THOUSANDS.sub(lambda number: _GROUP_SIGN.sub(r"\\,", number[0]), text)
    text = _AFTER_DOTS.sub(r"\1;", _SEPARATOR.sub(";", text))
    return _DECIMAL.sub(lambda match: match["kept"] or "{,}", text)
