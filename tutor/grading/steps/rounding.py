"""Two numbers in prose: equal, equal as rounded, or different.

People write 7/3 = 2.33, 20% of 50 = 10 and (2/4) × 100 = 50%. A pair is refuted only where it is
wrong in every usual reading, and proved only where the reading that makes it right is certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from flint import arb

from tutor.grading.numeric.amounts import Amount
from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.intervals import BASE_BITS, Ball, precision
from tutor.grading.numeric.number_readings import certain_readings, possible_readings
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Add,
    Call,
    Div,
    Mul,
    Neg,
    Num,
    Pow,
    Term,
    walk,
)
from tutor.grading.parsing.units import read_unit
from tutor.grading.processes.once import cached_property
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    Witness,
    proved,
    refuted,
    unchecked,
)
from tutor.grading.steps.equation_side import EquationSide
from tutor.grading.steps.witnesses import value_at, written

_DECIMAL = re.compile(r"(?<!\d)\d*+\.(\d+)")
_CONVERTIBLE = tuple(
    frozenset(words.split())
    for words in (
        "second minute hour day week month year decade century hr min sec",
        "inch foot feet yard mile meter metre cm mm km kilometer centimeter m ft in",
        "$ dollar cent penny pennie quarter dime nickel euro pound",
        "gram kilogram kg g mg ton ounce pound lb oz",
        "liter litre ml milliliter gallon quart pint cup ounce fluid",
        "dozen pair score item",
    )
)
CLOSE = Fraction(1, 100)  # of the value: a smaller difference may come from a rounded number
INEXACT = Fraction(6, 100)  # of the value: 1 foot = 30 cm
ROUGH = Fraction(1, 1000)  # of the value: what a rounded number may lose unsaid
MAX_DECIMALS = 10**4  # which nobody needs to round
MIN_CUT_OFF = 2  # decimals of a result that may have been cut off instead of rounded

# The hundredths of 1/3, 1/6, 1/7, 1/9, their multiples, √2 and the like: usually rounded.
_ROUNDED_HUNDREDTHS = frozenset(
    [33, 66, 67, 14, 16, 17, 83, 41, 73, 71, 57, 42, 43, 86, 29, 11, 22, 44, 56, 78, 89]
)


def compare_numbers(
    left: EquationSide,
    right: EquationSide,
    operator: str,
    budget: WorkBudget,
    rounded: dict[Fraction, Term],
    *,
    is_calculated: bool = False,
) -> ClaimResult:
    """Two sides without variables. rounded: decimals that the text rounded before.

    is_calculated: a number on the left is one, and not that of a term or a day.
    """
    if (conversion := convert_units(left, right)) is not None:
        return conversion
    pair = _NumberPair(left, right, operator in ("≈", "~"), budget)
    if pair.is_equal():
        return unchecked(pair.relation) if _are_units_mixed(left, right) else proved(pair.relation)
    values = _real_values(pair.terms, budget)
    if values is None or not _units_agree(left, right):
        return unchecked(pair.relation)
    if (result := pair.rounded(values, rounded)) is not None:
        return result
    is_written_anew = _are_factors(left, right) if is_calculated else _moves_point(left, right)
    if _is_number(left) and not is_written_anew:
        return unchecked(pair.relation)  # 5 = 6, 48 = 100% + 20%: not a calculation
    if _is_quotient(*pair.terms):
        return unchecked(pair.relation)
    if same_value(*pair.terms, budget).equal is not False:
        return unchecked(pair.relation)
    texts = [_shown(term, value) for term, value in zip(pair.terms, values, strict=True)]
    return refuted(pair.relation, Witness({}, texts[0], texts[1]), Slip.ARITHMETIC)


@dataclass(frozen=True)
class _NumberPair:
    left: EquationSide
    right: EquationSide
    is_approximate: bool
    budget: WorkBudget

    @property
    def relation(self) -> ClaimRelation:
        return ClaimRelation.APPROXIMATE if self.is_approximate else ClaimRelation.EQUAL

    @cached_property
    def terms(self) -> tuple[Term, Term]:
        assert self.left.term is not None  # noqa: S101 - only readable sides come here
        assert self.right.term is not None  # noqa: S101
        return self.left.term, self.right.term

    @property
    def percent(self) -> tuple[bool, bool]:
        return self.left.percent, self.right.percent

    @cached_property
    def certain_readings(self) -> list[tuple[Term, Term]]:
        return list(certain_readings(*self.terms, self.percent))

    def is_equal(self) -> bool:
        return any(bool(same_value(*pair, self.budget).equal) for pair in self.certain_readings)

    def rounded(self, values: tuple[arb, arb], earlier: dict[Fraction, Term]) -> ClaimResult | None:
        """Where one side is the other one rounded, or may be; None where it is not.

        earlier: decimals that the text rounded before.
        """
        if (decimals := _decimals_in(self.certain_readings, self.budget)) is not None:
            # sqrt(15) = 4 and 1.05^2 = 1.10 may be mistakes
            is_stated = self.is_approximate or (decimals > 0 and not _loses_digits(self.terms))
            return (proved if is_stated else unchecked)(ClaimRelation.APPROXIMATE)
        possible = possible_readings(*self.terms, self.percent)
        if any(_agrees(reading, self.budget) for reading in possible):
            return unchecked(self.relation)
        if _may_be_rounded(self.terms, values, self.is_approximate, earlier):
            return unchecked(ClaimRelation.APPROXIMATE)
        return None


def _loses_digits(terms: tuple[Term, Term]) -> bool:
    """Whether a result of few decimals is rounded roughly: 1.05² to 1.10, and not 2/3 to 0.67.

    A number that is told once more, such as 0.162 as 16 %, may well have fewer digits.
    """
    exact, rounded = map(rational_value, terms)
    if exact is None or rounded is None or (exact * MAX_DECIMALS).denominator != 1:
        return False
    if isinstance(terms[0], Num | Call):
        return False
    return abs(exact - rounded) > abs(exact) * ROUGH


def _decimals_in(readings: Iterable[tuple[Term, Term]], budget: WorkBudget) -> int | None:
    """To how many decimals the first reading is rounded that agrees so."""
    for reading in readings:
        values = _real_values(reading, budget)
        decimals = _decimals_rounded_to(reading, values) if values else None
        if decimals is not None:
            return decimals
    return None


def _agrees(reading: tuple[Term, Term], budget: WorkBudget) -> bool:
    """Whether both are the same, exactly or rounded."""
    values = _real_values(reading, budget)
    if values is None:
        return False
    is_rounded = _decimals_rounded_to(reading, values) is not None
    return is_rounded or bool(same_value(*reading, budget).equal)


def _real_values(terms: tuple[Term, Term], budget: WorkBudget) -> tuple[arb, arb] | None:
    with precision(BASE_BITS):
        left, right = (value_at(term, {}, budget) for term in terms)
    return (left, right) if isinstance(left, arb) and isinstance(right, arb) else None


def convert_units(left: EquationSide, right: EquationSide) -> ClaimResult | None:
    """2 hours = 120 minutes, 72 km/h = 20 m/s; None where units do not decide."""
    before, after = left.amount, right.amount
    if before is None or after is None or not before.dimension:
        return None
    if before.dimension != after.dimension:
        return None
    if before.value == after.value:
        return proved(ClaimRelation.EQUAL)
    if before.unit.factor == after.unit.factor:
        return None  # 3 cm · 2 = 5 cm: as plain numbers
    if not (_is_number(left) and _is_number(right)):
        return None  # 120 minutes / 60 = 2 hours, 3.33 m/s × 3.6 = 12 km/h
    gap = abs(before.value - after.value)
    if gap <= abs(before.value) * (CLOSE if _is_whole_conversion(before, after) else INEXACT):
        return unchecked(ClaimRelation.APPROXIMATE)
    claimed = after.value / after.unit.factor
    witness = Witness({}, written(before.value / after.unit.factor), written(claimed))
    return refuted(ClaimRelation.EQUAL, witness, Slip.ARITHMETIC)


def _is_whole_conversion(before: Amount, after: Amount) -> bool:
    """Whether one unit is exactly so many of the other, as in the metric system."""
    factor = before.unit.factor / after.unit.factor
    for number in (factor.numerator, factor.denominator):
        for prime in (2, 3, 5):
            while number % prime == 0:
                number //= prime
        if number != 1:
            return False
    return True


def _are_factors(left: EquationSide, right: EquationSide) -> bool:
    """194 = 11 × 17 + 9 and 1375 = 5^4 × 11, between whole numbers alone."""
    if left.words or right.words or left.percent or right.percent or right.term is None:
        return False
    parts = list(walk(right.term))
    numbers = [part.value for part in parts if isinstance(part, Num)]
    is_product = any(isinstance(part, Mul | Pow) for part in parts)
    are_whole = all(number.denominator == 1 for number in numbers)
    return is_product and are_whole and all(isinstance(p, Add | Mul | Pow | Num) for p in parts)


def _moves_point(left: EquationSide, right: EquationSide) -> bool:
    """0.85 = 8.5 %, the digits of one decimal with the point elsewhere."""
    match left.term, right.term:
        case Num(value, text), Call("percent", (Num(percent),)) if "." in text and percent:
            is_plain = not (left.words or right.words)
            return is_plain and value / percent in (Fraction(1, 10), Fraction(1, 1000))
    return False


def _is_quotient(left: Term, right: Term) -> bool:
    """13 ÷ 4 = 3, with the remainder elsewhere."""
    value, whole = rational_value(left), rational_value(right)
    return isinstance(left, Div) and value is not None and whole == value.__floor__()


def _shown(term: Term, value: Ball) -> str:
    rational = rational_value(term)
    return written(value if rational is None else rational)


def _is_number(side: EquationSide) -> bool:
    return isinstance(side.term, Num)


def _are_units_mixed(left: EquationSide, right: EquationSide) -> bool:
    """2 hours + 30 minutes = 32 minutes, 3 dozen = 3 eggs: only the numbers are equal."""
    if isinstance(left.term, Add) and all(isinstance(part, Num) for part in left.term.parts):
        amounts = [left.words & units - {"$"} for units in _CONVERTIBLE]
        return any(len({read_unit(word) or word for word in words}) > 1 for words in amounts)
    is_one_amount = _is_number(left) and _is_number(right)
    is_other_unit = bool(left.words and right.words) and left.words.isdisjoint(right.words)
    return is_one_amount and is_other_unit and any(left.words & units for units in _CONVERTIBLE)


def _units_agree(left: EquationSide, right: EquationSide) -> bool:
    """Whether a difference of the numbers cannot come from a conversion of units."""
    words = left.words | right.words
    if _is_number(left) and left.words and not left.words <= right.words:
        return False  # 2 dozen = 2 × 12
    for units in _CONVERTIBLE:
        if len(words & units) > 1 and not (words & units) <= {"$", "dollar"}:
            return False
    dimensions = {unit.dimension for word in words if (unit := read_unit(word)) is not None}
    return len(dimensions) <= 1 or bool(right.words <= left.words)


def _decimals_rounded_to(terms: tuple[Term, Term], values: tuple[arb, arb]) -> int | None:
    """The decimals of the side that is the other one rounded or cut off; None for neither.

    A number that is written out to more digits is rounded, and not cut off: 3.1496 to 3.15.
    """
    if rational_value(terms[0]) == rational_value(terms[1]):
        return None
    for short, long in ((1, 0), (0, 1)):
        decimals = _decimals(terms[short])
        if decimals is None:
            continue
        if decimals == 0 and _has_few_decimals(terms[long]):
            continue  # 7.5 = 8 is a mistake unless the text says that it rounds
        may_be_cut_off = decimals >= MIN_CUT_OFF and not isinstance(terms[long], Num)
        if _rounds_to(values[long], values[short], decimals, may_be_cut_off=may_be_cut_off):
            return decimals
    return None


def _rounds_to(value: arb, rounded: arb, decimals: int, *, may_be_cut_off: bool) -> bool:
    with precision(BASE_BITS):
        if (value < 0) != (rounded < 0):
            return False
        gap = abs(value) - abs(rounded)
        half_unit = arb(str(float(Fraction(1, 10**decimals)))) / 2
        is_cut_off = may_be_cut_off and gap > 0 and gap < 2 * half_unit
        return bool(abs(gap) <= half_unit * (1 + arb("1e-9"))) or bool(is_cut_off)


def _has_few_decimals(term: Term) -> bool:
    value = rational_value(term)
    return value is not None and (value * 100).denominator == 1


def _decimals(term: Term) -> int | None:
    """The number of decimals of a bare number; None for anything else."""
    is_percentage = isinstance(term, Call) and term.name == "percent"
    inner = term.args[0] if isinstance(term, Call) and is_percentage else term
    inner = inner.part if isinstance(inner, Neg) else inner
    if not isinstance(inner, Num) or not re.fullmatch(r"[\d,]*+(?:\.\d*+)?", inner.text):
        return None
    match = _DECIMAL.fullmatch(inner.text.replace(",", ""))
    return (len(match[1]) if match else 0) + (2 if is_percentage else 0)


def _may_be_rounded(
    terms: tuple[Term, Term],
    values: tuple[arb, arb],
    is_approximate: bool,
    rounded: dict[Fraction, Term],
) -> bool:
    """Whether the difference is small enough to come from rounded numbers."""
    left, right = values
    size = abs(left) + abs(right)
    difference = abs(left - right)
    decimals = [
        part.value
        for term in terms
        for part in walk(term)
        if isinstance(part, Num) and _DECIMAL.search(part.text)
    ]
    if is_approximate or any(value in rounded for value in decimals):
        return not bool(difference > size / 20)
    is_near = bool(difference < size * float(CLOSE) / 2)
    is_irrational = any(rational_value(term) is None for term in terms)
    return is_near and (is_irrational or any(map(_looks_rounded, decimals)))


def _looks_rounded(value: Fraction) -> bool:
    """0.33, 16.67 and 3.14 are usually rounded; 0.25 and 12.5 usually exact."""
    hundredths = value * 100
    return hundredths.denominator != 1 or hundredths.numerator % 100 in _ROUNDED_HUNDREDTHS
