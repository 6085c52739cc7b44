"""Figures whose lengths have names: sides AB of a right-angled triangle, heights on a side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from tutor.grading.parsing.tree import Add, Div, Mul, Neg, Pow, Sym, Term
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.step import Position, Step
from tutor.grading.solver.term_builder import TWO, square_root
from tutor.grading.solver.topics.word_problems.plan import (
    Waypoint,
    answer,
    decimal,
    equation,
    follow,
)
from tutor.grading.solver.topics.word_problems.story import WordProblem
from tutor.grading.solver.topics.word_problems.triangle_problems import (
    RIGHT_ANGLE_AT,
    positive_root,
)
from tutor.grading.working.knowledge.formulas import words

_NUMBER = r"(\d{1,5}(?:\.\d{1,4})?)"
_SIDE = re.compile(
    rf"(?<![A-Za-z\\])([A-Z]{{2}})\s*(?:=|is|are|has|ist|长(?:为|是)?|的长(?:为|是)?)\s*{_NUMBER}\s*([a-z]{{1,2}})?"
)
_SOUGHT = re.compile(
    r"(?:how long is|find|calculate|length of|what is|wie lang ist|求)\s{1,4}(?:the\s{1,4})?"
    r"(?:(?:side|length of)\s{1,4})?([A-Z]{2})(?![A-Za-z])"
    r"|([A-Z]{2})\s{0,3}的?长?(?:是|为)?\s{0,3}多少",
    re.IGNORECASE,
)
_PARALLELOGRAM = words(r"parallelograms?|parallelogramms?|paralelogramo", "平行四边形")
_TRIANGLE = words(r"triangles?|dreiecks?|triángulo", "三角形|△|\\\\triangle")
_TRAPEZIUM = words(r"trapezium|trapezoid|trapez\w{0,2}|trapèze|trapecio", "梯形")
_AREA = words(r"area|flächeninhalt|fläche|aire|área", "面积")
_HEIGHT_ON = re.compile(
    rf"height (?:on|to|over) (?:the |this )?side (?:of|with the length)\s+{_NUMBER}"
    rf"\s*[a-z]{{1,2}}\s+is\s+{_NUMBER}"
    rf"|{_NUMBER}\s*[a-z]{{1,2}}\s*长?的?边上的高(?:是|为)\s*{_NUMBER}",
    re.IGNORECASE,
)
_TRAPEZIUM_SOUGHT = words(
    r"(?:how long is|find) the (?:other|second|longer|shorter) (?:of the )?parallel sides?",
    "[上下]底(?:是|长)?多少",
)


def apply_pythagoras_by_names(position: Position) -> Iterator[Step]:
    """AC² + 6² = 10² for AB = 10 and BC = 6, with the right angle at C."""
    text = WordProblem.of(position.goal.task).text
    corner, sought = RIGHT_ANGLE_AT.search(text), _SOUGHT.search(text)
    sides = {frozenset(name): Fraction(length) for name, length, _ in _SIDE.findall(text)}
    if corner is None or sought is None or len(sides) != 2:
        return
    corner_name = next(filter(None, corner.groups()))
    wanted = frozenset(sought[1] or sought[2])
    if wanted in sides or len(wanted | frozenset().union(*sides)) != 3:
        return
    waypoint = _pythagoras(wanted, sides, corner_name)
    if waypoint is not None:
        yield from positive_root(position)
        yield from follow([waypoint], position)


def _pythagoras(
    wanted: frozenset[str], sides: dict[frozenset[str], Fraction], corner: str
) -> Waypoint | None:
    squares = {name: Pow(decimal(length), TWO) for name, length in sides.items()}
    move = MoveName.APPLY_PYTHAGORAS
    if corner not in wanted:
        total = Add(tuple(squares.values()))
        return equation(Pow(Sym("c"), TWO), total, "c", square_root(total), move)
    hypotenuse = next((name for name in sides if corner not in name), None)
    legs = [name for name in sides if corner in name]
    if hypotenuse is None or len(legs) != 1 or sides[legs[0]] >= sides[hypotenuse]:
        return None
    left = Add((Pow(Sym("x"), TWO), squares[legs[0]]))
    value = square_root(Add((squares[hypotenuse], Neg(squares[legs[0]]))))
    return equation(left, squares[hypotenuse], "x", value, move)


def measure_by_height(position: Position) -> Iterator[Step]:
    """11·4 for a parallelogram with the height 4 on its side of 11."""
    story = WordProblem.of(position.goal.task)
    match = _HEIGHT_ON.search(story.text)
    if match is None or not story.mentions(_AREA):
        return
    side, height = (Fraction(part) for part in match.groups() if part)
    term: Term = Mul((decimal(side), decimal(height)))
    if story.mentions(_PARALLELOGRAM):
        yield from follow([answer(term, MoveName.PUT_INTO_FORMULA, name="A")], position)
    elif story.mentions(_TRIANGLE):
        yield from follow([answer(Div(term, TWO), MoveName.PUT_INTO_FORMULA, name="A")], position)


def find_parallel_side(position: Position) -> Iterator[Step]:
    """5(4 + x)/2 = 35 for a trapezium of 35 cm², 5 cm high, with a side of 4 cm."""
    story = WordProblem.of(position.goal.task)
    areas = [q for q in story.quantities if q.unit.dimension == (("m", 2),)]
    lengths = [q for q in story.quantities if q.unit.dimension == (("m", 1),)]
    if not story.mentions(_TRAPEZIUM) or not story.mentions(_TRAPEZIUM_SOUGHT):
        return
    if len(areas) != 1 or len(lengths) != 2 or len(story.quantities) != 3:
        return
    if areas[0].unit.factor != lengths[0].unit.factor ** 2:
        return
    heights = [q for q in lengths if q.concept == "height"]
    if len(heights) != 1:
        return
    [side] = [q for q in lengths if q is not heights[0]]
    total = Add((decimal(side.number), Sym("x")))
    left = Div(Mul((decimal(heights[0].number), total)), TWO)
    value = 2 * areas[0].number / heights[0].number - side.number
    if value > 0:
        right = decimal(areas[0].number)
        line = equation(left, right, "x", decimal(value), MoveName.SET_UP_EQUATION)
        yield from follow([line], position)
