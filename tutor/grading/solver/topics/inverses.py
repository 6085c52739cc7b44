"""Inverse functions: the letter that a working solves for, before or after x and y are swapped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tutor.grading.parsing.tree import Comparison, Sym, Term, Value, free_names, is_term, substitute
from tutor.grading.solver.equality import is_equal
from tutor.grading.solver.step import Position, Step, Topic
from tutor.grading.solver.topics.calculus.curve import Curve, curves_of
from tutor.grading.solver.topics.written_lines import written_lines
from tutor.grading.working.knowledge.formulas import words

INVERSE = words(
    r"inverse(?: function)?|umkehrfunktion|umkehrabbildung|réciproque|función inversa|inversa",
    r"反函数|f\s?\^\s?\{?\s?-\s?1",
)


def curve_to_invert(position: Position) -> Curve | None:
    """The function of the statement, f(x) = … before y = …"""
    if not INVERSE.search(position.goal.task.text):
        return None
    start = replace(position, current=position.goal.start, earlier=())
    curves = sorted(curves_of(start), key=lambda curve: not curve.is_called)
    return curves[0] if curves else None


def subject_of_inverse(position: Position) -> str:
    """The letter to solve for: y, where x and y are swapped already, or else x.

    Empty where the problem asks for no inverse function, or no line has both letters.
    """
    curve = curve_to_invert(position)
    lines = [line for line in written_lines(position) if free_names(line) == {"x", "y"}]
    if curve is None or not lines:
        return ""
    return "y" if _is_swapped(lines, curve) else "x"


def unless_inverse(topics: Sequence[Topic]) -> Topic:
    """These topics, but not for the equations on the way to an inverse function."""

    def steps(position: Position) -> Iterator[Step]:
        if not subject_of_inverse(position):
            for topic in topics:
                yield from topic(position)

    return steps


def _is_swapped(lines: Sequence[Value], curve: Curve) -> bool:
    """Whether x = f(y) says what the first line says, and y = f(x) does not."""
    body = curve.bodies[0]
    if free_names(body) != {curve.variable}:
        return False
    if not _holds(lines[0], "x", substitute(body, Sym(curve.variable), Sym("y"))):
        return False
    is_own = _holds(lines[0], "y", substitute(body, Sym(curve.variable), Sym("x")))
    return not is_own or _is_solved_for(lines[0], "x")


def _holds(line: Value, name: str, value: Term) -> bool:
    """Whether both sides are equal once the letter is replaced."""
    match line:
        case Comparison("=", left, right) if is_term(left) and is_term(right):
            return is_equal(*(substitute(side, Sym(name), value) for side in (left, right)))
    return False


def _is_solved_for(line: Value, name: str) -> bool:
    return isinstance(line, Comparison) and line.left == Sym(name)
