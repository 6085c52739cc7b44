"""Antiderivatives and definite integrals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Add,
    BigOperator,
    Call,
    Comparison,
    Neg,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    substitute,
    walk,
)
from tutor.grading.parsing.typed import typed
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move
from tutor.grading.solver.step import Position, Step
from tutor.grading.solver.term_builder import put_in, total
from tutor.grading.solver.topics.calculus.antiderivative_rules import NoRule, antiderivative
from tutor.grading.solver.topics.calculus.curve import curves_of, ends_in, places_in
from tutor.grading.solver.topics.calculus.substitution_rules import by_parts, substitution
from tutor.grading.solver.topics.written_lines import written_lines
from tutor.grading.working.knowledge.formulas import words

_ANTIDERIVATIVE = words(
    r"antiderivatives?|primitives?|stammfunktion(?:en)?|primitivas?|integrate|integriere"
    r"|intègre\w?|integrar",
    "原函数|不定积分",
)
_AREA_BELOW = words(
    r"area (?:under|below|between|bounded|enclosed)|fläche (?:unter|zwischen)|flächeninhalt"
    r"|aire (?:sous|entre|du domaine)|área (?:bajo|entre|encerrada)",
    "面积",
)
CONSTANT = Sym("C")


def integrate(position: Position) -> Iterator[Step]:
    lines = written_lines(position)
    integral = _integral_of(position)
    if integral is None:
        if not lines:
            yield from _area_below(position)
        if _ANTIDERIVATIVE.search(position.goal.task.text) and not lines:
            yield from _antiderivative_of_curve(position)
    elif integral.low is None or integral.high is None:
        current = lines[-1] if lines else integral
        yield from _indefinite(current, lines, integral)
    else:
        yield from _definite(lines, integral, integral.low, integral.high)


def _integral_of(position: Position) -> BigOperator | None:
    lines = written_lines(position)
    for term in (position.goal.start, *position.goal.task.expressions, *lines[:1]):
        if isinstance(term, BigOperator) and term.kind == "int":
            return term
    return None


def _area_below(position: Position) -> Iterator[Step]:
    """∫ x² dx from 0 to 3."""
    text = position.goal.task.text
    curve = next(curves_of(position), None)
    if curve is None or not _AREA_BELOW.search(text):
        return
    ends = places_in(text, curve.variable) or ends_in(text)
    values = [rational_value(end) for end in ends]
    if len(ends) == 2 and None not in values and values[0] != values[1]:
        low, high = sorted(ends, key=lambda end: rational_value(end) or 0)
        integral = BigOperator("int", curve.bodies[0], curve.variable, low, high)
        yield Step(integral, Move(MoveName.SET_UP_INTEGRAL))


def _antiderivative_of_curve(position: Position) -> Iterator[Step]:
    """F(x) = … for f(x) = …"""
    curve = next(curves_of(position), None)
    if curve is None or not curve.is_called:
        return
    try:
        body = antiderivative(curve.bodies[0], curve.variable)
    except NoRule:
        return
    title = Call(curve.name.upper(), (Sym(curve.variable),))
    yield Step(Comparison("=", title, body), Move(MoveName.FIND_ANTIDERIVATIVE))


def _indefinite(current: Value, lines: Sequence[Value], start: BigOperator) -> Iterator[Step]:
    """The current line with its integrals worked out."""
    inner = _inner_function(lines)
    match current:
        case Comparison("=", Sym("u"), _) if inner is not None:
            changed = substitution(start)
            if changed is not None and changed.inner == inner:
                move = Move(MoveName.SUBSTITUTE, ("u", typed(inner)))
                yield Step(changed.integral, move)
                yield from _substituted(start, start)
            return
        case Comparison("=", title, right) if is_term(right) and isinstance(title, Sym | Call):
            for step in _worked_out(right):
                yield Step(Comparison("=", title, step.value), step.move)
            return
    if not is_term(current):
        return
    if inner is not None and "u" in free_names(current) and not integrals_in(current):
        put_back = put_in(current, "u", inner)
        yield Step(put_back, Move(MoveName.SUBSTITUTE_BACK))
        return
    yield from _worked_out(current)


def _inner_function(lines: Sequence[Value]) -> Term | None:
    for line in lines:
        match line:
            case Comparison("=", Sym("u"), inner) if is_term(inner):
                return inner
    return None


def integrals_in(term: Value) -> list[BigOperator]:
    return [part for part in walk(term) if isinstance(part, BigOperator) and part.kind == "int"]


def _worked_out(term: Term) -> Iterator[Step]:
    integrals = integrals_in(term)
    if not integrals:
        return
    changed = term
    try:
        for integral in integrals:
            changed = substitute(changed, integral, antiderivative(integral.body, integral.name))
    except NoRule:
        yield from _by_other_rules(term, integrals)
        return
    whole = _flat(changed)
    if CONSTANT not in walk(whole):
        whole = total([whole, CONSTANT])
    yield Step(whole, Move(MoveName.FIND_ANTIDERIVATIVE))


def _flat(term: Term) -> Term:
    """a - b - c for a - (b + c)"""
    if not isinstance(term, Add):
        return term
    parts: list[Term] = []
    for part in term.parts:
        match part:
            case Neg(Add(inner)):
                parts += [other.part if isinstance(other, Neg) else Neg(other) for other in inner]
            case Neg(Neg(inner)):
                parts.append(inner)
            case _:
                parts.append(part)
    return total(parts)


def _by_other_rules(term: Term, integrals: Sequence[BigOperator]) -> Iterator[Step]:
    for integral in integrals:
        if (changed := substitution(integral)) is not None:
            move = Move(MoveName.SUBSTITUTE, ("u", typed(changed.inner)))
            if term == integral:
                yield Step(Comparison("=", Sym("u"), changed.inner), move)
            yield from _substituted(term, integral)
        elif (parted := by_parts(integral)) is not None:
            whole = _flat(substitute(term, integral, parted))
            yield Step(whole, Move(MoveName.INTEGRATE_BY_PARTS))


def _substituted(term: Term, integral: BigOperator) -> Iterator[Step]:
    """e^(x²)/2 + C for ∫ x·e^(x²) dx, where a pupil leaves the letter u out."""
    changed = substitution(integral)
    if changed is None:
        return
    try:
        whole = antiderivative(changed.integral.body, "u")
    except NoRule:
        return
    put_back = put_in(whole, "u", changed.inner)
    move = Move(MoveName.SUBSTITUTE, ("u", typed(changed.inner)))
    yield Step(total([substitute(term, integral, put_back), CONSTANT]), move)


def _definite(
    lines: Sequence[Value], integral: BigOperator, low: Term, high: Term
) -> Iterator[Step]:
    """[F]_a^b, then F(b) - F(a) with both put in."""
    name = integral.name
    if not lines or lines[-1] == integral:
        body, move = _whole_antiderivative(integral)
        if body is None:
            return
        yield Step(Call("between", (body, low, high)), move)
        yield Step(Comparison("=", Call("F", (Sym(name),)), body), move)
        return
    current = lines[-1]
    inserted = with_limits_inserted(current)
    if inserted != current:
        yield Step(inserted, Move(MoveName.INSERT_LIMITS))
        return
    whole = _written_antiderivative(lines, name)
    if whole is None:
        return
    title, body = whole
    between = Add((Call(title, (high,)), Neg(Call(title, (low,)))))
    if isinstance(current, Comparison) and current.left == Call(title, (Sym(name),)):
        yield Step(between, Move(MoveName.INSERT_LIMITS))
    elif current == between:
        ends = [put_in(body, name, end) for end in (high, low)]
        yield Step(Add((ends[0], Neg(ends[1]))), Move(MoveName.INSERT_LIMITS))


def _whole_antiderivative(integral: BigOperator) -> tuple[Term | None, Move]:
    """By a rule, or by parts."""
    with suppress(NoRule):
        body = antiderivative(integral.body, integral.name)
        return body, Move(MoveName.FIND_ANTIDERIVATIVE)
    whole = by_parts(BigOperator("int", integral.body, integral.name, None, None))
    with suppress(NoRule):
        for rest in integrals_in(whole) if whole is not None else ():
            whole = substitute(whole, rest, antiderivative(rest.body, rest.name))
        return None if whole is None else _flat(whole), Move(MoveName.INTEGRATE_BY_PARTS)
    return None, Move(MoveName.INTEGRATE_BY_PARTS)


def with_limits_inserted(line: Value) -> Value:
    """F(b) - F(a) for each [F]_a^b."""
    changed = line
    for part in walk(line):
        match part:
            case Call("between", (body, low, high)):
                [name] = free_names(body) or {""}
                ends = [put_in(body, name, end) for end in (high, low)]
                changed = substitute(changed, part, Add((ends[0], Neg(ends[1]))))
    return changed


def _written_antiderivative(lines: Sequence[Value], name: str) -> tuple[str, Term] | None:
    for line in reversed(lines):
        match line:
            case Comparison("=", Call(title, (Sym(variable),)), body) if is_term(body):
                if variable == name:
                    return title, body
    return None
