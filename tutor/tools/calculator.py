"""Computes numbers: exactly if they are rational, else to the digits that are certain."""

from __future__ import annotations

from fractions import Fraction

from flint import arb

from tutor.grading.numeric.evaluate import Evaluator
from tutor.grading.numeric.intervals import BASE_BITS, Ball, Undefined, ball, precision
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import Term, free_names
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent
from tutor.tools.reading import NoResult, quoted, read_term

MAX_WORK_S = 1.0
DIGITS = 12  # of a number that is not written in full
_MAX_WHOLE = 200  # bits of a whole number that is written in full
_MAX_DECIMALS = 15


def calculate(expression: str) -> str:
    """The value as LaTeX, such as "408" or "\\frac{1}{3} \\approx 0.333333333333".

    Raises NoResult.
    """
    term = read_term(expression)
    if names := sorted(free_names(term)):
        raise NoResult(
            f"{quoted(expression)} has the letter {names[0]}; a calculation has numbers alone."
        )
    return value_of(term, expression)


def value_of(term: Term, expression: str) -> str:
    """The same for what was read already. Raises NoResult."""
    rational = rational_value(term)
    if rational is not None:
        return written(rational)
    budget = WorkBudget(MAX_WORK_S)
    try:
        with precision(2 * BASE_BITS):
            return about(Evaluator({}, budget, real=True).value(term))
    except WorkBudgetSpent:
        raise NoResult(f"{quoted(expression)} takes too long.") from None
    except (Undefined, OverflowError, KeyError):
        raise NoResult(f"{quoted(expression)} has no real value that I can find.") from None


def written(value: Fraction) -> str:
    """A fraction beside its decimals, a number with too many digits by the first of them."""
    size = max(value.numerator.bit_length(), value.denominator.bit_length())
    if size > _MAX_WHOLE:
        with precision(2 * BASE_BITS):
            return about(ball(value))
    if value.denominator == 1:
        return str(value.numerator)
    if (ended := decimals(value)) is not None:
        return f"{fraction(value)} = {ended}"
    with precision(2 * BASE_BITS):
        return f"{fraction(value)} {about(ball(value))}"


def fraction(value: Fraction) -> str:
    sign = "-" if value < 0 else ""
    return rf"{sign}\frac{{{abs(value.numerator)}}}{{{value.denominator}}}"


def decimals(value: Fraction) -> str | None:
    """In full; None where they do not end soon."""
    for places in range(1, _MAX_DECIMALS + 1):
        scaled = value * 10**places
        if scaled.denominator == 1:
            digits = str(abs(scaled.numerator)).rjust(places + 1, "0")
            return f"{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}"
    return None


def about(value: Ball) -> str:
    """Raises Undefined where not enough digits are certain."""
    if not isinstance(value, arb) or not value.rel_accuracy_bits() > 64:
        raise Undefined
    digits: str = value.str(DIGITS, radius=False)
    mantissa, _, power = digits.partition("e")
    mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
    return rf"\approx {mantissa} \cdot 10^{{{int(power)}}}" if power else rf"\approx {mantissa}"
