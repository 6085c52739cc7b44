"""From one time of day to another: 21:47 → 22:00, 13 min."""

from __future__ import annotations

import re

from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    Witness,
    proved,
    refuted,
)

_TIME = r"(?:um |von |from |de |a las |从)?(\d{1,2})(?:[:.h]|：)([0-5]\d)(?: ?(?:Uhr|h|am|pm))?"
_SPAN = re.compile(
    rf"\s?{_TIME}\s?(?:→|->|-->|⇒|=>|–|-|bis|to|until|till|à|jusqu'à|a|hasta|到|至)\s?{_TIME}"
    r"\s{0,3}(?:[:=,;：，]|is|are|sind|takes|:)?\s{0,2}"
    r"(?:(\d{1,2})\s?(?:h|hrs?|hours?|Std\.?|Stunden?|heures?|horas?|小时|时))?"
    r"\s?(?:and|und|et|y)?\s?"
    r"(?:(\d{1,3})\s?(?:min|mins|minutes?|Minuten?|minutos?|分钟|分))?\s?\.?",
    re.IGNORECASE,
)
_HOUR, _HALF_DAY, _DAY = 60, 720, 1440  # minutes
_DECIMAL = 100  # minutes of an hour, by mistake


def judge_time_span(text: str) -> ClaimResult | None:
    """Whether the time between is right; None for anything else.

    Without "am" or "pm" it may be half a day more or less.
    """
    match = _SPAN.fullmatch(text)
    if match is None or not (match[5] or match[6]):
        return None
    first_hour, first, last_hour, last = (int(match[n]) for n in range(1, 5))
    told = int(match[5] or 0) * _HOUR + int(match[6] or 0)
    right = (last_hour - first_hour) * _HOUR + last - first
    is_difference = "-" in text and (told + right) % _HALF_DAY == 0  # 10:40 - 8:15
    if (is_difference or (told - right) % _HALF_DAY == 0) and 0 < told <= _DAY:
        return proved(ClaimRelation.EVALUATE)
    hundredths = (last_hour - first_hour) * _DECIMAL + last - first
    is_decimal = int(match[5] or 0) * _DECIMAL + int(match[6] or 0) == hundredths
    hours, minutes = divmod(right % _DAY, _HOUR)
    witness = Witness({}, f"{told // _HOUR}:{told % _HOUR:02}", f"{hours}:{minutes:02}")
    slip = Slip.MINUTES_AS_DECIMALS if is_decimal else Slip.ARITHMETIC
    return refuted(ClaimRelation.EVALUATE, witness, slip)
