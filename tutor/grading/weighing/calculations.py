"""The calculations of a working: what each claim works out, and from which numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import radians

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Call,
    Const,
    Div,
    Mul,
    Neg,
    Num,
    Sym,
    Term,
    free_names,
    rebuild,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.weighing.numbers import has_unknown_function, is_name, may_be_same, numbers
from tutor.grading.weighing.weighed_lines import WeighedClaim, WeighedLine


@dataclass(frozen=True, slots=True)
class Calculation:
    """formula: the first side with an operation; None for a mere value.

    values: what it comes to, with angles in radians and in degrees. restates: whether a line before
    comes to the same, which it only works out further.
    """

    line: int
    claim: int
    name: str
    formula: Term | None
    values: tuple[float, ...]
    result: float
    restates: bool

    @property
    def is_new(self) -> bool:
        return self.formula is not None and not self.restates

    def gives(self, value: float) -> bool:
        return may_be_same(self.result, value)


def calculations(lines: Sequence[WeighedLine], budget: WorkBudget) -> list[Calculation]:
    done: list[Calculation] = []
    for line in lines:
        for index, claim in enumerate(line.claims):
            calculation = _calculation(line.number, index, claim, done, budget)
            if calculation is not None:
                done.append(calculation)
    return done


def _calculation(
    line: int,
    index: int,
    claim: WeighedClaim,
    earlier: Sequence[Calculation],
    budget: WorkBudget,
) -> Calculation | None:
    sides = [term for term in claim.terms if not is_name(term) and not has_unknown_function(term)]
    known = {calculation.name: calculation for calculation in earlier if calculation.name}
    values = [tuple(_values(side, known, budget)) for side in sides]
    if not sides or not all(values):
        return None
    formulas = [
        (regrouped(side), value)
        for side, value in zip(sides, values, strict=True)
        if value and is_compound(side)
    ]
    formula, at = formulas[0] if formulas else (None, ())
    result = values[-1][-1]
    return Calculation(
        line, index, _name(claim), formula, at, result, _restates(at or (result,), earlier)
    )


def _values(side: Term, known: dict[str, Calculation], budget: WorkBudget) -> Iterator[float]:
    env = {}
    for name in free_names(side):
        calculation = known.get(name)
        if calculation is None:
            return
        env[name] = Num(Fraction(calculation.result))
    yield from numbers(side, budget, env)


def _name(claim: WeighedClaim) -> str:
    first = claim.terms[0]
    return first.name if len(claim.terms) > 1 and isinstance(first, Sym | Const) else ""


def _restates(values: tuple[float, ...], earlier: Sequence[Calculation]) -> bool:
    return any(
        may_be_same(value, other)
        for value in values
        for c in earlier
        for other in (*c.values, c.result)
    )


def regrouped(term: Term) -> Term:
    """5/8 · (4/7) for 5/8 · 4/7, which is read as (5/8 · 4)/7."""
    term = rebuild(term, regrouped)
    match term:
        case Div(Mul((*factors, Num() as top)), Num() as bottom):
            return Mul((*factors, Div(top, bottom)))
    return term


def is_compound(term: Term) -> bool:
    """Whether something is worked out in it: not in 3, -3 or 15 %."""
    match term:
        case Num() | Sym() | Const():
            return False
        case Neg(part) | Call("percent" | "degrees", (part,)):
            return is_compound(part)
    return True


def constants(term: Term) -> list[float]:
    """The numbers that a term is made of, fractions of numbers too; angles also in radians."""
    values: list[float] = []
    for part in walk(regrouped(term)):
        if isinstance(part, Num | Div | Neg | Call) and (value := rational_value(part)) is not None:
            values.append(float(value))
        if isinstance(part, Call) and part.name == "degrees":
            angle = rational_value(part.args[0])
            values += [] if angle is None else [radians(angle)]
    return values
