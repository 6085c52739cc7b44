"""Angles: of right-angled triangles, of three sides, and by the sum of the angles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from tutor.grading.parsing.tree import Add, Call, Comparison, Div, Neg, Sym, free_names
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move
from tutor.grading.solver.step import Position, Step
from tutor.grading.solver.term_builder import number
from tutor.grading.solver.topics.word_problems.plan import (
    answer,
    decimal,
    equation,
    follow,
    formula,
)
from tutor.grading.solver.topics.word_problems.ratio_problems import RATIO, shares
from tutor.grading.solver.topics.word_problems.story import WordProblem
from tutor.grading.solver.topics.word_problems.triangle_problems import (
    ASKS_ANGLE,
    RATIO_MOVES,
    SIDE_WORDS,
    Quantities,
    side_of,
)
from tutor.grading.solver.topics.written_lines import written_lines
from tutor.grading.working.knowledge.triangles.angle_sums import (
    ANGLES,
    angle_sum_in,
    angle_terms_in,
)
from tutor.grading.working.knowledge.triangles.right_angled import RIGHT_ANGLED
from tutor.grading.working.quantities.stated import StatedQuantity

_RATIOS = {
    "sin": ("opposite", "hypotenuse"),
    "cos": ("adjacent", "hypotenuse"),
    "tan": ("opposite", "adjacent"),
}
_ASKED_ANGLE = re.compile(r"(?:angle|winkel|ángulo|∠|角)\s?\\?\(?\s?([A-C]|alpha|beta|gamma|α|β|γ)")


def find_angle(position: Position) -> Iterator[Step]:
    """sin(α) = 5/13, and cos(A) = (5² + 7² - 8²)/(2·5·7)."""
    story = WordProblem.of(position.goal.task)
    if not story.mentions(ASKS_ANGLE) or any(q.sign == "°" for q in story.quantities):
        return
    sides = {q.name: q for q in story.amounts if q.name in ("a", "b", "c")}
    asked = _ASKED_ANGLE.search(story.text)
    if len(sides) == len(story.quantities) == 3 and asked:
        yield from _cosine_of_angle(position, side_of(asked[1]), sides)
    elif len(story.amounts) == len(story.quantities) == 2 and story.mentions(RIGHT_ANGLED):
        first, second = story.amounts
        pair = frozenset([_named_side(story, first), _named_side(story, second)])
        for function, (top, bottom) in _RATIOS.items():
            if pair == {top, bottom}:
                above, below = sorted(story.amounts, key=lambda q: _named_side(story, q) != top)
                ratio = Div(decimal(above.number), decimal(below.number))
                title = Call(function, (Sym("alpha"),))
                line = Comparison("=", title, ratio)
                if not written_lines(position):
                    yield Step(line, Move(RATIO_MOVES[function]))


def _cosine_of_angle(position: Position, angle: str, sides: Quantities) -> Iterator[Step]:
    """The cosine rule, solved for the cosine."""
    if angle not in sides or written_lines(position):
        return
    others = [decimal(sides[name].number) for name in sorted(sides) if name != angle]
    right = formula(
        "(b^2+c^2-a^2)/(2*b*c)", a=decimal(sides[angle].number), b=others[0], c=others[1]
    )
    line = Comparison("=", Call("cos", (Sym(angle.upper()),)), right)
    yield Step(line, Move(MoveName.USE_COSINE_RULE))


def _named_side(story: WordProblem, length: StatedQuantity) -> str:
    """The word for a side that stands nearest to the length, before it if possible."""
    near = [
        (length.start - match.end() if match.end() <= length.start else 100 + match.start(), side)
        for side, pattern in SIDE_WORDS
        for match in pattern.finditer(story.text)
    ]
    return min(near)[1] if near else ""


def add_angles(position: Position) -> Iterator[Step]:
    """180 - 50 - 70, and x + 2x + 3x = 180."""
    task = position.goal.task
    story = WordProblem.of(task)
    whole = angle_sum_in(story.text)
    if whole is not None and (ratio := RATIO.search(story.text)) and story.mentions(ANGLES):
        parts = [Fraction(part) for part in ratio[1].split(":")]
        if len(parts) == whole // 180 + 2 and 0 not in parts:
            yield from follow(shares(story, Fraction(whole), parts), position)
        return
    if whole is None or not story.mentions(ANGLES):
        return
    corners = whole // 180 + 2
    known = [decimal(q.number) for q in story.quantities if q.sign == "°"]
    if len(known) == corners - 1 and not story.amounts:
        term = Add((number(whole), *(Neg(angle) for angle in known)))
        yield from follow([answer(term, MoveName.SUBTRACT_FROM_ANGLE_SUM, name="x")], position)
        return
    terms = angle_terms_in(task)
    names = frozenset[str]().union(*map(free_names, terms))
    if len(terms) == corners and len(names) == 1:
        [name] = names
        line = equation(Add(tuple(terms)), number(whole), name, None, MoveName.SET_UP_EQUATION)
        yield from follow([line], position)
