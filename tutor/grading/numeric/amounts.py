"""Calculations with units: 210 km / 3.5 h, 1 h 30 min, 15 N × 4 m, each as one amount."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.tree import (
    Add,
    Div,
    Mul,
    Neg,
    Pow,
    Sym,
    Term,
    Unreadable,
    is_term,
)
from tutor.grading.parsing.units import NO_UNIT, Unit, read_unit

MAX_TEXT = 200  # characters
_TEXT = re.compile(r"\\(?:text|mathrm|textrm|mbox|operatorname|mathit)\s*\{([^{}]{0,40})\}")
_SPACES = re.compile(r"\\[ ,;:!]|~|\\quad(?![A-Za-z])")
_MONEY = re.compile(r"(?:\\?\$|€|£|¥)\s?(\d[\d,]*+(?:\.\d++)?)")
_NUMBER = r"(?<![\d,])\d[\d,]*+(?:\.\d++)?"
_POWER = r"(?:\s?\^\s?(?:\{\s?-?[1-4]\s?\}|-?[1-4])|[²³]|⁻[¹²³])?"
_WORD = r"(?:[A-Za-zμΩ°]++|[\u4e00-\u9fff]++)"
_UNIT = (
    rf"(?:(?:square|cubic|sq)\s)?{_WORD}{_POWER}"
    rf"(?:(?:\s?/\s?|\sper\s|\s?[·⋅]\s?(?=[A-Z])){_WORD}{_POWER}){{0,3}}"
)
_QUANTITY = re.compile(
    rf"(?P<number>{_NUMBER}|[)}}])\s{{0,3}}(?P<unit>{_UNIT}|/\s?{_WORD}{_POWER})"
)
_BESIDE = re.compile(r"\)\s{0,3}(?:and\s)?(?=\(\d)")  # of two amounts: 1 h 30 min
_RAISED = str.maketrans("²³⁻¹", "23-1")


@dataclass(frozen=True, slots=True)
class Amount:
    """value: in base units, such as m and s."""

    value: Fraction
    unit: Unit

    @property
    def dimension(self) -> tuple[tuple[str, int], ...]:
        return self.unit.dimension


def read_amount(text: str) -> Amount | None:
    """The amount that a calculation comes to.

    None where it has variables or unknown units, or adds amounts of different dimensions.
    """
    if len(text) > MAX_TEXT:
        return None
    plain = _SPACES.sub(" ", _TEXT.sub(lambda macro: f" {macro[1].strip()} ", text))
    plain = _MONEY.sub(r"\1 dollar ", plain)
    units: list[Unit] = []
    with_symbols = _QUANTITY.sub(lambda quantity: _with_symbol(quantity, units), plain)
    if not units or any(unit.dimension and unit.dimension[0][0].startswith("#") for unit in units):
        return None
    try:
        value = read_expression(_BESIDE.sub(")+", with_symbols))
    except (Unreadable, RecursionError):
        return None
    return _amount(value, units) if is_term(value) else None


def _with_symbol(quantity: re.Match[str], units: list[Unit]) -> str:
    r"""3.5 h as (3.5 \cdot U_1), with the unit noted at the index after the U."""
    written = quantity["unit"].strip()
    unit = read_unit(_typed(written.lstrip("/ ")))
    if unit is None or not unit.dimension:
        return quantity[0]
    units.append(NO_UNIT.times(unit, -1) if written.startswith("/") else unit)
    symbol = f"U_{{{len(units)}}}"
    if quantity["number"] in ")}":
        return rf"{quantity['number']} \cdot {symbol}"
    return rf"({quantity['number'].replace(',', '')} \cdot {symbol})"


def _typed(unit: str) -> str:
    """m² as m^2, per as /."""
    return re.sub(r"(?<=[A-Za-z])(?=[23-])", "^", unit.translate(_RAISED)).replace(" per ", "/")


def _amount(term: Term, units: list[Unit]) -> Amount | None:
    match term:
        case Sym(name) if name.startswith("U_"):
            unit = units[int(name[2:]) - 1]
            return Amount(unit.factor, unit)
        case Neg(part):
            inner = _amount(part, units)
            return inner and Amount(-inner.value, inner.unit)
        case Mul(parts):
            return _product([_amount(part, units) for part in parts])
        case Div(top, bottom):
            above, below = _amount(top, units), _amount(bottom, units)
            if above is None or below is None or not below.value:
                return None
            return Amount(above.value / below.value, above.unit.times(below.unit, -1))
        case Pow(base, exponent):
            return _power(_amount(base, units), rational_value(exponent))
        case Add(parts):
            return _total([_amount(part, units) for part in parts])
    value = rational_value(term)
    return None if value is None else Amount(value, NO_UNIT)


def _product(factors: list[Amount | None]) -> Amount | None:
    product = Amount(Fraction(1), NO_UNIT)
    for factor in factors:
        if factor is None:
            return None
        product = Amount(product.value * factor.value, product.unit.times(factor.unit))
    return product


def _power(base: Amount | None, exponent: Fraction | None) -> Amount | None:
    if base is None or exponent is None or exponent.denominator != 1 or abs(exponent) > 4:
        return None
    if not base.value and exponent <= 0:
        return None
    return Amount(base.value**exponent.numerator, NO_UNIT.times(base.unit, exponent.numerator))


def _total(summands: list[Amount | None]) -> Amount | None:
    first = summands[0]
    if first is None or any(s is None or s.dimension != first.dimension for s in summands):
        return None
    return Amount(sum((s.value for s in summands if s), Fraction(0)), first.unit)
