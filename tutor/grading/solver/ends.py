"""Tells whether a line is what the problem asks for."""

from __future__ import annotations

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Bracketed,
    Call,
    Comparison,
    Div,
    Logic,
    Num,
    Quantity,
    Ratio,
    Sym,
    Value,
    Words,
    free_names,
    is_term,
)
from tutor.grading.solver.goal import is_form
from tutor.grading.solver.step import GoalKind, Position
from tutor.grading.solver.term_builder import is_plain
from tutor.grading.solver.topics.finished import is_circle, is_finished
from tutor.grading.solver.topics.written_lines import written_lines
from tutor.grading.solving.inequalities import is_solved
from tutor.grading.steps.statements import says_no_solution
from tutor.grading.working.knowledge.formulas import words

_PAIR = words(r"ordered (?:pair|triple)|geordnetes (?:paar|tripel)|par ordenado", "有序数对")
_INTERVAL = words(
    r"(?:give|as) an (?:open |closed )?interval|largest open interval|als intervall", "区间表示"
)
_AREA = words(r"area|flächen?(?:inhalt)?|aire|área", "面积")
# Of an answer behind which nothing more is to be done: (3, 1), 28 m², 3 : 2.
ANSWER_FORMS = (Bracketed, Quantity, Ratio)


def is_end(position: Position) -> bool:
    """Of a position in which no topic knows a next line."""
    current = position.current
    if current is None or not written_lines(position) or not _is_in_form(position):
        return False
    if isinstance(current, ANSWER_FORMS) or _is_rounded(current) or _is_line(position):
        return True
    if position.goal.kind == GoalKind.SOLVE:
        if isinstance(current, Words):
            return says_no_solution(current.text)
        return _gives_all(position)
    if position.goal.kind == GoalKind.FIND:
        is_formula = _is_general_term(current) or _is_composed(current)
        return _is_number(current) or is_circle(current) or is_formula
    return current != position.goal.start or position.goal.kind == GoalKind.EVALUATE


def _is_in_form(position: Position) -> bool:
    """False where the problem asks for a pair, an interval, an area or a function, and not this."""
    text, current = position.goal.task.text, position.current
    if isinstance(current, ANSWER_FORMS) or _gives_point(current):
        return True
    if _PAIR.search(text):
        return False
    if any(is_form(equation, position.goal.task) for equation in position.goal.task.equations):
        return isinstance(current, Comparison) and current.left == Sym("y")
    if _INTERVAL.search(text):
        return not isinstance(current, Comparison) or current.op != "="
    if _AREA.search(text) and isinstance(current, Logic):
        return False
    return current is None or not any(name.endswith("'") for name in free_names(current))


def _gives_point(value: Value | None) -> bool:
    """(x, y) = (3, 1)"""
    return isinstance(value, Comparison) and isinstance(value.right, Bracketed)


def _is_line(position: Position) -> bool:
    """y = 2x - 2, where a line is asked for."""
    match position.current:
        case Comparison("=", Sym("y"), _):
            return _is_new(position) and is_finished(position)
    return False


def _is_new(position: Position) -> bool:
    return position.current != position.goal.start


def _is_rounded(value: Value) -> bool:
    """x ≈ 4.32"""
    match value:
        case Comparison("≈", Sym(), right):
            return not free_names(right)
    return _gives_point(value)


def _gives_all(position: Position) -> bool:
    """Whether each letter that is sought is alone, in the current line or in earlier ones."""
    if isinstance(position.current, Logic) and position.current.op == "or":
        sought = set(position.goal.unknowns)
        return all(sought <= set(_solved_names(part)) for part in position.current.parts)
    solved = [name for value in position.known for name in _solved_names(value)]
    return bool(position.goal.unknowns) and set(position.goal.unknowns) <= set(solved)


def _solved_names(value: Value) -> tuple[str, ...]:
    match value:
        case Comparison("=", Sym(name), right):
            return () if name in free_names(right) else (name,)
        case Comparison("<" | "<=" | ">" | ">="):
            names = tuple(free_names(value))
            return names if is_solved(value) and len(names) == 1 else ()
        case Logic("and", parts):
            return tuple(name for part in parts for name in _solved_names(part))
    return ()


def _is_general_term(line: Value) -> bool:
    """a_n = 3n - 2"""
    match line:
        case Comparison("=", Sym(name), right):
            return name.endswith("_n") and free_names(right) == {"n"}
    return False


def _is_composed(line: Value) -> bool:
    """f(g(x)) = 4x² - 12x + 10"""
    match line:
        case Comparison("=", Call(_, (Call(_, (Sym(name),)),)), right) if is_term(right):
            return free_names(right) == {name}
    return False


def _is_number(value: Value) -> bool:
    match value:
        case Comparison("=", _, right):
            return _is_number(right)
        case Logic(_, parts):
            return all(map(_is_number, parts))
        case Div(top, Num()):
            return is_plain(top)
    return is_term(value) and (rational_value(value) is not None or is_plain(value))
