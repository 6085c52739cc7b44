"""What a problem says of growth and of free things, and steps that say it otherwise."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, Witness, refuted
from tutor.grading.steps.worked.number_statements import Row

_PERCENT = r"\d{1,3}(?:\.\d{1,3})? ?(?:%|percent\b)"
# 20% more, overstated by 20%: the other value is no 80% of it.
_INCREASE = re.compile(
    rf"{_PERCENT} (?:more|older|longer|taller|heavier|higher|greater|larger|bigger|faster)\b"
    rf"|\b(?:overstat|exceed|increas|rais|rose|grew|gain)[a-z]{{0,4}}\b[^.%]{{0,60}} by {_PERCENT}",
    re.IGNORECASE,
)
_DECREASE = re.compile(
    r"\b(?:off|discount|less|fewer|shorter|younger|lower|smaller|slower|decreas|reduc|drop|f[ae]ll"
    r"|los[est]|left|remain|rest\b|sale|spen[dt]|other)",
    re.IGNORECASE,
)
_TAKEN_OFF = re.compile(r"100 ?%? ?[-−–] ?(?P<again>\d{1,3}(?:\.\d{1,3})?) ?%")
_COUNTS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_COUNT = rf"(\d{{1,2}}|{'|'.join(_COUNTS)})"
_NAME = r"(?: [a-z]{1,14})"
_FREE = re.compile(
    rf"\bbuy {_COUNT}{_NAME}{{0,4}},? (?:and )?get {_COUNT}{_NAME}{{0,3}} free\b", re.IGNORECASE
)
_FOR_PRICE = re.compile(
    rf"\b(?:buy|get) {_COUNT}{_NAME}{{0,4}} for the price of {_COUNT}\b", re.IGNORECASE
)
_ALL_REDUCED = re.compile(
    rf"\b(?:everything|all items|entire (?:order|purchase|bill))\b[^.%]{{0,40}} {_PERCENT} off\b",
    re.IGNORECASE,
)
_NOT_REDUCED = re.compile(r"\bthere is no discount\b", re.IGNORECASE)
_EVERY_DAY = re.compile(r"\b(?:every day|each day|daily)\b", re.IGNORECASE)
_WHOLE_WEEK = re.compile(r"\b(?:entire|whole|full) week\b", re.IGNORECASE)
_WORK_DAYS = re.compile(
    r"\b(?:5|five|weekdays?|week-?ends?|school|business days?)\b", re.IGNORECASE
)
_FIVE_DAYS = re.compile(
    r"\b(?:assuming )?(?:a )?(?:standard |typical |regular )?(?:work ?)?week (?:of|has|is)"
    r" (?:5|five) days\b|\b(?:5|five) days (?:in|of) (?:a|the) week\b",
    re.IGNORECASE,
)
_CONTRADICTED = refuted(ClaimRelation.EQUAL, Witness({}, "", ""))


@dataclass
class RetoldOffers:
    """grows_by: the problem's only share, where it is added. free: how many come with how many.

    has_whole_week: whether something is done on each day of a week.
    """

    grows_by: Fraction | None = None
    free: tuple[int, int] | None = None
    is_all_reduced: bool = False
    has_whole_week: bool = False

    def learn(self, plain: str, shares: set[Fraction]) -> None:
        if len(shares) == 1 and _INCREASE.search(plain) and not _DECREASE.search(plain):
            self.grows_by = next(iter(shares))
        self.is_all_reduced = bool(_ALL_REDUCED.search(plain))
        is_daily = bool(_EVERY_DAY.search(plain) and _WHOLE_WEEK.search(plain))
        self.has_whole_week = is_daily and not _WORK_DAYS.search(plain)
        if offer := _FREE.search(plain):
            self.free = _count(offer[1]), _count(offer[2])

    @property
    def rows(self) -> tuple[Row, ...]:
        return (
            (_TAKEN_OFF, self._taken_off),
            (_FOR_PRICE, self._other_offer),
            (_NOT_REDUCED, lambda _: _CONTRADICTED if self.is_all_reduced else None),
            (_FIVE_DAYS, lambda _: _CONTRADICTED if self.has_whole_week else None),
        )

    def _taken_off(self, words: re.Match[str]) -> ClaimResult | None:
        """100 % - 20 %, where the problem has 20 % more."""
        return _CONTRADICTED if Fraction(words["again"]) / 100 == self.grows_by else None

    def _other_offer(self, words: re.Match[str]) -> ClaimResult | None:
        """Two for the price of one, where the third is free."""
        if self.free is None:
            return None
        bought, free = self.free
        is_same = _count(words[1]) * bought == _count(words[2]) * (bought + free)
        return None if is_same else _CONTRADICTED


def _count(text: str) -> int:
    word = text.lower()
    return _COUNTS.index(word) + 1 if word in _COUNTS else int(text)
