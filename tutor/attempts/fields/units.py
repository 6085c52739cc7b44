"""Units that a student can choose from: of all that a problem of this sort measures.

The lists are wide on purpose. A list of areas alone would say that no length is asked for.
"""

from tutor.grading.parsing.units import read_unit

GROUPS = (
    (
        *("mm", "cm", "dm", "m", "km", "in", "ft", "yd", "mi"),
        *("mm²", "cm²", "dm²", "m²", "km²", "ha", "ft²"),
        *("mm³", "cm³", "dm³", "m³", "mL", "L", "ft³"),
    ),
    ("s", "min", "h", "d", "week", "year", "m/s", "km/h", "mph", "m/s²"),
    ("mg", "g", "kg", "t", "oz", "lb"),
    ("€", "$", "£", "¥", "CHF", "¢"),
    ("°C", "°F", "K"),
    ("°", "rad"),
    ("%", "‰"),
    ("N", "kN", "J", "kJ", "Wh", "kWh", "W", "kW", "Pa", "kPa", "bar"),
    ("A", "mA", "V", "kV", "Ω", "C", "Hz", "kHz"),
    ("bit", "B", "kB", "MB", "GB", "TB"),
)
_POWERS = str.maketrans({"²": "^2", "³": "^3"})


def unit_choices(unit: str) -> tuple[str, ...]:
    """The group with a unit of the same dimension as `unit`; empty if there is none."""
    asked = read_unit(unit)
    if asked is None:
        return ()
    for group in GROUPS:
        units = (read_unit(name.translate(_POWERS)) for name in group)
        if any(known is not None and known.dimension == asked.dimension for known in units):
            return group
    return ()
