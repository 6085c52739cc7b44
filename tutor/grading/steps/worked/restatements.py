"""Finds lines that only repeat a result, such as "Answer: 42 cm²": they are as sure as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_answer
from tutor.grading.parsing.shapes import definition
from tutor.grading.parsing.tree import (
    Bracketed,
    Comparison,
    Listing,
    Logic,
    Num,
    Quantity,
    Ratio,
    Term,
    TimeOfDay,
    Unreadable,
    Value,
    Words,
    free_names,
    is_term,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.prose.final_answer import answer_candidates
from tutor.grading.solving.real_sets import Undecidable, equal_sets
from tutor.grading.solving.set_notation import describes_set, may_be_interval, real_set

MAX_RESULTS = 80  # the latest ones
MAX_COMPARED = 12  # of them with algebra
MAX_TEXT = 600  # characters of a line that repeats a result

_ANSWER = re.compile(r"\banswers?\b|\\boxed|\\fbox|答案|答\s?[:：]", re.IGNORECASE)
_CONCLUDES = re.compile(
    r"\W*(?:(?:so|thus|therefore|hence|finally|in (?:total|all|conclusion)|altogether)\b"
    r"|(?:所以|因此|故|综上|即))",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d[\d,.]*")


class Result(NamedTuple):
    """The value of a side of a claim. step: in which it was found, from 0."""

    value: Term
    is_proved: bool
    step: int


@dataclass
class Results:
    latest: list[Result] = field(default_factory=list)

    def add(self, value: Term, is_proved: bool, step: int) -> None:
        self.latest.append(Result(value, is_proved, step))
        del self.latest[:-MAX_RESULTS]

    def equal_to(self, value: Term, budget: WorkBudget) -> Result | None:
        """The latest result with this value, if possible a proved one. Raises WorkBudgetSpent."""
        number = rational_value(value)
        same = [
            result
            for result in reversed(self.latest)
            if result.value == value
            or (number is not None and rational_value(result.value) == number)
        ]
        if not same and number is None:
            names = free_names(value)
            same = [
                result
                for result in reversed(self.latest[-MAX_COMPARED:])
                if free_names(result.value) == names
                and same_value(result.value, value, budget).equal
            ]
        return next((result for result in same if result.is_proved), same[0] if same else None)


def restated_answers(step: str) -> list[Value]:
    """The readings of a line that announces an answer or a conclusion; [] for other lines."""
    step = step.strip()
    if len(step) > MAX_TEXT or not (_ANSWER.search(step) or _concludes(step)):
        return []
    texts = answer_candidates(step)
    numbers = _NUMBER.findall(step)
    texts += [numbers[0].rstrip(".,")] if len(numbers) == 1 else []
    return [value for text in texts if (value := _read(text)) is not None]


def _read(text: str) -> Value | None:
    try:
        value = read_answer(text, units=True)
    except (Unreadable, RecursionError):
        return None
    if isinstance(value, TimeOfDay):  # 10:3 may be a ratio as well
        before, _, after = text.strip().partition(":")
        is_ratio = before.isdigit() and after.isdigit()
        return Ratio((Num(Fraction(before)), Num(Fraction(after)))) if is_ratio else None
    return None if isinstance(value, Words) else value


def _concludes(step: str) -> bool:
    return bool(_CONCLUDES.match(step)) and len(_NUMBER.findall(step)) == 1


def _parts(value: Value) -> Iterator[Term]:
    """The values within a pair, a list, a set, a ratio, or x = 2 or x = 3."""
    if named := definition(value):
        yield from _parts(named[1])
    elif is_term(value):
        yield value
    elif isinstance(value, Quantity):
        yield value.amount
    elif isinstance(value, Bracketed | Listing | Ratio | Logic):
        for part in value.parts:
            yield from _parts(part)
    elif isinstance(value, Comparison) and value.op == "=":
        yield from _parts(value.right)


def repeated_results(answer: Value, results: Results, budget: WorkBudget) -> list[Result]:
    """The results that the values in an answer repeat; [] unless each of them repeats one."""
    repeated = [results.equal_to(value, budget) for value in _parts(answer)]
    return [result for result in repeated if result] if all(repeated) else []


def is_solution_set(answer: Value, statement: Value, budget: WorkBudget) -> bool:
    """Whether [2, 5) or x > 2 is what the statement says."""
    if not (may_be_interval(answer) or describes_set(answer)):
        return False
    try:
        return equal_sets(real_set(answer, budget), real_set(statement, budget), budget)
    except Undecidable:
        return False
