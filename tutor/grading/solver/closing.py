"""The last line of a solution, in the form that the problem asks for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Bracketed,
    Call,
    Comparison,
    Const,
    Logic,
    Neg,
    Num,
    Quantity,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    substitute,
)
from tutor.grading.parsing.units import Unit, read_unit
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move
from tutor.grading.solver.step import GoalKind, Position, Step
from tutor.grading.solver.term_builder import is_plain, number
from tutor.grading.solver.topics.finished import is_vertex_form
from tutor.grading.solver.topics.word_problems.story import WordProblem
from tutor.grading.solver.topics.written_lines import written_lines
from tutor.grading.steps.asked_rounding import rounding_asked
from tutor.grading.working.knowledge.formulas import words

_PAIR = words(
    r"ordered (?:pair|triple)|coordinates|(?:geordnetes )?(?:zahlen)?(?:paar|tripel)|koordinaten"
    r"|couple|triplet|coordonnées|par ordenado|terna|coordenadas",
    "有序数对|坐标|数对",
)
_LETTERS = re.compile(r"(?<![A-Za-z0-9'])\(\s?([a-z]\s?(?:,\s?[a-z]\s?){1,2})\)")
_FORM = words(r"vertex form|scheitelpunkt(?:s)?form|forme canonique", "顶点式")
_VERTEX = words(r"vertex|scheitel(?:punkt\w{0,2})?|sommet|vértice", "顶点")
_MIDPOINT = words(r"mid-?point|mittelpunkt der strecke|milieu|punto medio", "中点")
_UNIT = re.compile(
    r"(?:\bwith the unit|mit der Einheit|avec l.unité|con la unidad|单位)\s?[(（]"
    r"([A-Za-z°µ][A-Za-z°µ²³/^0-9]{0,12})[)）]",
    re.IGNORECASE,
)
_FALLS = words(r"(?:strictly )?decreas(?:es|ing)|fallend|fällt|décroissante?|decreciente", "递减")
_RISES = words(r"(?:strictly )?increas(?:es|ing)|steigend|steigt|croissante?|creciente", "递增")
_SUPERSCRIPTS = {"^2": "²", "^3": "³"}


def closing_steps(position: Position) -> Iterator[Step]:
    """For a solution that is worked out."""
    for way in _WAYS:
        yield from way(position)


def _as_tuple(position: Position) -> Iterator[Step]:
    """(3, 1) for x = 3 and y = 1."""
    text, goal = position.goal.task.text, position.goal
    if goal.kind != GoalKind.SOLVE or len(goal.unknowns) < 2:
        return
    values = _values(position)
    orders = {tuple(re.split(r"\s?,\s?", order.strip())) for order in _LETTERS.findall(text)}
    orders = {order for order in orders if sorted(order) == sorted(goal.unknowns)}
    if len(orders) != 1:
        return
    names = orders.pop()
    entries = [values.get(name, []) for name in names]
    if all(len(entry) == 1 for entry in entries):
        point = Bracketed("(", tuple(entry[0] for entry in entries), ")")
        title = Bracketed("(", tuple(map(Sym, names)), ")")
        for answer in (point, Comparison("=", title, point)):
            yield Step(answer, Move(MoveName.WRITE_AS_TUPLE))


def _values(position: Position) -> dict[str, list[Term]]:
    """What each letter is, by a line that says so."""
    values: dict[str, list[Term]] = {}
    for line in position.known:
        match line:
            case Comparison("=", Sym(name), right) if is_term(right) and not free_names(right):
                value = rational_value(right)
                term = right if value is None else number(value)
                if term not in values.setdefault(name, []):
                    values[name].append(term)
    return values


def _as_midpoint(position: Position) -> Iterator[Step]:
    text = position.goal.task.text
    if not (_MIDPOINT.search(text) and written_lines(position)):
        return
    values = _values(position)
    entries = [values.get(name, []) for name in ("x", "y")]
    if all(len(entry) == 1 for entry in entries):
        point = Bracketed("(", tuple(entry[0] for entry in entries), ")")
        yield Step(Comparison("=", Sym("M"), point), Move(MoveName.WRITE_AS_TUPLE))


def _as_vertex(position: Position) -> Iterator[Step]:
    """(2, -5) for y = 2(x - 2)² - 5."""
    text = position.goal.task.text
    match position.current:
        case Comparison("=", _, right) if is_term(right) and free_names(right) == {"x"}:
            is_point = _PAIR.search(text) or _LETTERS.search(text)
            is_vertex = _VERTEX.search(text) and is_point and not _FORM.search(text)
            if is_vertex and is_vertex_form(text, right):
                yield from _vertex(right)


def _vertex(term: Term) -> Iterator[Step]:
    values = [rational_value(substitute(term, Sym("x"), number(at))) for at in (-1, 0, 1)]
    before, middle, after = (value if value is not None else Fraction(0) for value in values)
    lead = (before + after) / 2 - middle
    if None in values or not lead:
        return
    at = -(after - before) / (4 * lead)
    point = number(at), number(middle - lead * at * at)
    yield Step(Bracketed("(", point, ")"), Move(MoveName.READ_OFF_VERTEX))


def _monotonic(position: Position) -> Iterator[Step]:
    """(-1, 3), where the derivative is negative between its zeros."""
    text = position.goal.task.text
    falls, rises = bool(_FALLS.search(text)), bool(_RISES.search(text))
    slopes = [slope for slope in map(_slope, position.known) if slope is not None]
    zeros = _zeros(position.current)
    if falls == rises or not slopes or not zeros:
        return
    ends = [zeros[0] - 1, *zeros, zeros[-1] + 1]
    signs = [_sign(slopes[0], (low + high) / 2) for low, high in pairwise(ends)]
    wanted = [index for index, sign in enumerate(signs) if sign == (-1 if falls else 1)]
    if len(wanted) != 1 or 0 in signs:
        return
    [at] = wanted
    low = number(zeros[at - 1]) if at > 0 else Neg(Const("oo"))
    high = number(zeros[at]) if at < len(zeros) else Const("oo")
    move = MoveName.READ_OUTSIDE_ZEROS if at in (0, len(zeros)) else MoveName.READ_BETWEEN_ZEROS
    yield Step(Bracketed("(", (low, high), ")"), Move(move))


def _slope(line: Value) -> Term | None:
    """3x² - 6x - 9 of f'(x) = 3x² - 6x - 9"""
    match line:
        case Comparison("=", Call(name, (Sym("x"),)), right) if is_term(right):
            return right if name.endswith("'") and not name.endswith("''") else None
    return None


