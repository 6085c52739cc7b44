"""Stories of a fixed part and a rate: 4 at the start, 3 for each kilometre, 31 in all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations

from tutor.grading.mistakes.explanation import MistakenAnswer, Question, is_right_number
from tutor.grading.mistakes.names import MistakeName
from tutor.grading.mistakes.topics.data.number_words import all_numbers
from tutor.grading.mistakes.topics.equations import Equation, linear_mistakes
from tutor.grading.parsing.tree import Add, Mul, Neg, Num, Sym, Term, free_names

_RATE = re.compile(r"%|percent|Prozent|百分|\bratio|Verhältnis|\d\s*:\s*\d|probab|\blikely|概率")
_CALCULATION = re.compile(
    r"\d\s{0,2}(?:[-+*/·×÷:=−]|\\(?:cdot|times|div))\s{0,2}\(?-?\d"
)  # 15 - 3·4
_N = MistakeName


def fixed_part_mistakes(question: Question) -> Iterator[MistakenAnswer]:
    numbers = all_numbers(question)
    if question.number is None or len(numbers) != 3 or min(numbers) <= 0:
        return
    if question.mentions(_RATE) or question.mentions(_CALCULATION) or _has_formula(question):
        return
    equations = list(_equations(numbers, question))
    if len(equations) == 1:
        yield from linear_mistakes(equations[0], question)
    totals = list(_totals(numbers, question))
    if len(totals) == 1 and not equations:
        yield from _of_total(*totals[0])


def _has_formula(question: Question) -> bool:
    task = question.task
    return any(free_names(value) for value in (*task.expressions, *task.equations))


def _equations(numbers: tuple[Fraction, ...], question: Question) -> Iterator[Equation]:
    """3x + 4 = 31 and 3x - 7 = 26, where the right answer solves them.

    The result stands behind what is subtracted.
    """
    for rate, fixed, total in permutations(numbers):
        for sign in (1, -1) if numbers.index(fixed) < numbers.index(total) else (1,):
            solution = (total - sign * fixed) / rate
            if rate != 1 and is_right_number(question, solution):
                constant: Term = Num(fixed) if sign > 0 else Neg(Num(fixed))
                left = Add((Mul((Num(rate), Sym("x"))), constant))
                yield Equation("=", left, Num(total), "x")


def _totals(
    numbers: tuple[Fraction, ...], question: Question
) -> Iterator[tuple[Fraction, Fraction, Fraction]]:
    """The fixed part, the rate and the number of times, where the right answer is the total."""
    for fixed, rate, count in permutations(numbers):
        is_product = rate <= count and 1 not in (rate, count)
        if is_product and is_right_number(question, fixed + rate * count):
            yield fixed, rate, count


def _of_total(fixed: Fraction, rate: Fraction, count: Fraction) -> Iterator[MistakenAnswer]:
    for value, name in (
        (rate * count, _N.TERM_DROPPED),
        (rate * count - fixed, _N.SUBTRACTED_INSTEAD_OF_ADDED),
        ((fixed + rate) * count, _N.ORDER_OF_OPERATIONS),
        ((fixed + count) * rate, _N.ORDER_OF_OPERATIONS),
        (fixed + rate + count, _N.ADDED_INSTEAD_OF_MULTIPLIED),
    ):
        yield MistakenAnswer(Num(value), name)
