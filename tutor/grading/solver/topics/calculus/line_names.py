"""Names what leads from one line of calculus to the next."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from tutor.grading.numeric.derivatives import NotDifferentiable, differentiate
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    ONE,
    ZERO,
    Add,
    BigOperator,
    Call,
    Comparison,
    Div,
    Mul,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    substitute,
)
from tutor.grading.parsing.typed import typed
from tutor.grading.solver.equality import is_equal
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move
from tutor.grading.solver.shapes import same_form
from tutor.grading.solver.term_builder import put_in
from tutor.grading.solver.topics.calculus.derivative_rules import derivative, rule_of
from tutor.grading.solver.topics.calculus.integration import integrals_in, with_limits_inserted
from tutor.grading.solver.topics.calculus.substitution_rules import substitution


def name_calculus(before: Value, after: Value) -> Iterator[Move]:
    for naming in (_differentiated, _tested, _integrated, _inserted, _limit):
        yield from naming(before, after)


def _function(line: Value) -> tuple[str, str, Term] | None:
    """The name, the variable and the term of f(x) = … and y' = …"""
    match line:
        case Comparison("=", Call(name, (Sym(variable),)), body) if is_term(body):
            return name, variable, body
        case Comparison("=", Sym(name), body) if is_term(body) and len(free_names(body)) == 1:
            return name, next(iter(free_names(body))), body
    return None


def _differentiated(before: Value, after: Value) -> Iterator[Move]:
    """f'(x) = … after f(x) = …, and f'(4) = … after f'(x) = …"""
    first = _function(before)
    if first is None:
        return
    name, variable, body = first
    second = _function(after)
    if second is not None and second[0] == f"{name}'":
        with suppress(NotDifferentiable):
            if same_form(derivative(body, variable), second[2]) or is_equal(
                differentiate(body, variable), second[2]
            ):
                yield Move(rule_of(body, variable))
    if second is not None and second[0] == name.upper() != name:
        with suppress(NotDifferentiable):
            if is_equal(differentiate(second[2], variable), body):
                yield Move(MoveName.FIND_ANTIDERIVATIVE)
    match after:
        case Comparison("=", Call(called, (argument,)), value) if called == name and is_term(value):
            if not free_names(argument) and is_equal(put_in(body, variable, argument), value):
                yield Move(MoveName.PUT_IN_VALUE, (variable, typed(argument)))
        case Comparison("=", left, right) if "'" in name and {left, right} == {body, ZERO}:
            yield Move(MoveName.SET_DERIVATIVE_TO_ZERO)


def _tested(before: Value, after: Value) -> Iterator[Move]:
    """A minimum at x = 2 after f''(2) = 12."""
    match before, after:
        case (
            Comparison(_, Call(name, (tested,)), value),
            Comparison("=", Sym(), extremum),
        ) if name.endswith("''") and tested == extremum:
            if is_term(value) and rational_value(value) is not None:
                yield Move(MoveName.USE_SECOND_DERIVATIVE_TEST)


def _integrated(before: Value, after: Value) -> Iterator[Move]:
    before, after = _right_side(before), _right_side(after)
    integrals = integrals_in(before)
    if not integrals or not is_term(before) or not is_term(after):
        return
    later = integrals_in(after)
    if len(integrals) == 1 and before == integrals[0]:
        yield from _of_integral(integrals[0], after, later)
    elif not later and _undone(before, after):
        yield Move(MoveName.FIND_ANTIDERIVATIVE)


def _right_side(line: Value) -> Value:
    match line:
        case Comparison("=", _, right):
            return right
    return line


def _of_integral(integral: BigOperator, after: Term, later: list[BigOperator]) -> Iterator[Move]:
    name = integral.name
    if not later:
        if _gives_antiderivative(integral, after):
            yield Move(MoveName.FIND_ANTIDERIVATIVE)
        return
    others = {other.name for other in later}
    if others != {name}:
        changed = substitution(integral, later[0].name)
        if (
            changed is not None
            and len(later) == 1
            and is_equal(_factored(after, later[0]), changed.integral.body)
        ):
            yield Move(MoveName.SUBSTITUTE, (later[0].name, typed(changed.inner)))
    elif isinstance(after, Add) and all(_holds_integral(part) for part in after.parts):
        yield Move(MoveName.SPLIT_INTEGRAL)
    elif isinstance(after, Add) and len(later) == 1 and _undone(integral, after):
        yield Move(MoveName.INTEGRATE_BY_PARTS)


def _factored(after: Term, integral: BigOperator) -> Term:
    """c·g for c·∫g du."""
    whole: Term = substitute(after, integral, integral.body)
    return whole


def _holds_integral(part: Term) -> bool:
    return bool(integrals_in(part))


def _gives_antiderivative(integral: BigOperator, after: Term) -> bool:
    match after:
        case Call("between", (body, low, high)):
            ends = (integral.low, integral.high)
            return ends == (low, high) and _is_antiderivative(body, integral)
    return integral.low is None and _is_antiderivative(after, integral)


def _is_antiderivative(term: Term, integral: BigOperator) -> bool:
    with suppress(NotDifferentiable):
        return is_equal(differentiate(term, integral.name), integral.body)
    return False


def _undone(before: Term, after: Term) -> bool:
    """Whether both have the same derivative."""
    name = integrals_in(before)[0].name
    with suppress(NotDifferentiable):
        return is_equal(differentiate(before, name), differentiate(after, name))
    return False


def _inserted(before: Value, after: Value) -> Iterator[Move]:
    """2³ - 0³ after [x³]_0^2."""
    inserted, before_right = _right_side(with_limits_inserted(before)), _right_side(before)
    after = _right_side(after)
    if inserted == before_right or not is_term(inserted) or not is_term(after):
        return
    if same_form(inserted, after) or is_equal(inserted, after):
        yield Move(MoveName.INSERT_LIMITS)


def _limit(before: Value, after: Value) -> Iterator[Move]:
    before, after = _right_side(before), _right_side(after)
    match before:
        case BigOperator("lim", body, name, low) if low is not None:
            pass
        case _:
            return
    if isinstance(after, BigOperator) and (after.kind, after.name, after.low) == ("lim", name, low):
        yield from _other_body(body, after.body, name)
    elif is_term(after) and is_equal(put_in(body, name, low), after):
        yield Move(MoveName.PUT_VALUE_IN)


def _other_body(body: Term, other: Term, name: str) -> Iterator[Move]:
    top, bottom = (body.top, body.bottom) if isinstance(body, Div) else (body, ONE)
    above, below = (other.top, other.bottom) if isinstance(other, Div) else (other, ONE)
    if not is_equal(body, other):
        with suppress(NotDifferentiable):
            tops, bottoms = differentiate(top, name), differentiate(bottom, name)
            if is_equal(tops, above) and is_equal(bottoms, below):
                yield Move(MoveName.USE_LHOSPITAL)
    elif is_equal(bottom, below) and isinstance(above, Mul) and not isinstance(top, Mul):
        yield Move(MoveName.FACTOR_TOP)
    elif below != bottom:
        yield Move(MoveName.CANCEL)
