"""The words of a problem, with all its numbers in digits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from tutor.grading.parsing.units import Unit, read_unit
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.quantities.counting_words import with_decimal_points, with_digits
from tutor.grading.working.quantities.stated import (
    StatedQuantity,
    asked_units,
    plain_text,
    stated_quantities,
)
from tutor.grading.working.quantities.unit_marks import unit_letters
from tutor.grading.working.task import Task

_SPACED = re.compile(r"(?<![\d.,])(\d{1,3})((?:(?:\s|\\,|\{,\})\d{3})+)(?![\d.,]\d|\d)")
_INSTRUCTION = re.compile(  # how to write the answer; its numbers are none of the problem's
    r"(?:(?<=[.!?。])\s*|^)(?:Give|Round|Write|State|Express your|Use|Gib|Runde|Gebt|Schreibe"
    r"|Donne[rz]?|Arrondi[rs]?\w*|Da|Redondea|请|结果|答案)(?:[^.?!。]|\.(?=\d))*?(?:decimal|places|rounded|nearest"
    r"|figures|dezimal|nachkomma|gerundet|stellen|décimale|arrondi|centième|decimales|小数|位|精确)"
    r"(?:[^.?!。]|\.(?=\d))*[.?!。]?"
    r"|,? ?rounded to [^.?!]*|Answers within [^?!]{1,60}accepted\.?"
    r"|，?与精确值的误差不超过[^。]{0,20}",
    re.IGNORECASE,
)
_POWER_WORD = re.compile(
    r"\b(?P<en>square|cubic) (?P<before>kilo|centi|milli|deci)?met(?:re|er)s?\b"
    r"|\b(?P<size>kilo|centi|milli|déci|deci)?m(?:è|e)t(?:re|ro)s? (?P<power>carrés?|cubes?"
    r"|cuadrados?|cúbicos?)\b",
    re.IGNORECASE,
)
_SIZES = {"kilo": "k", "centi": "c", "milli": "m", "deci": "d", "déci": "d"}
_TO_UNIT = re.compile(r"\b(?:conv\w{4,8})\s[^.?!]{1,30}?\s[aà]\s(\w{1,20})", re.IGNORECASE)
_COMPARES = words(
    r"(?:longer|shorter|wider|higher|larger|smaller|more|less|older|bigger) than|as (?:long|wide"
    r"|high|old|much|many) as|(?:länger|kürzer|breiter|höher|größer|kleiner|mehr|weniger|älter) als"
    r"|de (?:plus|moins) que|plus (?:longue?|large|haute?) que|fois plus|más (?:largo|ancho|alto)?"
    r" ?que|menos que",
    "比.{0,12}(?:多|少|长|短|宽|高|大|小)",
)
_OTHER_LAW = words(  # what is left after some time, or costs with a fixed part, is no multiple
    r"(?:by )?(?:a|one) (?:half|third|quarter|fifth|tenth) of|half of (?:what|it|the)|halves|halved"
    r"|half-?life|doubles?|doubled|triples?|tripled|quadruples?|left|remain(?:s|ing)?|breaks? down"
    r"|(?:fixed|basic|base|standing) (?:charge|fee|price|rate)|at the start|to dry|flat fee"
    r"|halbier\w{0,3}|halbwertszeit|verdoppel\w{0,3}|verdreifach\w{0,3}|vervierfach\w{0,3}"
    r"|(?:um )?(?:die hälfte|ein (?:drittel|viertel|fünftel|zehntel))|übrig|bleibt|bleiben|baut"
    r"|abgebaut|grund(?:gebühr|preis)|einmalig\w{0,2}|trockn\w{1,3}"
    r"|demi-vie|doublen?t?|triplen?t?|moitié|(?:d'un|un) (?:tiers|quart|cinquième)|reste\w{0,3}"
    r"|prise en charge|frais fixes|abonnement|sécher"
    r"|dobla\w?|duplica\w?|triplica\w?|semivida|la mitad|(?:un|una) (?:tercio|tercera parte|cuarto"
    r"|cuarta parte|quinto|quinta parte)|qued\w{1,3}|sobra\w?|tarifa fija|cuota fija|secar\w{0,3}",
    "半衰期|减半|一半|翻倍|翻一番|[二三四五]分之|还剩|剩下|剩余|起步价|晾干",
)


@dataclass(frozen=True)
class WordProblem:
    """quantities: written in digits. counted: these and those written in words.

    counted_text: the text with number words in digits, in which `counted` stand.
    """

    text: str
    quantities: tuple[StatedQuantity, ...]
    counted_text: str
    counted: tuple[StatedQuantity, ...]

    @classmethod
    def of(cls, task: Task) -> WordProblem:
        return _story(task.text)

    @property
    def percents(self) -> list[StatedQuantity]:
        return [q for q in self.quantities if q.sign == "%"]

    @property
    def amounts(self) -> list[StatedQuantity]:
        """All but percentages and angles."""
        return [q for q in self.quantities if not q.sign]

    @property
    def asked(self) -> Sequence[Unit]:
        """The units in which the answer is asked for."""
        units = asked_units(self.text)
        target = _TO_UNIT.search(self.text) if not units else None
        unit = read_unit(target[1]) if target else None
        return [*units, *([unit] if unit is not None else [])]

    @property
    def compares(self) -> bool:
        """Whether a number tells how much more one quantity is than another."""
        return self.mentions(_COMPARES)

    @property
    def follows_other_law(self) -> bool:
        """Whether one quantity is no multiple of another: what is left, or a fixed fee."""
        return self.mentions(_OTHER_LAW)

    def mentions(self, pattern: re.Pattern[str]) -> bool:
        return pattern.search(self.text) is not None


@lru_cache(maxsize=64)
def _story(statement: str) -> WordProblem:
    plain = _SPACED.sub(lambda match: match[1] + re.sub(r"\D", "", match[2]), statement)
    plain = _INSTRUCTION.sub(lambda match: " " * len(match[0]), plain.replace("{,}", "."))
    plain = _POWER_WORD.sub(_as_symbol, plain)
    plain = plain_text(with_decimal_points(plain))
    quantities = stated_quantities(plain, unit_letters(plain))
    worded = with_digits(plain)
    counted = stated_quantities(worded, unit_letters(worded)) if worded != plain else quantities
    return WordProblem(plain, quantities, worded, counted)


def _as_symbol(words: re.Match[str]) -> str:
    """cm^2 for square centimetres."""
    size = _SIZES.get((words["before"] or words["size"] or "").casefold(), "")
    is_cubic = (words["en"] or words["power"]).casefold().startswith(("cub", "cúb"))
    return f"{size}m^{3 if is_cubic else 2}"
