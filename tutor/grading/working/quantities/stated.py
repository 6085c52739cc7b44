"""The quantities that a problem's statement gives: numbers with units, and what they are of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, partial

from tutor.grading.parsing.currencies import currency_before
from tutor.grading.parsing.units import NO_UNIT, Unit
from tutor.grading.working.quantities.concepts import concepts_in
from tutor.grading.working.quantities.counting_words import with_decimal_points
from tutor.grading.working.quantities.unit_marks import UnitLetters, read_unit_at

MAX_QUANTITIES = 24
MAX_LENGTH = 4_000  # characters of a statement
_LATEX = re.compile(
    r"\\(?:text|mathrm|textrm|mbox|operatorname|rm)\s*+\{([^{}]*+)\}|\\[()\[\]]|\\[ ,;:!]|[~{}]"
    r"|\\(?=[%$€])"
    r"|(?<!\\)\$(?=[^$]*\$)"
)
_FRACTION = re.compile(r"\\[dt]?frac\s*+(?:\{\s*+(\d++)\s*+\}\s*+\{\s*+(\d++)\s*+\}|(\d)\s*+(\d))")
_ENGLISH = re.compile(r"\b(?:the|of|and|find|is|are|what|how)\b", re.IGNORECASE)
_SPEED_IN_CHINESE = re.compile(
    r"(?:每(?P<time>小时|分钟?|秒)(?:行驶?|走|跑)?|时速[为是]?)\s?(?:\\\(|\$)?\s?"
    r"(?P<number>\d{1,5}(?:\.\d{1,3})?)\s?(?:\\\)|\$)?\s?(?P<length>千米|公里|米)"
)
_MIXED = re.compile(
    r"(?<![\d.])(\d{1,4})\s*+\\[dt]?frac\s*+(?:\{\s*+(\d{1,4})\s*+\}\s*+\{\s*+(\d{1,4})\s*+\}"
    r"|(\d)\s*+(\d))"
)
_NUMBER = re.compile(
    r"(?<![A-Za-z0-9.\\^_])(?P<number>\d{1,3}(?:,\d{3})++(?![\d.])|\d++(?:\.\d++|/\d++(?!\.))?)"
    r"(?![A-Za-z0-9.]*+(?:_|\^(?!\s*\\circ)))(?P<pi>\s*+(?:\\pi|π))?\s*+"
    r"(?P<sign>%|\^\s*+\\circ|°(?![CF])|percent\b|Prozent\b)?"
)
_NAME_BEFORE = re.compile(
    r"(?:^|[^A-Za-z\\])(\\?[A-Za-zα-ωΑ-Ω]{1,9}(?:_\w|')?)\s*+=\s*+[$€£¥]?\s*+$"
)
# AB is 10 cm long
_SEGMENT_BEFORE = re.compile(
    r"(?<![A-Za-z\\])([A-Z]{2})\s{1,4}"
    r"(?:(?:is|are|has(?: the| a)? length|measures|ist|hat die Länge|misst|est|mesure|mide|tiene"
    r"|长(?:为|是)?|的长(?:为|是)?|[为是])\s{0,4})?(?:of\s{1,4})?$"
)
_FUNCTION_BEFORE = re.compile(r"(?:sin|cos|tan|log|ln|lg|[\d)])\s*$")


def _any_letter(letter: str) -> bool:
    return True


_BY_LETTER = {"r": "radius", "R": "radius", "d": "diameter", "h": "height", "H": "height"}
# Of quantities whose unit has another dimension than a length.
_DIMENSIONS: dict[str, tuple[tuple[str, int], ...]] = {
    "area": (("m", 2),),
    "volume": (("m", 3),),
    "mass": (("kg", 1),),
    "density": (("kg", 1), ("m", -3)),
    "speed": (("m", 1), ("s", -1)),
    "angle": (),
}
# The perimeter of a rectangle 12 cm long is asked for, and not given.
_OF_FIGURE = re.compile(r"\b(?:of an?|eine[sr]|d['’]une?|de un[ae]?)\s\w", re.IGNORECASE)
_IS = re.compile(r"=|\b(?:is|are|ist|sind|beträgt|est|vaut|mesure|es|mide)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StatedQuantity:
    """number: in its unit. name: the letter that the statement gives it; concept: what it is of.

    start, end: in the plain text. pi: whether π follows the number.
    """

    number: Fraction
    unit: Unit
    start: int
    end: int
    text: str = ""
    sign: str = ""  # % or °
    name: str = ""
    concept: str = ""
    pi: bool = False


_ASKED = re.compile(
    r"(?:\b(?:in|to|how many|how much|wie viele?|combien de|cuántos|en|nach)\s+|多少"
    r"|[换化转]算?[换化]?[成为])"
    r"(?=[A-Za-zµ\u00c0-\u00ff\u4e00-\u9fff])",
    re.IGNORECASE,
)


def asked_units(statement: str) -> list[Unit]:
    """Those in which an answer is asked for, as in 多少千米 and "in kg"."""
    text = plain_text(statement)
    units = (read_unit_at(text, match.end(), _any_letter)[0] for match in _ASKED.finditer(text))
    return [unit for unit in units if unit is not None]


def _as_speed(words: re.Match[str]) -> str:
    """60 km/h for 每小时 60 千米 and 时速 60 千米."""
    time = {"时": "h", "分": "min", "秒": "s"}[(words["time"] or "时")[:1].replace("小", "时")]
    length = "m" if words["length"] == "米" else "km"
    return f"{words['number']} {length}/{time}"


def _as_fraction(mixed: re.Match[str]) -> str:
    """9/4 for 2 1/4"""
    top, bottom = (int(mixed[n] or mixed[n + 2]) for n in (2, 3))
    return f"{int(mixed[1]) * bottom + top}/{bottom}"


_GAPS = re.compile(r" {1,9}([,，。;；?？])| {2,}")  # left by \( 25\,\% \),

_THOUSANDS = re.compile(r"(?<=\d)['’](?=\d{3}(?!\d))")  # 12'500


def plain_text(statement: str) -> str:
    """Without LaTeX's brackets and macros for text."""
    text = _THOUSANDS.sub("", statement[:MAX_LENGTH])
    if not _ENGLISH.search(text):
        text = with_decimal_points(text.replace("{,}", "."))
    text = _SPEED_IN_CHINESE.sub(_as_speed, text)
    text = _MIXED.sub(_as_fraction, text)
    text = _FRACTION.sub(lambda match: "/".join(filter(None, match.groups())), text)
    text = _LATEX.sub(lambda match: f" {match[1] or ''}" if match[0][0] in "\\~" else " ", text)
    return _GAPS.sub(lambda match: match[1] or " ", text)


