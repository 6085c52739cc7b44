"""Tells quantities, money and times of day apart from formulas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from string import ascii_letters

from tutor.grading.parsing.tree import Add, Call, Mul, Neg, Num, Quantity, Term, TimeOfDay
from tutor.grading.parsing.units import in_currency, read_label, read_unit

MAX_QUANTITY = 200  # characters
_NUMBER = r"[-+]?(?:\d[\d,]*(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?"
_POWER_OF_TEN = r"(?:\s*(?:\*|x|\\times|\\cdot)\s*10\s*\^\s*(?:\{\s*[-+]?\d+\s*\}|[-+]?\d+))?"
# Tried before a number, or 1/2 m would be 1 with the unit "/2 m".
_FRACTION = r"[-+]?(?:\d+\s+)?\d+\s*/\s*\d+"
_SIMPLE = re.compile(rf"({_FRACTION}|{_NUMBER}{_POWER_OF_TEN})(\s*)(\S.*)", re.DOTALL)
_BEGINS_NUMBER = frozenset("+-.0123456789")
_BEGINS_PRODUCT = re.compile(r"\*|\\cdot|\\times")  # 0.5*g*t^2 is no number of grams
_LATEX_UNIT = re.compile(
    r"(.*?[^\s\\,;:!~])((?:\s|~|\\[,;:! ])*"
    r"\\(?:text|mathrm|mbox|textbf|textnormal|operatorname|textrm)\s*\{.*)",
    re.DOTALL,
)
_BEFORE_UNIT = (r"\text", r"\mathrm", r"\mbox", r"\operatorname")
_LATEX_AMOUNT = re.compile(r"(\S.*[\d})!])\s*((?:[%°€£¥]|[A-Za-z\u4e00-\u9fff]{2,}).*)", re.DOTALL)
_UNIT_START = re.compile(
    r"\\(?:text|mathrm|mbox|textbf|textnormal|operatorname|textrm|Omega|mu)\b"
    r"|\\[dt]?frac(?=\s*\{\s*[A-Za-z\\])"
    r"|(?<![A-Za-z\\])[A-Za-zμΩ°%$€£¥¢]"
    r"|(?<![\u4e00-\u9fff])[\u4e00-\u9fff]"
    r"|\^\s*+(?:\{\s*+)?\\circ"
)
_AFTER_PI = re.compile(r"(\S.{0,200}\\?pi)\s*+((?<=\s)[A-Za-z]{2}.{0,200}|[\u4e00-\u9fff]+)")
_TEMPERATURE = re.compile(
    r"\^\s*+(?:\{\s*+)?\\circ\s*+(?:\}\s*+)?(?:\\\w++\s*+\{\s*+)?([CF])\b\s*+\}?"
)
_COMPOUND = re.compile(
    r"([-+]?(?:(?<!\d)\d[\d,]{0,200}+(?:\.\d++)?|\.\d++)(?:[eE][-+]?\d++)?)\s*+(?:\\text\s*+\{\s*+)?"
    r"([A-Za-z$€£¥]+|[\u4e00-\u9fff]+)\s*+(?:\}\s*+)?(?:,\s*+)?(?:and\s++)?"
)
_MONEY = re.compile(
    r"([-+]?)\s*+(?:\\\$|\$|€|£|¥|\\pounds|US\$)\s*+(\d[\d,]*+(?:\.\d++)?)"
    r"(?:\s*+(?:\\text\s*+\{\s*+)?([A-Za-z]+illion)\s*+\}?)?\s*+\$?"
)
_SIGNS = {"$": "$", "€": "€", "£": "£", "¥": "¥"}
_TIME = re.compile(
    r"(\d{1,2})(?::([0-5]\d)|(?=\W*[ap]\W?m))\s*+(?:\\text\w*+\s*+\{\s*+)?"
    r"([ap])?\.?\s*+m?\.?\s*+\}?\.?",
    re.IGNORECASE,
)
_COMMON = frozenset(
    ["cm", "mm", "km", "dm", "kg", "mg", "ml", "mL", "hr", "ft", "lb", "oz", "yd", "mi"]
)
_O_CLOCK = re.compile(r"(?<=\d) ?(?:Uhr|o'clock)\Z", re.IGNORECASE)


def split_unit(text: str) -> tuple[str, str] | None:
    """The amount and the unit of 5 cm, \\frac13\\text{ m}, 7个; None if it is not a quantity."""
    if len(text) > MAX_QUANTITY:
        return None
    if money := _MONEY.fullmatch(text.strip()):
        return money[1] + money[2].replace(",", ""), f"{money[3] or ''} {_currency(text)}"
    splits = _amounts_and_units(text.strip())
    return next(((amount, unit) for amount, unit in splits if _is_unit_or_label(unit)), None)


def _amounts_and_units(text: str) -> Iterator[tuple[str, str]]:
    if (simple := _SIMPLE.fullmatch(text)) and not _is_variable(simple[3]):
        yield simple[1], simple[3]
    if latex_unit := _LATEX_UNIT.fullmatch(text):
        yield latex_unit[1], latex_unit[2]
    if latex_amount := _LATEX_AMOUNT.fullmatch(text):
        yield latex_amount[1], latex_amount[2]


def _is_unit_or_label(text: str) -> bool:
    return bool(read_unit(text) or read_label(text))


def split_plain_quantity(text: str) -> tuple[str, str] | None:
    """The amount and a unit that cannot be a product of variables: 5 cm, 3\\text{ m}."""
    if len(text) > MAX_QUANTITY:
        return None
    if r"\circ" in text:
        text = _TEMPERATURE.sub(r"\\text{°\1}", text)
    text = text.strip()
    quantity = _LATEX_UNIT.fullmatch(text) if any(map(text.__contains__, _BEFORE_UNIT)) else None
    if quantity is None and "pi" in text:
        quantity = _AFTER_PI.fullmatch(text)
    if quantity:
        return (quantity[1], quantity[2]) if read_unit(quantity[2]) else None
    simple = _SIMPLE.fullmatch(text) if text[:1] in _BEGINS_NUMBER else None
    if not simple or _BEGINS_PRODUCT.match(simple[3]) or not read_unit(simple[3]):
        return None
    amount, space, unit = simple.groups()
    letters = len(unit) - len(unit.lstrip(ascii_letters))
    is_plain = letters != 1 and (space or letters != 2 or unit[:2] in _COMMON)
    return (amount, unit) if is_plain else None


def _is_variable(unit: str) -> bool:
    """5x is a product, and so may be 5 m; `split_letter_units` reads it as a quantity."""
    return bool(re.fullmatch(r"[A-Za-z](\s*\^\s*\{?-?\d+\}?)?", unit.strip()))


def _currency(text: str) -> str:
    return next((sign for sign in _SIGNS if sign in text), "£")


def read_compound_quantity(text: str) -> Quantity | None:
    """1 hour 30 minutes, 5 ft 6 in, 18 dollars and 90 cents, as one amount in the first unit."""
    if len(text) > MAX_QUANTITY:
        return None
    parts = _COMPOUND.findall(text)
    if len(parts) < 2 or _COMPOUND.sub("", text).strip(" ."):
        return None
    units = [read_unit(unit) for _, unit in parts]
    first = units[0]
    if len(units) == 2:
        first = in_currency(first, units[1])
        units = [first, in_currency(units[1], first)]
    if first is None or any(u is None or u.dimension != first.dimension for u in units):
        return None
    factors = [unit.factor for unit in units if unit is not None]
    if any(larger <= smaller for larger, smaller in pairwise(factors)):
        return None  # 5 cm, 8 cm: two answers
    numbers = [Fraction(number.replace(",", "")) for number, _ in parts]
    total = sum((a * b for a, b in zip(numbers, factors, strict=True)), Fraction(0))
    return Quantity(Num(total / first.factor), parts[0][1])


def read_time_of_day(text: str) -> TimeOfDay | None:
    """12:30, 3:00 p.m., 08:34 \\text{P.M.}"""
    text = text.strip()
    if text.endswith(("hr", "clock")):
        text = _O_CLOCK.sub("", text)
    time = _TIME.fullmatch(text)
    if not time or int(time[1]) > 24:
        return None
    half = (time[3] or "").lower()
    hours = int(time[1])
    if half and hours <= 12:
        hours = hours % 12 + (12 if half == "p" else 0)
    return TimeOfDay(hours * 60 + int(time[2] or 0), half and half + "m")


def split_letter_units(text: str) -> Iterator[tuple[str, str]]:
    """Every split of 5 m or x = 5√2 m whose second part may be a unit, the longest unit first.

    Only for answers that should have a unit. The first part may still be no amount.
    """
    if len(text) > MAX_QUANTITY:
        return
    if simple := _SIMPLE.fullmatch(text.strip()):
        yield from _if_unit(simple[1], simple[3])
    for start in _UNIT_START.finditer(text):
        yield from _if_unit(text[: start.start()], text[start.start() :])


def _if_unit(amount: str, unit: str) -> Iterator[tuple[str, str]]:
    # 14 bags is not 14·b·a·g·s; but "I do not know" has no number.
    counted = re.search(r"\d", amount) and re.match(r"[A-Za-z]{3}", unit) and read_label(unit)
    if amount.strip() and (read_unit(unit) or counted):
        yield amount, unit


def percent_or_degrees(term: Term) -> tuple[Term, str] | None:
    """The bare number of 50% or 90°."""
    if isinstance(term, Call) and term.name in ("percent", "degrees"):
        return term.args[0], "%" if term.name == "percent" else "°"
    return None


def in_its_unit(amount: Term, unit: str) -> Term:
    """180 - 140 for the amount of 180° - 140°, of which only the last degree sign is its unit."""
    name = {r"^\circ": "degrees", "°": "degrees", "%": "percent"}.get(unit)
    return _unsigned(amount, name) if name and isinstance(amount, Add) else amount


def _unsigned(term: Term, name: str) -> Term:
    match term:
        case Call(called, (inner,)) if called == name:
            return inner
        case Add(parts):
            return Add(tuple(_unsigned(part, name) for part in parts))
        case Neg(part):
            return Neg(_unsigned(part, name))
        case Mul(parts) if name == "degrees":
            return Mul(tuple(_unsigned(part, name) for part in parts))
    return term
