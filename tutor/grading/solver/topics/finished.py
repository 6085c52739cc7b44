"""Lines that are what a problem asks for, though they could be written in other ways."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Add,
    BigOperator,
    Call,
    Comparison,
    Div,
    Pow,
    Sym,
    Term,
    Value,
    free_names,
    has_part,
    is_term,
    walk,
)
from tutor.grading.solver.step import Position, Step, Topic
from tutor.grading.solver.sums import polynomial, summands
from tutor.grading.solver.term_builder import numeral
from tutor.grading.solver.topics.written_lines import written_lines
from tutor.grading.working.knowledge.formulas import words

_LINE = words(
    r"lines?|tangents?|normals?|gerade[n]?|tangente[n]?|normale[n]?|droites?|rectas?"
    r"|linear function|lineare funktion",
    "直线|切线|法线|一次函数",
)
_CIRCLE = words(r"circles?|kreis(?:es)?|cercles?|círculos?|circunferencia", "圆")
_VERTEX = words(
    r"vertex(?: form)?|turning point|scheitel\w{0,10}|sommet|forme canonique|vértice", "顶点"
)


def unless_finished(topics: Sequence[Topic]) -> Topic:
    """These topics, for lines that are not yet what is asked for."""

    def steps(position: Position) -> Iterator[Step]:
        if not is_finished(position):
            for topic in topics:
                yield from topic(position)

    return steps


def is_finished(position: Position) -> bool:
    lines = written_lines(position)
    text = position.goal.task.text
    if not lines:
        return "matrix}" in text  # its letters stand for no numbers
    match lines[-1]:
        case Comparison("=", Call(name, (Sym(),)), body) if is_term(body):
            return _is_finished_function(name, body) or is_vertex_form(text, body)
        case Comparison("=", Sym("y"), body) if is_term(body) and free_names(body) == {"x"}:
            is_line = bool(_LINE.search(text)) and _is_tidy(body)
            has_swapped = any(_is_solved_for_x(line) for line in lines[:-1])
            return is_line or has_swapped or is_vertex_form(text, body)
        case Comparison("=", Sym(name), body) if name.endswith("_n") and is_term(body):
            return free_names(body) == {"n"} and _is_tidy(body)
        case line:
            return _is_indefinite(line) or (bool(_CIRCLE.search(text)) and is_circle(line))


def is_circle(line: Value) -> bool:
    """(x - 2)² + (y + 1)² = 9, with its number worked out."""
    match line:
        case Comparison("=", Add((Pow(), Pow())) as left, right) if is_term(right):
            return free_names(left) == {"x", "y"} and numeral(right) is not None
    return False


def _is_solved_for_x(line: Value) -> bool:
    """x = (y - 6)/2, before the letters of an inverse function are swapped."""
    match line:
        case Comparison("=", Sym("x"), right):
            return free_names(right) == {"y"}
    return False


def _is_finished_function(name: str, body: Term) -> bool:
    """f'(x) = 15(3x - 1)^4 and F(x) = x³/3, but not a fraction with brackets in it."""
    if len(name) == 1 and name.isupper():
        return True
    return "'" in name and not isinstance(body, Div) and any(map(_is_power_of_sum, walk(body)))


def _is_power_of_sum(part: Value) -> bool:
    match part:
        case Pow(Add(), exponent):
            return rational_value(exponent) is not None
    return False


def _is_indefinite(line: Value) -> bool:
    """x³ + C"""
    right = line.right if isinstance(line, Comparison) else line
    parts = right.parts if isinstance(right, Add) else ()
    return Sym("C") in parts and not has_part(right, BigOperator)


def _is_tidy(body: Term) -> bool:
    return not any(isinstance(part, Add) and part is not body for part in walk(body)) and len(
        summands(body)
    ) == len(polynomial(body))


def is_vertex_form(text: str, body: Term) -> bool:
    """2(x - 3)² - 4"""
    if not _VERTEX.search(text):
        return False
    squares = [part for part in walk(body) if _is_power_of_sum(part)]
    others = body.parts if isinstance(body, Add) else (body,)
    plain = [part for part in others if is_term(part) and numeral(part) is not None]
    if sum(isinstance(part, Add) for part in walk(body)) > 2:
        return False  # 2((x - 3)² - 4) + 1
    return len(squares) == 1 and len(others) - len(plain) == 1 and len(plain) <= 1
