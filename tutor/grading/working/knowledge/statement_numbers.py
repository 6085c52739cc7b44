"""Numbers in statements and lines, as terms and as fractions."""

from __future__ import annotations

import re
from contextlib import suppress
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_term
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


def read_rational(text: str) -> Fraction | None:
    """5/14 for 20/56 and for 5/8 · 4/7; None for what is no rational number."""
    with suppress(ArithmeticError):
        term = read_term(text)
        return None if term is None else rational_value(term)
    return None
