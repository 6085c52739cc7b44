"""A statement of a line as terms: its sides and relations, or the alternatives that it lists."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeVar

from tutor.grading.feedback import FeedbackCode
from tutor.grading.parsing.answers import read_answer
from tutor.grading.parsing.shapes import expand_plus_minus
from tutor.grading.parsing.tree import (
    Bracketed,
    Comparison,
    Listing,
    Logic,
    Num,
    PlusMinus,
    SetOperation,
    Sym,
    Term,
    Unreadable,
    Value,
    free_names,
    has_constant,
    has_part,
    is_term,
    rebuild,
    substitute,
)
from tutor.grading.prose.formulas import TextSpan, parse_chain
from tutor.grading.steps.equation_side import EquationSide
from tutor.grading.steps.matrices import as_matrix
from tutor.grading.steps.statements import as_statement
from tutor.grading.working.notation import Rewritten, rewrite
from tutor.grading.working.quantities.sides import read_side
from tutor.grading.working.quantities.unit_marks import NO_LETTERS, UnitLetters

_SOLUTION_SET = re.compile(
    r"(?:[LS]|IL|𝕃|\\math(?:bb|cal)\s*+(?:\{\s*+)?[LS]\s*+\}?)\s*+=\s*+"
    r"(?=\\?\{|\\emptyset|∅|[\[\](][^()\[\]]{0,60}[,;|])"
)
_SOLVED_FOR = frozenset("xyzt")  # x = (2, 3) may be an interval
_V = TypeVar("_V", bound=Value)
_INDEXED = re.compile(r"([A-Za-z]+)_\{?\d\}?")

_POINT_OF_NAMES = re.compile(
    r"\s?(\(\s?[a-z](?:\s?[,;|]\s?[a-z]){1,3}\s?\))\s?=\s?(\((?![^()]{0,40}[a-z]\s?[,;|)])[^()]{1,60}\))\s?"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """sides and operators: of a chain; empty for anything else. value: the whole, if it is one."""

    text: str
    sides: tuple[EquationSide, ...] = ()
    operators: tuple[str, ...] = ()
    value: Value | None = None

    @property
    def terms(self) -> tuple[Term | None, ...]:
        return tuple(side.term for side in self.sides)

    def with_values(self, values: Mapping[str, Term]) -> Claim:
        """With these terms for symbols."""
        if not values:
            return self
        sides = tuple(
            side if side.term is None else replace(side, term=_put_in(side.term, values))
            for side in self.sides
        )
        return replace(self, sides=sides, value=self.value and _put_in(self.value, values))

    @property
    def names(self) -> frozenset[str]:
        parts = [term for term in self.terms if term is not None]
        return frozenset[str]().union(*map(free_names, parts), free_names(self.value or Num(0)))  # type: ignore[arg-type]

    @property
    def inequalities(self) -> tuple[Comparison, ...]:
        """1 < x and x < 3 of 1 < x < 3; empty where a side was not read."""
        return tuple(
            Comparison(operator, left, right)
            for (left, right), operator in zip(pairwise(self.terms), self.operators, strict=False)
            if operator not in ("=", "≈") and left is not None and right is not None
        )


def _put_in(value: _V, values: Mapping[str, Term]) -> _V:
    for name, term in values.items():
        value = substitute(value, Sym(name), term)
    return value


def read_claim(
    text: str,
    functions: frozenset[str],
    unknowns: frozenset[str],
    limit: str = "",
    letters: UnitLetters = NO_LETTERS,
) -> Claim:
    """Raises Unreadable and RecursionError.

    unknowns: variables whose solutions may be written x_1, x_2 or as a set L = {…}.
    limit: what lim stands for where its variable is left out.
    letters: those that may be units.
    """
    rewritten = rewrite(text, limit)
    text = rewritten.text
    if match := _SOLUTION_SET.match(text):
        return _solution_set(text, text[match.end() :], unknowns)
    chain = parse_chain(TextSpan(text, 0))
    if chain is None:
        raise Unreadable(FeedbackCode.EMPTY)
    if chain.is_alternatives:
        value = _unindexed(read_answer(text, functions=functions), unknowns)
        return Claim(text, value=expand_plus_minus(value))
    if not chain.operators and (listed := _amounts(text, functions, letters)):
        return Claim(text, value=Listing(listed))
    if len(chain.operators) > 1 and set(chain.operators) <= {"<", "<=", ">", ">="}:
        return Claim(text, value=read_answer(text, functions=functions))  # 1 < x < 3
    if not all(side.text for side in chain.sides[1:]):
        raise Unreadable(FeedbackCode.EMPTY)
    if not chain.operators:
        side = _restored(read_side(chain.sides[0].text, functions, letters), rewritten)
        if side.term is not None:
            return Claim(text, (side,), value=side.term)
        return Claim(text, value=read_answer(text, functions=functions))
    letters = letters.of_conversion([side.text for side in chain.sides])
    sides = tuple(_restored(read_side(s.text, functions, letters), rewritten) for s in chain.sides)
    if any(not side.text for side in sides[1:]):
        raise Unreadable(FeedbackCode.EMPTY)  # only the first may be left out: = 5
    if all(side.term is not None or not side.text for side in sides):
        indexed = [_without_index(side, unknowns) for side in sides]
        return Claim(text, tuple(indexed), chain.operators)
    if (coordinates := _coordinates(text, functions)) is not None:
        return Claim(text, value=coordinates)
    whole = [_read_whole(side, functions) for side in sides]
    is_interval = isinstance(whole[0].term, Sym) and whole[0].term.name in _SOLVED_FOR
    if all(side.term is not None or not side.text for side in whole) and not is_interval:
        return Claim(text, tuple(whole), chain.operators)
    value = read_answer(text, functions=functions)
    return Claim(text, value=_as_alternatives(value, unknowns))


def is_solution_set(text: str) -> bool:
    """L = {…} and S = [2, 5)."""
    return bool(_SOLUTION_SET.match(text))


def _coordinates(text: str, functions: frozenset[str]) -> Value | None:
    """x = 2 and y = 3 for (x, y) = (2, 3), and (x|y) = (2|3); None for anything else."""
    match = _POINT_OF_NAMES.fullmatch(text)
    if match is None:
        return None
    names, point = (read_answer(part, functions=functions) for part in match.groups())
    if not (isinstance(names, Bracketed) and isinstance(point, Bracketed)):
        return None
    pairs = list(zip(names.parts, point.parts, strict=False))
    if len(names.parts) != len(point.parts) or not all(isinstance(name, Sym) for name, _ in pairs):
        return None
    return Logic("and", tuple(Comparison("=", name, part) for name, part in pairs))


def _amounts(text: str, functions: frozenset[str], letters: UnitLetters) -> tuple[Term, ...]:
    """40 € and 50 € as two numbers; empty for anything else."""
    parts = text.split(" and ")
    if len(parts) < 2:
        return ()
    sides = [read_side(part, functions, letters) for part in parts]
    terms = tuple(side.term for side in sides if isinstance(side.term, Num))
    return terms if len(terms) == len(parts) else ()


def _read_whole(side: EquationSide, functions: frozenset[str]) -> EquationSide:
    """det A and a_n, which are read as an answer is."""
    if side.term is not None or not side.text:
        return side
    try:
        value = read_answer(side.text, functions=functions)
    except (Unreadable, RecursionError):
        return side
    if is_term(value):
        return replace(side, term=value)
    return replace(side, term=as_matrix(value))


def _restored(side: EquationSide, rewritten: Rewritten) -> EquationSide:
    if side.term is None or not rewritten.between:
        return side
    return replace(side, term=rewritten.restored(side.term))


def _solution_set(text: str, listed: str, unknowns: frozenset[str]) -> Claim:
    value = read_answer(listed)
    variable = next(iter(unknowns)) if len(unknowns) == 1 else ""
    if isinstance(value, Bracketed | Num) or is_term(value):
        value = value if isinstance(value, Bracketed) else Bracketed("{", (value,), "}")
        if len(unknowns) > 1 and (points := _points(value, sorted(unknowns))):
            return Claim(text, value=points)
    if variable and (bounds := _bounds(value, Sym(variable))) is not None:
        return Claim(text, value=bounds)
    return Claim(text, value=as_statement(value, variable))


def _bounds(value: Value, name: Sym) -> Value | None:
    """x > 2 and x <= 5 for (2, 5], and so on for unions; None for anything else."""
    match value:
        case SetOperation("union" | "intersection" as operation, left, right):
            parts = (_bounds(left, name), _bounds(right, name))
            if None in parts:
                return None
            return Logic("or" if operation == "union" else "and", parts)  # type: ignore[arg-type]
        case Bracketed("(" | "[" as opening, (low, high), ")" | "]" as closing):
            ends = ((low, ">" if opening == "(" else ">="), (high, "<" if closing == ")" else "<="))
            bounds = [Comparison(op, name, end) for end, op in ends if not _is_infinite(end)]
            return (
                bounds[0] if len(bounds) == 1 else Logic("and", tuple(bounds)) if bounds else None
            )
    return None


def _is_infinite(value: Value) -> bool:
    return has_constant(value, "oo")


def _points(value: Value, names: list[str]) -> Value | None:
    """{(4|2)} as x = 4 and y = 2."""
    if isinstance(value, Bracketed) and len(value.parts) == 1:
        [point] = value.parts
        if isinstance(point, Bracketed) and len(point.parts) == len(names):
            pairs = zip(names, point.parts, strict=True)
            return Logic("and", tuple(Comparison("=", Sym(n), part) for n, part in pairs))
    return None


def _as_alternatives(value: Value, unknowns: frozenset[str]) -> Value:
    """x_1 = 1 and x_2 = 2 as x = 1 or x = 2."""
    if isinstance(value, Logic) and not all(map(_is_solved_for, value.parts)):
        return value  # x_1 + x_2 = 3 and x_1·x_2 = 1
    plain = _unindexed(value, unknowns)
    if plain != value and isinstance(plain, Logic) and len(free_names(plain)) == 1:
        return Logic("or", plain.parts)
    return plain


def _is_solved_for(value: Value) -> bool:
    return isinstance(value, Comparison) and isinstance(value.left, Sym)


def _unindexed(value: Value, unknowns: frozenset[str]) -> Value:
    match value:
        case Sym(name):
            match = _INDEXED.fullmatch(name)
            if match is None or match[1] not in unknowns:
                return value
            has_own = any(other.startswith(f"{match[1]}_") for other in unknowns)
            return value if has_own else Sym(match[1])
        case Num() | PlusMinus():
            return value
    result: Value = rebuild(value, lambda part: _unindexed(part, unknowns))
    return result


def _without_index(side: EquationSide, unknowns: frozenset[str]) -> EquationSide:
    if not isinstance(side.term, Sym):
        return side
    term = _unindexed(side.term, unknowns)
    assert is_term(term)  # noqa: S101 - a name stays a name
    return replace(side, term=term)


def has_plus_minus(term: Term) -> bool:
    return has_part(term, PlusMinus)
