"""Sets of the shape {a + bk : k in Z} and their unions, compared exactly.

Offsets and steps are real numbers in closed form, such as pi/4. They are expressed as rational
multiples of one unit, the first step, wherever that is possible; offsets whose difference is no
rational multiple of it belong to different classes, which have no number in common.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import arb

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.evaluate import Evaluator
from tutor.grading.numeric.intervals import BASE_BITS, Undefined, precision
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import ZERO, Add, Div, Mul, Neg, Num, Term
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solving.real_sets import Undecidable

MAX_DENOMINATOR = 10_000
MAX_RESIDUES = 400


@dataclass(frozen=True, slots=True)
class Progression:
    """The numbers offset + step * k for all whole k; a single number where the step is None."""

    offset: Term
    step: Term | None


Residue = tuple[int, Fraction]  # class of its offset, and its place in one period


@dataclass(frozen=True, slots=True)
class Overlap:
    """How two unions of progressions relate: counts of residues in one common period."""

    shared: int
    missing: int
    extra: int


def overlap_of(
    key: Sequence[Progression], response: Sequence[Progression], budget: WorkBudget
) -> Overlap | None:
    """None where the response has steps that no common period fits. Raises Undecidable."""
    lattice = _Lattice.of(key, budget)
    placed_key = [lattice.located(part) for part in key]
    placed_response = [lattice.located(part) for part in response]
    if None in placed_key:
        raise Undecidable
    if None in placed_response:
        return None
    steps = [p.step for p in (*placed_key, *placed_response) if p is not None]
    period = Fraction(
        math.lcm(*(step.numerator for step in steps)),
        math.gcd(*(step.denominator for step in steps)),
    )
    key_residues = _residues(placed_key, period)
    response_residues = _residues(placed_response, period)
    return Overlap(
        len(key_residues & response_residues),
        len(key_residues - response_residues),
        len(response_residues - key_residues),
    )


def contains(key: Sequence[Progression], number: Term, budget: WorkBudget) -> bool:
    """Raises Undecidable."""
    lattice = _Lattice.of(key, budget)
    placed = [lattice.located(part) for part in key]
    group, position = lattice.position(number)
    return any(
        part is not None
        and part.group == group
        and ((position - part.position) / part.step).denominator == 1
        for part in placed
    )


@dataclass(frozen=True, slots=True)
class _Placed:
    group: int
    position: Fraction
    step: Fraction


@dataclass(slots=True)
class _Lattice:
    """unit: the step by which everything is measured. offsets: the first of each class."""

    unit: Term
    offsets: list[Term]
    budget: WorkBudget

    @classmethod
    def of(cls, parts: Sequence[Progression], budget: WorkBudget) -> _Lattice:
        steps = [part.step for part in parts if part.step is not None]
        if len(steps) != len(parts) or not steps:
            raise Undecidable
        return cls(steps[0], [], budget)

    def located(self, part: Progression) -> _Placed | None:
        """None where its step is no rational multiple of the unit."""
        if part.step is None:
            raise Undecidable
        step = rational_ratio(part.step, self.unit, self.budget)
        if step is None:
            return None
        if step == 0:
            raise Undecidable
        return _Placed(*self.position(part.offset), abs(step))

    def position(self, offset: Term) -> Residue:
        for index, first in enumerate(self.offsets):
            difference = Add((offset, Neg(first)))
            position = rational_ratio(difference, self.unit, self.budget)
            if position is not None:
                return index, position
        self.offsets.append(offset)
        return len(self.offsets) - 1, Fraction(0)


def _residues(parts: Sequence[_Placed | None], period: Fraction) -> set[Residue]:
    """Raises Undecidable where there would be too many."""
    residues: set[Residue] = set()
    for part in parts:
        if part is None:
            continue
        count = period / part.step
        if count > MAX_RESIDUES:
            raise Undecidable
        residues |= {
            (part.group, (part.position + part.step * k) % period) for k in range(int(count))
        }
    return residues


def rational_ratio(top: Term, bottom: Term, budget: WorkBudget) -> Fraction | None:
    """The proved value of top/bottom; None where it is no fraction with a small denominator.

    Raises Undecidable where the two have no real values.
    """
    exact = rational_value(Div(top, bottom))
    if exact is not None:
        return exact
    budget.check()
    with precision(BASE_BITS):
        values = [_real(term, budget) for term in (top, bottom)]
        if values[1].contains(0):
            raise Undecidable
        ratio = values[0] / values[1]
        if not abs(ratio) < 10**9:
            raise Undecidable
        nearest = Fraction(float(ratio.mid())).limit_denominator(MAX_DENOMINATOR)
        gap = abs(ratio * nearest.denominator - nearest.numerator)
        if gap > arb(2) ** -40:
            return None
    multiple = Mul((Num(abs(nearest)), bottom))
    expected: Term = Neg(multiple) if nearest < 0 else multiple if nearest else ZERO
    equal = same_value(top, expected, budget).equal
    if equal is None:
        raise Undecidable
    return nearest if equal else None


def _real(term: Term, budget: WorkBudget) -> arb:
    try:
        value = Evaluator({}, budget, real=True).value(term)
    except (Undefined, KeyError, OverflowError):
        raise Undecidable from None
    if not isinstance(value, arb):
        raise Undecidable
    return value
