"""The equation of a circle with a given centre and radius."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.grading.parsing.tree import Add, Comparison, Pow, Sym, Term
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move
from tutor.grading.solver.step import Position, Step
from tutor.grading.solver.term_builder import TWO, number, total
from tutor.grading.solver.topics.word_problems.story import WordProblem
from tutor.grading.solver.topics.written_lines import written_lines
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.geometry import FIGURES
from tutor.grading.working.knowledge.lines import points_in

_CENTRE = words(r"cent(?:re|er)|mittelpunkt\w?|centro", "圆心")
_EQUATION = words(r"equations?|gleichung\w?|équations?|ecuaci\w{1,5}", "方程")


def find_circle(position: Position) -> Iterator[Step]:
    """(x - 2)² + (y + 1)² = 3², then 9 on the right."""
    story = WordProblem.of(position.goal.task)
    radii = [q.number for q in story.quantities if q.concept == "radius"]
    points = points_in(position.goal.task.text)
    is_asked = all(map(story.mentions, (_CENTRE, _EQUATION, FIGURES["circle"])))
    if not is_asked or len(radii) != 1 or len(points) != 1:
        return
    lines = written_lines(position)
    left = Add(tuple(map(_square, ("x", "y"), points[0])))
    radius = number(radii[0])
    start = Comparison("=", left, Pow(radius, TWO))
    if not lines:
        yield Step(start, Move(MoveName.PUT_INTO_FORMULA))
    elif lines[-1] == start:
        line = Comparison("=", left, number(radii[0] ** 2))
        yield Step(line, Move(MoveName.POWER))


def _square(name: str, middle: Fraction) -> Term:
    """(x - 2)², (y + 1)² and x²"""
    return Pow(total([Sym(name), number(-middle)]), TWO)
