"""What is known of quantities with units: those of the statement, and the units of variables."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.units import NO_UNIT, Unit
from tutor.grading.steps.equation_side import EquationSide
from tutor.grading.working.quantities.stated import StatedQuantity


@dataclass
class MeasuredValues:
    """stated: by the statement. unit_of: the unit in which a variable's value is known."""

    stated: tuple[StatedQuantity, ...]
    unit_of: dict[str, Unit] = field(default_factory=dict)

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