@lru_cache(maxsize=64)
def stated_quantities(statement: str, letters: UnitLetters) -> tuple[StatedQuantity, ...]:
    """In the order of the statement. Never raises."""
    text = plain_text(statement)
    quantities: list[StatedQuantity] = []
    for quantity in _read(text, letters):
        before = quantities[-1] if quantities else None
        if before and _goes_on(before, quantity, text):
            number = before.number + quantity.number * quantity.unit.factor / before.unit.factor
            whole = text[before.start : quantity.end]
            quantities[-1] = StatedQuantity(
                number, before.unit, before.start, quantity.end, whole, "", before.name
            )
        else:
            quantities.append(quantity)
        if len(quantities) == MAX_QUANTITIES:
            break
    return tuple(_with_concepts(text, quantities))


def _read(text: str, letters: UnitLetters) -> Iterator[StatedQuantity]:
    for match in _NUMBER.finditer(text):
        try:
            number = Fraction(match["number"].replace(",", ""))
        except ZeroDivisionError:
            continue
        before = text[: match.start()]
        unit, end = NO_UNIT, match.end()
        sign = match["sign"] or ""
        if sign:
            sign = "%" if sign[0] in "%pP" else "°"
        elif money := currency_before(before):
            unit = read_unit_at(money, 0, _any_letter)[0] or NO_UNIT
        elif end < len(text):
            is_letter = partial(letters.allows, is_spaced=text[end - 1].isspace())
            unit_read, unit_end = read_unit_at(text, end, is_letter)
            is_word = text[end:unit_end] == "in" and re.match(
                r"\s+(?:the|a|\d|\w)", text[unit_end:]
            )
            if unit_read is not None and not is_word:
                unit, end = unit_read, unit_end
        if unit.dimension == (("deg", 1),):
            sign, unit = "°", NO_UNIT
        name = _NAME_BEFORE.search(before[-24:]) or _SEGMENT_BEFORE.search(before[-24:])
        if name and _FUNCTION_BEFORE.search(before[-24:][: name.start(1)]):
            name = None
        yield StatedQuantity(
            number, unit, match.start(), end, text[match.start() : end], sign,
            name[1].lstrip("\\") if name else "", pi=bool(match["pi"]),
        )  # fmt: skip


