"""Whether numbers said one after another lead to the last: 35 and 5 to the mean 7."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from itertools import permutations

from tutor.grading.sentences.answer_shapes import EQUALS, is_near, number_in

MAX_NUMBERS = 12
MAX_OF_TWO_STEPS = 4
_NUMBER = re.compile(r"(?<![\w.])\d{1,15}(?:\.\d{1,12})?(?![\w.])")
_POWERS = (2, 3)


def numbers_of(statement: str) -> list[float]:
    """A number, or those of a calculation with its result: 2, 9, 3 and 29 of a = 2 + 9·3 = 29."""
    result = number_in(EQUALS.split(statement)[-1])
    operands = [float(number[0]) for number in _NUMBER.finditer(statement)]
    if result is None or any(is_near(result, operand) for operand in operands):
        return operands
    return [*operands, result]


def leads_to(number: float, others: Sequence[float], last: float) -> bool:
    """Whether the last number comes from this one, perhaps by way of others that come from it."""
    if len(others) > MAX_NUMBERS:
        return False
    reached = [number]
    for goal in (*others, last):
        is_new = not any(is_near(goal, known) for known in reached)
        if is_new and any(_comes_from(goal, known, others) for known in reached):
            reached.append(goal)
    return any(is_near(last, known) for known in reached[1:])


def _comes_from(goal: float, number: float, others: Sequence[float]) -> bool:
    """By a root or a power, or in one or two operations with others of the numbers."""
    if number > 0 and number != 1 and is_near(goal, math.sqrt(number)):
        return True
    if 0 < number < 1 and any(is_near(goal, number**power) for power in _POWERS):
        return True  # each toss is 1/2, so 1/8
    if any(is_near(goal, result) for other in others for result in _results(number, other)):
        return True
    return len(others) <= MAX_OF_TWO_STEPS and _comes_in_two_steps(goal, number, others)


def _comes_in_two_steps(goal: float, number: float, others: Sequence[float]) -> bool:
    """23 from 2, 3 and 8 - 1."""
    return any(
        is_near(goal, result)
        for pair in permutations(others, 2)
        for a, b, c in ((number, *pair), (*pair, number))
        for between in _results(a, b)
        for result in _results(between, c)
    )


def _results(a: float, b: float) -> Iterator[float]:
    yield from (a + b, a - b, b - a, a * b, a * (b - 1))
    if a:
        yield b / a
    if b:
        yield a / b
    if 0 < a < 100 and 0 < b < 100:  # percent off, and percent more
        yield a * (1 - b / 100)
        yield a * (1 + b / 100)
