"""Numbers of a statement as terms."""

from __future__ import annotations

import re
from fractions import Fraction

from tutor.grading.parsing.tree import Div, Neg, Num, Term

NUMBER = r"[-−]?\d{1,9}(?:[.,]\d{1,9})?(?:/\d{1,9})?"
_NUMBER = re.compile(rf"\s*({NUMBER})\s*")


def number_term(value: Fraction) -> Term:
    size = abs(value)
    term: Term = Num(Fraction(size.numerator))
    if size.denominator != 1:
        term = Div(term, Num(Fraction(size.denominator)))
    return Neg(term) if value < 0 else term


def read_number(text: str) -> Fraction | None:
    """-3, 2.5, 2,5 or 3/4; None for anything else."""
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    top, _, bottom = match[1].replace("−", "-").replace(",", ".").partition("/")
    if bottom and not int(bottom):
        return None
    return Fraction(top) / Fraction(bottom or 1)
