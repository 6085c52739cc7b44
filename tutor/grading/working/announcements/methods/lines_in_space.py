"""Lines and planes by coordinates: x = 1 + t, y = 2t, z = 2 - t; P: 2x - y + 3z + d = 0."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.tree import (
    Add,
    Comparison,
    Mul,
    Neg,
    Num,
    Sym,
    Term,
    Unreadable,
    free_names,
    is_term,
    substitute,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.working.knowledge.statement_numbers import number_term
from tutor.grading.working.task import Task

MAX_LENGTH = 110
MAX_LINES = 6
_ENTRY = r"[^()|,;=]{1,12}"
_TUPLE = rf"\(({_ENTRY}[|,;]{_ENTRY}(?:[|,;]{_ENTRY})?)\)"
_LETTER = r"(\\?(?:lambda|mu)|[a-zλμσ])"
_LINE = re.compile(rf"{_TUPLE}\+{_LETTER}(?:\\cdot|[·*])?{_TUPLE}")
_THROUGH = re.compile(
    r"(?:through|passantpar|parlepoint|durch(?:denPunkt)?|porelpunto|por|contient|contenant|contains"
    rf"|containing|enthält|contiene|过点?|经过点?)(?:thepoint|lepoint|elpunto)?([A-Z])=?{_TUPLE}"
)
_DIRECTION = re.compile(
    r"(?:direct\w{0,9}|dirigée?\w{0,3}|Richtungsvektor\w{0,3}|方向向量)[^()]{0,30}"
    rf"{_TUPLE}(?!\+)"
)
_NORMAL = re.compile(rf"(?:[Nn]ormal\w{{0,12}}|法向量)[^()]{{0,30}}{_TUPLE}(?!\+)")
_COLUMN = re.compile(
    r"(?:\\left)?\\begin\{[pb]matrix\}([^{}]{1,60})\\end\{[pb]matrix\}|\\binom\{([^{}]+)\}\{([^{}]+)\}"
)
_LAYOUT = re.compile(r"\\[()]|\\(?:left|right|vec|overrightarrow|mathbf)(?![a-z])|[\s${}]|\\,")
_SEPARATOR = r"\s?(?:[,;，；]|\b(?:and|und|et|y)\b|\s)\s?"
_PREFIX = r"(?:[^=:：\d]{0,40}[:：]\s?)?"
_SIDE = r"([^=,;，；]{1,24}?)"
_COORDINATES = re.compile(
    rf"{_PREFIX}\{{?\s?(?:x|x_?1)\s?=\s?{_SIDE}{_SEPARATOR}(?:y|x_?2)\s?=\s?{_SIDE}"
    rf"(?:{_SEPARATOR}(?:z|x_?3)\s?=\s?{_SIDE})?\s?\}}?"
)
_POINT = re.compile(rf"{_PREFIX}[A-Z](?:_[a-zλμ])?\s?=?\s?\(({_ENTRY}(?:[|,;]{_ENTRY}){{1,2}})\)")
_EQUATION = re.compile(
    r"(?:(?P<head>[^=:：]{1,40})[:：]\s?)?(?P<left>[^=]{1,60})=(?P<right>[^=]{1,40})"
)
_OF_POINT = re.compile(r"(?<![A-Za-z])([A-Z])(?![A-Za-z])")
_AXES = ("x", "y", "z")
_ZERO = Num(Fraction(0))
_Entries = tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """base + t · direction; letter: t, or "" where the statement names none."""

    base: _Entries
    direction: _Entries
    letter: str


def tells_line(text: str, task: Task, budget: WorkBudget) -> bool:
    """Whether it has a point of a line that the statement gives, by its coordinates."""
    match = _COORDINATES.fullmatch(text) or _POINT.fullmatch(text)
    if match is None or len(text) > MAX_LENGTH:
        return False
    with suppress(Unreadable, RecursionError):
        told = [part for part in match.groups() if part]
        own = _entries("|".join(told) if len(told) > 1 else told[0])
        names = frozenset[str]().union(*map(free_names, own))
        if len(names) != 1 or names & set(_AXES):
            return False
        return any(_is_on(own, line, next(iter(names)), task, budget) for line in _lines(task))
    return False


def puts_line_in(text: str, task: Task, budget: WorkBudget) -> bool:
    """2(1 + t) + 2t - (2 - t) = 10: a line of the statement in the plane of the statement."""
    match = _EQUATION.fullmatch(text)
    if match is None or len(text) > MAX_LENGTH:
        return False
    with suppress(Unreadable, RecursionError):
        left, right = (read_expression(match[side].strip()) for side in ("left", "right"))
        if not is_term(left) or not is_term(right):
            return False
        own = Add((left, Neg(right)))
        return any(
            free_names(own) == {line.letter} and _is_multiple(own, meeting, budget)
            for line in _lines(task)
            for meeting in _meetings(line, task)
        )
    return False


def _meetings(line: _Line, task: Task) -> Iterator[Term]:
    """The equations of planes with the coordinates of the line put in."""
    for equation in task.equations:
        if not isinstance(equation, Comparison) or equation.op != "=":
            continue
        left, right = equation.left, equation.right
        if is_term(left) and is_term(right) and free_names(equation) <= set(_AXES):
            plane: Term = Add((left, Neg(right)))
            entries = zip(_AXES, line.base, line.direction, strict=False)
            for axis, base, slope in entries:
                plane = substitute(plane, Sym(axis), Add((base, Mul((Sym(line.letter), slope)))))
            yield plane


def tells_plane(text: str, before: Sequence[str], task: Task, budget: WorkBudget) -> bool:
    """Whether it is the equation of the plane with the statement's normal vector and point.

    Its constant may be open, with the point put in or not. before: all lines before it, one of
    which may have the constant with the other sign.
    """
    story = _story(task)
    normals, points = _NORMAL.findall(story), _THROUGH.findall(story)
    if len(normals) != 1 or len(points) != 1:
        return False
    with suppress(Unreadable, RecursionError):
        [(name, point)] = points
        plane = _Plane(_entries(normals[0]), _entries(point))
        difference = _difference(text, name, story)
        if difference is None or not len(plane.normal) == len(plane.point) == len(_AXES):
            return False
        open_names = free_names(difference) - set(_AXES)
        if not open_names:  # 2(x - 1) - (y - 2) + 3(z + 1) = 0
            own = Add((plane.product, Neg(plane.value)))
            return free_names(difference) == free_names(own) and _is_multiple(
                difference, own, budget
            )
        signs = _signs(before, name, story, plane, budget)
        return len(open_names) == 1 and plane.sign_in(difference, budget) in signs
    return False


@dataclass(frozen=True, slots=True)
class _Plane:
    normal: _Entries
    point: _Entries

    @property
    def product(self) -> Term:
        """2x - y + 3z"""
        return _dot(self.normal, tuple(map(Sym, _AXES)))

    @property
    def value(self) -> Term:
        """The product at the point."""
        return _dot(self.normal, self.point)

    def sign_in(self, difference: Term, budget: WorkBudget) -> int:
        """1 for n·x + d, -1 for n·x - d, with the point put in or not; else 0."""
        [name] = free_names(difference) - set(_AXES)
        is_general = bool(free_names(difference) & set(_AXES))
        whole = self.product if is_general else self.value
        for sign, constant in ((1, Sym(name)), (-1, Neg(Sym(name)))):
            if same_value(difference, Add((whole, constant)), budget).equal is True:
                return sign
        return 0


def _signs(
    before: Sequence[str], name: str, story: str, plane: _Plane, budget: WorkBudget
) -> set[int]:
    """Those that the constant may have: the one of the latest line that has it open, or both."""
    for line in reversed(before[-MAX_LINES:]):
        with suppress(Unreadable, RecursionError):
            difference = _difference(line.strip(" ."), name, story)
            names = frozenset[str]() if difference is None else free_names(difference)
            if difference is not None and len(names) > 1 and len(names - set(_AXES)) == 1:
                return {plane.sign_in(difference, budget)} - {0}
    return {1, -1}


def _difference(text: str, name: str, story: str) -> Term | None:
    """Of both sides; None where the text is no equation, or is about another point."""
    match = _EQUATION.fullmatch(text)
    if match is None or len(text) > MAX_LENGTH:
        return None
    told = set(_OF_POINT.findall(match["head"] or ""))
    if name not in told and any(re.search(rf"(?<![A-Za-z]){n}=?\(", story) for n in told):
        return None
    left, right = (read_expression(match[side].strip()) for side in ("left", "right"))
    return Add((left, Neg(right))) if is_term(left) and is_term(right) else None


def _is_multiple(own: Term, form: Term, budget: WorkBudget) -> bool:
    signs = (form, Neg(form))
    return any(same_value(own, signed, budget).equal is True for signed in signs)


def _dot(first: _Entries, second: _Entries) -> Term:
    return Add(tuple(Mul(pair) for pair in zip(first, second, strict=True)))


def _is_on(own: Sequence[Term], line: _Line, letter: str, task: Task, budget: WorkBudget) -> bool:
    """The letter of the line, or one that the statement does not have."""
    is_other = letter not in (line.letter, "") and letter in task.names
    if len(own) != len(line.base) or is_other:
        return False
    at = Sym(letter)
    return all(
        same_value(entry, Add((base, Mul((at, slope)))), budget).equal is True
        for entry, base, slope in zip(own, line.base, line.direction, strict=True)
    )


def _lines(task: Task) -> Iterator[_Line]:
    story = _story(task)
    for base, letter, direction in _LINE.findall(story):
        name = next(iter(free_names(read_expression(letter))), "")
        yield _line(_entries(base), _entries(direction), name)
    points, directions = _THROUGH.findall(story), _DIRECTION.findall(story)
    if len(points) == len(directions) == 1:
        yield _line(_entries(points[0][1]), _entries(directions[0]), "")


def _line(base: _Entries, direction: _Entries, letter: str) -> _Line:
    size = min(len(base), len(direction))
    return _Line(base[:size], direction[:size], letter)


def _story(task: Task) -> str:
    """The statement without blanks, with its columns as tuples."""
    text = _COLUMN.sub(_as_tuple, task.text)
    return _LAYOUT.sub("", text).replace("−", "-")


def _as_tuple(match: re.Match[str]) -> str:
    entries = re.split(r"\\\\", match[1]) if match[1] else match.groups()[1:]
    return f"({'|'.join(entry or '' for entry in entries)})"


def _entries(text: str) -> _Entries:
    """Raises Unreadable."""
    entries = [read_expression(part.strip()) for part in re.split(r"[|,;]", text)]
    terms = [entry for entry in entries if is_term(entry)]
    if len(terms) != len(entries):
        return ()
    return tuple(map(_plain, terms))


def _plain(term: Term) -> Term:
    number = rational_value(term)
    return term if number is None else number_term(number)
