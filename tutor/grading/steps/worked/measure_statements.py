"""What a step says of hours, coins and conversions: from 8 AM to 11 PM are 15 hours."""

from __future__ import annotations

import re
from fractions import Fraction

from tutor.grading.parsing.units import read_unit
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    Witness,
    proved,
    refuted,
)
from tutor.grading.steps.worked.calendar_statements import Judge

_CENTS = {"penny": 1, "nickel": 5, "dime": 10, "quarter": 25}
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_COUNTS = {word: count for count, word in enumerate(_WORDS, 1)} | dict.fromkeys(
    ["a", "each", "every", "the"], 1
)
_COIN = (
    rf"(?P<count>{'|'.join(_COUNTS)}|\d{{1,3}}) (?P<coin>penn(?:y|ies)|nickels?|dimes?|quarters?)"
)
_AMOUNT = r"\d{1,6}(?:,\d{3}){0,2}(?:\.\d{1,6})?"
_CLOCK = r"\d{1,2}(?::\d\d)? ?[ap]\.?m\.?"
_UNIT = r"(?P<{0}>[a-z]{{1,12}}(?:/[a-z]{{1,12}})?)"
_CALCULATION = r"(?:[\d.+*/×÷ ()−-]{1,40}= ?)?"
# Units of one kind that always convert alike; five days may be 40 hours of work.
_ALIKE = (
    "second minute hour",
    "cent dollar",
    "gram kilogram",
    "millimeter centimeter meter kilometer",
)
_KINDS = {unit: kind for kind, units in enumerate(_ALIKE) for unit in units.split()}
_LARGER = re.compile(
    r"\b\d[\d.,]{0,9} ?(?:hours?|minutes?|dollars?|kilometers?|meters?|kilograms?),? ?$"
)


def _hours_between(words: re.Match[str]) -> ClaimResult | None:
    hours, one_day = _number(words["hours"]), (_hours(words["end"]) - _hours(words["start"])) % 24
    is_several_days = one_day > 0 and hours > one_day and hours % one_day == 0
    return None if is_several_days else _decided(hours, one_day, 24)


def _hours_past(words: re.Match[str]) -> ClaimResult:
    noon = 12 if words["from"].lower() == "noon" else 0
    return _decided(_number(words["hours"]), _hours(words["start"]) - noon, 24)


def _hours(clock: str) -> Fraction:
    """12 AM is 0, 1:30 PM is 27/2."""
    hour, _, minute = clock.lower().rstrip("apm. ").partition(":")
    return int(hour) % 12 + 12 * ("p" in clock.lower()) + Fraction(int(minute or 0), 60)


def _coins(words: re.Match[str]) -> ClaimResult | None:
    """Only where the value of another coin is meant: collectors may pay anything."""
    coin = words["coin"].lower().replace("ies", "y").rstrip("s")
    count = 1 if words["each"] else _COUNTS.get(words["count"].lower()) or int(words["count"])
    cents = _number(words["dollars"]) * 100 if words["dollars"] else _number(words["cents"])
    is_coin = count > 0 and cents / count in (1, 5, 10, 25, 50)
    return _decided(cents, Fraction(_CENTS[coin] * count)) if is_coin else None


def _converted(words: re.Match[str]) -> ClaimResult | None:
    """20 minutes (1/3 hour) says nothing certain; 0.5 hours (30 minutes) does."""
    if _LARGER.search(words.string[: words.start()]):
        return None  # 1 hour 30 minutes (90 minutes)
    first, again = _number(words["first"]), _number(words["again"])
    units = [re.sub(r"s$", "", words[name].lower()) for name in ("unit", "unit_again")]
    if units[0] == units[1]:
        digits = [re.sub("[.,]", "", words[name]).strip("0") for name in ("first", "again")]
        is_shifted = "." in words[0] and digits[0] == digits[1]  # 0.56 (or 5.6): one is a slip
        return _decided(again, first) if is_shifted else None
    if _KINDS.get(units[0], -1) != _KINDS.get(units[1], -2):
        return None
    before, after = read_unit(units[0]), read_unit(units[1])
    if before is None or after is None:
        return None
    value = first * before.factor / after.factor
    return None if 0 < abs(again - value) < abs(value) / 20 else _decided(again, value)


