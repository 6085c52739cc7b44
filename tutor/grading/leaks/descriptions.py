"""Numbers that a text describes: one more than 41, la mitad de 96, twice the days of a week."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache, partial

from tutor.grading.leaks import description_rules as rules
from tutor.grading.leaks import operations
from tutor.grading.leaks.common_numbers import with_facts
from tutor.grading.leaks.number_words import READ_LANGUAGES, in_digits
from tutor.grading.parsing.natural.chinese import fold_numbers
from tutor.grading.parsing.natural.english import fold_english
from tutor.grading.parsing.units import CHINESE_UNIT

_NUMBER = r"(-?(?<![\d.])\d{1,30}(?:\.\d{1,30}|/[1-9]\d{0,8})?(?!\d))"
_DIGIT = re.compile(r"\d")
_DEPTH = 3  # of descriptions within one another
_COUNTS = (
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_PLURAL = {"sixes": "six", "twenties": "twenty"} | {f"{word}s": word for word in _COUNTS}
_PLURALS = re.compile(rf"(?<=\w)\s(?:of\s)?({'|'.join(_PLURAL)})\b", re.IGNORECASE)
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
    "eighteenth", "nineteenth", "twentieth",
)  # fmt: skip
_ORDINAL = re.compile(
    rf"\b({'|'.join(_ORDINALS)})(?=\s(?:power|prime|multiple|square|perfect|even|odd|triangular))"
    rf"|(?<=\bto the )({'|'.join(_ORDINALS)})\b",
    re.IGNORECASE,
)
_DOZENS = [
    (re.compile(pattern, re.IGNORECASE), count)
    for pattern, count in (
        (r"\bhalf (?:a|of a) dozen\b", "6"),
        (r"\b(?:a|one) dozen and a half\b", "18"),
        (r"\ba baker['’]s dozen\b", "13"),
        (r"\b(?:a|one) score\b", "20"),
        (r"\b(?:a|one) gross\b", "144"),
        (r"\ba (?=dozen|hundred|thousand)\b", "one "),
    )
]
_SHORT_HUNDRED = re.compile(
    "([一二三四五六七八九])([百千万])([一二三四五六七八九])(?![一二三四五六七八九十百千万亿点分])"
)


@dataclass(frozen=True)
class _Rule:
    pattern: re.Pattern[str]
    operation: operations.Operation

    def value(self, numbers: list[Fraction]) -> Fraction | None:
        try:
            return Fraction(self.operation(*numbers))
        except (ValueError, ZeroDivisionError, OverflowError):
            return None


def _compiled(patterns: Iterable[tuple[str, operations.Operation]]) -> list[_Rule]:
    return [
        _Rule(
            re.compile(
                pattern.replace("of N", "of(?: the| an?)? N")
                .replace("N", _NUMBER)
                .replace(" ", r"\s"),
                re.IGNORECASE,
            ),
            operation,
        )
        for pattern, operation in patterns
    ]


_RULES = {
    "en": _compiled([*rules.ENGLISH, *rules.CHINESE]),
    "de": _compiled(rules.GERMAN),
    "fr": _compiled(rules.FRENCH),
    "es": _compiled(rules.SPANISH),
}


def described(text: str, known: str = "") -> set[Fraction]:
    """Numbers that the text describes.

    known: what the reader knows already; what follows from its numbers alone is a method, no news.
    """
    search = _searched(text)
    if not search.descriptions:
        return set(search.facts)
    told_numbers = set(_numbers_of(known))
    news, told = set(search.facts), set[Fraction]()
    for description in search.descriptions:
        if description.is_method and description.numbers <= told_numbers:
            told.add(description.value)
            told_numbers.add(abs(description.value))
        else:
            news.add(description.value)
    return news - told


@lru_cache(maxsize=64)  # of a problem, which is asked for each of its hints
def _numbers_of(known: str) -> frozenset[Fraction]:
    return frozenset(map(Fraction, re.findall(r"\d+(?:\.\d+)?", folded(known))))


@lru_cache(maxsize=512)  # a hint is often the same in all variants of its problem
def _searched(text: str) -> _Search:
    search = _Search()
    for language, reading in _readings(text):
        search.look_through(reading, _RULES[language])
    return search


@dataclass(frozen=True)
class _Description:
    """value: what comes out of the numbers, whose signs are left out.

    is_method: what comes out is no news to who knows the numbers.
    """

    value: Fraction
    numbers: frozenset[Fraction]
    is_method: bool


@dataclass
class _Search:
    """facts: numbers that everybody knows. descriptions: in the order in which they were met."""

    facts: set[Fraction] = field(default_factory=set)
    descriptions: list[_Description] = field(default_factory=list)

    def look_through(self, text: str, rules_of_language: list[_Rule]) -> None:
        named, facts = with_facts(text)
        self.facts |= facts
        for reading in dict.fromkeys([text, named]):
            self._look_deeper(reading, rules_of_language)

    def _look_deeper(self, text: str, rules_of_language: list[_Rule]) -> None:
        for _ in range(_DEPTH):
            former = text
            has_digits = _DIGIT.search(former) is not None
            for rule in rules_of_language:
                if rule.pattern.groups and not has_digits:
                    continue
                matches = list(rule.pattern.finditer(former))
                for match in matches:
                    self._value(rule, match)
                if matches or text != former:
                    text = rule.pattern.sub(partial(self._rewritten, rule), text)
            if text == former:
                break

    def _rewritten(self, rule: _Rule, match: re.Match[str]) -> str:
        value = self._value(rule, match)
        return match[0] if value is None else str(value)

    def _value(self, rule: _Rule, match: re.Match[str]) -> Fraction | None:
        numbers = [Fraction(digits) for digits in match.groups() if digits]
        value = rule.value(numbers)
        if value is None:
            return None
        is_method = len(numbers) > 1 or rule.operation in operations.METHODS
        self.descriptions.append(_Description(value, frozenset(map(abs, numbers)), is_method))
        return value


def _readings(text: str) -> Iterator[tuple[str, str]]:
    """The text as it is, and with number words as digits: six and seven as two numbers."""
    apart = "".join(map(folded, re.split(r"(\band\b)", text)))
    for reading in dict.fromkeys([text, folded(text), apart]):
        yield "en", re.sub(" {2,}", " ", reading)
    for language, reading in zip(READ_LANGUAGES, in_digits(text), strict=True):
        yield language, reading


def in_plain_words(text: str) -> str:
    """A dozen and a half, three fourteens, 一百五 and the like in words that can be folded."""
    for pattern, count in _DOZENS:
        text = pattern.sub(count, text)
    text = _PLURALS.sub(lambda word: f" lots of {_PLURAL[word[1].lower()]}", text)
    text = _ORDINAL.sub(lambda word: f"{_ORDINALS.index(word[0].lower()) + 1}th", text)
    return _SHORT_HUNDRED.sub(
        lambda number: number[0] + {"百": "十", "千": "百", "万": "千"}[number[2]], text
    )


def folded(text: str) -> str:
    """Number words of English and Chinese as digits; 的 and signs stay words."""
    text = re.sub(
        "[零〇一二三四五六七八九十百千万亿两]+", lambda run: _folded(run[0]), in_plain_words(text)
    )
    return re.sub(r"(?:(?<!\s)\s++)?\*\s*+", " times ", fold_english(text))


def _folded(run: str) -> str:
    return "2" if run == "两" else fold_numbers(run, CHINESE_UNIT)
