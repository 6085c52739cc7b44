"""Rounds the value of a term as a problem asks."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction

from flint import arb

from tutor.grading.numeric.evaluate import Evaluator
from tutor.grading.numeric.intervals import BASE_BITS, Undefined, precision
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import Neg, Num, Term
from tutor.grading.processes.work_budget import WorkBudget

MAX_PLACES = 12
_WORK_S = 0.05
_DIGITS = {**dict(zip("一二三四五六七八九", range(1, 10), strict=True)), "两": 2}
_WORDS = {
    word: count
    for count, words in enumerate(
        ("one ein eine einer un une una", "two zwei deux dos", "three drei trois tres",
         "four vier quatre cuatro", "five fünf cinq cinco"),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
_COUNT = rf"(\d|\b(?:{'|'.join(_WORDS)}))"
_PLACES = re.compile(
    rf"{_COUNT}\s?(?:decimal (?:places?|digits?)|decimals\b|d\.?p\b\.?"
    r"|Nachkommastellen?|Dezimal(?:stellen?|en)|décimales?|decimales?|cifras? decimal(?:es)?)"
    r"|([一二三四五六两\d])\s?位小数",
    re.IGNORECASE,
)
_NAMED_PLACES = (  # of tenths, of hundredths, …
    re.compile(
        r"nearest tenth|auf Zehntel|au dixième|a las décimas|精确到\s?0\.1(?!\d)|精确到十分位",
        re.IGNORECASE,
    ),
    re.compile(
        r"nearest (?:hundredth|cent\b|penny)|auf (?:Hundertstel|Cent\b)|au centi(?:ème|me\b)"
        r"|a las centésimas|精确到\s?0\.01(?!\d)|精确到百分位",
        re.IGNORECASE,
    ),
    re.compile(
        r"nearest thousandth|auf Tausendstel|au millième|a las milésimas|精确到\s?0\.001(?!\d)"
        r"|精确到千分位",
        re.IGNORECASE,
    ),
)
_FIGURES = re.compile(
    rf"{_COUNT}\s?(?:significant (?:figures?|digits?)|s\.?f\b\.?"
    r"|(?:gültigen?|geltenden?|signifikanten?) (?:Ziffern|Stellen)|chiffres significatifs"
    r"|cifras significativas)|([一二三四五六两\d])\s?位有效数字",
    re.IGNORECASE,
)
_TOLERANCES = re.compile(r"(?:Answers within|误差不超过)\s?0\.(0{0,5}[15])(?!\d)", re.IGNORECASE)
_MARKUP = re.compile(r"\\[()]|\$")


@dataclass(frozen=True, slots=True)
class Rounding:
    """count: of decimal places, or of significant figures."""

    count: int
    is_of_figures: bool = False

    def rounded(self, term: Term) -> Term | None:
        """A decimal; None where the value is that already, or is not certain."""
        exact = rational_value(term)
        bounds = (exact, exact) if exact is not None else _bounds(term)
        if bounds is None:
            return None
        low, high = (self._round(bound) for bound in bounds)
        if low is None or low != high or low[0] == exact:
            return None
        value, places = low
        return _decimal(value, places)

    def _round(self, value: Fraction) -> tuple[Fraction, int] | None:
        """And how many decimal places it has. A half is rounded away from zero."""
        places = self.count
        if self.is_of_figures:
            if not value:
                return None
            places -= 1 + _magnitude(abs(value))
        if not 0 <= places <= MAX_PLACES:
            return None
        half = Fraction(1, 2) if value > 0 else Fraction(-1, 2)
        return Fraction(int(value * 10**places + half), 10**places), places


def rounding_asked(text: str) -> Rounding | None:
    """None where none is asked for, or more than one."""
    plain = _MARKUP.sub("", text)
    places = {_count(*groups) for groups in _PLACES.findall(plain)}
    places |= {n for n, name in enumerate(_NAMED_PLACES, start=1) if name.search(plain)}
    places |= {len(digits) for digits in _TOLERANCES.findall(plain)}
    figures = {_count(*groups) for groups in _FIGURES.findall(plain)}
    if len(places) + len(figures) != 1:
        return None
    return Rounding(places.pop()) if places else Rounding(figures.pop(), is_of_figures=True)


def _count(latin: str, chinese: str) -> int:
    text = (latin or chinese).casefold()
    return int(text) if text.isdecimal() else _WORDS.get(text) or _DIGITS[text]


def _bounds(term: Term) -> tuple[Fraction, Fraction] | None:
    with suppress(Undefined, KeyError, OverflowError), precision(BASE_BITS):
        with WorkBudget(_WORK_S) as budget:
            ball = Evaluator({}, budget, real=True).value(term)
        if isinstance(ball, arb) and ball.is_finite():
            return _fraction(ball.lower()), _fraction(ball.upper())
    return None


def _fraction(value: arb) -> Fraction:
    mantissa, exponent = value.mid().man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def _magnitude(size: Fraction) -> int:
    """The power of ten of its first digit."""
    power = len(str(size.numerator)) - len(str(size.denominator))
    return power if size >= Fraction(10) ** power else power - 1


def _decimal(value: Fraction, places: int) -> Term:
    digits = str(int(abs(value) * 10**places)).rjust(places + 1, "0")
    text = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    term = Num(abs(value), text)
    return Neg(term) if value < 0 else term
