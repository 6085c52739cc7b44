"""Calculations with the numbers of a statement that only a usual mistake leads to.

18 + 20·3 for the last of 20 rows is right as a calculation, and yet not what is sought.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, combinations_with_replacement, islice, permutations, product
from math import comb

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import Add, Div, Mul, Neg, Num, Pow, Term
from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.knowledge.chances import (
    colour_counts,
    is_without_replacement,
    trial_in,
)
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.percents import ASKS_PERCENT, DOWN, UP, share_in
from tutor.grading.working.knowledge.statement_numbers import number_term
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.task import Task

MAX_WRONG = 60
MAX_GROUP = 30


@dataclass(frozen=True, slots=True)
class WrongCalculation:
    """written: a sum or product; a side that has the same parts is meant. right: instead of it."""

    slip: Slip
    written: Term
    right: Term


def wrong_calculations(task: Task) -> tuple[WrongCalculation, ...]:
    """Never raises for a task that was read."""
    text = plain_text(task.text)
    sources = (
        _draws(text), _members(text), _committees(text), _taxes(text), _changes(text),
        _shared_work(text), _discounts(text), _growth(text), _shares(text), _speeds(text),
        _scaled(text), _added_trials(text),
    )  # fmt: skip
    return tuple(islice(chain.from_iterable(sources), MAX_WRONG))


def _term(value: Fraction | int) -> Term:
    return number_term(Fraction(value))


def _draws(text: str) -> Iterator[WrongCalculation]:
    """4/10 · 4/10, where the first ball stays out."""
    counts = colour_counts(text)
    if len(counts) < 2 or not is_without_replacement(text):
        return
    total = sum(counts)
    for first, second in combinations_with_replacement(counts, 2):
        for a, b in {(first, second), (second, first)}:
            rest = a - 1 if a == b else b
            written = Mul((Div(_term(a), _term(total)), Div(_term(b), _term(total))))
            right = Mul((Div(_term(a), _term(total)), Div(_term(rest), _term(total - 1))))
            yield WrongCalculation(Slip.WITH_REPLACEMENT, written, right)


def _added_trials(text: str) -> Iterator[WrongCalculation]:
    """1/6 + 1/6 + 1/6 for at least one six of three; of two, 1/36 may be taken off later."""
    trial = trial_in(text)
    if trial is None or not trial.is_at_least_once or trial.times < 3:
        return
    chance, times = trial.chance, trial.times
    right = Add((_term(1), Neg(Pow(_term(1 - chance), _term(times)))))
    yield WrongCalculation(Slip.ADDED_PROBABILITIES, Add((_term(chance),) * times), right)


_EACH = words(
    r"each|every|jed\w{1,2}|chaque|cada|suivante?s?|weitere\w?|täglich|following",
    "每|后面|以后",
)
_MORE = r"(?:more|mehr|länger|de plus|supplémentaires?|más|additional|further)"
_NUMBER_WORDS = {
    word: number
    for number, names in enumerate(
        (
            "zwei two deux dos 两",
            "drei three trois tres 三",
            "vier four quatre cuatro 四",
            "fünf five cinq cinco 五",
            "sechs six seis 六",
            "sieben seven sept siete 七",
            "acht eight huit ocho 八",
            "neun nine neuf nueve 九",
            "zehn ten dix diez 十",
        ),
        start=2,
    )
    for word in names.split()
}
_ORDINALS = {
    word: number
    for number, names in enumerate(
        (
            "third dritte\\w? troisième tercer\\w?",
            "fourth vierte\\w? quatrième cuart\\w",
            "fifth fünfte\\w? cinquième quint\\w",
            "sixth sechste\\w? sixième sext\\w",
            "seventh siebte\\w? septième séptim\\w",
            "eighth achte\\w? huitième octav\\w",
            "ninth neunte\\w? neuvième noven\\w",
            "tenth zehnte\\w? dixième décim\\w",
        ),
        start=3,
    )
    for word in names.split()
}
_ANY_NUMBER = rf"(\d{{1,4}}(?:[.,]\d{{1,3}})?|{'|'.join(_NUMBER_WORDS)})"
_STEP = re.compile(
    rf"(?<![\w.]){_ANY_NUMBER}(?:\s\w{{1,15}}){{0,2}}?\s{_MORE}(?!\w)|多\s?{_ANY_NUMBER}",
    re.IGNORECASE,
)
_DOUBLES = words(
    r"double[sd]?|doubling|twice|doppelt\w*|verdoppel\w*|doble|duplica", "两倍|2倍|翻倍"
)
_TREBLES = words(r"tripl\w+|treble\w*|three times|dreifach\w*|verdreifach\w*", "三倍|3倍")
_FIRST = words(
    r"first|erste[nrs]?|premi(?:er|ère)|primer[ao]?|1er|1st|starts?|beginn\w*", "第一|首"
)
_TOTAL = words(
    r"total|altogether|sum|in all|insgesamt|zusammen|summe|en tout|somme|acumula|suma",
    "总|一共|共计",
)
_PLAIN = re.compile(
    rf"(?<![A-Za-zÀ-ÿ\d.,]){_ANY_NUMBER}(?:e|ème|th|\.)?(?![A-Za-zÀ-ÿ\d%])", re.IGNORECASE
)


def _members(text: str) -> Iterator[WrongCalculation]:
    """18 + 20·3 for the 20th row, 5·2^8 for the 8th day."""
    if not _EACH.search(text) or (first := _FIRST.search(text)) is None:
        return
    step = _STEP.search(text)
    taken = step.span() if step else (-1, -1)
    numbers = [
        (_value(match[1]), match)
        for match in _PLAIN.finditer(text)
        if not taken[0] <= match.start() < taken[1]
    ]
    near = [(abs(match.start() - first.end()), value) for value, match in numbers if value > 1]
    near = [entry for entry in near if entry[0] < 60]
    if not near:
        return
    start = min(near)[1]
    counts = {value for value, _ in numbers if value != start} | set(_ordinals(text))
    for count in sorted(c for c in counts if 3 <= c <= 400 and c.denominator == 1):
        if step:
            difference = _value(step[1] or step[2])
            yield _off_by_one_sum(start, difference, count)
        for factor in _factors(text):
            yield from _off_by_one_powers(start, factor, int(count), bool(_TOTAL.search(text)))


def _value(text: str) -> Fraction:
    known = _NUMBER_WORDS.get(text.casefold())
    return Fraction(text.replace(",", ".")) if known is None else Fraction(known)


def _ordinals(text: str) -> Iterator[Fraction]:
    for pattern, number in _ORDINALS.items():
        if re.search(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE):
            yield Fraction(number)


def _factors(text: str) -> Iterator[int]:
    if _DOUBLES.search(text):
        yield 2
    if _TREBLES.search(text):
        yield 3


def _off_by_one_sum(start: Fraction, step: Fraction, count: Fraction) -> WrongCalculation:
    written = Add((_term(start), _term(count * step)))
    right = Add((_term(start), Mul((_term(count - 1), _term(step)))))
    return WrongCalculation(Slip.OFF_BY_ONE, written, right)


def _off_by_one_powers(
    start: Fraction, factor: int, count: int, is_summed: bool
) -> Iterator[WrongCalculation]:
    """5·2^8 for the 8th member, and 5·(2^7 - 1) for the sum of 8."""
    power, before = (Pow(_term(factor), _term(n)) for n in (count, count - 1))
    right = Mul((_term(start), before))
    yield WrongCalculation(Slip.OFF_BY_ONE, Mul((_term(start), power)), right)
    if is_summed:
        sums = (Mul((_term(start), Add((p, Neg(Num(Fraction(1))))))) for p in (before, power))
        shorter, whole = (Div(total, _term(factor - 1)) for total in sums)
        yield WrongCalculation(Slip.OFF_BY_ONE, shorter, whole)


_CHOSEN = words(
    r"committees?|teams?|groups?|ausschuss|ausschüsse|gruppen?|mannschaft\w*|comités?|équipes?"
    r"|groupes?|comisi\w+|equipos?|grupos?",
    "选|小组|委员会",
)
_CHOICE = re.compile(
    r"(?:exactly|genau|exactement|exactamente)\s(\d{1,2}|" + "|".join(_NUMBER_WORDS) + r")"
    r"|选(?:出)?\s?(\d)\s?名?\w{0,4}和\s?(\d)\s?名",
)
_COUNTED = re.compile(r"(?<![\d.])(\d{1,2})(?![\d.%])")


def _committees(text: str) -> Iterator[WrongCalculation]:
    """15 + 10 for 15 ways to choose the girls and 10 to choose the boys."""
    match = _CHOICE.search(text)
    if match is None or not _CHOSEN.search(text):
        return
    numbers = [int(number) for number in _COUNTED.findall(text)]
    if match[2]:
        pairs = [(int(match[2]), int(match[3]))]
    else:
        exact = int(_value(match[1]))
        pairs = [(exact, size - exact) for size in numbers if size > exact]
    for groups in permutations([n for n in numbers if n <= MAX_GROUP], 2):
        for pair in pairs:
            if all(0 < k <= n for k, n in zip(pair, groups, strict=True)):
                first, second = (comb(n, k) for n, k in zip(groups, pair, strict=True))
                if 1 not in (first, second):
                    parts = _term(first), _term(second)
                    yield WrongCalculation(Slip.SUM_FOR_PRODUCT, Add(parts), Mul(parts))


_GROSS = words(
    r"including|inclusive|inkl\w*|inklusive|brutto\w*|ttc|toutes taxes comprises|iva incluido",
    "含税",
)
_TAX = words(r"vat|tax|mehrwertsteuer|mwst|tva|iva", "税")
_PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?)\s?(?:%|percent|prozent)", re.IGNORECASE)


def _taxes(text: str) -> Iterator[WrongCalculation]:
    """19 % of a price that has the tax in it."""
    percents = _PERCENT.findall(text)
    if len(percents) != 1 or not _GROSS.search(text) or not _TAX.search(text):
        return
    rate = Fraction(percents[0].replace(",", ".")) / 100
    for price in _numbers_besides(text, percents[0]):
        right = Div(_term(price), Add((Num(Fraction(1)), _term(rate))))
        yield WrongCalculation(Slip.PERCENT_BASE, Mul((_term(price), _term(rate))), right)
        reduced = Mul((_term(price), _term(1 - rate)))
        yield WrongCalculation(Slip.PERCENT_BASE, reduced, right)


def _numbers_besides(text: str, other: str) -> Sequence[Fraction]:
    numbers = re.findall(r"(?<![\d.,])\d{1,6}(?:[.,]\d{1,2})?(?![\d.,]*\d)", text)
    return [Fraction(n.replace(",", ".")) for n in numbers if n != other]


_BINOMIAL = re.compile(r"P\s?\(\s?[A-Z]\s?=\s?(\d{1,2})\s?\)\s?=")


def lacks_coefficient(text: str, term: Term) -> Term | None:
    """10·(1/4)^2·(3/4)^3 for P(X = 2) = (1/4)^2·(3/4)^3; None for any other line."""
    match = _BINOMIAL.search(text)
    if match is None or not isinstance(term, Mul) or len(term.parts) != 2:
        return None
    powers = [_power(part) for part in term.parts]
    if None in powers:
        return None
    (p, hits), (q, misses) = powers  # type: ignore[misc]
    if p + q != 1 or int(match[1]) not in (hits, misses) or not hits or not misses:
        return None
    return Mul((_term(comb(hits + misses, hits)), term))


def _power(term: Term) -> tuple[Fraction, int] | None:
    base, exponent = (
        (term.base, term.exponent) if isinstance(term, Pow) else (term, Num(Fraction(1)))
    )
    value, count = rational_value(base), rational_value(exponent)
    if value is None or count is None or count.denominator != 1:
        return None
    return value, int(count)


_THEN = words(
    r"then|afterwards|later|next|puis|ensuite|dann|danach|anschließend|später|luego|después",
    "再|然后|又",
)
_CHANGES = words(
    r"rais\w+|grow\w*|shrink\w*|increas\w+|reduc\w+|discount\w*|lower\w*|fall\w*|rise\w*|augment\w+|baiss\w+"
    r"|diminu\w+|erhöh\w*|gesenkt|senk\w*|steig\w*|sink\w*|reduzier\w*|aument\w+|sube|baja|rebaj\w+",
    "涨|降|提价|增",
)


def _changes(text: str) -> Iterator[WrongCalculation]:
    """30 % - 25 % for a rise and then a fall."""
    percents = _PERCENT.findall(text)
    if len(percents) != 2 or not _THEN.search(text) or not _CHANGES.search(text):
        return
    first, second = (Fraction(number.replace(",", ".")) for number in percents)
    for unit in (Fraction(1), Fraction(1, 100)):
        for signs in product((1, -1), repeat=2):
            changes = [sign * rate for sign, rate in zip(signs, (first, second), strict=True)]
            factors = (Add((Num(Fraction(1)), _term(change / 100))) for change in changes)
            written = Add(tuple(_term(change * unit) for change in changes))
            yield WrongCalculation(Slip.PERCENT_BASE, written, Mul(tuple(factors)))


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
_WHOLE = re.compile(
    rf"(?<![\w.,])(\d{{1,4}}|{'|'.join(_NUMBER_WORDS)})(?![\w.,]*\d)", re.IGNORECASE
)


def _shared_work(text: str) -> Iterator[WrongCalculation]:
    """10·4/6 days for 4 painters, where 6 take 10 days."""
    numbers = [_value(number) for number in _WHOLE.findall(text)]
    if len(numbers) != 3 or not _WORKERS.search(text) or not _HOW_LONG.search(text):
        return
    *known, others = numbers
    for workers, time in permutations(known) if others not in known else ():
        written = Div(Mul((_term(time), _term(others))), _term(workers))
        right = Div(Mul((_term(time), _term(workers))), _term(others))
        yield WrongCalculation(Slip.INVERSE_RATIO, written, right)
        single = Mul((_term(time), _term(workers)))
        yield WrongCalculation(Slip.INVERSE_RATIO, Div(_term(time), _term(workers)), single)


_BEFORE = words(
    r"before (?:the |it |this )?(?:discount|sale|reduc\w+)"
    r"|(?:what (?:was|is)|find|calculate|determine) (?:the|its) (?:original|old|initial|full) price"
    r"|vor (?:dem|der) (?:rabatt|reduzierung|preissenkung)"
    r"|avant (?:la )?(?:remise|réduction|baisse)|antes (?:del?|de la) (?:descuento|rebaja)",
    "原价是多少|求原价|原价多少",
)
_LOWERED = words(
    r"discount|off|reduc\w+|sale|rabatt|reduziert|nachlass|remise|réduction|descuento|rebaja\w*",
    "打折|降价|优惠",
)


def _discounts(text: str) -> Iterator[WrongCalculation]:
    """15 % of the price after a discount of 15 %, where the price before is sought."""
    percents = _PERCENT.findall(text)
    if len(percents) != 1 or not _BEFORE.search(text) or not _LOWERED.search(text):
        return
    rate = Fraction(percents[0].replace(",", ".")) / 100
    prices = _numbers_besides(text, percents[0])
    if len(prices) == 1 and not 0 < prices[0] < 2:
        right = Div(_term(prices[0]), _term(1 - rate))
        for factor in (rate, 1 + rate):
            written = Mul((_term(prices[0]), _term(factor)))
            yield WrongCalculation(Slip.PERCENT_BASE, written, right)


_BY_PERCENT = words(
    r"(?:by )?(?:what|how many) per ?cent(?:age)?|percentage (?:increase|decrease|change)"
    r"|um wie ?viele? prozent|de quel pourcentage|(?:en )?qué porcentaje",
    "百分之几|百分率",
)
_FROM_TO = re.compile(
    r"(?:from|von|de|从)\s?[$€£]?\s?(\d{1,7}(?:\.\d{1,2})?)[^.\d]{0,20}?(?:to|auf|à|a|到|至)"
    r"\s?[$€£]?\s?(\d{1,7}(?:\.\d{1,2})?)",
    re.IGNORECASE,
)


def _growth(text: str) -> Iterator[WrongCalculation]:
    """840/5640 for a growth from 4800 to 5640."""
    match = _FROM_TO.search(text)
    if match is None or not _BY_PERCENT.search(text):
        return
    before, after = Fraction(match[1]), Fraction(match[2])
    if before and after and before != after:
        change = _term(abs(after - before))
        right = Div(change, _term(before))
        yield WrongCalculation(Slip.PERCENT_BASE, Div(change, _term(after)), right)


def _shares(text: str) -> Iterator[WrongCalculation]:
    """60/45 for 45 of 60 in per cent."""
    share = share_in(text) if ASKS_PERCENT.search(text) else None
    if share is None or share[0] >= share[1] or UP.search(text) or DOWN.search(text):
        return
    part, whole = (_term(amount) for amount in share)
    yield WrongCalculation(Slip.INVERSE_RATIO, Div(whole, part), Div(part, whole))


_PER_HOUR = re.compile(r"(?<![\d.])(\d{1,4}(?:\.\d{1,3})?)\s?km\s?/\s?h")
_PER_SECOND = re.compile(r"(?<![\d.])(\d{1,4}(?:\.\d{1,3})?)\s?m\s?/\s?s")
_TO_SECONDS = words(
    r"(?:metres|meters|mètres|metros) (?:per|a|par|por) (?:second|seconde|segundo)|(?:in|en) m/s"
    r"|meter pro sekunde",
    "米每秒|每秒多少米",
)


def _speeds(text: str) -> Iterator[WrongCalculation]:
    """54·3.6 for 54 km/h in metres per second."""
    speeds = _PER_HOUR.findall(text)
    if len(speeds) == 1 and _TO_SECONDS.search(text) and not _PER_SECOND.search(text):
        speed, factor = _term(Fraction(speeds[0])), _term(Fraction(18, 5))
        yield WrongCalculation(Slip.UNIT_CONVERSION, Mul((speed, factor)), Div(speed, factor))


_SIZE = re.compile(
    r"(?:area|volume|fläche\w{0,15}+|volumen|aire|área)[^.\d]{0,30}?"
    r"(\d{1,6}(?:\.\d{1,3})?)\s?(?:\w|\^|²|³)",
    re.IGNORECASE,
)
_TIMES_AS_LONG = re.compile(
    rf"{_ANY_NUMBER}(?:\s?times|\s?mal|-mal|mal) (?:as|so) (?:long|lang|big|large|wide|groß)"
    r"|(twice|doppelt) (?:as|so) (?:long|lang|big|large|wide|groß)",
    re.IGNORECASE,
)


def _scaled(text: str) -> Iterator[WrongCalculation]:
    """3·20 for the area of a square with three times as long sides, whose area was 20."""
    size, longer = _SIZE.search(text), _TIMES_AS_LONG.search(text)
    if size is None or longer is None:
        return
    factor = _value(longer[1]) if longer[1] else Fraction(2)
    power = 3 if "vol" in size[0].casefold() else 2
    before, after = _term(Fraction(size[1])), _term(factor**power)
    written = Mul((before, _term(factor)))
    yield WrongCalculation(Slip.SQUARE_FORGOTTEN, written, Mul((before, after)))
