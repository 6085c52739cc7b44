"""Work that is shared, speeds in other units, and sizes of similar figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations

from tutor.grading.parsing.tree import Add, Div, Mul, Neg
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

_WORKER = (
    r"workers?|painters?|builders?|bricklayers?|cleaners?|men|machines?|pumps?|taps?|printers?"
    r"|arbeiter\w*|maler\w*|maurer\w*|gärtner\w*|pumpen?|maschinen?|bagger\w*|ouvriers?|peintres?"
    r"|maçons?|robinets?|pompes?|obreros?|pintores|albañiles|máquinas?|grifos?|bombas?"
)
_CHINESE_WORKER = "工人|水管|水泵|台机器|工程队"
_WORKERS = words(_WORKER, _CHINESE_WORKER)
_HOW_LONG = words(
    r"how long|how many (?:days|hours|minutes|weeks)|wie lange|wie ?viele? (?:tage|stunden|minuten)"
    r"|combien de (?:temps|jours|heures|minutes)|cuánto (?:tiempo|tard\w+)"
    r"|cuánt[oa]s (?:días|horas)",
    "几天|多少天|多久|几小时|多长时间",
)
_NUMBER_OR_WORD = rf"\d{{1,4}}|{'|'.join(NUMBER_WORDS)}"
_WHOLE = re.compile(rf"(?<![\w.,])({_NUMBER_OR_WORD})(?![\w.,]*\d)", re.IGNORECASE)
_CREW = words(  # 4 gleich schnelle Maler
    rf"({_NUMBER_OR_WORD}) (?:[^\W\d]{{1,14}} ){{0,2}}(?:{_WORKER})",
    rf"(\d{{1,4}}) ?[名个台根]? ?(?:{_CHINESE_WORKER})",
)


def shared_work(text: str) -> Iterator[WrongCalculation]:
    """10·4/6 days for 4 painters, where 6 take 10 days."""
    numbers = [number_of(number) for number in _WHOLE.findall(text)]
    crews = [number_of(latin or chinese) for latin, chinese in _CREW.findall(text)]
    if len(numbers) != 3 or not any(crew > 1 for crew in crews) or not _HOW_LONG.search(text):
        return
    *known, others = numbers
    for workers, time in permutations(known) if others not in known else ():
        written = Div(Mul((as_term(time), as_term(others))), as_term(workers))
        right = Div(Mul((as_term(time), as_term(workers))), as_term(others))
        yield WrongCalculation(Slip.INVERSE_RATIO, written, right)
        single = Mul((as_term(time), as_term(workers)))
        yield WrongCalculation(Slip.INVERSE_RATIO, Div(as_term(time), as_term(workers)), single)


_AT_SAME_RATE = words(
    r"at (?:this|that|the same) (?:rate|speed|pace)|bei (?:gleich\w{1,4}|dies\w{1,2})"
    r" (?:tempo|geschwindigkeit)|à (?:ce|cette|la même) (?:rythme|vitesse|allure)"
    r"|a (?:este|ese|esta|esa|la misma|el mismo) (?:ritmo|velocidad)",
    "照这样计算|照这样的速度|以同样的速度",
)
_RECIPE = words(r"recipes?|rezept|recette|receta", "食谱|配方")
_MEASURED = re.compile(r"(?<![\d.])(\d{1,5}(?:\.\d{1,3})?)\s?([^\W\d_]{1,12})")
STEM = 2  # characters that the forms of a unit have in common: hour, hours


def same_rates(text: str) -> Iterator[WrongCalculation]:
    """180/5 for 180 km in 3 hours, where at this rate the way of 5 hours is sought.

    300·4/6 for 6 persons, where a recipe needs 300 g for 4.
    """
    measured = [(Fraction(n), unit[:STEM].casefold()) for n, unit in _MEASURED.findall(text)]
    if len(measured) != 3 or _WORKERS.search(text) or _HOW_LONG.search(text):
        return
    if not (_AT_SAME_RATE.search(text) or _RECIPE.search(text)):
        return
    *known, (asked, unit) = measured
    times = [number for number, other in known if other == unit]
    amounts = [number for number, other in known if other != unit]
    if len(times) != 1 or len(amounts) != 1 or asked == times[0] or not asked * times[0]:
        return
    amount, time, sought = map(as_term, (amounts[0], times[0], asked))
    yield WrongCalculation(Slip.INVERSE_RATIO, Div(amount, sought), Div(amount, time))
    right = Div(Mul((amount, sought)), time)
    yield WrongCalculation(Slip.INVERSE_RATIO, Div(Mul((amount, time)), sought), right)


_ALONE = words(r"alone|allein\w?|seule?s?|sol[oa]s?", "单独|独做")
_TOGETHER = words(r"together|zusammen|gemeinsam|ensemble|juntos|juntas", "合作|合做|一起|同时")
_TIME = re.compile(
    r"(?<![\d.])(\d{1,3})\s?(?:hours?|days?|minutes?|h|min|stunden|tagen?|minuten|heures|jours"
    r"|horas|días|minutos|天|小时|分钟)(?![a-z])",
    re.IGNORECASE,
)


def mean_of_times(text: str) -> Iterator[WrongCalculation]:
    """(6 + 12)/2 days for two who need 6 and 12 alone, and less than each of them together."""
    times = [int(time) for time in _TIME.findall(text)]
    if len(times) != 2 or 0 in times or not (_ALONE.search(text) and _TOGETHER.search(text)):
        return
    if not _HOW_LONG.search(text):
        return
    total = as_term(sum(times))
    right = Div(as_term(times[0] * times[1]), total)
    yield WrongCalculation(Slip.SET_UP, Div(total, as_term(2)), right)


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


_SPEED = re.compile(
    r"(?<![\d.])(\d{1,4}(?:\.\d{1,3})?)\s{0,3}(?:km|m|miles?|千米|公里|米)\s?(?:/|per|pro|por|par|每)\s?"
    r"(?:h|s|min|hours?|seconds?|stunde|heure|hora|小?时|分钟?|秒)|每(?:小?时|分钟?|秒)(\d{1,4})(?:千米|公里|米)"
)
_TOWARDS = words(
    r"towards? each other|entgegen|aufeinander zu"
    r"|l['’]une? vers l['’]autre|en sens (?:inverse|opposé)"
    r"|à la rencontre|un[oa] hacia (?:el otro|la otra)"
    r"|al encuentro|sentidos? (?:contrarios?|opuestos?)",
    "相向|相对而行|迎面",
)
_FASTER = words(r"faster|schneller|plus vite|plus rapide|más rápido", "快多少|速度差")


def meetings(text: str) -> Iterator[WrongCalculation]:
    """90 - 60 for the speed at which two come closer that go towards each other."""
    told = {Fraction(first or second) for first, second in _SPEED.findall(text)}
    if len(told) == 2 and _TOWARDS.search(text) and not _FASTER.search(text):
        slower, faster = map(as_term, sorted(told))
        right = Add((faster, slower))
        yield WrongCalculation(Slip.WRONG_FORMULA, Add((faster, Neg(slower))), right)


_MIXED = words(
    r"mix(?:es|ed|ture|ing)?|blend\w{0,3}|misch\w{0,8}|gemischt|vermischt|mélange\w{0,3}|mezcl\w{1,5}",
    "混合|掺",
)
_PRICE = (
    r"(?:[€$£₹¥]|Ksh\s?|Rs\.?\s?)?(\d{1,5}(?:[.,]\d{1,2})?)\s?(?:€|\$|£|₹|ct|euros?|pesos?|元)?\s?"
    r"(?:/|per|pro|le|el|por|par|a|je|每)\s?(?:1\s?)?(?:kg|kilos?|kilogramm?|litros?|litres?|liter|[lLg]|千克|升)"
)
_PRICES = re.compile(rf"(?<![\d.,]){_PRICE}(?![A-Za-z])", re.IGNORECASE)
_AMOUNTS = re.compile(
    r"(?<![\d.,])(\d{1,4}(?:[.,]\d{1,2})?)\s?(?:kg|kilos?|litros?|litres?|liter|[lL]|千克|升)(?![A-Za-z])"
)


def mixtures(text: str) -> Iterator[WrongCalculation]:
    """(160 + 120)/2 for the price of 3 kg at 160 and 5 kg at 120."""
    prices = [Fraction(price.replace(",", ".")) for price in _PRICES.findall(text)]
    amounts = [Fraction(amount.replace(",", ".")) for amount in _AMOUNTS.findall(text)]
    if len(amounts) > 2:  # the price of 1 kg
        amounts = [amount for amount in amounts if amount != 1]
    if not _MIXED.search(text) or len(prices) != 2 or len(amounts) != 2:
        return
    if len(set(amounts)) != 2 or len(set(prices)) != 2:
        return
    pairs = zip(amounts, prices, strict=True)
    total = Add(tuple(Mul((as_term(amount), as_term(price))) for amount, price in pairs))
    right = Div(total, Add(tuple(map(as_term, amounts))))
    yield WrongCalculation(Slip.UNWEIGHTED, Add(tuple(map(as_term, prices))), right)


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


_CONCENTRATION = words(
    r"concentration|percentage|per ?cent|konzentration|massenanteil|salzgehalt|prozentgehalt"
    r"|concentración|porcentaje|pourcentage|titre massique",
    "浓度|含盐率|含糖率|百分比",
)
_UNIT = r"(?:k?g|mg|m?l|cl|克|千克|毫升|升|grams?|gramm|gramos?|grammes?|lit(?:er|re|ro)s?)"
_WATER = re.compile(
    rf"(\d{{1,5}}(?:\.\d{{1,3}})?)\s?({_UNIT})\s?(?:of |de |d['’]|的)?"
    r"(?:water|wasser|eau|agua|水)(?![a-z])",
    re.IGNORECASE,
)
_AMOUNT = re.compile(rf"(?<![\d.])(\d{{1,5}}(?:\.\d{{1,3}})?)\s?({_UNIT})(?![a-z])", re.IGNORECASE)
_SOLUTION = words(r"solution|mixture|lösung|mischung|solución|disolución|mélange|mezcla", "溶液中")
_DISSOLVED = words(
    r"dissolv\w{1,3}|gelöst|löst|dissou\w{1,2}|disuel\w{1,4}", "溶解|溶于|溶入|放入|加入"
)


def concentrations(text: str) -> Iterator[WrongCalculation]:
    """20/80 for 20 g of salt that is dissolved in 80 g of water: a share of the water alone."""
    water = _WATER.search(text)
    if water is None or not _CONCENTRATION.search(text) or not _DISSOLVED.search(text):
        return
    others = [a for a in _AMOUNT.finditer(text) if not water.start() <= a.start() < water.end()]
    if not others or others[0][2] != water[2] or _SOLUTION.search(text[: others[0].start()]):
        return
    dissolved, poured = Fraction(others[0][1]), Fraction(water[1])
    if dissolved and poured:
        right = Div(as_term(dissolved), as_term(dissolved + poured))
        written = Div(as_term(dissolved), as_term(poured))
        yield WrongCalculation(Slip.PERCENT_BASE, written, right)
