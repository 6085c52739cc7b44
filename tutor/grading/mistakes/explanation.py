"""A problem with its key, the wrong answers that usual mistakes make of it, and an explanation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import Any, Self

from flint import arb

from tutor.grading.answer_key import AnswerKey, Form
from tutor.grading.comparison.keys import key_value
from tutor.grading.mistakes.names import MistakeName
from tutor.grading.mistakes.real_values import decimal_places, half_unit, real_number
from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.intervals import BASE_BITS, precision
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.shapes import definition
from tutor.grading.parsing.tree import Matrix, Quantity, Term, Value, free_names, is_term
from tutor.grading.processes.once import cached_property
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent, charge
from tutor.grading.working.task import MAX_LENGTH, Task, read_task

_EXACT = arb(2) ** -90  # two numbers of a problem that differ by less are equal
MAX_NUMBERS = 40  # of a statement; the rest is ignored
COMPARISON = 5  # microseconds of work, of two numbers
MAX_WORK_S = 0.02  # of one comparison with the right answer
_DECIMAL_COMMA = re.compile(r"(?<=\d)(?:,|\{,\})(?=\d)")
# 0{,}125 and 2{,}75 are no thousands, however the key writes its decimals.
_BRACED_COMMA = re.compile(r"(?<=(?<!\d)0)\{,\}(?=\d)|(?<=\d)\{,\}(?=\d{1,2}(?!\d))")
# 7,50 € and P = 0,3 in a text whose key has decimal points.
_COMMA_BEFORE_UNIT = re.compile(
    r"(?<=\d),(?=\d{1,2}\s?(?:€|[Ee]uros?\b|k?g\b|[ckdm]?m\b|[lLh]\b|%|\\%|元))|(?<== 0),(?=\d)"
)
_NUMBER = re.compile(
    r"\\[dt]?frac\s*\{\s*(\d{1,9})\s*\}\s*\{\s*(\d{1,9})\s*\}"
    r"|(?<![\d.A-Za-z_^])(\d{1,3}(?:,\d{3})++(?![\d.])|\d{1,15}(?:\.\d{1,9})?)"
)
_INSTRUCTIONS = re.compile(
    r"\\?\(?\s{0,3}+\d{1,2}\s{0,3}+\\?\)?\s{0,3}+(?:decimal|significant|places|Nachkomma|Dezimal|Stellen|décimale"
    r"|chiffres|decimales|cifras|位小数|位有效)[^.。]{0,60}",
    re.I,
)


@dataclass(frozen=True)
class Question:
    """A problem with its key.

    statement: with decimal points, also where the key has decimal commas.
    right: the key's value, read.
    """

    statement: str
    key: AnswerKey
    right: Value

    @classmethod
    def of(cls, statement: str, key: AnswerKey) -> Question:
        """Raises Unreadable where the key cannot be read."""
        text = _BRACED_COMMA.sub(".", statement[:MAX_LENGTH])
        text = _COMMA_BEFORE_UNIT.sub(".", text)
        text = _DECIMAL_COMMA.sub(".", text) if key.decimal_comma else text
        return cls(text, key, key_value(key))

    @cached_property
    def task(self) -> Task:
        """What the statement gives."""
        return read_task(self.statement)

    @cached_property
    def numbers(self) -> tuple[Fraction, ...]:
        """The numbers in the statement, in their order, fractions too; not of its instructions."""
        text = _INSTRUCTIONS.sub(" ", self.statement)
        return tuple(
            Fraction(int(match[1]), int(match[2]) or 1)
            if match[1]
            else Fraction(match[3].replace(",", ""))
            for match in islice(_NUMBER.finditer(text), MAX_NUMBERS)
        )

    @cached_property
    def number(self) -> Fraction | None:
        """The right number, where it is rational."""
        return None if self.amount is None else rational_value(self.amount)

    @cached_property
    def amount(self) -> Term | None:
        """The right number or term, without a name and a unit; None for other answers."""
        return bare_term(self.right)

    def is_right(self, term: Term) -> bool:
        """Whether the term comes to the right answer, perhaps rounded as the key asks."""
        if self.amount is None or free_names(term) != free_names(self.amount):
            return False
        with suppress(WorkBudgetSpent), WorkBudget(MAX_WORK_S) as budget:
            value = real_number(term, budget)
            if value is not None and self._right_number is not None:
                return self._is_right_number(value)
            return same_value(self.amount, term, budget).equal is True
        return False

    @cached_property
    def _right_number(self) -> arb | None:
        with WorkBudget(MAX_WORK_S) as budget:
            return real_number(self.amount, budget)

    def _is_right_number(self, value: arb) -> bool:
        right = self._right_number
        assert right is not None  # noqa: S101 - `is_right` asks
        with precision(BASE_BITS):
            gap = abs(right - value)
            if places := decimal_places(self.amount):
                return bool(gap <= half_unit(places))
            return bool(gap <= abs(right) * _EXACT)

    def mentions(self, words: re.Pattern[str]) -> bool:
        return bool(words.search(self.statement))


def bare_term(value: Value) -> Term | None:
    """The 4 in x = 4 and in 4 cm; None for a value that is not one term."""
    pair = definition(value)
    bare = pair[1] if pair else value
    bare = bare.amount if isinstance(bare, Quantity) else bare
    return bare if is_term(bare) and not isinstance(bare, Matrix) else None


def is_right_number(question: Question, value: Fraction) -> bool:
    """Whether the right number is this value, perhaps rounded as the key asks."""
    charge(COMPARISON)
    right = question.number
    if right is None:
        return False
    if question.key.tolerance is not None:
        return abs(right - value) <= Fraction(question.key.tolerance)
    if question.key.places is None and right.denominator not in _DECIMAL_DENOMINATORS:
        return right == value
    places = question.key.places
    if places is None or question.key.form != Form.DECIMAL_PLACES:
        places = _DECIMAL_DENOMINATORS.get(right.denominator, 0)
    return right == value or (places > 0 and abs(right - value) <= Fraction(1, 2 * 10**places))


# 0.05 has two decimals; a whole number is exact.
_DECIMAL_DENOMINATORS = {
    2**twos * 5**fives: max(twos, fives) for twos in range(8) for fives in range(8)
}


@dataclass(frozen=True, slots=True)
class MistakenAnswer:
    """What comes out of the problem by one usual mistake.

    value: as the key's; of a quantity also the bare number, in the key's unit.
    """

    value: Value
    name: MistakeName


MistakeSource = Callable[[Question], Iterator[MistakenAnswer]]  # the surest first


@dataclass(frozen=True, slots=True)
class Explanation:
    """What probably went wrong: a name alone, so that no explanation can contain the answer."""

    name: MistakeName

    def to_dict(self) -> dict[str, Any]:
        return {"name": self.name}

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any]) -> Self:
        """Raises KeyError, TypeError or ValueError for anything but its `to_dict`."""
        return cls(MistakeName(fields["name"]))
