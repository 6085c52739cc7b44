"""Work that is shared, speeds in other units, and sizes of similar figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations

from tutor.grading.parsing.tree import Div, Mul
from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.wrong_calculations.told_numbers import (
    ANY_NUMBER,
    NUMBER_WORDS,
    number_of,
)
from tutor.grading.working.knowledge.wrong_calculations.wrong_calculation import (
    WrongCalculation,
    as_term,
)

_WORKERS = words(
    r"workers?|painters?|builders?|bricklayers?|cleaners?|men|machines?|pumps?|taps?|printers?"
    r"|arbeiter\w*|maler\w*|maurer\w*|gärtner\w*|pumpen?|maschinen?|bagger\w*|ouvriers?|peintres?"
    r"|maçons?|robinets?|pompes?|obreros?|pintores|albañiles|máquinas?|grifos?|bombas?",
    "工人|水管|水泵|台机器|工程队",
)
_HOW_LONG = words(
    r"how long|how many (?:days|hours|minutes|weeks)|wie lange|wie ?viele? (?:tage|stunden|minuten)"
    r"|combien de (?:temps|jours|heures|minutes)|cuánto (?:tiempo|tard\w+)"
    r"|cuánt[oa]s (?:días|horas)",
    "几天|多少天|多久|几小时|多长时间",
)
_WHOLE = re.compile(rf"(?<![\w.,])(\d{{1,4}}|{'|'.join(NUMBER_WORDS)})(?![\w.,]*\d)", re.IGNORECASE)


def shared_work(text: str) -> Iterator[WrongCalculation]:
    """10·4/6 days for 4 painters, where 6 take 10 days."""
    numbers = [number_of(number) for number in _WHOLE.findall(text)]
    if len(numbers) != 3 or not _WORKERS.search(text) or not _HOW_LONG.search(text):
        return
    *known, others = numbers
    for workers, time in permutations(known) if others not in known else ():
        written = Div(Mul((as_term(time), as_term(others))), as_term(workers))
        right = Div(Mul((as_term(time), as_term(workers))), as_term(others))
        yield WrongCalculation(Slip.INVERSE_RATIO, written, right)
        single = Mul((as_term(time), as_term(workers)))
        yield WrongCalculation(Slip.INVERSE_RATIO, Div(as_term(time), as_term(workers)), single)


_PER_HOUR = re.compile(r"(?<![\d.])(\d{1,4}(?:\.\d{1,3})?)\s?km\s?/\s?h")
_PER_SECOND = re.compile(r"(?<![\d.])(\d{1,4}(?:\.\d{1,3})?)\s?m\s?/\s?s")
_TO_SECONDS = words(
    r"(?:metres|meters|mètres|metros) (?:per|a|par|por) (?:second|seconde|segundo)|(?:in|en) m/s"
    r"|meter pro sekunde",
    "米每秒|每秒多少米",
)


def speeds(text: str) -> Iterator[WrongCalculation]:
    """54·3.6 for 54 km/h in metres per second."""
    per_hour = _PER_HOUR.findall(text)
    if len(per_hour) == 1 and _TO_SECONDS.search(text) and not _PER_SECOND.search(text):
        speed, factor = as_term(Fraction(per_hour[0])), as_term(Fraction(18, 5))
        yield WrongCalculation(Slip.UNIT_CONVERSION, Mul((speed, factor)), Div(speed, factor))


_SIZE = re.compile(
    r"(?:area|volume|fläche\w{0,15}+|volumen|aire|área)[^.\d]{0,30}?"
    r"(\d{1,6}(?:\.\d{1,3})?)\s?(?:\w|\^|²|³)",
    re.IGNORECASE,
)
_TIMES_AS_LONG = re.compile(
    rf"{ANY_NUMBER}(?:\s?times|\s?mal|-mal|mal) (?:as|so) (?:long|lang|big|large|wide|groß)"
    r"|(twice|doppelt) (?:as|so) (?:long|lang|big|large|wide|groß)",
    re.IGNORECASE,
)


def scaled(text: str) -> Iterator[WrongCalculation]:
    """3·20 for the area of a square with three times as long sides, whose area was 20."""
    size, longer = _SIZE.search(text), _TIMES_AS_LONG.search(text)
    if size is None or longer is None:
        return
    factor = number_of(longer[1]) if longer[1] else Fraction(2)
    power = 3 if "vol" in size[0].casefold() else 2
    before, after = as_term(Fraction(size[1])), as_term(factor**power)
    written = Mul((before, as_term(factor)))
    yield WrongCalculation(Slip.SQUARE_FORGOTTEN, written, Mul((before, after)))