def _single(words: re.Match[str]) -> ClaimResult | None:
    """The cost of one trip is 2 trips × $3/trip = $6."""
    count = _number(words["count"])
    return None if count == 1 else _decided(count, Fraction(1))


def _compared(words: re.Match[str]) -> ClaimResult | None:
    """12 pounds is 3 pounds more than 9 pounds."""
    units = {re.sub(r"s$", "", words[name].lower()) for name in ("u1", "u2", "u3") if words[name]}
    if len(units) > 1:
        return None
    more = Fraction(1, 2) if words["half"] else _number(words["more"])
    is_more = words["way"].lower() in ("more", "greater", "larger")
    right = _number(words["than"]) + (more if is_more else -more)
    return _decided(_number(words["first"]), right, slip=Slip.ARITHMETIC)


def _multiplied(_words: re.Match[str]) -> ClaimResult:
    """18 pages × 0.3 pages per minute are no minutes."""
    return refuted(ClaimRelation.EQUAL, Witness({}, "", ""), Slip.UNIT_CONVERSION)


def _number(text: str) -> Fraction:
    return Fraction(text.replace(",", ""))


def _decided(
    number: Fraction, right: Fraction, period: int = 0, slip: Slip = Slip.UNIT_CONVERSION
) -> ClaimResult:
    """period: after which it begins anew, or 0."""
    right = right % period if period else right
    if number == right or (period and (number - right) % period == 0):
        return proved(ClaimRelation.EQUAL)
    witness = Witness({}, str(number), str(right))
    return refuted(ClaimRelation.EQUAL, witness, slip)


# The signs of dollars are gone from the texts of statements.
MEASURE_STATEMENTS: tuple[tuple[str, Judge], ...] = (
    (
        rf"from (?P<start>{_CLOCK}) (?:until|till|to) (?P<end>{_CLOCK}),?"
        r" (?:(?:it|that|this|there) )?(?:is|are|=|equals)"
        rf" {_CALCULATION}(?P<hours>\d{{1,3}}(?:\.\d{{1,2}})?) hours",
        _hours_between,
    ),
    (
        rf"(?P<start>{_CLOCK}) is (?P<hours>\d{{1,2}}) hours"
        r" (?:past|after) (?P<from>midnight|noon)",
        _hours_past,
    ),
    (
        rf"{_COIN} (?:is|are)(?: each)? worth"
        r" (?:(?P<dollars>\d{0,3}\.\d\d)|(?P<cents>\d{1,4}) ?(?:cents?|¢))"
        r"(?: \([^()]{1,20}\))?(?P<each> each)?",
        _coins,
    ),
    (
        rf"(?P<first>{_AMOUNT}) {_UNIT.format('unit')}"
        rf" \((?:or |i\.e\.,? |which is |= ?)?(?P<again>{_AMOUNT}) {_UNIT.format('unit_again')}\)",
        _converted,
    ),
    (
        rf"(?P<first>{_AMOUNT})(?: (?P<u1>[a-z]{{1,12}}))? is"
        rf" (?:(?P<half>half an?)|(?P<more>{_AMOUNT}))(?: (?P<u2>[a-z]{{1,12}}))?"
        rf" (?P<way>more|greater|larger|less|fewer|smaller) than (?P<than>{_AMOUNT})"
        r"(?: (?P<u3>[a-z]{1,12}))?",
        _compared,
    ),
    (
        rf"(?P<thing>[a-z]{{3,14}}) ?[×*] ?(?:{_AMOUNT} )?(?P=thing)(?: per | ?/ ?)"
        rf"(?P<one>[a-z]{{3,14}}) = {_CALCULATION}{_AMOUNT} (?P=one)s?",
        _multiplied,
    ),
    (
        r"(?:cost|price|weight|length) of (?:one|each|a single) (?:[a-z]{2,12} )?"
        rf"(?P<noun>[a-z]{{3,12}})(?: is| would be| =)?:? (?P<count>{_AMOUNT}) (?P=noun)(?:es|s)"
        rf" ?(?:[×*x]|\\times) ?\\? ?{_AMOUNT}(?: ?/ ?| per )[a-z]{{3,12}} = \\? ?{_AMOUNT}",
        _single,
    ),
)
