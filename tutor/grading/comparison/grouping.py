"""Which answers say the same? Wrong ones too, where there is no key to compare them with."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from flint import arb, fmpq

from tutor.grading.answer_key import AnswerKey, Form, Kind
from tutor.grading.comparison.compare import AnswerComparer
from tutor.grading.numeric.evaluate import Evaluator
from tutor.grading.numeric.intervals import BASE_BITS, Ball, Undefined, precision
from tutor.grading.parsing.answers import read_plain_answer
from tutor.grading.parsing.normalize import PlainText, normalize_text
from tutor.grading.parsing.shapes import definition
from tutor.grading.parsing.tree import Call, Term, Unreadable, Value, free_names, is_term, walk
from tutor.grading.parsing.words import choice_letters, plain_words
from tutor.grading.processes.deadline import Deadline, DeadlinePassed

EACH_S = 0.2  # of one comparison
POINTS = 2
# Stretches what is rounded by a number that no answer holds: no two ways to write 1/8 then lie
# on different sides of a border between two roundings.
_STRETCH = 0.7390851332151607
_NOTHING = 1e-25

Mark = tuple[str, ...]  # equal answers have equal ones, unless one of them has none


@dataclass(frozen=True)
class Grouping:
    """groups: places in the list of answers, each group's first one to stand for it.

    is_whole: False where the time was up; what was left makes groups by its letters then.
    """

    groups: list[list[int]]
    is_whole: bool


def group_answers(answers: Sequence[str], key: AnswerKey, within_s: float = 2.0) -> Grouping:
    """Answers of one meaning together, in the order in which the first of each comes.

    Of `key` only its kind and its way of reading are used, never its value. The values at a few
    points sort the answers into buckets; only within a bucket is one compared with another.
    """
    deadline = Deadline.within(within_s)
    reading = _Reading.of(key)
    found: list[_Group] = []
    by_text: dict[str, _Group] = {}
    is_whole = True
    for place, answer in enumerate(answers):
        group = by_text.get(answer)
        if group is None:
            is_whole = is_whole and deadline.left_s > 0
            read = reading.read(answer, deadline) if is_whole else _Read(answer)
            fitting = (one for one in found if is_whole and one.takes(read, reading, deadline))
            group = next(fitting, None)
            if group is None:
                group = _Group(read)
                found.append(group)
            group.mark = group.mark or read.mark
            by_text[answer] = group
        group.places.append(place)
    return Grouping([group.places for group in found], is_whole and deadline.left_s > 0)


def same_answer(one: str, other: str, key: AnswerKey, within_s: float = EACH_S) -> bool:
    """Whether two answers say the same; False also where that cannot be found out in time."""
    deadline = Deadline.within(within_s)
    reading = _Reading.of(key)
    return reading.same(reading.read(one, deadline), reading.read(other, deadline), deadline)


@dataclass(frozen=True)
class _Read:
    """value: None for what was not read. mark: None where only a comparison can tell."""

    text: str
    value: Value | None = None
    mark: Mark | None = None


@dataclass
class _Group:
    """mark: the first that one of its answers has, so that log x does not join lg x to ln x."""

    first: _Read
    mark: Mark | None = None
    places: list[int] = field(default_factory=list)

    def takes(self, read: _Read, reading: _Reading, deadline: Deadline) -> bool:
        if self.mark is not None and read.mark is not None and self.mark != read.mark:
            return False
        return reading.same(self.first, read, deadline)


@dataclass(frozen=True)
class _Reading:
    key: AnswerKey

    @classmethod
    def of(cls, key: AnswerKey) -> _Reading:
        """Exactly: what a form or a tolerance asks for is no part of what an answer means."""
        loose = {"form": Form.ANY, "places": None, "tolerance": None, "relative": False}
        return cls(replace(key, **loose))  # type: ignore[arg-type]

    def read(self, text: str, deadline: Deadline) -> _Read:
        try:
            plain = normalize_text(text)
            if self.key.kind == Kind.CHOICE:
                return _Read(text, mark=("choice", *sorted(choice_letters(plain))))
            if self.key.kind == Kind.TEXT:
                return _Read(text, mark=("words", plain_words(plain, self.key.ignore_case)))
            value = self._value(plain)
            return _Read(text, value, _mark(value, deadline))
        except (Unreadable, DeadlinePassed, RecursionError):
            return _Read(text, mark=("text", text))

    def _value(self, text: PlainText) -> Value:
        """As the grader reads it: letters after a number are a unit where numbers are asked for."""
        value = read_plain_answer(text, self.key.decimal_comma, self.key.kind == Kind.QUANTITY)
        counted = self.key.kind in (Kind.NUMBER, Kind.QUANTITY)
        if counted and is_term(value) and free_names(value):
            return read_plain_answer(text, self.key.decimal_comma, units=True)
        return value

    def same(self, one: _Read, other: _Read, deadline: Deadline) -> bool:
        if one.text == other.text:
            return True
        if one.mark is not None and other.mark is not None and one.mark != other.mark:
            return False
        if one.value is None or other.value is None:
            return one.mark is not None and one.mark == other.mark
        if not deadline.left_s:
            return False
        each = Deadline.within(min(EACH_S, deadline.left_s))
        try:
            return AnswerComparer(self.key, each).whole(one.value, other.value).equal is True
        except (DeadlinePassed, Unreadable, RecursionError):
            return False


def _mark(value: Value, deadline: Deadline) -> Mark | None:
    """Its values at a few points, rounded; None for what is no plain expression."""
    named = definition(value)
    term = named[1] if named else value
    if not is_term(term) or any(_has_two_meanings(part) for part in walk(term)):
        return None
    values = [_rounded(term, index, deadline) for index in range(POINTS if free_names(term) else 1)]
    return tuple(values) if all(values) else None  # type: ignore[arg-type]


def _has_two_meanings(part: Value) -> bool:
    """A plain log may be to base e or ten."""
    return isinstance(part, Call) and part.name == "log" and len(part.args) == 1


def _rounded(term: Term, index: int, deadline: Deadline) -> str | None:
    names = {name: _point(name, index) for name in free_names(term)}
    each = Deadline.within(min(EACH_S, deadline.left_s))
    try:
        with precision(BASE_BITS):
            value = Evaluator(names, each, real=True).value(term)
            return _as_text(value)
    except (Undefined, OverflowError, DeadlinePassed):
        return None


def _point(name: str, index: int) -> arb:
    """A positive number, the same for a letter in whatever expression it stands."""
    dice = random.Random(f"{name}/{index}")  # noqa: S311 - repeatable, not secret
    return arb(fmpq(dice.randrange(101, 700) * 2 + 1, 128))


def _as_text(value: Ball) -> str | None:
    if not isinstance(value, arb) or (value.rel_accuracy_bits() < 50 and not value.contains(0)):
        return None
    number = float(value.mid())
    if abs(number) < _NOTHING:
        return "0" if value.contains(0) or number == 0 else None
    return f"{number * _STRETCH:.9e}" if abs(number) < 1e300 else None
