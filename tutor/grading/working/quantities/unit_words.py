"""Names of units that pupils write, in English, German, French, Spanish and Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable

from tutor.grading.parsing.units import CHINESE_UNIT, Unit, read_unit


def _listed(text: str) -> list[str]:
    return text.split()


SYMBOLS = frozenset(
    _listed(
        """km dm cm mm µm μm nm hm kg mg µg μg min sec hr ms ml mL cl cL dl dL hl hL ha kN kJ MJ kW
        MW kWh Wh Pa hPa kPa MPa bar mbar kV mV mA mW ohm kHz MHz Hz mol cal kcal eV ft yd mi lb
        lbs oz gal in mph kmh kph EUR USD GBP CNY RMB MB GB kB qm"""
    )
)
LETTERS = frozenset("mgshtlLdNJWVAK")
_SIGNS = frozenset(_listed("€ $ £ ¥ ₹ ₣ ₽ ₺ ¤ Ω °C °F ¢"))
_SAME = {"￥": "¥", "₣": "CHF", "℃": "°C", "Ω": "ohm", "qm": "m^2", "µm": "μm", "µg": "μg"}
_WORDS = {
    name: unit
    for unit, names in {
        "hour": "stunde stunden std heure heures hora horas hrs",
        "minute": "minuten minutos minuto mins",
        "second": "sekunde sekunden sek seconde secondes segundo segundos secs",
        "day": "tag tage tagen jour jours día días dia dias",
        "week": "woche wochen semaine semaines semana semanas",
        "month": "mon monat monate monaten mois mes meses",
        "year": "jahr jahre jahren an ans année années año años",
        "meter": "metern mètre mètres metro metros",
        "kilometer": "kilometern kilomètre kilomètres kilómetro kilómetros",
        "centimeter": "zentimeter zentimetern centimètre centimètres centímetro centímetros",
        "millimeter": "millimètre millimètres milímetro milímetros",
        "gram": "gramm gramo gramos",
        "kilogram": "kilogramm kilo kilos kilogramo kilogramos",
        "tonne": "tonnen tonnes tonelada toneladas",
        "liter": "litern litro litros",
        "dollar": "dollars dólar dólares",
    }.items()
    for name in _listed(names)
}
# Words after a number that are neither units nor what is counted.
OTHER_WORDS = frozenset(
    _listed(
        """in an a as at and or und et y o is are of de von by mal times plus minus per pi sin cos
        tan log ln exp lim mod max min gcd lcm ggt kgv sqrt arcsin arccos arctan x with mit if so
        then pro"""
    )
)
WORD = re.compile(
    r"°[CF]\b|[A-Za-zµμΩ\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff]++|[\u4e00-\u9fff]++|[€$£¥¢￥℃₹₣₽₺¤]"
)


def unit_named(word: str, is_letter: Callable[[str], bool]) -> Unit | None:
    """None for a word that is no unit. is_letter: whether a single letter may be one."""
    if word in _SIGNS or word in SYMBOLS or word in _SAME:
        return read_unit(_SAME.get(word, word))
    if len(word) == 1 and word in LETTERS:
        return read_unit(word) if is_letter(word) else None
    if "\u4e00" <= word[0] <= "\u9fff":
        unit = read_unit(word) if CHINESE_UNIT.fullmatch(word) else None
        return _known(unit)
    lower = word.lower()
    if lower in _WORDS:
        return read_unit(_WORDS[lower])
    if len(word) < 3 or lower in OTHER_WORDS:
        return None
    return _known(read_unit(lower))


def _known(unit: Unit | None) -> Unit | None:
    """None for what is only counted, such as boxes."""
    is_counted = unit is not None and any(base.startswith("#") for base, _ in unit.dimension)
    return None if is_counted else unit
