"""Lines and planes: in parameters with any point and direction, or by equations in coordinates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tutor.grading.answer_key import AnswerKey, InvalidKey, Rule
from tutor.grading.feedback import Feedback, FeedbackCode
from tutor.grading.kinds.answer_kind import AnswerKind
from tutor.grading.kinds.reading import (
    fold_connectives,
    in_terms_of,
    read_tree,
    split_declaration,
    with_points,
)
from tutor.grading.kinds.vectors import (
    NotLinear,
    Vector,
    difference_of,
    entries_of,
    linear_parts,
    rank,
    with_columns,
)
from tutor.grading.numeric.equivalence import Equality, difference, same_value
from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.normalize import PlainText
from tutor.grading.parsing.tree import (
    ZERO,
    Add,
    Comparison,
    Logic,
    Mul,
    Sym,
    Term,
    Unreadable,
    Value,
    free_names,
    is_term,
)
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent
from tutor.grading.solving.real_sets import Undecidable

MAX_READING_WORK_S = 0.3
PARALLEL = 0.5  # the share for the right direction at the wrong position, or the converse
MAX_EQUATIONS = 6
_COORDINATES = (("x", "y", "z"), ("x_1", "x_2", "x_3"))
_LABEL = re.compile(r"\A\s*+(?:[A-Za-zεπ]|\\[a-zA-Z]{1,8})(?:_?[0-9])?\s*+:(?!=)")
_NUMBERED = re.compile(r"(?<![A-Za-z\\])x ?_?\{?([123])\}?(?![\d.])")
_SEGMENT = re.compile(r",|;|\band\b|\\land(?![a-z])|\\wedge(?![a-z])|且")
_EQUALS = re.compile(r"(?<![<>!:])=(?!=)")


@dataclass(frozen=True, slots=True)
class Parametric:
    """point + all multiples of the directions. source: as it was written."""

    point: Vector
    directions: tuple[Vector, ...]
    source: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Cartesian:
    """equations: sides whose difference is zero. names: of the coordinates, three of them."""

    equations: tuple[Comparison, ...]
    names: tuple[str, ...]

    @property
    def least_dimension(self) -> int:
        used = frozenset[str]().union(*(free_names(equation) for equation in self.equations))
        return 3 if self.names[2] in used else 2


Flat = Parametric | Cartesian


class FlatKind(AnswerKind[Flat]):
    def read(self, text: PlainText, key: AnswerKey) -> Flat:
        text, key = with_points(text, key)
        body, _ = split_declaration(text)
        plain = _NUMBERED.sub(r"x_\1", _LABEL.sub("", fold_connectives(body)))
        budget = WorkBudget(MAX_READING_WORK_S)
        try:
            return _flat(_statements(with_columns(plain), key), budget)
        except (Undecidable, Unreadable, WorkBudgetSpent) as error:
            raise in_terms_of(FeedbackCode.UNREAD_FLAT, error) from error

    def check(self, right: Flat, key: AnswerKey) -> None:
        budget = WorkBudget(1.0)
        try:
            space = _space_of(right, right)
            free = _free_dimension(right, space or 0, budget)
        except Undecidable:
            free = 0
        if not 0 < free < 3 or (isinstance(right, Parametric) and free < len(right.directions)):
            raise InvalidKey(
                "The answer is no line and no plane: write (1,2,3) + t(1,0,-1), x + 2y - z = 4 "
                "or y = 2x + 1."
            )

    def compare(self, right: Flat, given: Flat, key: AnswerKey, budget: WorkBudget) -> Equality:
        try:
            space = _space_of(right, given)
            if space is None:
                return Equality(False, Rule.LENGTHS)
            free = [_free_dimension(flat, space, budget) for flat in (right, given)]
            if free[0] != free[1]:
                feedback = Feedback(FeedbackCode.FLAT_DIMENSION)
                return Equality(False, Rule.FLATS, feedback)
            parallel = _are_parallel(right, given, space, budget)
            meets = _has_point_of(right, given, space, budget)
        except NotLinear:
            return Equality(False, Rule.FLATS)
        except Undecidable:
            return Equality(None, Rule.FLATS)
        if parallel and meets:
            return Equality(True, Rule.FLATS)
        if parallel:
            return _wrong(FeedbackCode.FLAT_PARALLEL, PARALLEL)
        if meets and isinstance(given, Parametric):
            return _wrong(FeedbackCode.FLAT_DIRECTION, PARALLEL)
        return Equality(False, Rule.FLATS)

    def shown(self, answer: Flat) -> str:
        source = answer.equations if isinstance(answer, Cartesian) else answer.source
        return r",\quad ".join(map(latex, source))


def _wrong(code: FeedbackCode, share: float) -> Equality:
    return Equality(False, Rule.FLATS, Feedback(code), share)


# Comparison


def _space_of(right: Flat, given: Flat) -> int | None:
    """Two or three dimensions; None where the two do not fit together."""
    flats = (right, given)
    exact = {len(flat.point) for flat in flats if isinstance(flat, Parametric)}
    least = [flat.least_dimension for flat in flats if isinstance(flat, Cartesian)]
    if len(exact) > 1 or any(size < number for size in exact for number in least):
        return None
    return exact.pop() if exact else max(least)


def _rows(flat: Cartesian, space: int, budget: WorkBudget) -> tuple[list[Vector], Vector]:
    """The coefficients of each equation, and what is added to them."""
    terms = [difference(*_sides(equation)) for equation in flat.equations]
    constants, slopes = linear_parts(terms, flat.names[:space], budget)
    return list(zip(*slopes, strict=True)), constants


def _sides(equation: Comparison) -> tuple[Term, Term]:
    if not is_term(equation.left) or not is_term(equation.right):
        raise Undecidable
    return equation.left, equation.right


def _free_dimension(flat: Flat, space: int, budget: WorkBudget) -> int:
    """1 for a line, 2 for a plane. Raises Undecidable for equations without a solution."""
    if isinstance(flat, Parametric):
        return rank(flat.directions, budget)
    rows, constants = _rows(flat, space, budget)
    count = rank(rows, budget)
    if rank([(*row, c) for row, c in zip(rows, constants, strict=True)], budget) != count:
        raise Undecidable
    return space - count


def _are_parallel(right: Flat, given: Flat, space: int, budget: WorkBudget) -> bool:
    """Whether two flats of the same dimension have the same directions."""
    if isinstance(right, Parametric) and isinstance(given, Parametric):
        together = [*right.directions, *given.directions]
        return rank(together, budget) == rank(right.directions, budget)
    if isinstance(right, Cartesian) and isinstance(given, Cartesian):
        rows, others = (_rows(flat, space, budget)[0] for flat in (right, given))
        return rank([*rows, *others], budget) == rank(rows, budget)
    parametric, cartesian = (right, given) if isinstance(right, Parametric) else (given, right)
    assert isinstance(parametric, Parametric)  # noqa: S101 - for the type checker
    assert isinstance(cartesian, Cartesian)  # noqa: S101
    rows = _rows(cartesian, space, budget)[0]
    products = [_product(row, way) for row in rows for way in parametric.directions]
    return all(_is_zero(product, budget) for product in products)


def _has_point_of(right: Flat, given: Flat, space: int, budget: WorkBudget) -> bool:
    """Whether a point of one lies on the other; of parallel flats then every point does."""
    if isinstance(right, Parametric) and isinstance(given, Parametric):
        way = difference_of(right.point, given.point)
        with_way = rank([*right.directions, way], budget)
        return with_way == rank(right.directions, budget)
    if isinstance(right, Cartesian) and isinstance(given, Cartesian):
        pairs = [_rows(flat, space, budget) for flat in (right, given)]
        wide = [
            [(*row, c) for row, c in zip(rows, constants, strict=True)] for rows, constants in pairs
        ]
        return rank([*wide[0], *wide[1]], budget) == rank(wide[0], budget)
    parametric, cartesian = (right, given) if isinstance(right, Parametric) else (given, right)
    assert isinstance(parametric, Parametric)  # noqa: S101
    assert isinstance(cartesian, Cartesian)  # noqa: S101
    rows, constants = _rows(cartesian, space, budget)
    values = [
        Add((_product(row, parametric.point), constant))
        for row, constant in zip(rows, constants, strict=True)
    ]
    return all(_is_zero(value, budget) for value in values)


def _product(left: Sequence[Term], right: Sequence[Term]) -> Term:
    return Add(tuple(Mul((a, b)) for a, b in zip(left, right, strict=True)))


def _is_zero(term: Term, budget: WorkBudget) -> bool:
    """Raises Undecidable."""
    equal = same_value(term, ZERO, budget).equal
    if equal is None:
        raise Undecidable
    return equal


# Reading


def _statements(text: str, key: AnswerKey) -> list[Value]:
    """The equations, or the vector alone."""
    if r"\begin{cases}" in text or r"\begin{array}" in text:
        value = read_tree(text, key)
        return list(value.parts) if isinstance(value, Logic) and value.op == "and" else [value]
    statements: list[Value] = []
    segments = [segment for segment in _SEGMENT.split(text) if segment.strip()]
    if len(segments) > MAX_EQUATIONS:
        raise Unreadable(FeedbackCode.TOO_LONG)
    for segment in segments:
        sides = [read_tree(side, key) for side in _EQUALS.split(segment)]
        if len(sides) > MAX_EQUATIONS:
            raise Unreadable(FeedbackCode.TOO_LONG)
        if len(sides) == 1:
            statements.append(sides[0])
        statements += [Comparison("=", a, b) for a, b in pairwise(sides)]
    return statements


def _flat(statements: Sequence[Value], budget: WorkBudget) -> Flat:
    """Raises Unreadable and Undecidable."""
    for statement in reversed(statements):
        side = statement.right if isinstance(statement, Comparison) else statement
        entries = entries_of(side, budget)
        if entries is not None:
            return _parametric(entries, [statement], budget)
    equations = [s for s in statements if isinstance(s, Comparison) and s.op == "="]
    if len(equations) != len(statements) or not equations:
        raise Unreadable(FeedbackCode.UNREAD_FLAT)
    names = next((n for n in _COORDINATES if _uses(equations, n)), None)
    if names is None:
        raise Unreadable(FeedbackCode.UNREAD_FLAT)
    others = frozenset[str]().union(*map(free_names, equations)) - set(names)
    if not others:
        return Cartesian(tuple(equations), names)
    values = {e.left.name: e.right for e in equations if isinstance(e.left, Sym)}
    count = 3 if names[2] in values else 2
    entries = tuple(v for n in names[:count] if is_term(v := values.get(n, Sym("?"))))
    used = frozenset[str]().union(*map(free_names, entries))
    if len(equations) != count or used & {*names, "?"}:
        raise Unreadable(FeedbackCode.UNREAD_FLAT)
    return _parametric(entries, equations, budget)


def _uses(equations: Sequence[Comparison], names: tuple[str, ...]) -> bool:
    return any(free_names(equation) & set(names) for equation in equations)


def _parametric(entries: Vector, source: Sequence[Value], budget: WorkBudget) -> Parametric:
    letters = sorted(frozenset[str]().union(*map(free_names, entries)))
    if len(letters) > 3 or len(entries) > 3:
        raise Unreadable(FeedbackCode.UNREAD_FLAT)
    point, directions = linear_parts(entries, letters, budget)
    return Parametric(point, tuple(directions), tuple(source))
