"""Percentages and fractions of the wrong amount."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from tutor.grading.parsing.tree import ONE, Add, Div, Mul, Neg, Num, Pow
from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.percents import (
    ASKS_PERCENT,
    COMPOUND,
    DOWN,
    EARNS,
    SIMPLE,
    UP,
    share_in,
)
from tutor.grading.working.knowledge.wrong_calculations.told_numbers import PERCENT, numbers_besides
from tutor.grading.working.knowledge.wrong_calculations.wrong_calculation import (
    WrongCalculation,
    as_term,
)

_GROSS = words(
    r"including|inclusive|inkl\w*|inklusive|brutto\w*|ttc|toutes taxes comprises"
    r"|iva (?:del? )?(?:\d{1,2} ?% )?inclu\w{2,4}",
    "含税",
)
_NET = words(
    r"before|excluding|excl|without|plus|net|netto|ohne|zuzüglich|zzgl|hors|ht|sans|sin|más|antes",
    "不含",
)
_SENTENCE_END = re.compile(r"(?<=[.?!])\s|[。？]")
_TAX = words(r"vat|tax|mehrwertsteuer|mwst|tva|iva", "税")


def is_with_tax(text: str) -> bool:
    """Whether the price that the text tells has the tax in it."""
    told = [part for part in _SENTENCE_END.split(text) if re.search(r"\d", part)]
    is_gross = any(map(_GROSS.search, told)) and not any(map(_NET.search, told))
    return is_gross and bool(_TAX.search(text))


def taxes(text: str) -> Iterator[WrongCalculation]:
    """19 % of a price that has the tax in it."""
    percents = PERCENT.findall(text)
    if len(percents) != 1 or not is_with_tax(text):
        return
    rate = Fraction(percents[0].replace(",", ".")) / 100
    for price in numbers_besides(text, percents[0]):
        right = Div(as_term(price), Add((Num(Fraction(1)), as_term(rate))))
        yield WrongCalculation(Slip.PERCENT_BASE, Mul((as_term(price), as_term(rate))), right)
        reduced = Mul((as_term(price), as_term(1 - rate)))
        yield WrongCalculation(Slip.PERCENT_BASE, reduced, right)


_THEN = words(
    r"then|afterwards|later|next|puis|ensuite|dann|danach|anschließend|später|luego|después",
    "再|然后|又",
)
_CHANGES = words(
    r"sold\w{1,3}|remises?|off|rabatt\w*|promo\w*|rais\w+|grow\w*|shrink\w*|increas\w+|reduc\w+|discount\w*|lower\w*|fall\w*|rise\w*|augment\w+|baiss\w+"
    r"|diminu\w+|erhöh\w*|gesenkt|senk\w*|steig\w*|sink\w*|reduzier\w*|aument\w+|sube|baja|rebaj\w+",
    "涨|降|提价|增",
)


def changes(text: str) -> Iterator[WrongCalculation]:
    """30 % - 25 % for a rise and then a fall, and 1.3 - 0.25."""
    percents = PERCENT.findall(text)
    if len(percents) != 2 or not _THEN.search(text) or not _CHANGES.search(text):
        return
    first, second = (Fraction(number.replace(",", ".")) for number in percents)
    for unit in (Fraction(1), Fraction(1, 100)):
        for signs in product((1, -1), repeat=2):
            rates = [sign * rate for sign, rate in zip(signs, (first, second), strict=True)]
            factors = (Add((Num(Fraction(1)), as_term(rate / 100))) for rate in rates)
            written = Add(tuple(as_term(rate * unit) for rate in rates))
            yield WrongCalculation(Slip.PERCENT_BASE, written, Mul(tuple(factors)))
            after = (100 + rates[0]) * unit
            changed = Add((as_term(after), as_term(rates[1] * unit)))  # 1.1p - 0.1p
            right = as_term(after * (1 + rates[1] / 100))
            yield WrongCalculation(Slip.PERCENT_BASE, changed, right)


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


def discounts(text: str) -> Iterator[WrongCalculation]:
    """15 % of the price after a discount or a rise of 15 %, where the price before is sought."""
    percents, sign = PERCENT.findall(text), sign_of_change(text)
    if len(percents) != 1 or not sign:
        return
    rate = Fraction(percents[0].replace(",", ".")) / 100
    prices = numbers_besides(text, percents[0])
    if len(prices) == 1 and not 0 < prices[0] < 2:
        right = Div(as_term(prices[0]), as_term(1 + sign * rate))
        for factor in (rate, 1 - sign * rate):
            written = Mul((as_term(prices[0]), as_term(factor)))
            yield WrongCalculation(Slip.PERCENT_BASE, written, right)


def sign_of_change(text: str) -> int:
    """Of the change before which a value is sought; 0 where none is."""
    if _BEFORE.search(text) and _LOWERED.search(text):
        return -1
    *before, question = re.split(r"(?<!\d)[.!。！]\s?|[.!。！]\s", text.strip())
    told = [sentence for sentence in before if _CHANGED.search(sentence)]
    is_asked = bool(_WAS.search(question)) and not re.search(r"\d", question)
    is_up, is_down = bool(UP.search(text)), bool(DOWN.search(text))
    if len(told) != 1 or _WAS.search(told[0]) or not is_asked or is_up == is_down:
        return 0
    return 1 if is_up else -1


_CHANGED = re.compile(  # after a rise of 25 % it is 1500, and not 1500 before one
    r"(?<!\w)(?:after|nach|après|tras|después)(?!\w)[^%\d]{0,60}\d[\d.,]{0,6}\s?\\?"
    r"(?:%|per ?cent|Prozent)[^%\d]{0,60}\d|\d\s?%后[^%\d]{0,30}\d",
    re.IGNORECASE,
)
_WAS = words(
    r"before|original\w*|previous\w*|initially|vorher|früher|ursprünglich\w*|avant|initial\w*|antes"
    r"|anterior",
    "原来|原价|以前|之前",
)
_BY_PERCENT = words(
    r"(?:by )?(?:what|how many) per ?cent(?:age)?|percentage (?:increase|decrease|change)"
    r"|um wie ?viele? prozent|de quel pourcentage|(?:en )?qué porcentaje",
    "百分之几|百分率",
)
_FROM_TO = re.compile(
    r"(?:from|von|de|从)\s?[$€£¥₹₣₽¤]?\s?(\d{1,7}(?:\.\d{1,2})?)[^.\d]{0,20}?(?:to|auf|à|a|到|至)"
    r"\s?[$€£¥₹₣₽¤]?\s?(\d{1,7}(?:\.\d{1,2})?)",
    re.IGNORECASE,
)


def growth(text: str) -> Iterator[WrongCalculation]:
    """840/5640 for a growth from 4800 to 5640."""
    match = _FROM_TO.search(text)
    if match is None or not _BY_PERCENT.search(text):
        return
    before, after = Fraction(match[1]), Fraction(match[2])
    if before and after and before != after:
        change = as_term(abs(after - before))
        right = Div(change, as_term(before))
        yield WrongCalculation(Slip.PERCENT_BASE, Div(change, as_term(after)), right)


def shares(text: str) -> Iterator[WrongCalculation]:
    """60/45 for 45 of 60 in per cent."""
    share = share_in(text) if ASKS_PERCENT.search(text) else None
    if share is None or share[0] >= share[1] or UP.search(text) or DOWN.search(text):
        return
    part, whole = (as_term(amount) for amount in share)
    yield WrongCalculation(Slip.INVERSE_RATIO, Div(whole, part), Div(part, whole))


_BEARS = words(
    r"compound\w{0,15}|zinseszins\w{0,15}|mit ?verzinst|intérêts composés|interés compuesto", "复利"
)
_DURATION = re.compile(
    r"(?<![\d.])(\d{1,2})\s?(?:years?|months?|jahren?|monaten?|ans|mois|años|meses|年|个月)(?![a-z])",
    re.IGNORECASE,
)


def added_interest(text: str) -> Iterator[WrongCalculation]:
    """10 % · 3 for three years, in which interest bears interest."""
    percents, times = PERCENT.findall(text), _DURATION.findall(text)
    is_of_growth = bool(COMPOUND.search(text)) and not EARNS.search(text)
    if len(percents) != 1 or len(times) != 1 or not (_BEARS.search(text) or is_of_growth):
        return
    rate, count = Fraction(percents[0].replace(",", ".")) / 100, Fraction(times[0])
    whole = Pow(Add((ONE, as_term(rate))), as_term(count))
    right = Add((whole, Neg(ONE)))
    yield WrongCalculation(Slip.PERCENT_BASE, Mul((as_term(rate), as_term(count))), right)


def simple_interest(text: str) -> Iterator[WrongCalculation]:
    """2500 · 3 % · 4 for the interest of four years, in which interest bears interest."""
    percents, times = PERCENT.findall(text), _DURATION.findall(text)
    if len(percents) != 1 or len(times) != 1 or not _BEARS.search(text) or SIMPLE.search(text):
        return
    rate, years = Fraction(percents[0].replace(",", ".")) / 100, int(times[0])
    amounts = [n for n in numbers_besides(text, percents[0]) if n != years]
    if len(amounts) == 1 and years > 1:
        earned = amounts[0] * ((1 + rate) ** years - 1)
        written = Mul((as_term(amounts[0]), as_term(rate), as_term(years)))
        yield WrongCalculation(Slip.PERCENT_BASE, written, as_term(earned))


_TOLD_SHARE = re.compile(r"(?<![\d./])(?:(\d{1,3})/(\d{1,3})(?![\d/])|(\d{1,3}(?:\.\d{1,2})?)\s?%)")
_OF_REST = re.compile(
    r"\s{0,2}(?:of|von|vom|des|der|du|de|del)\s(?:(?:the|dem|la|le|lo|los|las)\s)?"
    r"(?:rest|remain|what (?:is|was) left|übrig|queda|que queda)",
    re.IGNORECASE,
)
_REST_BEFORE = re.compile(r"(?:余下|剩下|剩余|其余)的?\s{0,2}\Z")


def shares_of_rest(text: str) -> Iterator[WrongCalculation]:
    """1/4 + 2/3 and 1 - 1/4 - 2/3 for a quarter, and then two thirds of the rest."""
    told = list(_TOLD_SHARE.finditer(text))
    if len(told) != 2:
        return
    second = told[1]
    before = text[max(second.start() - 6, 0) : second.start()]
    if not _OF_REST.match(text, second.end()) and not _REST_BEFORE.search(before):
        return
    first, rest = (as_term(_share_told(match)) for match in told)
    left = Mul((Add((ONE, Neg(first))), Add((ONE, Neg(rest)))))
    yield WrongCalculation(Slip.PERCENT_BASE, Add((first, rest)), Add((ONE, Neg(left))))
    yield WrongCalculation(Slip.PERCENT_BASE, Add((ONE, Neg(first), Neg(rest))), left)


def _share_told(match: re.Match[str]) -> Fraction:
    top, bottom, percent = match.groups()
    return Fraction(percent) / 100 if percent else Fraction(int(top), int(bottom) or 1)
