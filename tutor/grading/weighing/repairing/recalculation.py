"""What a working would come to, if one of its calculations were another one."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import Div, Neg, Num, Sym, Term, free_names, rebuild
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.weighing.calculations import Calculation
from tutor.grading.weighing.numbers import are_close, numbers


def recalculated(
    calculations: Sequence[Calculation], changed: int, value: float, budget: WorkBudget
) -> list[float]:
    """What the last calculation then comes to; empty where the change does not reach it.

    changed: the index of the one that comes to another value. A number that is written twice may
    be its result in one place and a number of the problem in the other.
    """
    results = (_recalculated(calculations, changed, value, n, budget) for n in (None, 0, 1))
    return [result for result in dict.fromkeys(results) if result is not None]


def _recalculated(
    calculations: Sequence[Calculation],
    changed: int,
    value: float,
    occurrence: int | None,
    budget: WorkBudget,
) -> float | None:
    """occurrence: of the changed number in each formula; None for all."""
    old_values = {changed: calculations[changed].result}
    new_values = {changed: value}
    for index in range(changed + 1, len(calculations)):
        replacing = _Replacing(calculations, old_values, new_values, occurrence)
        result = _result(calculations[index], replacing, budget)
        if result is not None:
            old_values[index], new_values[index] = calculations[index].result, result
    return new_values.get(len(calculations) - 1)


def _result(calculation: Calculation, replaced: _Replacing, budget: WorkBudget) -> float | None:
    """What it comes to with the changed values; None where it uses none of them."""
    if calculation.formula is not None and not calculation.restates:
        formula = replaced.term(calculation.formula)
        if replaced.is_used and not free_names(formula):
            return next(iter(numbers(formula, budget)), None)
        if replaced.is_used:
            return None
    for index, old in replaced.old_values.items():
        if calculation.gives(old):
            return replaced.new_values[index]
        if calculation.formula is None and calculation.gives(-old):
            return -replaced.new_values[index]  # -25 % after 9/36 = 0.25
    return None


def sign_of(term: Term, value: float) -> int:
    """1 or -1 where the term is a number that is the value, or its negative; 0 for others."""
    own = rational_value(term) if isinstance(term, Num | Div | Neg) else None
    if own is None:
        return 0
    return 1 if are_close(float(own), value) else -int(are_close(-float(own), value))


class _Replacing:
    def __init__(
        self,
        calculations: Sequence[Calculation],
        old_values: dict[int, float],
        new_values: dict[int, float],
        occurrence: int | None,
    ) -> None:
        self.occurrence, self.count = occurrence, 0
        self.calculations, self.old_values, self.new_values = calculations, old_values, new_values
        self.is_used = False

    def term(self, term: Term) -> Term:
        for index in sorted(self.old_values, reverse=True):
            sign = self._sign(term, index)
            if sign and self._is_meant():
                self.is_used = True
                return Num(sign * Fraction(self.new_values[index]))
        if isinstance(term, Sym):
            return self._named(term)
        result: Term = rebuild(term, self.term)
        return result

    def _is_meant(self) -> bool:
        self.count += 1
        return self.occurrence is None or self.count == self.occurrence + 1

    def _sign(self, term: Term, index: int) -> int:
        """1 or -1 for a term that the changed calculation gave, as it is or negated; 0 for others.

        It is its name, or its result written as a number.
        """
        if isinstance(term, Sym):
            return int(self.calculations[index].name == term.name)
        return sign_of(term, self.old_values[index])

    def _named(self, term: Sym) -> Term:
        for calculation in reversed(self.calculations):
            if calculation.name == term.name:
                return Num(Fraction(calculation.result))
        return term
