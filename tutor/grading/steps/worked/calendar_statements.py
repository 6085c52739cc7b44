"""What a step says of days, months and dozens: there are 31 days in March, half a dozen are 6."""

from __future__ import annotations

import re
from collections.abc import Callable

from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    Witness,
    proved,
    refuted,
)

_NUMBERS = "one two three four five six seven eight nine ten eleven twelve"
_WORDS = {word: count for count, word in enumerate(_NUMBERS.split(), start=1)}
_DAYS = {
    **dict.fromkeys(["january", "march", "may", "july", "august", "october", "december"], (31,)),
    **dict.fromkeys(["april", "june", "september", "november"], (30,)),
    "february": (28, 29),
}
# How many of one are in the other. Five days may be those of work.
_PARTS: dict[tuple[str, str], tuple[int, ...]] = {
    ("day", "week"): (7,),
    ("hour", "day"): (24,),
    ("minute", "hour"): (60,),
    ("second", "minute"): (60,),
    ("month", "year"): (12,),
    ("quarter", "year"): (4,),
    ("day", "year"): (365, 366),
    ("week", "year"): (52,),
}
_MAY_DIFFER = {("day", "week"): (5, 6), ("week", "year"): (50, 53), ("day", "year"): (360,)}
_TIMES_A_YEAR = {"daily": 365, "weekly": 52, "monthly": 12, "quarterly": 4, "yearly": 1}
_DOZENS = {"half a": 6, "a": 12, "one": 12, "two": 24, "three": 36}
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(_WORDS)})"
_MONTH = rf"(?P<month>{'|'.join(_DAYS)})"
_UNIT = r"(?P<part>second|minute|hour|day|week|month|quarter)s?"
_WHOLE = r"(?P<whole>minute|hour|day|week|year)"


def _days(words: re.Match[str]) -> ClaimResult:
    return _decided(_number(words["count"]), _DAYS[words["month"].lower()])


def _parts(words: re.Match[str]) -> ClaimResult | None:
    units, count = (words["part"].lower(), words["whole"].lower()), _number(words["count"])
    if units not in _PARTS or count in _MAY_DIFFER.get(units, ()):
        return None
    return _decided(count, _PARTS[units])


def _times_a_year(words: re.Match[str]) -> ClaimResult:
    return _decided(_number(words["count"]), (_TIMES_A_YEAR[words["often"].lower()],))


def _dozens(words: re.Match[str]) -> ClaimResult:
    return _decided(_number(words["count"]), (_DOZENS[words["dozens"].lower()],))


def _number(text: str) -> int:
    return _WORDS.get(text.lower()) or int(text)


def _decided(count: int, right: tuple[int, ...]) -> ClaimResult:
    if count in right:
        return proved(ClaimRelation.EQUAL)
    witness = Witness({}, str(count), str(right[0]))
    return refuted(ClaimRelation.EQUAL, witness, Slip.UNIT_CONVERSION)


Judge = Callable[[re.Match[str]], ClaimResult | None]
CALENDAR_STATEMENTS: tuple[tuple[str, Judge], ...] = (
    (rf"there are {_COUNT} days in {_MONTH}", _days),
    (rf"{_MONTH} has {_COUNT} days", _days),
    (rf"there are {_COUNT} {_UNIT} in (?:a|an|one|each|every) {_WHOLE}", _parts),
    (rf"(?:a|an|one|each|every) {_WHOLE} has {_COUNT} {_UNIT}", _parts),
    (
        rf"(?P<often>{'|'.join(_TIMES_A_YEAR)}),? (?:which|that) (?:means|is) {_COUNT} times"
        r" (?:in |per )?(?:a |one |each )?year",
        _times_a_year,
    ),
    (
        rf"(?P<dozens>{'|'.join(_DOZENS)}) dozen (?P<noun>[a-z]{{3,12}}) (?:means|is|are|equals|=)"
        rf" (?:[\d/*×·]{{1,9}} ?= ?)?{_COUNT} (?P=noun)",
        _dozens,
    ),
)
