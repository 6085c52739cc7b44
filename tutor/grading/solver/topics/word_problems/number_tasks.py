"""Numbers to round, ratios to simplify, and events that happen together again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from math import gcd

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.tree import (
    Call,
    Div,
    Num,
    Pow,
    Quantity,
    Ratio,
    Term,
    Unreadable,
    is_term,
)
from tutor.grading.prose.formulas import find_formulas
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move
from tutor.grading.solver.step import Position, Step
from tutor.grading.solver.term_builder import TWO, number
from tutor.grading.solver.topics.word_problems.plan import answer, decimal, follow
from tutor.grading.solver.topics.word_problems.story import WordProblem
from tutor.grading.solver.topics.written_lines import written_lines
from tutor.grading.steps.asked_rounding import rounding_asked
from tutor.grading.working.knowledge.formulas import words

_MARKUP = re.compile(r"\\[()]|\$")
_ROUNDS = re.compile(
    r"(?:^|[.!?]\s{1,3})\s{0,3}(?:round|runde|arrondi[rs]|redondea)\b|四舍五入", re.IGNORECASE
)
_NUMBER = re.compile(r"(?<![\d.,])\d{1,12}\.\d{1,12}(?![\d.])")
_TOGETHER = words(r"together|at the same time|gleichzeitig|zugleich|gemeinsam", "同时")
_EVERY = words(r"every\s+\d|alle\s+\d", r"每隔?\s*\d")
_NEXT = words(r"next|again|wieder", "下一次|再次|再")
_RATIO_OF = re.compile(r"ratio of (?:the )?(\w{2,20}) to (?:the )?(\w{2,20})\?", re.IGNORECASE)
_SIMPLEST = words(
    r"simplify|simplest|lowest terms|as small as possible|kürze|vereinfache|simplifi\w{1,4}",
    "化简|化成最简|最简",
)
_SIMILAR_AREAS = re.compile(
    r"similar.{1,300}ratio of the area of the first to the area of the second", re.IGNORECASE
)
_CLOCK = re.compile(r"(?<![\d:])(\d{1,2}):(\d\d)(?![\d:])")
_HOW_LONG = words(r"how long (?:does|did|is|was)|wie lange", "多长时间|多久")
_IN_MINUTES = words(r"in minutes|in minuten", "以分钟?为单位|多少分钟")
_DAY = 24 * 60


def round_number(position: Position) -> Iterator[Step]:
    text = _MARKUP.sub("", position.goal.task.text)
    numbers = _NUMBER.findall(text)
    if written_lines(position) or len(numbers) != 1 or not _ROUNDS.search(text):
        return
    rounding = rounding_asked(text)
    value = None if rounding is None else rounding.rounded(Num(Fraction(numbers[0]), numbers[0]))
    if value is not None:
        yield Step(value, Move(MoveName.ROUND))


def meet_again(position: Position) -> Iterator[Step]:
    """lcm(12, 18)"""
    story = WordProblem.of(position.goal.task)
    is_asked = all(map(story.mentions, (_TOGETHER, _NEXT)))
    if not is_asked or len(_EVERY.findall(story.text)) != 2:
        return
    values = [quantity.number for quantity in story.counted]
    units = {quantity.unit for quantity in story.counted}
    if len(values) != 2 or len(units) != 1 or any(value.denominator != 1 for value in values):
        return
    multiple = Call("lcm", tuple(map(number, values)))
    yield from follow([answer(multiple, MoveName.FIND_COMMON_MULTIPLE)], position)


def simplify_ratio(position: Position) -> Iterator[Step]:
    """18 : 24, then 3 : 4."""
    ratio = _ratio(position)
    lines = written_lines(position)
    if ratio is None or len(lines) > 1:
        return
    values = [rational_value(part) for part in ratio.parts]
    if any(value is None or value <= 0 for value in values):
        return
    first, second = (value for value in values if value is not None)
    is_written = bool(lines) and _value_of(lines[-1]) == first / second
    if not lines and not _is_stated(position, ratio):
        yield Step(ratio, Move(MoveName.PUT_INTO_FORMULA))
    elif not lines or is_written:
        simplest = Ratio((number((first / second).numerator), number((first / second).denominator)))
        if not lines or not _is_simplest(lines[-1]):
            yield Step(simplest, Move(MoveName.CANCEL))


def _is_simplest(line: object) -> bool:
    match line:
        case Ratio((Num(first), Num(second))) | Div(Num(first), Num(second)):
            is_whole = first.denominator == second.denominator == 1
            return is_whole and gcd(first.numerator, second.numerator) == 1
    return False


def _value_of(line: object) -> Fraction | None:
    match line:
        case Ratio((first, second)) | Div(first, second):
            values = rational_value(first), rational_value(second)
            return values[0] / values[1] if values[0] and values[1] else None
    return None


def _ratio(position: Position) -> Ratio | None:
    text = position.goal.task.text
    story = WordProblem.of(position.goal.task)
    values = [quantity.number for quantity in story.counted]
    lengths = [quantity.number for quantity in story.quantities if quantity.unit.dimension]
    if len(lengths) == 2 and _SIMILAR_AREAS.search(text):
        return Ratio((Pow(number(lengths[0]), TWO), Pow(number(lengths[1]), TWO)))
    is_pair = len(values) >= 2 and len({q.unit for q in story.counted[:2]}) == 1
    if not _SIMPLEST.search(text):
        return None
    asked = _RATIO_OF.search(story.text)
    if asked and is_pair:
        ends = [
            story.text.find(name, q.end)
            for name, q in zip(asked.groups(), story.counted, strict=False)
        ]
        start = story.counted[1].start
        if 0 <= ends[0] < start <= ends[1] < asked.start():
            return Ratio((decimal(values[0]), decimal(values[1])))
        return None
    return next(iter(_stated_ratios(text)), None)


def _is_stated(position: Position, ratio: Ratio) -> bool:
    return ratio in _stated_ratios(position.goal.task.text)


def _stated_ratios(text: str) -> list[Ratio]:
    """The first formula that is a ratio of two numbers."""
    for formula, _ in find_formulas(text):
        parts = formula.text.split(":")
        if len(parts) != 2:
            continue
        try:
            terms = [read_expression(part.strip()) for part in parts]
        except (Unreadable, RecursionError):
            continue
        numbers = [term for term in terms if is_term(term) and rational_value(term)]
        if len(numbers) == 2:
            return [Ratio(tuple(numbers))]
    return []


def find_duration(position: Position) -> Iterator[Step]:
    """From 18:45 to 20:30: 105 min."""
    text = position.goal.task.text
    times = [60 * int(hours) + int(minutes) for hours, minutes in _CLOCK.findall(text)]
    if written_lines(position) or len(times) != 2 or not 0 <= times[0] < times[1] < _DAY:
        return
    if _HOW_LONG.search(text) and _IN_MINUTES.search(text):
        minutes: Term = number(times[1] - times[0])
        yield Step(Quantity(minutes, "min"), Move(MoveName.SUBTRACT))
