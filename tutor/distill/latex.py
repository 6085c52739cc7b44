"""Numbers and polynomials as compact LaTeX."""

from collections.abc import Sequence
from fractions import Fraction


def signed(value: int) -> str:
    """A number as a second operand: in brackets if it is negative."""
    return f"({value})" if value < 0 else str(value)


def added(value: int) -> str:
    """A number that is added to what stands before it: +3 or -3."""
    return f"+{value}" if value >= 0 else str(value)


def fraction(value: Fraction) -> str:
    if value.denominator == 1:
        return str(value.numerator)
    return over(value.numerator, value.denominator)


def over(numerator: int | str, denominator: int | str) -> str:
    text = str(numerator)
    if text.startswith("-"):
        return f"-\\frac{{{text[1:]}}}{{{denominator}}}"
    return f"\\frac{{{text}}}{{{denominator}}}"


def term(coefficient: int, power: int, name: str = "x") -> str:
    """3x^2, -x, 5."""
    if power == 0:
        return str(coefficient)
    head = {1: "", -1: "-"}.get(coefficient, str(coefficient))
    return f"{head}{name}" if power == 1 else f"{head}{name}^{power}"


def polynomial(coefficients: Sequence[int], name: str = "x") -> str:
    """coefficients: of the highest power first. What is 0 is left out."""
    top = len(coefficients) - 1
    parts = [term(c, top - i, name) for i, c in enumerate(coefficients) if c]
    return total(parts) if parts else "0"


def total(parts: Sequence[str]) -> str:
    """Terms with their own signs as one sum."""
    rest = (part if part.startswith("-") else f"+{part}" for part in parts[1:])
    return parts[0] + "".join(rest)


def decimal(value: int, places: int) -> str:
    """value / 10^places without trailing zeros."""
    sign, digits = ("-" if value < 0 else ""), str(abs(value)).rjust(places + 1, "0")
    if places == 0:
        return sign + digits
    tail = digits[-places:].rstrip("0")
    return f"{sign}{digits[:-places]}" + (f".{tail}" if tail else "")
