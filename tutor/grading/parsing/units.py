"""Units: their dimensions and their sizes in base units.

The table is our own: it reads Chinese and English words, and loads fast.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from tutor.grading.parsing.natural.english import NUMBER_WORDS
from tutor.grading.parsing.natural.spoken import is_meaningful
from tutor.grading.parsing.unit_names import english_unit, powers_in_front


@dataclass(frozen=True, slots=True)
class Unit:
    """dimension: base units with their powers, sorted. factor: the size in base units.
    number: the part of the factor that is a number, as a million in million dollars.
    offset: what 0 of it is in base units, such as 273.15 K for °C.

    A base that starts with # is an unknown word, such as apples.
    """

    dimension: tuple[tuple[str, int], ...]
    factor: Fraction
    number: Fraction = Fraction(1)
    offset: Fraction = Fraction(0)

    @property
    def is_known(self) -> bool:
        """Whether it is a unit, and not a word for what is counted."""
        return not any(base.startswith("#") for base, _ in self.dimension)

    def times(self, other: Unit, power: int = 1) -> Unit:
        powers = dict(self.dimension)
        for base, count in other.dimension:
            powers[base] = powers.get(base, 0) + count * power
        dimension = tuple(sorted((base, count) for base, count in powers.items() if count))
        return Unit(dimension, self.factor * other.factor**power, self.number * other.number**power)


NO_UNIT = Unit((), Fraction(1))


def _unit(factor: str | int | Fraction = 1, **powers: int) -> Unit:
    return Unit(tuple(sorted(powers.items())), Fraction(factor))


def _temperature(factor: int | Fraction, offset: str | Fraction) -> Unit:
    return Unit((("K", 1),), Fraction(factor), offset=Fraction(offset))


def _count(number: str | Fraction) -> Unit:
    return Unit((), Fraction(number), Fraction(number))


_SYMBOLS = {  # those that take a prefix
    "m": _unit(m=1), "g": _unit("0.001", kg=1), "s": _unit(s=1), "A": _unit(A=1), "K": _unit(K=1),
    "mol": _unit(mol=1), "N": _unit(kg=1, m=1, s=-2),
    "J": _unit(kg=1, m=2, s=-2), "W": _unit(kg=1, m=2, s=-3), "Pa": _unit(kg=1, m=-1, s=-2),
    "V": _unit(kg=1, m=2, s=-3, A=-1), "VA": _unit(kg=1, m=2, s=-3), "Hz": _unit(s=-1),
    "C": _unit(A=1, s=1), "F": _unit(A=2, s=4, kg=-1, m=-2), "ohm": _unit(kg=1, m=2, s=-3, A=-2),
    "T": _unit(kg=1, s=-2, A=-1), "Wb": _unit(kg=1, m=2, s=-2, A=-1),
    "H": _unit(kg=1, m=2, s=-2, A=-2), "L": _unit("0.001", m=3), "l": _unit("0.001", m=3),
    "eV": _unit("1.602176634e-19", kg=1, m=2, s=-2), "cal": _unit("4.184", kg=1, m=2, s=-2),
    "Wh": _unit(3600, kg=1, m=2, s=-2), "B": _unit(8, bit=1), "bit": _unit(bit=1),
    "Nm": _unit(kg=1, m=2, s=-2), "Ws": _unit(kg=1, m=2, s=-2), "Ah": _unit(3600, A=1, s=1),
    "bar": _unit(100000, kg=1, m=-1, s=-2), "t": _unit(1000, kg=1), "rad": _unit(rad=1),
}  # fmt: skip
_PREFIXES = {
    "P": 15, "T": 12, "G": 9, "M": 6, "k": 3, "h": 2, "da": 1, "d": -1, "c": -2, "m": -3,
    "u": -6, "μ": -6, "n": -9, "p": -12, "f": -15, "a": -18,
}  # fmt: skip
_LONG_PREFIXES = {
    "giga": 9, "mega": 6, "kilo": 3, "hecto": 2, "deca": 1, "deci": -1, "centi": -2,
    "milli": -3, "micro": -6, "nano": -9, "pico": -12,
}  # fmt: skip
_LONG = {
    "meter": "m", "metre": "m", "gram": "g", "gramme": "g", "second": "s", "ampere": "A",
    "amp": "A", "ohm": "ohm",
    "kelvin": "K", "mole": "mol", "newton": "N", "joule": "J", "watt": "W",
    "pascal": "Pa", "volt": "V", "hertz": "Hz", "coulomb": "C", "farad": "F", "tesla": "T",
    "liter": "L", "litre": "L", "byte": "B", "tonne": "t", "radian": "rad", "calorie": "cal",
}  # fmt: skip
_OTHERS = {
    "min": _unit(60, s=1), "minute": _unit(60, s=1), "h": _unit(3600, s=1),
    "hr": _unit(3600, s=1), "hour": _unit(3600, s=1), "sec": _unit(s=1), "d": _unit(86400, s=1),
    "day": _unit(86400, s=1), "week": _unit(604800, s=1), "month": _unit(month=1),
    "year": _unit(12, month=1), "yr": _unit(12, month=1),
    "in": _unit("0.0254", m=1), "inch": _unit("0.0254", m=1), "inche": _unit("0.0254", m=1),
    "ft": _unit("0.3048", m=1), "foot": _unit("0.3048", m=1), "feet": _unit("0.3048", m=1),
    "yd": _unit("0.9144", m=1), "yard": _unit("0.9144", m=1), "mi": _unit("1609.344", m=1),
    "mile": _unit("1609.344", m=1), "mph": _unit("0.44704", m=1, s=-1),
    "kmh": _unit(Fraction(5, 18), m=1, s=-1), "kph": _unit(Fraction(5, 18), m=1, s=-1),
    "lb": _unit("0.45359237", kg=1), "pound": _unit("0.45359237", kg=1),
    "oz": _unit("0.028349523125", kg=1), "ounce": _unit("0.028349523125", kg=1),
    "Km": _unit(1000, m=1), "Kg": _unit(kg=1), "KG": _unit(kg=1),
    "CM": _unit("0.01", m=1), "KM": _unit(1000, m=1), "MM": _unit("0.001", m=1),
    "ML": _unit("0.000001", m=3), "ton": _unit(ton=1),
    "ha": _unit(10000, m=2), "hectare": _unit(10000, m=2),
    "LE": _unit(LE=1), "FE": _unit(LE=2), "VE": _unit(LE=3),
    "acre": _unit("4046.8564224", m=2), "cc": _unit("0.000001", m=3),
    "gallon": _unit("0.003785411784", m=3), "gal": _unit("0.003785411784", m=3),
    "quart": _unit("0.000946352946", m=3), "pint": _unit("0.000473176473", m=3),
    "°": _unit(deg=1), "deg": _unit(deg=1), "degree": _unit(deg=1), "°C": _temperature(1, "273.15"),
    "°F": _temperature(Fraction(5, 9), Fraction(45967, 180)), "%": _count("0.01"),
    "percent": _count("0.01"), "‰": _count("0.001"), "permille": _count("0.001"),
    "promille": _count("0.001"),
    "pct": _count("0.01"), "percentage": _count("0.01"), "$": _unit(usd=1), "dollar": _unit(usd=1),
    "USD": _unit(usd=1), "cent": _unit("0.01", usd=1), "¢": _unit("0.01", usd=1),
    "€": _unit(eur=1), "euro": _unit(eur=1), "EUR": _unit(eur=1), "£": _unit(gbp=1),
    "GBP": _unit(gbp=1), "quid": _unit(gbp=1), "p": _unit("0.01", gbp=1),
    "pence": _unit("0.01", gbp=1), "penny": _unit("0.01", gbp=1), "CHF": _unit(chf=1),
    "rand": _unit(zar=1), "ZAR": _unit(zar=1),
    "kr": _unit(krone=1), "Ft": _unit(huf=1), "HUF": _unit(huf=1), "zl": _unit(pln=1),
    "PLN": _unit(pln=1), "₹": _unit(inr=1), "INR": _unit(inr=1),
    "₽": _unit(rub=1), "RUB": _unit(rub=1), "R$": _unit(brl=1), "円": _unit(jpy=1),
    "JPY": _unit(jpy=1), "Kč": _unit(czk=1), "Kc": _unit(czk=1), "₺": _unit(lira=1),
    "TL": _unit(lira=1), "¤": _unit(money=1),
    "¥": _unit(cny=1), "yuan": _unit(cny=1), "RMB": _unit(cny=1), "CNY": _unit(cny=1),
    "米": _unit(m=1), "厘米": _unit("0.01", m=1), "毫米": _unit("0.001", m=1),
    "公分": _unit("0.01", m=1),
    "分米": _unit("0.1", m=1), "千米": _unit(1000, m=1), "公里": _unit(1000, m=1),
    "公顷": _unit(10000, m=2), "亩": _unit(Fraction(2000, 3), m=2), "升": _unit("0.001", m=3),
    "毫升": _unit("0.000001", m=3), "克": _unit("0.001", kg=1), "千克": _unit(kg=1),
    "公斤": _unit(kg=1), "斤": _unit("0.5", kg=1), "毫克": _unit("0.000001", kg=1),
    "吨": _unit(1000, kg=1), "秒": _unit(s=1), "分钟": _unit(60, s=1), "分": _unit(60, s=1),
    "小时": _unit(3600, s=1), "时": _unit(3600, s=1), "天": _unit(86400, s=1),
    "日": _unit(86400, s=1), "周": _unit(604800, s=1), "星期": _unit(604800, s=1),
    "月": _unit(month=1), "年": _unit(12, month=1), "元": _unit(cny=1), "块钱": _unit(cny=1),
    "角": _unit("0.1", cny=1), "度": _unit(deg=1), "弧度": _unit(rad=1), "美元": _unit(usd=1),
    "摄氏度": _temperature(1, "273.15"),
    "华氏度": _temperature(Fraction(5, 9), Fraction(45967, 180)),
    "牛": _unit(kg=1, m=1, s=-2), "牛顿": _unit(kg=1, m=1, s=-2),
    "焦耳": _unit(kg=1, m=2, s=-2), "瓦": _unit(kg=1, m=2, s=-3),
}  # fmt: skip
_WITH_CENTS = [_OTHERS[sign].dimension for sign in ("€", "$", "CHF")]
_COUNTERS = [
    *"个只人本页名位次种条张块件支枝辆棵颗朵头匹台套双把岁倍根袋箱盒瓶杯行排组架间座道题",
]
CHINESE_UNIT = re.compile(
    "(?:(?:平方|立方)?(?:"
    + "|".join(
        sorted(
            [*(unit for unit in _OTHERS if "\u4e00" <= unit[0] <= "\u9fff"), *_COUNTERS],
            key=len,
            reverse=True,
        )
    )
    + ")[\u4e00-\u9fff]{0,3}"
    + ")"
)
_PIECE = re.compile(
    r"\s*(?P<open>\()|\s*(?P<close>\))|\s*(?P<op>/|\*|\b(?:per|pro|par|por)\b|每)"
    r"|\s*(?P<ten>10)\s*(?:\^\s*(?P<tenpower>-?\d{1,3}))?"
    r"|\s*(?P<name>°[CF]?|[%‰$€£¥¢₹₽₺¤]|[^\W\d_\u4e00-\u9fff]+|[\u4e00-\u9fff]+)\s*(?:\^\s*(?P<power>-?\d{1,2}))?"
)
_BRACED = r"\s*\{((?:[^{}]|\{[^{}]*\})*)\}"
_FRACTION = re.compile(rf"\\[dt]?frac{_BRACED}{_BRACED}")
_AREA = re.compile(r"^(square|sq\.?|cubic|cu\.?|平方|立方)\s*(?=\S)")
_NEVER_IN_UNIT = frozenset("+=<>|")
_NOT_UNITS = re.compile(r"and|or|is|of|not|the|pi|sqrt|sin|cos|tan|log|ln|exp|oo|inf|x|y|z|e|i|n")


@lru_cache(maxsize=2048)
def read_unit(text: str) -> Unit | None:
    """km/h, m s^-2, square feet, 平方厘米; None for an unknown unit."""
    if len(text) > 100 or not _NEVER_IN_UNIT.isdisjoint(text):
        return None
    text = _without_latex(text).replace("²", "^2").replace("³", "^3")
    if not text or text[-1] in "*/":
        return None
    if area := _AREA.match(text):
        inner = read_unit(text[area.end() :])
        power = 2 if area[1][0] in "s平" else 3
        return NO_UNIT.times(inner, power) if inner else None
    text = powers_in_front(text)
    number, counted = split_number_words(text)
    if number != 1:
        things = read_unit(counted) if counted else NO_UNIT
        return things.times(_count(number)) if things else None
    return _composed(text)


def _composed(text: str) -> Unit | None:
    """Of factors and divisors: kg m/s^2, 1/(K·mol)."""
    total, power, outer, position, named = NO_UNIT, 1, 1, 0, False
    while position < len(text):
        piece = _PIECE.match(text, position)
        if not piece:
            return None
        position = piece.end()
        if piece["op"]:
            power = 1 if piece["op"] == "*" else -1
            continue
        if piece["open"] or piece["close"]:
            outer, power = (power, 1) if piece["open"] else (1, 1)
            continue
        count = int(piece["power"] or 1)
        part = _power_of_ten(piece) if piece["ten"] else _unit_named(piece["name"])
        if part is None:
            return None
        if part.offset and outer * power * count == 1 and piece.end() == len(text) and not named:
            return part
        total = total.times(part, outer * power * count)
        named = named or bool(piece["name"])
    return total if named else None


def read_label(text: str) -> Unit | None:
    """Words after a number that count something, such as apples or cups of flour."""
    number, text = split_number_words(text.lower() if len(text) <= 100 else "")
    text = _without_latex(text)
    text = re.sub(r"\Aof (?:(?:the|a|an) )?", "", text)
    words = text.split()
    plain = re.fullmatch(r"[^\W\d_]{2,}( [^\W\d_]+){0,4}|[\u4e00-\u9fff]{1,6}", text)
    if not plain or _NOT_UNITS.fullmatch(words[0]) or any(map(is_meaningful, words)):
        return None
    return Unit((("#" + words[0].removesuffix("s"), 1),), Fraction(1)).times(_count(number))


def in_currency(unit: Unit | None, currency: Unit | None) -> Unit | None:
    """Cents are those of the currency, pounds money where it is sterling, and ¥ may be yen."""
    if unit is None or currency is None:
        return unit
    if unit == _OTHERS["¥"] and currency == _OTHERS["円"]:
        return currency
    if unit == _OTHERS["cent"] and currency.dimension in _WITH_CENTS:
        return Unit(currency.dimension, Fraction(1, 100))
    sterling = _OTHERS["£"]
    is_sterling = currency.dimension == sterling.dimension
    return sterling if is_sterling and unit == _OTHERS["pound"] else unit


def split_number_words(unit: str) -> tuple[Fraction, str]:
    """The product of the number words, and the unit: a million and "dollars" in million dollars."""
    number, words = Fraction(1), _without_latex(unit).split()
    while words and (
        count := NUMBER_WORDS.get(words[0].lower().removesuffix("."))
        or NUMBER_WORDS.get(words[0].lower().removesuffix("s"))
    ):
        number *= count
        words = words[2:] if words[1:2] == ["of"] else words[1:]
    return (number, " ".join(words)) if number != 1 else (number, unit)


def _without_latex(text: str) -> str:
    text = text.replace("**", "^")
    text = _FRACTION.sub(r"(\1)/(\2)", text) if "frac" in text else text
    text = re.sub(r"\\(?:text|mathrm|mbox|textbf|textnormal|operatorname|rm|textrm)\b", " ", text)
    text = re.sub(r"\^\s*+(?:\{\s*+)?\\circ\s*+(?:\}\s*+)?", "°", text)
    text = re.sub(r"\\(?:cdot|times)\b|[·⋅]", "*", text)
    text = re.sub(
        r"\\[,;:! %$]", lambda command: command[0][1] if command[0][1] in "%$" else " ", text
    )
    text = re.sub(r"\\mu\b[\s{}]*", "μ", re.sub(r"\\Omega\b\s*|Ω", "ohm", text))
    # A point is a product in km.h^-1, and none in sq.ft.
    text = re.sub(
        r"(?<=[A-Za-z])(?:-|(?<!sq)(?<!cu)\.)(?=[A-Za-z])",
        "*",
        text.replace("µ", "μ").replace("每", "/"),
    )
    text = re.sub(r"\b(da|[cdkm]?m|s)([23])(?!\d)", r"\1^\2", text)  # cm2
    text = re.sub(
        r"\b([CF])°|\bdeg(?:ree)?s? ([CF])\b", lambda unit: f"°{unit[1] or unit[2]}", text
    )
    text = re.sub(
        r"(?:°|\b(?:degrees?|Grad|degr[eé]s?|grados?)) (?:(C|c)elsius|(?:F|f)ahrenheit)\b",
        _degrees,
        text,
    )
    text = re.sub(r"[{}~]|\.$", " ", text).replace("  ", " ").strip().removesuffix(".")
    text = re.sub(r"°\s*([CF])\b", r"°\1", text)
    # In kmh^-1 and ms^-2, without a space, the power belongs to the time alone.
    return re.sub(r"\b([kc]?m)([sh])\s*\^\s*-", r"\1*\2^-", text)


def _degrees(unit: re.Match[str]) -> str:
    return "°C" if unit[1] else "°F"


def _power_of_ten(piece: re.Match[str]) -> Unit:
    return Unit((), Fraction(10) ** int(piece["tenpower"] or 1))


def _unit_named(name: str) -> Unit | None:
    if name in _OTHERS:
        return _OTHERS[name]
    if name in _COUNTERS:
        return Unit((("#" + name, 1),), Fraction(1))
    if (
        (len(name) > 1 or "а" <= name <= "я")
        and (english := english_unit(name))
        and english.lower() != name.lower()
    ):
        return read_unit(english)
    if symbol := _prefixed(name, _SYMBOLS, _PREFIXES):
        return symbol
    singular = name.lower().removesuffix("s")
    if singular in _OTHERS and len(singular) > 2:
        return _OTHERS[singular]
    words = {long: _SYMBOLS[symbol] for long, symbol in _LONG.items()}
    return _prefixed(singular, words, _LONG_PREFIXES) or (
        Unit((("#unit", 1),), Fraction(1)) if singular == "unit" else None
    )


def _prefixed(name: str, units: dict[str, Unit], prefixes: dict[str, int]) -> Unit | None:
    if name in units:
        return units[name]
    for prefix, power in prefixes.items():
        if name.startswith(prefix) and name[len(prefix) :] in units:
            unit = units[name[len(prefix) :]]
            return Unit(unit.dimension, unit.factor * Fraction(10) ** power)
    return None
