"""The arithmetic and geometric progressions of a statement: listed, defined or told in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, permutations

from tutor.grading.mistakes.explanation import Question
from tutor.grading.mistakes.topics.data.number_words import all_numbers
from tutor.grading.working.knowledge.sequences import Sequence, sequence_of

MAX_NUMBERS = 4  # of a story
_NUMBER = (
    r"-?(?:\\[dt]?frac\s*\{\s*\d{1,6}\s*\}\s*\{\s*\d{1,6}\s*\}|\d{1,9}(?:\.\d{1,6})?(?:/\d{1,6})?)"
)
_GAP = r"\s?(?:[,;，、+]|\\,)\s?"
_DOTS = r"\s?[,;，、+]?\s?(?:\\l?dots|\\cdots|…|⋯|\.\.\.)"
_LISTED = re.compile(rf"({_NUMBER}(?:{_GAP}{_NUMBER}){{2,7}}){_DOTS}")
_LISTED_WITHOUT_DOTS = re.compile(rf"({_NUMBER}(?:{_GAP}{_NUMBER}){{2,7}})")
_SEQUENCE = re.compile(
    r"sequence|progression|series\b|folge|reihe\b|\bsuite|sucesión|progresión|数列", re.IGNORECASE
)
_FRACTION = re.compile(r"\\[dt]?frac\s*\{\s*(\d+)\s*\}\s*\{\s*(\d+)\s*\}")
_UNIT = r"(?:row|day|week|month|year|hour|step|floor|round|figure|layer|stage|lap|night|turn)"
_BY_STEPS = re.compile(  # 3 seats more than the row before, 5 euros more every week
    r"\bthan (?:in |on )?(?:the )?(?:\w{1,12} )?(?:before|above|below|previous|last|preceding)\b"
    r"|\bthan the (?:previous|preceding|last)\b|\bevery (?:further|next|following|new)\b"
    r"|\beach (?:further|next|following|new|additional|successive)\b"
    rf"|\b(?:more|less|fewer|further|extra) (?:\w{{1,12}} )?(?:each|every) {_UNIT}"
    r"|als (?:in der|am|im|die|der|das) (?:\w{1,12} )?(?:davor|vorher|zuvor)|jede[rsmn]? weitere"
    r"|比(?:前|上)一?\w{0,3}(?:多|少)|后一?\w{0,3}比前",
    re.IGNORECASE,
)
_TIMES_WORDS = (
    (
        re.compile(r"\bdoubl|twice as|verdoppel|doppelt|翻一?番|翻一?倍|增加一倍|两倍", re.I),
        Fraction(2),
    ),
    (re.compile(r"\btripl|three times as|verdreifach|三倍", re.I), Fraction(3)),
    (re.compile(r"\bhalv|half as|half of what|half-li|halbier|减半|半衰期", re.I), Fraction(1, 2)),
)
_FALLS = re.compile(
    r"\b(?:less|fewer|falls?|drops?|loses?|weniger)\b|比(?:前|上)一?\w{0,3}少", re.IGNORECASE
)
_RATE = re.compile(r"%|percent|Prozent|百分")


@dataclass(frozen=True, slots=True)
class KnownProgression:
    """given: the members that the statement lists, at least the first."""

    is_geometric: bool
    first: Fraction
    step: Fraction
    given: tuple[Fraction, ...]

    def member(self, number: int) -> Fraction:
        if self.is_geometric:
            return self.first * self.step ** (number - 1)
        return self.first + (number - 1) * self.step

    def sum(self, count: int) -> Fraction:
        if not self.is_geometric:
            return count * (self.first + self.member(count)) / 2
        if self.step == 1:
            return count * self.first
        return self.first * (self.step**count - 1) / (self.step - 1)


def progressions_of(question: Question) -> Iterator[KnownProgression]:
    """The surest alone, or those that the numbers of a story may mean."""
    listed = _listed(question.statement)
    if listed is not None:
        yield listed
        return
    sequence = sequence_of(question.task)
    if sequence is not None:
        yield _from_sequence(sequence)
    else:
        yield from _told(question)


def _from_sequence(sequence: Sequence) -> KnownProgression:
    is_geometric = sequence.kind == "geometric"
    return KnownProgression(is_geometric, sequence.first, sequence.step, (sequence.first,))


def _listed(text: str) -> KnownProgression | None:
    """5, 10, 20, … and 1 + 1/3 + 1/9 + …"""
    match = _LISTED.search(text)
    if match is None and _SEQUENCE.search(text):
        match = _LISTED_WITHOUT_DOTS.search(text)
    if match is None:
        return None
    plain = _FRACTION.sub(r"\1/\2", match[1])
    parts = [part.strip() for part in re.split(_GAP, plain)]
    if any(not part or part.endswith("/0") for part in parts):
        return None
    members = tuple(map(Fraction, parts))
    steps = {after - before for before, after in pairwise(members)}
    if len(steps) == 1:
        return KnownProgression(False, members[0], steps.pop(), members)
    ratios = {after / before for before, after in pairwise(members) if before}
    if len(ratios) == 1 and 0 not in members:
        return KnownProgression(True, members[0], ratios.pop(), members)
    return None


def _told(question: Question) -> Iterator[KnownProgression]:
    """14 seats in the first row, and 3 more in every further row"""
    numbers = [number for number in all_numbers(question) if number > 0]
    if question.mentions(_RATE) or not 2 <= len(numbers) <= MAX_NUMBERS:
        return
    for words, ratio in _TIMES_WORDS:
        if question.mentions(words):
            yield from (KnownProgression(True, first, ratio, (first,)) for first in numbers)
            return
    if question.mentions(_BY_STEPS):
        sign = -1 if question.mentions(_FALLS) else 1
        for first, step in permutations(numbers, 2):
            yield KnownProgression(False, first, sign * step, (first,))
