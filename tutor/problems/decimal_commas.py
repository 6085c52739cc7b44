"""Decimal commas for the numbers of a variant, in problems where 2,5 is two and a half.

Only what is read gets them: a key, a test and the lines of a figure keep their points.
"""

import re
from dataclasses import replace

from tutor.figures import FigureBlock, split
from tutor.problems.parts import Part

_FORMULA = re.compile(
    r"\\\((?:[^\\]|\\[^()\[\]])*+\\\)|\\\[(?:[^\\]|\\[^()\[\]])*+\\\]|\$\$[^$]++\$\$|\$[^$\n]++\$"
)
_FORMAT = ":decimal]]"


def with_decimal_commas(text: str) -> str:
    """A text whose placeholders write `2,5`, and `2{,}5` in formulas."""
    pieces = (
        piece.written if isinstance(piece, FigureBlock) else _with_formats(piece)
        for piece in split(text)
    )
    return "".join(pieces)


def part_with_decimal_commas(part: Part) -> Part:
    return replace(
        part,
        prompt=with_decimal_commas(part.prompt),
        choices=tuple(map(with_decimal_commas, part.choices)),
        hints=tuple(map(with_decimal_commas, part.hints)),
    )


def _with_formats(prose: str) -> str:
    formulas = _FORMULA.sub(lambda match: match[0].replace(_FORMAT, ":braced]]"), prose)
    return formulas.replace(_FORMAT, ":comma]]")
