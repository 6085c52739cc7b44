"""Times of day and weekdays that a line adds up: 8 am + 15 h = 23:00, Mon + 4 days = Friday."""

from __future__ import annotations

import re
from itertools import pairwise

from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    Witness,
    proved,
    refuted,
)

_DAY_MIN = 24 * 60
_TIME = r"(\d{1,2})(?:[:.h]([0-5]\d))?\s?(am|pm|a\.m\.|p\.m\.|uhr|h|点)?"
_SPAN = (
    r"(?:(\d{1,3})\s?(?:hours?|hrs?|h|stunden?|std\.?|heures?|horas?|小时))?"
    r"(?:\s?(?:and|und|et|y)?\s?(\d{1,3})\s?(?:minutes?|minuten|mins?|minutos|m|分钟?))?"
)
_LATER = re.compile(rf"{_TIME}\s?\+\s?{_SPAN}\s?(?:=|is|ist|est|es|→|->)\s?{_TIME}", re.IGNORECASE)
_BETWEEN = re.compile(
    rf"(?:[^\W\d_]{{1,15}}\s?[:=]?\s){{0,3}}(?:from|von|de|从)?\s?{_TIME}\s?(?:->|→|–|-|to|until|bis|à|a|到|至)\s?{_TIME}"
    rf"\s?(?:=|:|is|are|sind|ist|:|,|gives)\s?{_SPAN}",
    re.IGNORECASE,
)
_STATED_TIME = re.compile(
    r"(?<![\d:])(\d{1,2})(?:\s?(?:[:h点])\s?([0-5]\d)|\.([0-5]\d)(?=\s?Uhr))(?![\d:])"
)
_DIFFERENCE = re.compile(
    r"(?<![\d.])(\d{1,2})\.([0-5]\d)\s?[-−–]\s?(\d{1,2})\.([0-5]\d)\s?=\s?(\d{1,2})\.(\d{1,2})(?![\d.])"
)
_DAYS = {
    day: number
    for number, days in enumerate(
        (
            "mon|monday|mo|montag|lundi|lunes|星期一|周一",
            "tue|tues|tuesday|di|dienstag|mardi|martes|星期二|周二",
            "wed|wednesday|mi|mittwoch|mercredi|miércoles|星期三|周三",
            "thu|thur|thurs|thursday|do|donnerstag|jeudi|jueves|星期四|周四",
            "fri|friday|fr|freitag|vendredi|viernes|星期五|周五",
            "sat|saturday|sa|samstag|sonnabend|samedi|sábado|星期六|周六",
            "sun|sunday|so|sonntag|dimanche|domingo|星期日|星期天|周日",
        )
    )
    for day in days.split("|")
}
_DAY = "|".join(sorted(_DAYS, key=len, reverse=True))
_DAY_LATER = re.compile(
    rf"({_DAY})\s?\+\s?(\d{{1,4}})(?:\s?(?:days?|tage?|jours?|días?|天))?\s?(?:=|is|→|->|:)\s?({_DAY})",
    re.IGNORECASE,
)
_ROW = re.compile(rf"(?:{_DAY})(?:[\s,，、]{{1,2}}(?:{_DAY})){{2,6}}", re.IGNORECASE)
_STEP = re.compile(_DAY, re.IGNORECASE)


def judge_clock(text: str) -> ClaimResult | None:
    """Proved where the times fit together; None for anything else."""
    text = text.strip(" .!")
    is_right = _is_later(text) or _is_between(text) or _is_later_day(text) or _are_in_a_row(text)
    return proved(ClaimRelation.EVALUATE) if is_right else None


def judge_clock_difference(text: str, statement: str) -> ClaimResult | None:
    """21.35 - 19.45 of the times 19:45 and 21:35, which are no decimals; None for others."""
    match = _DIFFERENCE.search(text)
    if match is None:
        return None
    stated = {60 * int(h) + int(m or n) for h, m, n in _STATED_TIME.findall(statement)}
    end, start, gap = (60 * int(match[n]) + int(match[n + 1].ljust(2, "0")) for n in (1, 3, 5))
    if not {start, end} <= stated:
        return None
    if end - start == gap:
        return proved(ClaimRelation.EVALUATE)
    hours, minutes = divmod(end - start, 60)
    witness = Witness({}, f"{match[5]}.{match[6]}", f"{hours}:{minutes:02}")
    return refuted(ClaimRelation.EVALUATE, witness, Slip.MINUTES_AS_DECIMALS)


def _is_later(text: str) -> bool:
    match = _LATER.fullmatch(text)
    if match is None or not any(match.group(4, 5)):
        return False
    start, end = _minutes(*match.group(1, 2, 3)), _minutes(*match.group(6, 7, 8))
    return (start + _span(*match.group(4, 5)) - end) % _DAY_MIN == 0


def _is_between(text: str) -> bool:
    match = _BETWEEN.fullmatch(text)
    if match is None or not any(match.group(7, 8)):
        return False
    if not all(any(match.group(n, n + 1)) for n in (2, 5)):
        return False  # 8 to 11, which may count anything
    start, end = _minutes(*match.group(1, 2, 3)), _minutes(*match.group(4, 5, 6))
    return (start + _span(*match.group(7, 8)) - end) % _DAY_MIN == 0


def _minutes(hours: str, minutes: str | None, half: str | None) -> int:
    hour = int(hours)
    if half and half[0] in "aApP" and half[1:2] in "mM.":
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    return 60 * hour + int(minutes or 0)


def _span(hours: str | None, minutes: str | None) -> int:
    return 60 * int(hours or 0) + int(minutes or 0)


def _is_later_day(text: str) -> bool:
    match = _DAY_LATER.fullmatch(text)
    return match is not None and (_day(match[1]) + int(match[2]) - _day(match[3])) % 7 == 0


def _are_in_a_row(text: str) -> bool:
    days = [_day(name) for name in _STEP.findall(text)] if _ROW.fullmatch(text) else []
    return len(days) > 2 and all((later - day) % 7 == 1 for day, later in pairwise(days))


def _day(name: str) -> int:
    return _DAYS[name.casefold()]
