"""One side of an equation of a working: a term, and the unit of its value."""

from __future__ import annotations

import re
from dataclasses import replace

from tutor.grading.parsing.names import split_word
from tutor.grading.steps import equation_side
from tutor.grading.steps.equation_side import EquationSide
from tutor.grading.working.quantities.measures import (
    Measure,
    UnitsDisagree,
    measure_of,
    without_units,
)
from tutor.grading.working.quantities.unit_marks import MARK, UnitLetters, mark_units

_CAPITAL_I = re.compile(r"(?<![A-Za-z\\_{^])I(?![A-Za-z_{])")  # a current or interest
_OF = re.compile(r"(%\s*+)(?:of|von|vom|de|du|des|del|的)\b\s*+|(%\s*+)的\s*+", re.IGNORECASE)
_FRACTION_OF = re.compile(r"(\d\s*/\s*\d+\s+)(?:of|von|de)\s+(?=[\d(])", re.IGNORECASE)
_HOURS = re.compile(r"(?<![\d.])(\d{1,3})\s?h\s?([0-5]\d)(?![\d.])(?!\s?min)")  # 2h30
_HOUR = re.compile(r"\d\s?h\s?\d{1,2}\s?min")
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3}){1,4}(?![\d])")
_RATIO = re.compile(r"(?<=[\dA-Za-z)}%])\s*+:\s*+(?=[\dA-Za-z(\\√-])")


def _is_product(text: str) -> bool:
    """vt, lw and mgh, which are no words."""
    letters = text.strip()
    is_short = letters.isascii() and letters.isalpha() and 1 < len(letters) < 5
    pieces = split_word(letters) if is_short else None
    return pieces is not None and all(len(piece) == 1 for piece in pieces)


def read_side(text: str, functions: frozenset[str], letters: UnitLetters) -> EquationSide:
    """functions: the names that stand for functions. letters: those that may be units."""
    plain = _THOUSANDS.sub(lambda amount: amount[0].replace(" ", ""), text)
    plain = _HOURS.sub(r"\1 h \2 min", _CAPITAL_I.sub("I_0", plain))
    if _HOUR.search(plain):
        letters = replace(letters, used=letters.used | {"h"})
    plain = _OF.sub(r"\1\2 * ", plain)
    plain = _FRACTION_OF.sub(r"\1* ", plain)
    marked = mark_units(plain, letters)
    if _is_product(plain):
        marked.text = " ".join(marked.text.strip())
    side = equation_side.read_side(_RATIO.sub("/", marked.text), functions)
    if side.term is None:
        return replace(side, text=text)
    try:
        if len(marked.units) == 1 and marked.text.rstrip().endswith(f"{MARK}_{{0}})"):
            # 24/2.54 cm and 5 + 3 cm: the unit of the whole.
            measure = Measure(without_units(side.term), marked.units[0])
        else:
            measure = measure_of(side.term, marked.units)
    except UnitsDisagree:
        measure = Measure(without_units(side.term))
    words = frozenset(marked.words)
    return EquationSide(text, measure.amount, words, percent=side.percent, unit=measure.unit)