def _goes_on(before: StatedQuantity, quantity: StatedQuantity, text: str) -> bool:
    """1 h 20 min, 5 ft 6 in."""
    gap = text[before.end : quantity.start].strip()
    return (
        gap in ("", "and", "und", "et", "y")
        and before.unit != NO_UNIT
        and before.unit.dimension == quantity.unit.dimension
        and before.unit.factor > quantity.unit.factor
        and before.unit.dimension in ((("s", 1),), (("kg", 1),), (("m", 1),), (("usd", 1),))
    )


_LIST_GAP = re.compile(
    r"\s*(?:,|and|und|et|y|or|x|×|by|mal|sur|por|和|、|，|\\times|:)\s*(?:\w{1,2}\s*=\s*)?",
    re.IGNORECASE,
)


def _with_concepts(text: str, quantities: list[StatedQuantity]) -> Iterator[StatedQuantity]:
    mentions = concepts_in(text)
    used: set[int] = set()
    concept = ""
    last: StatedQuantity | None = None
    for number, quantity in enumerate(quantities):
        following = quantities[number + 1].start if number + 1 < len(quantities) else len(text)
        concept = (
            _concept_before(text, quantity, [m for m in mentions if m[0] not in used], last)
            or _listed_concept(text, quantity, last, concept)
            or _concept_after(text, quantity, mentions, following, used)
        )
        last = quantity
        yield _replaced(quantity, concept)


def _replaced(q: StatedQuantity, concept: str) -> StatedQuantity:
    if q.sign == "%" or (q.sign == "°") != (concept == "angle"):
        concept = "angle" if q.sign == "°" else ""
    if not _is_of(q, concept):
        concept = ""
    if not concept and _is_of(q, by_letter := _BY_LETTER.get(q.name, "")):
        concept = by_letter
    return StatedQuantity(q.number, q.unit, q.start, q.end, q.text, q.sign, q.name, concept, q.pi)


def _is_of(q: StatedQuantity, concept: str) -> bool:
    return q.unit.dimension in ((), _DIMENSIONS.get(concept, (("m", 1),)))


def _concept_before(
    text: str,
    quantity: StatedQuantity,
    mentions: list[tuple[int, int, str]],
    last: StatedQuantity | None,
) -> str:
    """radius 3 cm, Radius r = 3, 半径为3."""
    after = last.end if last else 0
    near = [m for m in mentions if m[1] <= quantity.start and m[0] >= after]
    if not near:
        return ""
    _, end, name = near[-1]
    gap = text[end : quantity.start]
    is_far = len(gap) > 30 or re.search(r"[.;?!。；？]\s|。|；", gap)
    return "" if is_far or (_OF_FIGURE.search(gap) and not _IS.search(gap)) else name


def _concept_after(
    text: str,
    quantity: StatedQuantity,
    mentions: list[tuple[int, int, str]],
    following: int,
    used: set[int],
) -> str:
    """1.8 m tall, a 3 cm radius, 20 m de long."""
    for start, _end, name in mentions:
        if quantity.end <= start < following:
            gap = text[quantity.end : start].strip(" -")
            if gap in ("", "de", "in", "d'", "d’", "of"):
                used.add(start)
                return name
            return ""
    return ""


def _listed_concept(
    text: str, quantity: StatedQuantity, last: StatedQuantity | None, concept: str
) -> str:
    """sides 3, 4 and 5."""
    if last is None or not concept:
        return ""
    return concept if _LIST_GAP.fullmatch(text[last.end : quantity.start]) else ""
