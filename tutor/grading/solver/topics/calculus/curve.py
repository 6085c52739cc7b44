"""A function of a problem, with what a working has told of it so far."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.tree import (
    Call,
    Comparison,
    Sym,
    Term,
    Unreadable,
    Value,
    free_names,
    is_term,
)
from tutor.grading.solver.moves import Move
from tutor.grading.solver.step import Position, Step
from tutor.grading.solver.term_builder import number, numeral, put_in
from tutor.grading.solver.topics.calculus.derivative_rules import derivative, rule_of
from tutor.grading.solver.topics.written_lines import written_lines
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.quantities.stated import plain_text

ASKS_DERIVATIVE = words(
    r"derivatives?|differentiate|derive|ableitung\w{0,3}|ableiten|leite|dérivée?s?|dériver"
    r"|dérivez|derivadas?|derivar?|derive",
    r"导数|导函数|求导|(?<![a-zA-Z])[fghpsvyF-H](?:'|′|\^\s?\{?\\prime)(?![a-zà-ÿ])",
)
_ARGUMENT = re.compile(r"[a-zA-Z](?:'|′|\^\s?\{?\s?\\prime\s?\}?){1,2}\s?\(\s?([^()]{1,20})\s?\)")
_EQUATED = r"(?<![a-zA-Z]){0}(?:_0|_\{{0\}}|₀)?\s?=\s?([-−]?\s?[^\s,;。，：）)]{{1,20}})"
_POINT = re.compile(r"\(\s*([-−]?[^\s(),;|]{1,9})\s*[,|;]\s*([-−]?[^\s(),;|]{1,9})\s*\)")
_INTERVAL = re.compile(
    r"\[\s*([-−]?[\w.]{1,6})\s*[,;]\s*([-−]?[\w.]{1,6})\s*\]"
    r"|(?:between|from|von|zwischen|entre|de|desde)\s([-−]?\d[\d.]{0,5})\s"
    r"(?:and|to|bis|und|et|à|y|a|hasta)\s([-−]?\d[\d.]{0,5})",
    re.IGNORECASE,
)
MAX_PLACES = 3
MAX_PRIMES = 4


@dataclass(frozen=True)
class Curve:
    """bodies: of f, f', f'' as far as they are written. values: of these at numbers, by name.

    The name of a derivative ends in primes.
    """

    name: str
    variable: str
    bodies: tuple[Term, ...]
    values: Mapping[tuple[str, Term], Term] = field(default_factory=dict)
    is_called: bool = True

    def title(self, primes: int = 0) -> Term:
        """f'(x) or y'."""
        name = self.name + "'" * primes
        return Call(name, (Sym(self.variable),)) if self.is_called else Sym(name)

    def at(self, position: Term, primes: int = 0) -> Term:
        return Call(self.name + "'" * primes, (position,))

    def value_at(self, position: Term, primes: int = 0) -> Term | None:
        """As a line gives it."""
        return self.values.get((self.name + "'" * primes, position))

    def derived(self) -> Step:
        """The line with the next derivative. Raises NotDifferentiable."""
        primes, body = len(self.bodies), self.bodies[-1]
        line = Comparison("=", self.title(primes), derivative(body, self.variable))
        return Step(line, Move(rule_of(body, self.variable)))

    def body_at(self, position: Term, primes: int = 0) -> Term:
        return put_in(self.bodies[primes], self.variable, position)


def curves_of(position: Position) -> Iterator[Curve]:
    """Those that the lines define, the latest first, then those of the statement.

    Before all others what a line has derived: f where the statement calls it y.
    """
    curves = list(_curves(position))
    yield from sorted(curves, key=lambda curve: len(curve.bodies) == 1)


def _curves(position: Position) -> Iterator[Curve]:
    lines = written_lines(position)
    task = position.goal.task
    seen: set[str] = set()
    for line in (*reversed(lines), *task.equations):
        defined = _definition(line)
        if defined is not None and defined[0] not in seen and "'" not in defined[0]:
            name, variable, body, is_called = defined
            seen.add(name)
            bodies = _with_derivatives(name, body, lines)
            yield Curve(name, variable, bodies, _values(lines), is_called)
    for name, function in task.definitions.functions.items():
        if name not in seen:
            bodies = _with_derivatives(name, function.body, lines)
            yield Curve(name, function.variable, bodies, _values(lines))


def _definition(line: Value) -> tuple[str, str, Term, bool] | None:
    """f(x) = … and y = …, with the name, the variable and the body."""
    match line:
        case Comparison("=", Call(name, (Sym(variable),)), body) if is_term(body):
            if free_names(body) == {variable}:
                return name, variable, body, True
        case Comparison("=", Sym(name), body) if is_term(body):
            names = free_names(body)
            if len(names) == 1 and name not in names:
                [variable] = names
                return name, variable, body, False
    return None


def _with_derivatives(name: str, body: Term, lines: Sequence[Value]) -> tuple[Term, ...]:
    bodies = [body]
    for primes in range(1, MAX_PRIMES):
        titles = [name + "'" * primes]
        derived = [
            defined[2]
            for line in lines
            if (defined := _definition(line)) is not None and defined[0] in titles
        ]
        derived += [constant for line in lines for constant in _constant(line, titles)]
        if not derived:
            break
        bodies.append(derived[-1])
    return tuple(bodies)


def _constant(line: Value, titles: Sequence[str]) -> Iterator[Term]:
    """f'(x) = 2, a derivative without the variable; f'(x) = 0 sets it to zero."""
    match line:
        case Comparison("=", Call(name, (Sym(),)) | Sym(name), body) if name in titles:
            if is_term(body) and not free_names(body) and numeral(body) != 0:
                yield body


def _values(lines: Sequence[Value]) -> dict[tuple[str, Term], Term]:
    values: dict[tuple[str, Term], Term] = {}
    for line in lines:
        match line:
            case Comparison("=", Call(name, (argument,)), value) if is_term(value):
                if not free_names(argument):
                    values[name, argument] = value
    return values


def places_in(text: str, variable: str) -> list[Term]:
    """Where the problem asks: f'(4), at x = 4, at the point (4, 2)."""
    plain = plain_text(text)
    written = _ARGUMENT.findall(plain)
    written += re.findall(_EQUATED.format(re.escape(variable)), plain)
    written += [point[0] for point in _POINT.findall(plain)]
    places: list[Term] = []
    for part in written:
        term = _number_in(part)
        if term is not None and term not in places:
            places.append(term)
    return places[:MAX_PLACES]


def ends_in(text: str) -> list[Term]:
    """0 and 3 of [0, 3] and of "between 0 and 3"."""
    match = _INTERVAL.search(plain_text(text))
    ends = [_number_in(part) for part in match.groups() if part] if match else []
    return [end for end in ends if end is not None]


def points_given(text: str) -> list[tuple[Term, Term]]:
    pairs = [(_number_in(x), _number_in(y)) for x, y in _POINT.findall(plain_text(text))]
    return [(x, y) for x, y in pairs if x is not None and y is not None]


def _number_in(text: str) -> Term | None:
    try:
        term = read_expression(text.replace("−", "-").rstrip(".,;。"))
    except (Unreadable, RecursionError):
        return None
    if not is_term(term) or free_names(term):
        return None
    value = numeral(term)
    return term if value is None else number(value)
