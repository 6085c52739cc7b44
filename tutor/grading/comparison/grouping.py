"""Which answers mean the same? Wrong answers too, which equal no key."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flint import arb, fmpq

from tutor.grading.answer_key import AnswerKey, Form, Kind
from tutor.grading.comparison.compare import AnswerComparer
from tutor.grading.comparison.keys import key_value
from tutor.grading.kinds.table import ANSWER_KINDS
from tutor.grading.numeric import operation_work
from tutor.grading.numeric.evaluate import Evaluator
from tutor.grading.numeric.intervals import BASE_BITS, Ball, Undefined, precision
from tutor.grading.parsing.answers import read_plain_answer
from tutor.grading.parsing.normalize import PlainText, normalize_text
from tutor.grading.parsing.shapes import definition
from tutor.grading.parsing.tree import (
    Call,
    Quantity,
    Term,
    Unreadable,
    Value,
    free_names,
    is_term,
    walk,
)
from tutor.grading.parsing.words import choice_letters, plain_words
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent

MAX_COMPARISON_WORK_S = 0.2
POINTS = 2
# Values are multiplied by a number that no answer contains before they are rounded. So no two ways
# to write 1/8 lie on different sides of a border between two roundings.
_STRETCH = 0.7390851332151607
_IN_ORDER = (Kind.TUPLE, Kind.INTERVAL)  # 1, 2 is another point than 2, 1
_NEGLIGIBLE = 1e-25

Fingerprint = tuple[str, ...]  # equal answers have equal fingerprints, if both have one


@dataclass(frozen=True)
class Grouping:
    """groups: indices into the list of answers; the first of each group represents it.

    is_whole: False where time ran out. The remaining answers are then grouped by their text.
    """

    groups: list[list[int]]
    is_whole: bool


def group_answers(answers: Sequence[str], key: AnswerKey, max_work_s: float = 2.0) -> Grouping:
    """Groups answers of the same meaning, in the order of their first answers.

    The key's kind and way of reading are used, never its value. Fingerprints (values at a few
    points) sort the answers into buckets; two answers are compared only within one bucket.
    """
    budget = WorkBudget(max_work_s)
    comparer = _MeaningComparer.of(key)
    groups: list[_AnswerGroup] = []
    by_text: dict[str, _AnswerGroup] = {}
    is_whole = True
    for index, text in enumerate(answers):
        group = by_text.get(text)
        if group is None:
            is_whole = is_whole and budget.left_s > 0
            answer = comparer.read(text, budget) if is_whole else _ReadAnswer(text)
            fitting = (g for g in groups if is_whole and g.takes(answer, comparer, budget))
            group = next(fitting, None)
            if group is None:
                group = _AnswerGroup(answer)
                groups.append(group)
            group.fingerprint = group.fingerprint or answer.fingerprint
            by_text[text] = group
        group.indices.append(index)
    return Grouping([group.indices for group in groups], is_whole and budget.left_s > 0)


def same_answer(
    left: str, right: str, key: AnswerKey, max_work_s: float = MAX_COMPARISON_WORK_S
) -> bool:
    """Whether two answers mean the same; False also where the work does not suffice."""
    budget = WorkBudget(max_work_s)
    comparer = _MeaningComparer.of(key)
    answers = (comparer.read(text, budget) for text in (left, right))
    return comparer.same(*answers, budget=budget)


@dataclass(frozen=True)
class _ReadAnswer:
    """value: as its kind reads it; None where the text was not read.

    fingerprint: None where only a comparison can tell whether two answers mean the same.
    """

    text: str
    value: Any = None
    fingerprint: Fingerprint | None = None


@dataclass
class _AnswerGroup:
    """fingerprint: the first that an answer of the group has.

    It keeps log x, which may equal lg x or ln x, from joining those two.
    """

    first: _ReadAnswer
    fingerprint: Fingerprint | None = None
    indices: list[int] = field(default_factory=list)

    def takes(self, answer: _ReadAnswer, comparer: _MeaningComparer, budget: WorkBudget) -> bool:
        if _differ(self.fingerprint, answer.fingerprint):
            return False
        return comparer.same(self.first, answer, budget=budget)


def _differ(left: Fingerprint | None, right: Fingerprint | None) -> bool:
    return left is not None and right is not None and left != right


@dataclass(frozen=True)
class _MeaningComparer:
    key: AnswerKey

    @classmethod
    def of(cls, key: AnswerKey) -> _MeaningComparer:
        """Compares exactly: the form or tolerance of a key does not change an answer's meaning."""
        exact = {"form": Form.ANY, "places": None, "tolerance": None, "relative": False}
        exact["ordered"] = key.ordered or key.kind in _IN_ORDER
        return cls(replace(key, **exact))  # type: ignore[arg-type]

    def read(self, text: str, budget: WorkBudget) -> _ReadAnswer:
        try:
            plain = normalize_text(text)
            budget.step(operation_work.READING * len(plain))
            if self.key.kind == Kind.CHOICE:
                return _ReadAnswer(text, fingerprint=("choice", *sorted(choice_letters(plain))))
            if self.key.kind == Kind.TEXT:
                words = plain_words(plain, self.key.ignore_case)
                return _ReadAnswer(text, fingerprint=("words", words))
            if self.key.kind in ANSWER_KINDS:
                return _ReadAnswer(text, ANSWER_KINDS[self.key.kind].read(plain, self.key))
            value = self._value(plain)
            return _ReadAnswer(text, value, _fingerprint(value, budget))
        except (Unreadable, WorkBudgetSpent, RecursionError):
            return _ReadAnswer(text, fingerprint=("text", text))

    def _value(self, text: PlainText) -> Value:
        """As the grader reads it: where a number is asked for, letters after one are a unit."""
        value = read_plain_answer(text, self.key.decimal_comma, self.key.kind == Kind.QUANTITY)
        is_numeric = self.key.kind in (Kind.NUMBER, Kind.QUANTITY)
        if is_numeric and is_term(value) and free_names(value):
            value = read_plain_answer(text, self.key.decimal_comma, units=True)
        return self._with_unit(value)

    def _with_unit(self, value: Value) -> Value:
        """A bare number with the unit of the key: 12 is 12 m, and not 12 cm."""
        if self.key.kind != Kind.QUANTITY or not is_term(value) or free_names(value):
            return value
        right = key_value(self.key)
        return Quantity(value, right.unit) if isinstance(right, Quantity) else value

    def same(self, left: _ReadAnswer, right: _ReadAnswer, *, budget: WorkBudget) -> bool:
        if left.text == right.text:
            return True
        if _differ(left.fingerprint, right.fingerprint):
            return False
        if left.value is None or right.value is None:
            return left.fingerprint is not None and left.fingerprint == right.fingerprint
        if not budget.left_s:
            return False
        try:
            with _for_one_comparison(budget) as own_budget:
                return self._same_values(left.value, right.value, own_budget)
        except (WorkBudgetSpent, Unreadable, RecursionError):
            return False

    def _same_values(self, left: Any, right: Any, budget: WorkBudget) -> bool:
        if answer_kind := ANSWER_KINDS.get(self.key.kind):
            pairs = ((left, right), (right, left))
            return left == right or all(
                answer_kind.compare(*pair, self.key, budget) for pair in pairs
            )
        comparer = AnswerComparer(self.key, budget)
        if self.key.kind == Kind.TUPLE:  # 1, 2 is the point (1, 2), whichever of them came first
            return bool(comparer.whole(left, right) or comparer.whole(right, left))
        return bool(comparer.whole(left, right))


