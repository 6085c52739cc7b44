"""Puts the values of a variant into its texts, in place of [[a]], [[a + b]] or [[a:decimal]].

Signs come out as one writes them: x + [[b]] with b = -3 is x - 3, 5 - [[b]] is 5 - (-3), and
[[b]]^2 is (-3)^2.
"""

import re
from collections.abc import Callable
from fractions import Fraction

from django.utils.translation import gettext as _

from tutor.problems.parameters import InvalidParameters, Parameters, Values

_PLACEHOLDER = re.compile(
    r"(?P<before>[+-]|\\cdot|\\times|\*)?(?P<space>(?:(?<! )[ ]++)?)"
    r"\[\[(?P<expression>[^\[\]:]{1,200})(?::(?P<format>[a-z]{1,20}))?\]\](?P<power>\s*\^)?"
)


def fill(text: str, parameters: Parameters, values: Values) -> str:
    """Raises InvalidParameters for a placeholder that has no value."""

    def filled(match: re.Match[str]) -> str:
        value = parameters.work_out(match["expression"], values)
        before, space = match["before"] or "", match["space"]
        power = match["power"] or ""
        if isinstance(value, str):
            return before + space + value + power
        if value < 0 and before == "+":
            before, value = "-", -value
        bracketed = (value < 0 and before) or (power and (value < 0 or value.denominator != 1))
        is_lone_sign = bracketed and match["format"] == "factor"
        written = _written(value, None if is_lone_sign else match["format"])
        return before + space + (rf"\left({written}\right)" if bracketed else written) + power

    return _PLACEHOLDER.sub(filled, text)


def _written(value: Fraction, name: str | None) -> str:
    writer = _FORMATS.get(name) or _WITH_COMMAS.get(name)
    if writer is None:
        known = ", ".join(sorted(known for known in _FORMATS if known))
        reason = _("unknown format %(name)s; known: %(known)s")
        raise InvalidParameters(reason % {"name": name, "known": known})
    return writer(value)


def _formula(value: Fraction) -> str:
    if value.denominator == 1:
        return str(value)
    sign = "-" if value < 0 else ""
    return rf"{sign}\frac{{{abs(value.numerator)}}}{{{value.denominator}}}"


def _factor(value: Fraction) -> str:
    """Before a letter, where 1 and its sign alone are not written: x, -x, 2x."""
    return _ONES[value] if value in _ONES else _formula(value)


def _decimal(value: Fraction) -> str:
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        reason = _("%(value)s is not a terminating decimal")
        raise InvalidParameters(reason % {"value": value})
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    digits = str(abs(value * 10**places)).rjust(places + 1, "0")
    whole, part = digits[: len(digits) - places], digits[len(digits) - places :]
    return ("-" if value < 0 else "") + whole + (f".{part}" if part else "")


_ONES = {Fraction(1): "", Fraction(-1): "-"}
_FORMATS: dict[str | None, Callable[[Fraction], str]] = {
    None: _formula,
    "plain": str,
    "factor": _factor,
    "decimal": _decimal,
}
_WITH_COMMAS: dict[str | None, Callable[[Fraction], str]] = {  # see `decimal_commas`
    "comma": lambda value: _decimal(value).replace(".", ","),
    "braced": lambda value: _decimal(value).replace(".", "{,}"),
}
