"""Figures with decimal commas: where their last line says so, 2.5 becomes 2,5 and (2, 3) (2; 3)."""

import re

LAST_LINE = "decimal comma"
_NUMBER = r"[-+−]?\d{1,15}(?:\.\d{1,15})?(?!\.?\d)"
_NUMBERS = re.compile(rf"(?<![\w.,])(?P<open>[(\[{{]?){_NUMBER}(?:,\s?{_NUMBER})*+")
_WRITTEN = re.compile(r"(?<=>)[^<>]++(?=<)")


def with_last_line(source: str) -> str:
    """The lines of a figure, which now ask for decimal commas."""
    return source if without_last_line(source)[1] else f"{source.rstrip()}\n{LAST_LINE}\n"


def without_last_line(source: str) -> tuple[str, bool]:
    """The other lines, and whether the last one asks for decimal commas."""
    others, _, last = source.rstrip().rpartition("\n")
    return (others, True) if last.strip().lower() == LAST_LINE else (source, False)


def with_decimal_commas(text: str) -> str:
    """A text without formulas. A date or a version, and numbers such as 3, 4, stay as they are."""
    return _NUMBERS.sub(_with_comma, text)


def svg_with_decimal_commas(svg: str) -> str:
    """Changes what is read in it, and no coordinates."""
    return _WRITTEN.sub(lambda match: with_decimal_commas(match[0]), svg)


def _with_comma(match: re.Match[str]) -> str:
    is_list = match["open"] or "." in match[0]
    text = match[0].replace(",", ";") if is_list else match[0]
    return text.replace(".", ",")