def _zeros(line: Value | None) -> list[Fraction]:
    """Sorted; none where one is irrational."""
    cases = line.parts if isinstance(line, Logic) and line.op == "or" else (line,)
    zeros = set()
    for case in cases:
        match case:
            case Comparison("=", Sym("x"), right) if is_term(right):
                zeros.add(rational_value(right))
            case _:
                return []
    return sorted(zero for zero in zeros if zero is not None) if None not in zeros else []


def _sign(term: Term, at: Fraction) -> int:
    value = rational_value(substitute(term, Sym("x"), number(at)))
    return 0 if not value else 1 if value > 0 else -1


def _rounded(position: Position) -> Iterator[Step]:
    rounding = rounding_asked(position.goal.task.text)
    right = _number_reached(position)
    if rounding is None or right is None:
        return
    value = rounding.rounded(right)
    if value is None or _is_rounded_already(right, value):
        return
    match position.current:
        case Comparison("=", Sym() as name, _):
            yield Step(Comparison("≈", name, value), Move(MoveName.ROUND))
        case _:
            yield Step(value, Move(MoveName.ROUND))


def _is_rounded_already(written: Term, value: Term) -> bool:
    """Whether a pupil has rounded it, to fewer places."""
    if not (isinstance(written, Num) and isinstance(value, Num) and value.text):
        return False
    return len(written.text) <= len(value.text)


def _with_unit(position: Position) -> Iterator[Step]:
    text = position.goal.task.text
    asked = set(_UNIT.findall(re.sub(r"\\[()]|\$", "", text)))
    right = _number_reached(position)
    if len(asked) != 1 or right is None or not is_plain(right):
        return
    [name] = asked
    unit = read_unit(name)
    if unit is None or not _is_of_the_statement(unit, WordProblem.of(position.goal.task)):
        return
    for power, sign in _SUPERSCRIPTS.items():
        name = name.replace(power, sign)
    yield Step(Quantity(right, name), Move(MoveName.WRITE_UNIT, (name,)))


def _is_of_the_statement(unit: Unit, story: WordProblem) -> bool:
    """Whether it is built from the very units in which the statement measures."""
    size = Fraction(1)
    for base, power in unit.dimension:
        sizes = {q.unit.factor for q in story.counted if q.unit.dimension == ((base, 1),)}
        if len(sizes) != 1:
            return False
        size *= sizes.pop() ** power
    return bool(unit.dimension) and size == unit.factor


def _number_reached(position: Position) -> Term | None:
    """What the last line comes to."""
    if not written_lines(position):
        return None
    value: Value | None = position.current
    if isinstance(value, Comparison) and value.op in ("=", "≈"):
        if not isinstance(value.left, Sym) and free_names(value.left):
            return None
        value = value.right
    return value if value is not None and is_term(value) and not free_names(value) else None


_WAYS: tuple[Callable[[Position], Iterator[Step]], ...] = (
    _as_tuple,
    _as_midpoint,
    _as_vertex,
    _monotonic,
    _rounded,
    _with_unit,
)
