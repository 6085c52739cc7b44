"""Decimal commas for the numbers of a variant, in problems where 2,5 is two and a half.

Only what is read gets them: a key, a test and the lines of a figure keep their points.
"""

import re
from collections.abc import Callable

from tutor.figures import FigureBlock, split

FORMULA = re.compile(
    r"\\\((?:[^\\]|\\[^()\[\]])*+\\\)|\\\[(?:[^\\]|\\[^()\[\]])*+\\\]|\$\$[^$]++\$\$|\$[^$\n]++\$"
)
_FORMAT = ":decimal]]"


def with_decimal_commas(text: str) -> str:
    """A text whose placeholders write `2,5`, and `2{,}5` in formulas."""
    return in_prose(text, _with_formats)


def in_prose(text: str, change: Callable[[str], str]) -> str:
    """The text with `change` made in all of it but its figures."""
    pieces = (
        piece.written if isinstance(piece, FigureBlock) else change(piece) for piece in split(text)
    )
    return "".join(pieces)


def _with_formats(prose: str) -> str:
    formulas = FORMULA.sub(lambda match: match[0].replace(_FORMAT, ":braced]]"), prose)
    return formulas.replace(_FORMAT, ":comma]]")
