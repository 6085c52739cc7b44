"""Two sides with units: is it the same quantity?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import ONE, Add, Call, Div, Mul, Neg, Num, Term, walk
from tutor.grading.parsing.units import NO_UNIT
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import ClaimResult, Slip, StepVerdict, unchecked
from tutor.grading.steps.equation_side import EquationSide
from tutor.grading.steps.rounding import compare_numbers
from tutor.grading.working.quantities.measures import Measure

# Factors between units of school, from which a wrong conversion comes.
_FACTORS = tuple(map(Fraction, ("60", "3600", "24", "7", "12", "3.6", "2.54", "1.609344", "365")))
_HOUR_PARTS = frozenset([Fraction(60), Fraction(3600)])


def compare_measures(
    left: EquationSide,
    right: EquationSide,
    operator: str,
    budget: WorkBudget,
    rounded: dict[Fraction, Term],
) -> ClaimResult | None:
    """None where neither side has a unit. Raises WorkBudgetSpent."""
    if left.unit == right.unit:
        return (
            None if left.unit == NO_UNIT else _in_one_unit(left, right, operator, budget, rounded)
        )
    if left.unit.dimension == right.unit.dimension:
        return _converted(left, right, operator, budget, rounded)
    result = compare_numbers(left, right, operator, budget, rounded)
    if right.unit == NO_UNIT:
        # The unit of 1.5 h = 90 may come later, or be left out.
        return result if result.verdict == StepVerdict.PROVED else unchecked(result.relation)
    if left.unit == NO_UNIT:
        return result
    is_calculation = any(
        isinstance(part, Add | Mul | Div) for part in walk(left.term or Num(Fraction(0)))
    )
    is_proved = result.verdict == StepVerdict.PROVED and is_calculation
    return result if is_proved else unchecked(result.relation)


def _in_one_unit(
    left: EquationSide,
    right: EquationSide,
    operator: str,
    budget: WorkBudget,
    rounded: dict[Fraction, Term],
) -> ClaimResult:
    if isinstance(left.term, Num) and isinstance(right.term, Add):
        left = replace(left, term=Mul((left.term, ONE)))  # 2.4 h = 2 h 24 min
    result = compare_numbers(left, right, operator, budget, rounded)
    compound, single = (right, left) if isinstance(right.term, Add) else (left, right)
    after = rational_value(single.term) if single.term is not None else None
    is_refuted = result.verdict == StepVerdict.REFUTED
    if is_refuted and after is not None and _is_minutes_as_decimals(compound, Fraction(1), after):
        return replace(result, slip=Slip.MINUTES_AS_DECIMALS)
    return result


def _converted(
    left: EquationSide,
    right: EquationSide,
    operator: str,
    budget: WorkBudget,
    rounded: dict[Fraction, Term],
) -> ClaimResult:
    assert left.term is not None  # noqa: S101 - only readable sides come here
    factor = left.unit.factor / right.unit.factor
    same_unit = replace(left, term=Mul((left.term, Num(factor))), unit=right.unit)
    result = compare_numbers(same_unit, right, operator, budget, rounded)
    if result.verdict != StepVerdict.REFUTED:
        return result
    if _has_factor(left.term, factor):
        return compare_numbers(replace(left, unit=right.unit), right, operator, budget, rounded)
    return replace(result, slip=_slip(left, right, factor))


def _has_factor(term: Term, factor: Fraction) -> bool:
    """Whether 15 m/s * 3.6 is multiplied by what makes km/h of m/s."""
    match term:
        case Mul(parts):
            return any(rational_value(part) == factor for part in parts)
        case Div(_, bottom):
            divisor = rational_value(bottom)
            return divisor is not None and divisor * factor == 1
    return False


def _slip(left: EquationSide, right: EquationSide, factor: Fraction) -> Slip:
    """The mistake that, carried out, gives the right side's number; ARITHMETIC for none."""
    before, after = rational_value(left.term), rational_value(right.term)  # type: ignore[arg-type]
    if before is None or after is None or not before or not after:
        return Slip.UNIT_CONVERSION
    if factor == Fraction(1, 60) and left.unit.factor == 60 and after * 100 == before:
        return Slip.MINUTES_AS_DECIMALS  # 40 min = 0.4 h
    if _is_minutes_as_decimals(left, factor, after):
        return Slip.MINUTES_AS_DECIMALS
    if before == 1 or _is_factor_of_units(after / before, factor):
        return Slip.UNIT_CONVERSION
    return Slip.ARITHMETIC


def _is_minutes_as_decimals(left: EquationSide, factor: Fraction, after: Fraction) -> bool:
    """1 h 20 min = 1.2 h, 1.2 h = 1 h 20 min."""
    if left.unit.dimension != (("s", 1),):
        return False
    if isinstance(left.term, Add) and factor in (1, 60):
        numbers = [rational_value(part) for part in left.term.parts]
        if len(numbers) == 2 and None not in numbers:
            hours, part = numbers
            minutes = int((part or 0) * 60)
            if factor == 60:
                return after == 100 * (hours or 0) + minutes  # 1 h 50 min = 150 min
            digits = max(len(str(minutes)), 1)
            readings = {
                Fraction(minutes, 10**digits),
                Fraction(minutes, 100),
                Fraction(minutes, 10),
            }
            return after - (hours or 0) in readings
    value = rational_value(left.term) if left.term is not None else None
    if value is None or value.denominator == 1:
        return False
    whole = value.__floor__()
    decimals = value - whole
    if factor in _HOUR_PARTS:  # 1.2 h = 80 min
        hundredths = {whole * factor + decimals * 100, whole * factor + decimals * 10}
        return after in hundredths
    return False


def _is_factor_of_units(written: Fraction, right: Fraction) -> bool:
    """Whether somebody who converts these units may multiply by the written factor."""
    candidates = {right, 1 / right, Fraction(1)}
    for factor in _FACTORS:
        candidates |= {factor, 1 / factor}
    for power in range(-9, 10):
        candidates |= {
            Fraction(10) ** power,
            60 * Fraction(10) ** power,
            Fraction(10) ** power / 36,
        }
    if written in candidates:
        return True
    return any(abs(written - candidate) <= candidate / 200 for candidate in candidates)


def converts_backwards(left: Term, right: EquationSide, given: Iterable[Measure]) -> bool:
    """72·3.6 = 259.2 m/s for 72 km/h: multiplied where dividing was right."""
    value = rational_value(left)
    if value is None or not isinstance(left, Mul | Div) or not right.unit.dimension:
        return False
    return any(
        measure.unit.dimension == right.unit.dimension
        and measure.unit.factor != right.unit.factor
        and value == number * right.unit.factor / measure.unit.factor
        for measure in given
        if (number := rational_value(measure.amount)) is not None
    )


def repeats(known: Term, claimed: Term, budget: WorkBudget) -> bool:
    """Whether an answer in words gives a known value, rounded or as the change in per cent."""
    readings = [known]
    if isinstance(claimed, Call) and claimed.name == "percent":
        readings += [Add((known, Neg(ONE))), Add((ONE, Neg(known)))]  # 1.155 as 15.5 % more
    sides = (
        compare_numbers(EquationSide("", term), EquationSide("", claimed), "=", budget, {})
        for term in readings
    )
    return any(result.verdict == StepVerdict.PROVED for result in sides)
