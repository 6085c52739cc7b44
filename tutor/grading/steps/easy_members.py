"""An easy number out of a set, to be shown as a counterexample: a whole one where possible."""

from __future__ import annotations

from fractions import Fraction

from flint import arb, fmpq

from tutor.grading.numeric.intervals import Ball
from tutor.grading.solving.real_sets import RealSet, midpoint


def easy_member(numbers: RealSet) -> Ball | Fraction:
    """numbers: not empty."""
    ends = [number.value for number in numbers.endpoints]
    for index in range(0, len(numbers.inside), 2):
        if not numbers.inside[index]:
            continue
        gap = index // 2
        low = midpoint(ends[gap - 1]) if gap > 0 else None
        high = midpoint(ends[gap]) if gap < len(ends) else None
        return _easy_between(low, high)
    return _easy_end(next(ends[i // 2] for i, inside in enumerate(numbers.inside) if inside))


def _easy_end(value: arb) -> Ball | Fraction:
    is_short = value.is_exact() and abs(value) < 2**256
    if is_short and (whole := value.unique_fmpz()) is not None:
        return Fraction(int(whole))
    near = midpoint(value).limit_denominator(1000)
    return near if value.overlaps(arb(fmpq(near.numerator, near.denominator))) else value


def _easy_between(low: Fraction | None, high: Fraction | None) -> Fraction:
    if low is None and high is None:
        return Fraction(0)
    if low is None or high is None:
        end = high if low is None else low
        assert end is not None  # noqa: S101 - for the type checker
        whole = Fraction(round(end))
        return whole - 1 if low is None else whole + 1
    center = (low + high) / 2
    for denominator in (1, 2, 4, 10, 100, 1000):
        easy = Fraction(round(center * denominator), denominator)
        if low < easy < high:
            return easy
    return center
