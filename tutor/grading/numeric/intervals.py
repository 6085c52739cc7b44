"""Interval arithmetic (Arb): a number is a ball that contains the true value.

Two balls that do not overlap prove that two values differ. Real numbers are arb, others acb.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction

from flint import acb, arb, ctx, fmpq

Ball = arb | acb
BASE_BITS = 128
MAX_SPREAD = 24_000  # bits between the largest and the smallest number of one expression

# Arb's precision is one setting for the whole process. Balls stay valid when another thread
# changes it, only wider or narrower; the lock keeps a raised precision until its block ends.
_raising = threading.RLock()


class Undefined(ArithmeticError):
    """No value: a division by zero, a root of a negative number, or an unknown function."""


@contextmanager
def precision(bits: int) -> Iterator[None]:
    with _raising:
        before, ctx.prec = ctx.prec, bits
        try:
            yield
        finally:
            ctx.prec = before


def ball(value: Fraction | int) -> arb:
    numerator, denominator = value.as_integer_ratio()
    return arb(numerator) if denominator == 1 else arb(fmpq(numerator, denominator))


def magnitude(value: Ball) -> int | None:
    """The power of two nearest to the value; None where it may be zero."""
    if value.contains(0):
        return None
    size = abs(value).mid()
    mantissa, exponent = size.man_exp()
    return int(exponent) + int(mantissa).bit_length()
