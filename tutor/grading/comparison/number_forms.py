"""Forms of a single number: a decimal, a fraction, a mixed number, scientific notation."""

from __future__ import annotations

import re
from fractions import Fraction

from tutor.grading.parsing.tree import Add, Div, Mul, Neg, Num, Pow, Term

_TEN = Num(Fraction(10))
_REPEATING = re.compile(
    r"\s*+-?\s*+\d*+\.\d*+(?:\\(?:overline|dot|bar)\s*+\{?\d++\}?|\(\d++\))\s*+"
)
_DECIMAL = re.compile(r"\d*+\.?\d*+")
_WITH_EXPONENT = re.compile(r"(\d*+\.?\d*+)e[+-]?\d++", re.IGNORECASE)


def unsigned(term: Term) -> Term:
    while isinstance(term, Neg):
        term = term.part
    return term


def whole_number(term: Term) -> int | None:
    """The value of a whole number that is written as one, without its sign."""
    term = unsigned(term)
    return int(term.text) if isinstance(term, Num) and term.text.isdigit() else None


def is_repeating(text: str) -> bool:
    r"""Whether it is a number such as 0.1\overline{6}, which is read as a fraction."""
    return bool(_REPEATING.fullmatch(text))


def is_decimal(term: Term) -> bool:
    """0.375 and 2, and neither 3/8 nor 3.75e-1."""
    term = unsigned(term)
    return isinstance(term, Num) and bool(_DECIMAL.fullmatch(term.text))


def is_fraction(term: Term) -> bool:
    """3/8, 6/16 and -9/4, and a whole number; neither 2 1/4 nor 1.5/2."""
    term = unsigned(term)
    if not isinstance(term, Div):
        return whole_number(term) is not None
    return whole_number(term.top) is not None and whole_number(term.bottom) is not None


def is_mixed_number(term: Term) -> bool:
    """2 1/4, and what has no whole or no broken part: 3, and 1/4. Neither 9/4 nor 2 - 1/4."""
    term = unsigned(term)
    if isinstance(term, Add):
        return is_mixed_sum(term)
    return whole_number(term) is not None or _is_proper(term)


def is_mixed_sum(term: Add) -> bool:
    """1 1/2, and neither 2 - 1/2 nor 1 3/2."""
    if len(term.parts) != 2 or any(isinstance(part, Neg) for part in term.parts):
        return False
    whole, fraction = term.parts
    return whole_number(whole) is not None and _is_proper(fraction)


def _is_proper(term: Term) -> bool:
    if not isinstance(term, Div):
        return False
    top, bottom = whole_number(term.top), whole_number(term.bottom)
    return top is not None and bottom is not None and top < bottom


def is_scientific(term: Term) -> bool:
    """1.5 × 10^3, 1.5e3 and 10^3: one digit from 1 to 9 before the point, times a power of ten."""
    term = unsigned(term)
    match term:
        case Mul((Num() as first, Pow() as power)):
            return _is_decimal_below_ten(first.text) and _is_power_of_ten(power)
        case Pow():
            return _is_power_of_ten(term)
        case Num(text=text) if match := _WITH_EXPONENT.fullmatch(text):
            return _is_decimal_below_ten(match[1])
    return isinstance(term, Num) and _is_decimal_below_ten(term.text)


def _is_decimal_below_ten(text: str) -> bool:
    whole = text.partition(".")[0]
    return bool(_DECIMAL.fullmatch(text)) and len(whole) == 1 and whole != "0"


def _is_power_of_ten(power: Pow) -> bool:
    return power.base == _TEN and whole_number(power.exponent) is not None
