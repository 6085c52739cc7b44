"""The right probability of a problem, and the numbers from which it is calculated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from tutor.grading.mistakes.explanation import Question, is_right_number
from tutor.grading.mistakes.names import MistakeName
from tutor.grading.mistakes.topics.data.number_words import all_numbers, whole_numbers
from tutor.grading.mistakes.topics.percents import rates_in
from tutor.grading.processes.once import cached_property

MAX_NUMBERS = 8
AT_LEAST = re.compile(
    r"at least|no fewer|mindestens|wenigstens|au moins|al menos|por lo menos|至少|不少于",
    re.IGNORECASE,
)
Pairs = Iterator[tuple[Fraction, MistakeName]]


@dataclass(frozen=True)
class ChanceFinder:
    """scale: 100 where the answer is a number of percent."""

    question: Question
    scale: Fraction

    @cached_property
    def numbers(self) -> tuple[Fraction, ...]:
        """All numbers of the statement, those in words too."""
        return all_numbers(self.question)

    @cached_property
    def counts(self) -> tuple[int, ...]:
        """The positive whole ones, each of them once."""
        return whole_numbers(self.question)[:MAX_NUMBERS]

    @cached_property
    def chances(self) -> tuple[Fraction, ...]:
        """The probabilities that the statement gives, also as percentages."""
        stated = [number for number in self.question.numbers if 0 < number < 1]
        rates = [rate for rate in rates_in(self.question.statement) if 0 < rate < 1]
        return tuple(dict.fromkeys([*stated, *rates]))[:MAX_NUMBERS]

    def is_right(self, chance: Fraction) -> bool:
        return 0 < chance < 1 and is_right_number(self.question, chance * self.scale)

    def mentions(self, words: re.Pattern[str]) -> bool:
        return self.question.mentions(words)
