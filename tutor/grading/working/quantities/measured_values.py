"""What is known of quantities with units: those of the statement, and the units of variables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.tree import Call, Div, Mul, Num, Term, Value, is_term
from tutor.grading.parsing.units import NO_UNIT, Unit, read_unit
from tutor.grading.steps.claim_results import Witness
from tutor.grading.steps.equation_side import EquationSide
from tutor.grading.working.quantities.conversions import converts_backwards
from tutor.grading.working.quantities.measures import Measure
from tutor.grading.working.quantities.stated import StatedQuantity

# In base units, with its dimension.
BaseAmount: TypeAlias = tuple[Fraction, tuple[tuple[str, int], ...]]

_USUAL_FACTORS = frozenset([*(Fraction(10) ** n for n in range(1, 10)), *map(Fraction, (60, 3600))])
_HOUR = read_unit("h") or NO_UNIT


@dataclass
class MeasuredValues:
    """stated: by the statement. unit_of: the unit in which a variable's value is known.

    pairs: amounts that belong to each other, such as 3 kg and 7.50 €. latest: with which the
    line before ended.
    """

    stated: tuple[StatedQuantity, ...]
    unit_of: dict[str, Unit] = field(default_factory=dict)
    pairs: list[tuple[BaseAmount, BaseAmount]] = field(default_factory=list)
    latest: EquationSide | None = None

    def is_stated(self, side: EquationSide) -> bool:
        """Whether the statement gives this quantity, perhaps in another unit."""
        number = rational_value(side.term) if side.term is not None else None
        if number is None:
            return False
        return any(
            q.unit.dimension == side.unit.dimension
            and q.number * q.unit.factor == number * side.unit.factor
            for q in self.stated
        )

    def side_of(self, term: Term) -> EquationSide:
        """The expression with which a line goes on, in its unit."""
        is_latest = self.latest is not None and self.latest.term is term
        return EquationSide(
            "", term, unit=self.latest.unit if is_latest and self.latest else NO_UNIT
        )

    def has_minutes_as_decimals(self, side: EquationSide) -> bool:
        """1.24 h where the statement has 1 h 24 min."""
        number = rational_value(side.term) if side.term is not None else None
        if number is None or side.unit != _HOUR or self.is_stated(side):
            return False
        hours = [q.number * q.unit.factor / 3600 for q in self.stated if _is_time(q)]
        return any(
            number == hour.__floor__() + Fraction(60, 100) * (hour % 1)
            for hour in hours
            if hour % 1 and (hour * 60).denominator == 1
        )

    def are_stated(self, values: Sequence[Value]) -> bool:
        """Whether the statement gives each of these numbers, as often or oftener."""
        numbers = [rational_value(value) if is_term(value) else None for value in values]
        stated = Counter(q.number for q in self.stated)
        claimed = Counter(number for number in numbers if number is not None)
        return None not in numbers and claimed <= stated

    def are_amounts(self, left: EquationSide, right: EquationSide) -> bool:
        """Two bare numbers of different things, such as 3 kg = 7.50 €."""
        kinds = _amount(left)[1], _amount(right)[1]
        return (
            kinds[0] != kinds[1] and () not in kinds[:1] and None not in map(_number, (left, right))
        )

    def is_backwards(self, left: EquationSide, right: EquationSide) -> bool:
        """Whether the statement's only quantity of this kind is converted the wrong way."""
        given = [q for q in self.stated if q.unit.dimension == right.unit.dimension]
        if left.term is None or left.unit != NO_UNIT or len(given) != 1 or len(self.stated) != 1:
            return False
        measures = [Measure(Num(q.number), q.unit) for q in given]
        return converts_backwards(left.term, right, measures)

    def converted_backwards(self, side: EquationSide) -> Witness | None:
        """259.2 m/s for 72 km/h, the statement's only quantity; else None."""
        number, before = _number(side), self.stated[0] if len(self.stated) == 1 else None
        if number is None or before is None or before.unit.dimension != side.unit.dimension != ():
            return None
        factor = before.unit.factor / side.unit.factor
        if not before.unit.dimension or factor == 1 or number != before.number / factor:
            return None
        return Witness({}, latex(Num(number)), latex(Num(before.number * factor)))

    def misconverted(self, left: EquationSide, right: EquationSide) -> Witness | None:
        """480000 cm³ and 4800000 cm³ for 480000 ÷ 100 = 4800 l, after 480000 cm³.

        None unless the amount before, times or divided by a usual factor, gets a unit of the same
        kind in which it is another amount. A factor of the statement may count something.
        """
        before = self.latest
        if before is None or left.unit != NO_UNIT or right.unit.factor == before.unit.factor:
            return None
        match left.term:
            case Mul((Num(number), Num(factor))) | Div(Num(number), Num(factor)):
                pass
            case _:
                return None
        written, is_usual = _number(right), factor in _USUAL_FACTORS
        is_told = any(factor == quantity.number for quantity in self.stated)
        is_same_kind = before.unit.dimension == right.unit.dimension != ()
        if number != _number(before) or written is None or not is_same_kind or is_told:
            return None
        amount = written * right.unit.factor / before.unit.factor
        if not is_usual or amount == number:
            return None
        return Witness({}, latex(Num(number)), latex(Num(amount)))

    def learn_pair(self, left: EquationSide, right: EquationSide) -> None:
        self.pairs.append((_amount(left), _amount(right)))

    def follows_from_pairs(self, left: EquationSide, right: EquationSide) -> bool:
        """Whether both are the same multiple of what an earlier line has."""
        first, second = _amount(left), _amount(right)
        return any(
            first[1] == before[1]
            and second[1] == after[1]
            and first[0] * after[0] == second[0] * before[0]
            for before, after in self.pairs
        )

    def learn(self, name: str, sides: list[EquationSide]) -> None:
        """The unit of `name` = …, from the first side that has one."""
        unit = next((side.unit for side in sides if side.unit != NO_UNIT), NO_UNIT)
        if unit == NO_UNIT:
            self.unit_of.pop(name, None)
        else:
            self.unit_of[name] = unit

    def are_mixed(self, names: frozenset[str], sides: list[EquationSide]) -> bool:
        """Whether the numbers of these variables and sides are in units that do not fit."""
        units = [self.unit_of[name] for name in names if name in self.unit_of]
        units += [side.unit for side in sides if side.unit != NO_UNIT]
        sizes: dict[str, Fraction] = {}
        for unit in units:
            if len(unit.dimension) == 1:
                [(base, power)] = unit.dimension
                size = float(unit.factor) ** (1 / power)
                rounded = Fraction(size).limit_denominator(10**9)
                if sizes.setdefault(base, rounded) != rounded:
                    return True
        for unit in units:
            factor = Fraction(1)
            for base, power in unit.dimension:
                factor *= sizes.get(base, Fraction(1)) ** power
            if len(unit.dimension) > 1 and factor != unit.factor:
                return True
        return False


def _is_time(quantity: StatedQuantity) -> bool:
    return quantity.unit.dimension == _HOUR.dimension


def _amount(side: EquationSide) -> BaseAmount:
    """A per cent sign and a label, such as Hefte, are kinds of their own."""
    number = (_number(side) or Fraction(0)) * side.unit.factor
    if side.percent:
        return number, (("%", 1),)
    if side.unit == NO_UNIT and side.words:
        return number, ((min(side.words)[:4], 1),)
    return number, side.unit.dimension


def _number(side: EquationSide) -> Fraction | None:
    """Of a bare amount; None for a calculation."""
    match side.term:
        case Num(value):
            return value
        case Call("percent", (Num(value),)):
            return value
    return None
