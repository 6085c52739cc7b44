"""Whether a problem measures anything in the unit that an answer has."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from itertools import product
from math import prod

from tutor.grading.parsing.units import Unit, read_unit
from tutor.grading.solver.expressions.polynomial_ring import rational_root

MAX_WORDS = 400
# A short one is a unit only behind a number, a slash, a bracket or "in": inches are no "in".
_WORD = re.compile(
    r"(?:(?<=[\d/(])|(?<=[\d)] )|(?<=\bin )|(?<=\ben ))[A-Za-zµ]{1,2}(?![A-Za-zµÀ-ÿ])"
    r"|[A-Za-zµÀ-ÿ]{3,16}|[\u4e00-\u9fff]{1,12}"
)
_COMMAND = re.compile(r"\\[A-Za-z]{1,16}")
_LONGEST_CHINESE = 4
_COUNTED = re.compile(  # what is counted, with two words before it: "how many more pages"
    r"\b(?:how many|wie ?viele?|combien d(?:e |['’])|cuánt[oa]s) ?((?:[^\W\d_]{1,16} ?){1,3})"
    r"|多少(?:[个人名本页只条张棵头间件辆支枝箱袋次种])",
    re.IGNORECASE,
)
_MEASURED = re.compile(  # what has a unit, though the text names none: "How old is she?"
    r"\b(?:old|ages?|long|far|high|tall|wide|deep|heavy|weighs?|fast|speed|large|big|area|volume"
    r"|length|width|height|depth|distance|time|duration|mass|weight|radius|diameter|perimeter"
    r"|costs?|prices?|pay|paid|worth|money|salary|temperature|alt|alter|lang|länge|weit|hoch|höhe"
    r"|breit|breite|tief|schwer|wiegt|schnell|geschwindigkeit|fläche|volumen|abstand|zeit|dauer"
    r"|masse|gewicht|umfang|kostet|kosten|preis|bezahlt|âge|ans|long|longueur|loin|haut|hauteur"
    r"|largeur|profond|pèse|vite|vitesse|aire|temps|durée|périmètre|coûte|prix|paie"
    r"|edad|largo|longitud|lejos|alto|altura|ancho|pesa|rápido|velocidad|área|distancia"
    r"|tiempo|duración|perímetro|cuesta|precio|paga)\b"
    r"|[长宽高深远重]|面积|体积|周长|速度|距离|时间|多久|年龄|几岁|价|元|钱|花",
    re.IGNORECASE,
)
_WITHOUT_A_NAME = ("deg", "rad", "K")  # an angle may be given in degrees, whatever the text says
_Factors = Mapping[str, set[Fraction]]


def measures_in(statement: str, given: Unit) -> bool:
    """Whether a problem's answer may be in this unit: 5 cm where lengths in cm are given.

    Where nothing is said that decides it, it may.
    """
    powers = dict(given.dimension)
    if not powers or any(base in powers for base in _WITHOUT_A_NAME):
        return True
    named = list(_named_units(statement))
    if counted := _COUNTED.search(statement):
        words = (counted[1] or "").split()
        units = filter(None, map(_unit, words))
        return any(dict(unit.dimension).keys() == powers.keys() for unit in units)
    if any(len(unit.dimension) > 1 for unit in named):
        return True  # of newtons and volts, other units can be made
    factors = _factors(named)
    if all(base in factors for base in powers):
        return any(size == given.factor / given.number for size in _sizes(powers, factors))
    return _MEASURED.search(statement) is not None


def _named_units(statement: str) -> Iterator[Unit]:
    text = " ".join(re.sub(r"[{}~]", " ", _COMMAND.sub(" ", statement)).split())
    for number, match in enumerate(_WORD.finditer(text)):
        if number >= MAX_WORDS:
            return
        for name in _pieces(match[0]):
            if (unit := _unit(name)) is not None:
                yield unit


def _pieces(word: str) -> Iterator[str]:
    """The word; of Chinese, which has no spaces, all short parts of it."""
    if word[0] < "\u4e00":
        yield word
        return
    for start in range(len(word)):
        for end in range(start + 1, min(start + _LONGEST_CHINESE, len(word)) + 1):
            yield word[start:end]


@lru_cache(2000)
def _unit(name: str) -> Unit | None:
    """None for what is no unit."""
    unit = read_unit(name)
    return unit if unit is not None and unit.is_known and unit.dimension else None


def _factors(units: list[Unit]) -> _Factors:
    """By base, how large the units are in which it is measured; litres are cubes of 10 cm."""
    factors: defaultdict[str, set[Fraction]] = defaultdict(set)
    for unit in units:
        [(base, power)] = unit.dimension
        size = rational_root(unit.factor / unit.number, power) if power > 0 else None
        if size is not None:
            factors[base].add(size)
    return factors


def _sizes(powers: Mapping[str, int], factors: _Factors) -> Iterator[Fraction]:
    """Of all units of these powers that can be made of the named ones."""
    for chosen in product(*(sorted(factors[base]) for base in powers)):
        pairs = zip(chosen, powers.values(), strict=True)
        yield prod((size**power for size, power in pairs), start=Fraction(1))
