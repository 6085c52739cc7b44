"""Extrema and points of inflection: a derivative set to zero, solved, and tested."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

from tutor.grading.numeric.derivatives import NotDifferentiable
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.shapes import expand_plus_minus
from tutor.grading.parsing.tree import (
    ZERO,
    Comparison,
    Logic,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
)
from tutor.grading.parsing.typed import typed
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move
from tutor.grading.solver.step import Position, Step
from tutor.grading.solver.term_builder import is_plain
from tutor.grading.solver.topics.calculus.curve import Curve, curves_of
from tutor.grading.solver.topics.written_lines import written_lines
from tutor.grading.working.knowledge.formulas import words

_EXTREMA = words(
    r"extrem(?:um|a|e|en|al\w{0,8}|wert\w{0,3}|punkt\w{0,3}|stelle\w{0,2})?|extrem[uo]s?"
    r"|maxim(?:um|a|ums|ize|ise|al|ale[nrs]?)|minim(?:um|a|ums|ize|ise|al|ale[nrs]?)"
    r"|critical(?: points?| numbers?)?|stationary|turning points?|hochpunkte?\w?|tiefpunkte?\w?"
    r"|points? critiques?|puntos? críticos?|máxim[oa]s?|mínim[oa]s?"
    r"|(?:is|are) (?:largest|greatest|smallest)|(?:largest|greatest|smallest|highest|lowest)"
    r" (?:possible )?(?:value|area|volume|product|sum|profit|point)"
    r"|(?:größte|kleinste)[nrs]? (?:wert|fläche|volumen|flächeninhalt)"
    r"|am (?:größten|kleinsten)|plus (?:grande|petite) (?:valeur|aire)",
    "极值|极大|极小|最大值|最小值|最大|最小|驻点|极点",
)
_INFLECTION = words(
    r"(?:points? of )?inflections?(?: points?)?|inflexion|inflexión|wendepunkte?\w?|wendestellen?"
    r"|points? d.inflexion",
    "拐点",
)
_MONOTONE = words(
    r"monoton\w{0,6}|(?:in|de)creas(?:es?|ing)|croissante?|décroissante?|variations?"
    r"|(?:de)?creciente|(?:de)?crece",
    "单调",
)
_DOMAIN = words(
    r"domain|definitionsbereich\w?|definitionsmenge|domaine de définition|dominio", "定义域"
)
_ONLY_PLACES = words(
    r"critical|points? critiques?|puntos? críticos?|critical numbers?|stellen?", "驻点|极值点"
)


def find_special_points(position: Position) -> Iterator[Step]:
    text = position.goal.task.text
    if _DOMAIN.search(text):
        return
    primes = 2 if _INFLECTION.search(text) else 1
    if primes == 1 and not (_EXTREMA.search(text) or _MONOTONE.search(text)):
        return
    lines = written_lines(position)
    curve = next((c for c in curves_of(position) if _is_function(c, lines)), None)
    if curve is None:
        return
    if _is_set_to_zero(lines, curve, primes):
        solutions = _solutions(lines, curve.variable)
        if solutions and not _MONOTONE.search(text) and not _ONLY_PLACES.search(text):
            yield from _tested(curve, solutions, primes)
    elif len(curve.bodies) <= primes:
        with suppress(NotDifferentiable):
            yield curve.derived()
    elif free_names(curve.bodies[primes]):
        line = Comparison("=", curve.bodies[primes], ZERO)
        yield Step(line, Move(MoveName.SET_DERIVATIVE_TO_ZERO))


def _is_function(curve: Curve, lines: Sequence[Value]) -> bool:
    """Not y = 60 - 2x, which a line only says of a length."""
    return curve.is_called or not any(
        isinstance(line, Comparison) and line.left == Sym(curve.name) for line in lines
    )


def _is_set_to_zero(lines: Sequence[Value], curve: Curve, primes: int) -> bool:
    """Whether an equation in the variable comes after the derivative, or f'(x) = 0."""
    titles = [curve.title(n) for n in range(len(curve.bodies))]
    condition = Comparison("=", curve.title(primes), ZERO)
    parts = [part for line in lines for part in _parts(line)]
    return condition in parts or any(_is_about(part, curve.variable, titles) for part in parts)


def _is_about(part: Value, variable: str, titles: Sequence[Term]) -> bool:
    match part:
        case Comparison("=", left, _):
            return free_names(part) == {variable} and left not in titles
    return False


def _parts(line: Value) -> tuple[Value, ...]:
    value = expand_plus_minus(line)
    return value.parts if isinstance(value, Logic) else (value,)


def _solutions(lines: Sequence[Value], variable: str) -> tuple[Term, ...] | None:
    """Of the last line that lists them: x = 2 or x = -2."""
    for line in reversed(lines):
        values = [_value_of(part, variable) for part in _parts(line)]
        if values and None not in values:
            return tuple(value for value in values if value is not None)
    return None


def _value_of(part: Value, variable: str) -> Term | None:
    match part:
        case Comparison("=", Sym(name), value) if name == variable and is_term(value):
            return value if is_plain(value) else None
    return None


def _tested(curve: Curve, solutions: Sequence[Term], primes: int) -> Iterator[Step]:
    """f''(2) = 12 for each solution, then f(2)."""
    if len(curve.bodies) == primes + 1:
        with suppress(NotDifferentiable):
            yield curve.derived()
        return
    if any(not is_plain(value) for value in curve.values.values()):
        return  # it is being worked out
    constant = not free_names(curve.bodies[primes + 1])
    for solution in solutions if not constant else ():
        if curve.value_at(solution, primes + 1) is None:
            yield _put_in(curve, solution, primes + 1)
            return
    for solution in solutions:
        test = curve.value_at(solution, primes + 1)
        is_special = constant or test is None or rational_value(test) != 0
        if is_special and curve.value_at(solution) is None:
            yield _put_in(curve, solution, 0)
            return


def _put_in(curve: Curve, solution: Term, primes: int) -> Step:
    line = Comparison("=", curve.at(solution, primes), curve.body_at(solution, primes))
    return Step(line, Move(MoveName.PUT_IN_VALUE, (curve.variable, typed(solution))))
