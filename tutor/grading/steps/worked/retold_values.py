"""What a problem tells of rates, prices, shares and sizes, and steps that tell it otherwise.

A step contradicts the problem where it repeats a number with another meaning, or the words with
another number. A number that may have been worked out may mean anything.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import permutations, product

from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, Witness, refuted
from tutor.grading.steps.worked.number_statements import (
    MAX_STEP_LENGTH,
    NumberStatement,
    decided_statements,
    without_latex,
)
from tutor.grading.steps.worked.retold_offers import RetoldOffers

MAX_NUMBERS = 30  # of a problem and the steps so far; among more, any share may come from them
_N = r"(?:\d{1,3}(?:,\d{3}){1,3}|\d{1,9})(?:\.\d{1,6})?(?![\d^/]|,\d{3}|\.\d)"
_START = r"(?<![\w.,/^])"
_NUMBER = re.compile(_START + _N)
_RESULT = re.compile(rf"= ?(?:\\ ?)?({_N})")
_COUNTS = {
    word: Fraction(count)
    for count, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), start=1
    )
}
_COUNT_WORD = re.compile(rf"\b(?:{'|'.join(_COUNTS)})\b", re.IGNORECASE)
_SECONDS = {"minute": 60, "hour": 3_600, "day": 86_400, "week": 604_800, "month": 2_592_000,
            "year": 31_536_000}  # fmt: skip
# 30 reports every 15 minutes, 12 pounds of ore per day, 10 an hour, 4 cookies/day
_RATE = re.compile(
    rf"{_START}(?P<again>{_N})(?: (?P<noun>(?!per\b|a\b|an\b|each\b|every\b|in\b)[a-z]{{2,14}}))?"
    r"(?: of [a-z]{2,14})?(?: ?/ ?| (?:per|an?|each|every|in(?= \d)) )"
    rf"(?:(?P<periods>\d{{1,3}})[ -])?(?P<period>{'|'.join(_SECONDS)})s?\b"
    r"(?! (?:ago|later|before|after|earlier)\b)",
    re.IGNORECASE,
)
# 100 pages to the inch
_PER = re.compile(
    rf"{_START}(?P<again>{_N}) (?P<noun>[a-z]{{3,14}})"
    r" ?(?:/|per|to the|to an?|for each|in each|for every|in every) ?(?P<one>[a-z]{3,14})\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z]{3,14}", re.IGNORECASE)
_SEVERAL = rf"(?P<count>\d{{1,4}}|{'|'.join(_COUNTS)}) (?:[a-z]{{2,14}} )?(?P<noun>[a-z]{{3,14}})"
_NOT_EACH = r"(?! ?(?:each|apiece|per|a piece|every)\b)"
# 20.25 on 3 tickets, 4 candies for 3.20
_TOTALS = (
    re.compile(rf"{_START}(?P<total>{_N}) (?:on|for) {_SEVERAL}\b{_NOT_EACH}", re.IGNORECASE),
    re.compile(rf"\b{_SEVERAL} for (?:a total of )?(?P<total>{_N}){_NOT_EACH}", re.IGNORECASE),
)
_EACH = re.compile(
    r"\b(?:each|every|one|a single) (?:[a-z]{2,14} )?(?P<noun>[a-z]{3,14})"
    rf" (?:costs?|is|was|sells for|is worth|weighs) (?P<again>{_N})(?! ?[-+*/×÷])",
    re.IGNORECASE,
)
_FRACTIONS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5}
_FRACTION_WORD = re.compile(  # and not the third step
    rf"\b(?:(a|{'|'.join(_COUNTS)})[- ](?={'|'.join(_FRACTIONS)})|(?=half|quarter))"
    rf"({'|'.join(_FRACTIONS)})s?\b",
    re.IGNORECASE,
)
_SHARE = re.compile(
    rf"{_START}(?:(\d{{1,3}}(?:\.\d{{1,3}})?) ?(?:%|percent\b)|(\d{{1,3}}/\d{{1,3}}))"
)
_SHARE_OF = re.compile(
    rf"(?P<again>{_SHARE.pattern}) of (?:(?:the|all|his|her|their|these|those) )?"
    rf"(?:(?:total|{_N}) )?(?P<what>[a-z]{{3,14}} (?:is|are|was|were) [a-z]{{2,14}})\b",
    re.IGNORECASE,
)
_CHANGES = {"off": "off", "discount": "off", "more": "more", "less": "less", "fewer": "less",
            "tax": "tax", "tip": "tip", "older": "older", "younger": "younger", "longer": "longer",
            "interest": "interest", "commission": "commission"}  # fmt: skip
_CHANGE = re.compile(
    rf"(?P<again>{_SHARE.pattern}) (?P<change>{'|'.join(_CHANGES)})\b", re.IGNORECASE
)
_DIMENSIONS = ("minute hour day week month year", "inch inche foot feet yard mile",
               "meter kilometer centimeter", "ounce pound ton", "cent dollar")  # fmt: skip
_DIMENSION_OF = {unit: kind for kind, units in enumerate(_DIMENSIONS) for unit in units.split()}
_SAME = {"feet": "foot", "inche": "inch"}
_FACTORS = set(map(Fraction, (3, 4, 7, 12, 16, 24, 30, 36, 52, 60, 100, 365, 1_000)))
_COUNTED = re.compile(rf"{_START}(?P<again>{_N}) (?P<noun>[a-z]{{3,14}})\b", re.IGNORECASE)
_SIZE = re.compile(
    rf"{_START}(?P<size>{_N})-(?P<unit>[a-z]{{3,9}}) (?P<noun>[a-z]{{3,14}})", re.IGNORECASE
)

_CONTRADICTED = refuted(ClaimRelation.EQUAL, Witness({}, "", ""))


@dataclass
class RetoldValues:
    """numbers: of the problem, and how often it has each. steps: the numbers of the steps so far.

    results: the numbers that were worked out. rates: number, noun and seconds. totals: of several
    things, with the words for these. shares: of the problem, and of the steps so far. shares_of:
    the noun, and what a share of it is. measures: numbers with a unit. sizes: of one thing, by its
    noun, with the unit. per: the noun, by number and what each has. words: of the problem.
    """

    numbers: Counter[Fraction] = field(default_factory=Counter)
    steps: set[Fraction] = field(default_factory=set)
    results: set[Fraction] = field(default_factory=set)
    rates: list[tuple[Fraction, str, int]] = field(default_factory=list)
    totals: dict[Fraction, str] = field(default_factory=dict)
    shares: set[Fraction] = field(default_factory=set)
    step_shares: set[Fraction] = field(default_factory=set)
    shares_of: set[tuple[str, str]] = field(default_factory=set)
    changes: dict[str, Fraction] = field(default_factory=dict)
    measures: dict[Fraction, str] = field(default_factory=dict)
    sizes: dict[str, tuple[Fraction, str]] = field(default_factory=dict)
    per: dict[tuple[Fraction, str], str] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)
    offers: RetoldOffers = field(default_factory=RetoldOffers)

    def learn(self, statement: str) -> None:
        plain = without_latex(statement[:MAX_STEP_LENGTH])[0]
        self.numbers.update(_numbers(plain))
        self.rates += [_rate(words) for words in _RATE.finditer(plain)]
        for pattern in _TOTALS:
            for words in pattern.finditer(plain):
                if _count(words["count"]) > 1:
                    self.totals[_value(words["total"])] = _singular(words["noun"])
        self.shares |= set(_shares(plain))
        for words in _SHARE_OF.finditer(plain):
            self.shares_of.add(_told_of(words))
        for words in _CHANGE.finditer(plain):
            share = next(_shares(words["again"]), Fraction(0))
            self.changes[_CHANGES[words["change"].lower()]] = share
        for words in _PER.finditer(plain):
            self.per[_value(words["again"]), _singular(words["one"])] = _singular(words["noun"])
        self.words |= {_singular(word) for word in _WORD.findall(plain)}
        self.offers.learn(plain, self.shares)
        for words in _COUNTED.finditer(plain):
            self.measures[_value(words["again"])] = _singular(words["noun"])
        for words in _SIZE.finditer(plain):
            self.sizes[_singular(words["noun"])] = _value(words["size"]), words["unit"].lower()

    def contradictions(self, step: str) -> Iterator[NumberStatement]:
        plain = without_latex(step[:MAX_STEP_LENGTH])[0]
        before = set(self.results)
        self.results |= {_value(result) for result in _RESULT.findall(plain)}
        rows = (
            (_RATE, self._other_period),
            (_EACH, self._total_as_each),
            (_SHARE_OF, self._other_share),
            (_COUNTED, self._other_unit),
            (_CHANGE, lambda words: self._other_change(words, before)),
            (_PER, self._others_per),
            *self.offers.rows,
        )
        yield from decided_statements(step, rows)
        self.steps |= set(_numbers(plain))
        self.step_shares |= set(_shares(plain))

    def _is_told(self, words: re.Match[str]) -> bool:
        """Whether the problem has this number once, and it cannot have been worked out."""
        number = _value(words["again"])
        if number <= 1 or self.numbers[number] != 1 or number in self.results:
            return False
        others = self._numbers_before(words) - {number, 1}
        if len(others) > MAX_NUMBERS:
            return False
        sums = {value for a, b in permutations(others, 2) for value in (a + b, a - b)}
        products = {
            value
            for a, b in product(others, others | _FACTORS)
            if a != b
            for value in (a * b, a / b, b / a)
        }
        return number not in sums | products

    def _numbers_before(self, words: re.Match[str]) -> set[Fraction]:
        return {*self.numbers, *self.steps, *_numbers(words.string[: words.start()])} - {0}

    def _other_period(self, words: re.Match[str]) -> ClaimResult | None:
        """4 cookies a week, where the problem or the step has 4 cookies a day."""
        if words["periods"] or not self._is_told(words):
            return None
        number, noun, seconds = _rate(words)
        told = [rate[2] for rate in self.rates if rate[:2] == (number, noun)]
        self.rates.append((number, noun, seconds))
        return _CONTRADICTED if told and seconds not in told else None

    def _others_per(self, words: re.Match[str]) -> ClaimResult | None:
        """100 papers per inch, where the problem has 100 pages to the inch, and papers as well."""
        noun = _singular(words["noun"])
        told = self.per.get((_value(words["again"]), _singular(words["one"])), noun)
        return _CONTRADICTED if told != noun in self.words and self._is_told(words) else None

    def _total_as_each(self, words: re.Match[str]) -> ClaimResult | None:
        """Each ticket costs 20.25, where three tickets do."""
        noun = _singular(words["noun"])
        is_total = self.totals.get(_value(words["again"])) == noun and noun not in _SECONDS
        return _CONTRADICTED if is_total and self._is_told(words) else None

    def _other_share(self, words: re.Match[str]) -> ClaimResult | None:
        """20 % of the melons are ripe, where the problem has 30 %."""
        share = next(_shares(words["again"]), None)
        if share is None or _told_of(words) not in self.shares_of:
            return None
        if {share, 100 * share} & self.results or self._may_be_worked_out(share, words):
            return None
        return _CONTRADICTED

    def _may_be_worked_out(self, share: Fraction, words: re.Match[str]) -> bool:
        numbers = self._numbers_before(words)
        if len(numbers) > MAX_NUMBERS:
            return True
        told = {*self.shares, *self.step_shares, *_shares(words.string[: words.start()])}
        shares = told | {1 - share for share in told}
        ratios = {a / b for a, b in permutations(numbers, 2)}
        pairs = {value for a, b in product(shares, repeat=2) for value in (a * b, a + b, a - b)}
        return bool({share, 1 - share} & (shares | ratios | pairs))

    def _other_change(self, words: re.Match[str], before: set[Fraction]) -> ClaimResult | None:
        """20 % off, where the problem has 80 % off and no other share. before: earlier results."""
        share = next(_shares(words["again"]), None)
        told = self.changes.get(_CHANGES[words["change"].lower()])
        if told is None or share in (None, told) or self.shares != {told}:
            return None
        if self.numbers[100 * told] != 1:
            return None
        is_rest = share == 1 - told  # which is what is paid: worked out, and yet not taken off
        results = before if is_rest else self.results
        worked_out = {share, 1 - share, 100 * share, 100 - 100 * share} & results
        return None if worked_out else _CONTRADICTED

    def _other_unit(self, words: re.Match[str]) -> ClaimResult | None:
        """200 sections or 200 inches, where the problem has 200 feet and 10-foot sections."""
        number, noun = _value(words["again"]), _singular(words["noun"])
        told = self.measures.get(number, "")
        dimension = _DIMENSION_OF.get(told)
        if told == noun or dimension is None or number in _FACTORS:
            return None
        size, unit = self.sizes.get(noun, (1, ""))
        is_other = (unit == told and size != 1) or dimension == _DIMENSION_OF.get(noun)
        return _CONTRADICTED if is_other and self._is_told(words) else None


def _rate(words: re.Match[str]) -> tuple[Fraction, str, int]:
    periods = int(words["periods"] or 1)
    seconds = periods * _SECONDS[words["period"].lower()]
    return _value(words["again"]), _singular(words["noun"] or ""), seconds


def _told_of(words: re.Match[str]) -> tuple[str, str]:
    noun, _, told = words["what"].lower().split(" ")
    return _singular(noun), told


def _numbers(text: str) -> Iterator[Fraction]:
    yield from (_value(number) for number in _NUMBER.findall(text))
    yield from (_count(word) for word in _COUNT_WORD.findall(text))


def _shares(text: str) -> Iterator[Fraction]:
    for percent, fraction in _SHARE.findall(text):
        over = fraction.partition("/")[2]
        if percent or int(over):
            yield Fraction(percent) / 100 if percent else Fraction(fraction)
    for count, part in _FRACTION_WORD.findall(text):
        yield _COUNTS.get(count.lower(), Fraction(1)) / _FRACTIONS[part.lower()]


def _value(text: str) -> Fraction:
    return Fraction(text.replace(",", ""))


def _count(text: str) -> Fraction:
    return _COUNTS.get(text.lower()) or Fraction(text)


def _singular(noun: str) -> str:
    singular = re.sub(r"(?<!s)s$", "", re.sub(r"ies$", "y", noun.lower()))
    return _SAME.get(singular, singular)
