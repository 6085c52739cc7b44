"""Units that a student can choose from: of all that a problem of this sort and size measures.

A list of areas alone would say that no length is asked for, so lengths, areas and volumes stand
together. All units that belong to one list get the same one, so that it does not say which is asked
for. Other units can be typed.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tutor.grading.parsing.units import Unit, read_unit


@dataclass(frozen=True)
class UnitList:
    """asked: the units for which the list is offered; None for all in it."""

    names: tuple[str, ...]
    asked: tuple[str, ...] | None = None


_POWERS = ("", "²", "³")
LISTS = (
    UnitList(
        tuple(base + power for power in _POWERS for base in ("mm", "cm", "dm", "m")),
        tuple(base + power for power in _POWERS for base in ("mm", "cm", "dm")),
    ),
    UnitList(
        ("cm", "m", "km", "cm²", "m²", "ha", "km²", "cm³", "m³"),
        ("m", "km", "m²", "ha", "km²", "m³"),
    ),
    UnitList(("mL", "L", "cm³", "dm³", "m³"), ("mL", "L")),
    UnitList(("in", "ft", "yd", "mi", "in²", "ft²", "yd²", "mi²", "in³", "ft³", "yd³")),
    UnitList(("s", "min", "h", "d", "week", "year", "m/s", "km/h", "m/s²")),
    UnitList(("s", "min", "h", "mi", "ft", "ft/s", "mph"), ("mph", "ft/s")),
    UnitList(("mg", "g", "kg", "t")),
    UnitList(("oz", "lb", "g", "kg"), ("oz", "lb")),
    UnitList(("€", "$", "£", "¥", "CHF", "¢")),
    UnitList(("°C", "°F", "K")),
    UnitList(("°", "rad")),
    UnitList(("%", "‰")),
    UnitList(("N", "kN", "J", "kJ", "Wh", "kWh", "W", "kW", "Pa", "kPa", "bar")),
    UnitList(("A", "mA", "V", "kV", "Ω", "C", "Hz", "kHz")),
    UnitList(("bit", "B", "kB", "MB", "GB", "TB")),
)
_AS_TYPED = str.maketrans({"²": "^2", "³": "^3"})


@lru_cache(maxsize=256)
def unit_choices(unit: str) -> tuple[str, ...]:
    """The list for the unit that is nearest in size; empty if there is none of its dimension."""
    asked = read_unit(unit)
    if asked is None:
        return ()
    is_cubed = "3" in unit.translate(_AS_TYPED)

    def distance(pair: tuple[str, Unit]) -> tuple[float, bool]:
        """mL and cm³ are the same size, but a sort of their own."""
        name, known = pair
        return abs(math.log(known.factor / asked.factor)), ("³" in name) != is_cubed

    lists = [(min(map(distance, pairs)), units.names) for units, pairs in _alike(asked)]
    return min(lists, key=lambda pair: pair[0], default=(0, ()))[1]


def _alike(asked: Unit) -> Iterator[tuple[UnitList, list[tuple[str, Unit]]]]:
    """The lists for units of the same dimension, each with those units."""
    for units in LISTS:
        read = {name: read_unit(name.translate(_AS_TYPED)) for name in units.asked or units.names}
        pairs = [(name, unit) for name, unit in read.items() if unit is not None]
        alike = [(name, unit) for name, unit in pairs if unit.dimension == asked.dimension]
        if alike:
            yield units, alike
