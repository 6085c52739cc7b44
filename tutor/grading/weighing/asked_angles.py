"""The angle of which the problem gives one ratio, and the stored answer another.

Of sin α = 3/5 and the answer tan α = -3/4: the obtuse one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import acos, asin, atan, cos, pi, sin, tan

from tutor.grading.parsing.tree import Call, Comparison, Num, Sym, Term, Value, free_names, is_term
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.weighing.numbers import EXACT, are_close, number
from tutor.grading.weighing.weighed_lines import WeighedLine

_RATIOS = {"sin": sin, "cos": cos, "tan": tan}


def asked_ratio(line: WeighedLine | None) -> tuple[str, str] | None:
    """tan and α, where the line of the answer gives tan α a value."""
    for claim in line.claims if line else ():
        match claim.terms[:1]:
            case (Call(ratio, (Sym(name),)),) if ratio in _RATIOS:
                return ratio, name
    return None


def angles(
    ratio: str, name: str, right: Sequence[Term], equations: Sequence[Value], budget: WorkBudget
) -> Iterator[Term]:
    """right: what the ratio comes to. The angles are in radians, as decimals."""
    values = [value for term in right if (value := number(term, budget)) is not None]
    for angle in _given_angles(name, equations, budget):
        if any(are_close(_RATIOS[ratio](angle), value, EXACT) for value in values):
            yield Num(Fraction(angle), f"{angle:.6f}")


def _given_angles(name: str, equations: Sequence[Value], budget: WorkBudget) -> Iterator[float]:
    for equation in equations:
        match equation:
            case Comparison("=", Call(ratio, (Sym(own),)), right) if own == name:
                value = number(right, budget) if is_term(right) and not free_names(right) else None
                if value is not None:
                    yield from _inverse(ratio, value)


def _inverse(ratio: str, value: float) -> Iterator[float]:
    if ratio == "tan":
        yield from (atan(value), atan(value) + pi)
    elif abs(value) <= 1 and ratio in ("sin", "cos"):
        angle = asin(value) if ratio == "sin" else acos(value)
        yield from (angle, pi - angle if ratio == "sin" else -angle)
