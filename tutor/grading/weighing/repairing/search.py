"""The smallest change of one line with which the working would come to the right answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain

from tutor.grading.answer_key import Kind
from tutor.grading.comparison.keys import key_value
from tutor.grading.parsing.tree import (
    Add,
    Num,
    Quantity,
    Term,
    Value,
    free_names,
    is_term,
    rebuild,
)
from tutor.grading.solving.equations import same_equation
from tutor.grading.steps.claim_results import Slip
from tutor.grading.weighing.calculations import Calculation
from tutor.grading.weighing.evidence import Evidence
from tutor.grading.weighing.innocence import (
    is_evaluated,
    is_of_one_throw,
    is_way_of_trip,
)
from tutor.grading.weighing.key_numbers import value_of
from tutor.grading.weighing.known_answer import bare_term
from tutor.grading.weighing.numbers import are_close, has_decimals, number
from tutor.grading.weighing.repairing.recalculation import recalculated, sign_of
from tutor.grading.weighing.repairing.repairs import (
    Repair,
    repairs,
    repairs_of_base,
    repairs_of_count,
    repairs_of_number,
)
from tutor.grading.weighing.suspects import Suspect

MAX_NUMBERS = 16
_EXACT, _ROUNDED = 1e-9, 0.002
_PROVED_COST = 0.5  # more where the first pass found the arithmetic right
# Of a calculation that is right: other numbers in it may give any result.
_FAR_FETCHED = (Slip.OFF_BY_ONE, Slip.SET_UP)
_BARE_COST = 0.6  # more for a number with nothing to work out


@dataclass(frozen=True, slots=True)
class Repaired:
    suspect: Suspect
    cost: float
    slip: Slip


def cheapest_repair(suspects: list[Suspect], evidence: Evidence) -> Repaired | None:
    """Of several that cost the same, the one of the earliest line."""
    right = key_value(evidence.key)
    goal = _Goal.of(right, evidence)
    if goal.is_reached_already or not _ends_with_answer(evidence):
        return None
    best: Repaired | None = None
    for suspect in suspects:
        index = _index(suspect, evidence)
        if index is None or is_evaluated(suspect.claim):
            continue
        if is_of_one_throw(suspect.claim, evidence):
            continue
        if is_way_of_trip(suspect.claim, suspect.line, evidence):
            continue
        for repair in _repairs(index, suspect, evidence, bare_term(right)):
            if best is not None and repair.cost >= best.cost:
                continue
            value = number(repair.formula, evidence.budget, _named(evidence))
            if value is not None and goal.is_reached(index, value):
                best = Repaired(suspect, repair.cost, repair.slip)
    return best


def _ends_with_answer(evidence: Evidence) -> bool:
    """Whether the last calculation is the one that gives the final answer."""
    own = value_of(evidence.answer.text)
    last = evidence.calculations[-1] if evidence.calculations else None
    return own is None or last is None or last.gives(own)


def _index(suspect: Suspect, evidence: Evidence) -> int | None:
    indices = (
        index
        for index, calculation in enumerate(evidence.calculations)
        if calculation.line == suspect.line.number
        and suspect.line.claims[calculation.claim] is suspect.claim
    )
    return next(indices, None)


def _repairs(
    index: int, suspect: Suspect, evidence: Evidence, right: Term | None
) -> Iterator[Repair]:
    calculation = evidence.calculations[index]
    extra = 0.0 if suspect.is_unchecked else _PROVED_COST
    extra += _BARE_COST if suspect.is_bare else 0.0
    if calculation.formula is None:
        candidates = repairs_of_number(calculation.result or 0.0)
    else:
        candidates = chain(
            repairs_of_count(calculation.formula, _counts(index, evidence)),
            repairs_of_base(calculation.formula, _bases(evidence)),
            repairs(calculation.formula, _numbers(index, evidence), right),
        )
    for repair in candidates:
        if not suspect.is_proved or repair.slip not in _FAR_FETCHED:
            yield Repair(repair.formula, repair.cost + extra, repair.slip)


def _numbers(index: int, evidence: Evidence) -> list[Fraction]:
    """Those of the problem, and the results of the lines before."""
    numbers = sorted(evidence.task.numbers)
    for calculation in evidence.calculations[:index]:
        numbers.append(Fraction(calculation.result).limit_denominator(10**6))
    return list(dict.fromkeys(numbers))[:MAX_NUMBERS]


def _bases(evidence: Evidence) -> list[Fraction]:
    """The numbers of the problem of which a percentage that it asks for may be taken."""
    right = key_value(evidence.key)
    is_percentage = isinstance(right, Quantity) and "%" in right.unit
    return sorted(evidence.task.numbers)[:MAX_NUMBERS] if is_percentage else []


def _counts(index: int, evidence: Evidence) -> dict[Fraction, int]:
    """Of how many numbers the sums of the lines before are made, by their value."""
    counts = {}
    for calculation in evidence.calculations[:index]:
        match calculation.formula:
            case Add(parts) if all(isinstance(part, Num) for part in parts):
                counts[Fraction(calculation.result).limit_denominator(10**6)] = len(parts)
    return counts


def _named(evidence: Evidence) -> dict[str, Term]:
    return {
        calculation.name: Num(Fraction(calculation.result))
        for calculation in evidence.calculations
        if calculation.name
    }


@dataclass
class _Goal:
    """values: what the last calculation should come to. equation: instead, where one is asked."""

    values: tuple[float, ...]
    equation: Value | None
    tolerance: float
    evidence: Evidence

    @classmethod
    def of(cls, right: Value, evidence: Evidence) -> _Goal:
        term = bare_term(right)
        value = None if term is None else number(term, evidence.budget)
        values: tuple[float, ...] = () if value is None else (value,)
        if value is not None and isinstance(right, Quantity) and "%" in right.unit:
            values = (value, value / 100)
        is_rounded = (term is not None and has_decimals(term)) or any(
            has_decimals(side)
            for line in evidence.lines
            for claim in line.claims
            for side in claim.terms
        )
        equation = right if evidence.key.kind == Kind.EQUATION else None
        return cls(values, equation, _ROUNDED if is_rounded else _EXACT, evidence)

    @property
    def is_reached_already(self) -> bool:
        """Whether the final answer is the right one but for rounding, so that nothing else is."""
        own = value_of(self.evidence.answer.text)
        return own is not None and any(are_close(own, goal, self.tolerance) for goal in self.values)

    def is_reached(self, index: int, value: float) -> bool:
        calculations = self.evidence.calculations
        if self.values:
            finals = recalculated(calculations, index, value, self.evidence.budget)
            signs = (1, -1) if len(self.values) > 1 else (1,)  # a fall of 20 %
            return any(
                are_close(sign * final, goal, self.tolerance)
                for final in finals
                for goal in self.values
                for sign in signs
            )
        if self.equation is not None:
            return self._is_equation_reached(calculations[index], value)
        return False

    def _is_equation_reached(self, calculation: Calculation, value: float) -> bool:
        """Whether the first equation that uses the result becomes the right one."""
        assert self.equation is not None  # noqa: S101 - `is_reached` looks
        for line in self.evidence.lines[calculation.line + 1 :]:
            for claim in line.claims:
                equation = claim.equation
                if equation is None or free_names(equation) != free_names(self.equation):
                    continue
                changed = _with_value(equation, calculation, value)
                if changed != equation:
                    return same_equation(changed, self.equation, self.evidence.budget).equal is True
        return False


def _with_value(equation: Value, calculation: Calculation, value: float) -> Value:
    def changed(part: Value) -> Value:
        sign = sign_of(part, calculation.result) if is_term(part) else 0
        if sign:
            return Num(sign * Fraction(value).limit_denominator(10**6))
        result: Value = rebuild(part, changed)
        return result

    return changed(equation)
