"""Numbers put in order, and the middle between two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_term
from tutor.grading.parsing.tree import Add, Div, Listing, Term
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move
from tutor.grading.solver.step import Position, Step
from tutor.grading.solver.term_builder import TWO, number
from tutor.grading.solver.topics.word_problems.plan import follow, intermediate
from tutor.grading.solver.topics.written_lines import written_lines
from tutor.grading.working.knowledge.formulas import words

_RISING = words(
    r"from (?:the )?(?:smallest|least|lowest|coldest) to (?:the )?(?:largest|greatest|highest"
    r"|warmest|biggest)|ascending order|aufsteigend\w{0,3}|vom kleinsten zum größten"
    r"|(?:dans l.)?ordre croissant|orden creciente|de menor a mayor",
    "从小到大",
)
_FALLING = words(
    r"from (?:the )?(?:largest|greatest|highest|warmest|biggest) to (?:the )?(?:smallest|least"
    r"|lowest|coldest)|descending order|absteigend\w{0,3}|ordre décroissant|orden decreciente"
    r"|de mayor a menor",
    "从大到小",
)
_HALFWAY = words(
    r"(?:exactly )?halfway between|in the middle between|genau in der mitte zwischen",
    "正中间",
)
_FORMULA = re.compile(r"\\\((.{1,80}?)\\\)")
MIN_NUMBERS = 3
MAX_NUMBERS = 12


def put_in_order(position: Position) -> Iterator[Step]:
    """7/8, 8/9, 15/16"""
    text = position.goal.task.text
    is_rising, is_falling = bool(_RISING.search(text)), bool(_FALLING.search(text))
    numbers = _numbers(position)
    if is_rising == is_falling or len(numbers) < MIN_NUMBERS or written_lines(position):
        return
    if len({value for value, _ in numbers}) < len(numbers):
        return
    ordered = sorted(numbers, key=lambda pair: pair[0], reverse=is_falling)
    yield Step(Listing(tuple(term for _, term in ordered)), Move(MoveName.PUT_IN_ORDER))


def find_middle(position: Position) -> Iterator[Step]:
    """(-7 + 3)/2"""
    numbers = _numbers(position)
    if len(numbers) == 2 and _HALFWAY.search(position.goal.task.text):
        whole = Add(tuple(number(value) for value, _ in numbers))
        yield from follow([intermediate(Div(whole, TWO), MoveName.FIND_MEAN)], position)


def _numbers(position: Position) -> list[tuple[Fraction, Term]]:
    """All numbers among the formulas of the statement, as they are written; none if one is not."""
    numbers: list[tuple[Fraction, Term]] = []
    for match in islice(_FORMULA.finditer(position.goal.task.text), MAX_NUMBERS):
        for part in match[1].split(","):
            term = read_term(part)
            value = None if term is None else rational_value(term)
            if term is None or value is None:
                return []
            numbers.append((value, term))
    return numbers