def _for_one_comparison(budget: WorkBudget) -> WorkBudget:
    return WorkBudget(min(MAX_COMPARISON_WORK_S, budget.left_s))


def _fingerprint(value: Value, budget: WorkBudget) -> Fingerprint | None:
    """The values at a few points, rounded; None for a value that is not a plain expression."""
    pair = definition(value)
    term = pair[1] if pair else value
    if not is_term(term) or any(_has_two_meanings(part) for part in walk(term)):
        return None
    values = [_rounded(term, index, budget) for index in range(POINTS if free_names(term) else 1)]
    return tuple(values) if all(values) else None  # type: ignore[arg-type]


def _has_two_meanings(part: Value) -> bool:
    """A plain log may have the base e or ten."""
    return isinstance(part, Call) and part.name == "log" and len(part.args) == 1


def _rounded(term: Term, index: int, budget: WorkBudget) -> str | None:
    names = {name: _point(name, index) for name in free_names(term)}
    try:
        with precision(BASE_BITS), _for_one_comparison(budget) as own_budget:
            evaluator = Evaluator(names, own_budget, real=True)
            return _as_text(evaluator.value(term))
    except (Undefined, OverflowError, WorkBudgetSpent):
        return None


def _point(name: str, index: int) -> arb:
    """A positive number, the same for a variable in every expression."""
    dice = random.Random(f"{name}/{index}")  # noqa: S311 - repeatable, not secret
    return arb(fmpq(dice.randrange(101, 700) * 2 + 1, 128))


def _as_text(value: Ball) -> str | None:
    if not isinstance(value, arb) or (value.rel_accuracy_bits() < 50 and not value.contains(0)):
        return None
    number = float(value.mid())
    if abs(number) < _NEGLIGIBLE:
        return "0" if value.contains(0) or number == 0 else None
    return f"{number * _STRETCH:.9e}" if abs(number) < 1e300 else None
