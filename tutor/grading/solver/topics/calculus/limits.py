"""Limits: a value put in, a common factor cancelled, the highest power divided out."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from flint import fmpq, fmpq_poly

from tutor.grading.numeric.derivatives import NotDifferentiable
from tutor.grading.numeric.polynomials import RationalFunction, rational_function
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    ONE,
    ZERO,
    Add,
    BigOperator,
    Const,
    Div,
    Mul,
    Neg,
    Num,
    Pow,
    Sym,
    Term,
    free_names,
)
from tutor.grading.parsing.typed import typed
from tutor.grading.solver.equality import is_equal
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move
from tutor.grading.solver.step import Position, Step
from tutor.grading.solver.term_builder import number, polynomial, power, put_in, total
from tutor.grading.solver.topics.calculus.derivative_rules import derivative
from tutor.grading.solver.topics.written_lines import written_lines


def find_limit(position: Position) -> Iterator[Step]:
    lines = written_lines(position)
    current = lines[-1] if lines else _limit_of(position)
    if not isinstance(current, BigOperator) or current.kind != "lim" or current.low is None:
        return
    if isinstance(current.low, Const) or current.low == Neg(Const("oo")):
        yield from _of_compound_growth(current)
        yield from _far_away(current)
    else:
        yield from _near(current, current.low)


def _of_compound_growth(limit: BigOperator) -> Iterator[Step]:
    """e² for (1 + 2/x)^x"""
    match limit.body:
        case Pow(Add((Num() as start, Div(rate, Sym(below)))), Sym(above)) if (
            below == above == limit.name and start.value == 1 and not free_names(rate)
        ):
            yield Step(Pow(Const("e"), rate), Move(MoveName.USE_LIMIT_OF_GROWTH))


def _limit_of(position: Position) -> BigOperator | None:
    for term in (position.goal.start, *position.goal.task.expressions):
        if isinstance(term, BigOperator) and term.kind == "lim":
            return term
    return None


def _with_body(limit: BigOperator, body: Term) -> BigOperator:
    return BigOperator("lim", body, limit.name, limit.low, limit.high)


def _near(limit: BigOperator, end: Term) -> Iterator[Step]:
    body, name = limit.body, limit.name
    top, bottom = (body.top, body.bottom) if isinstance(body, Div) else (body, ONE)
    below = put_in(bottom, name, end)
    if not is_equal(below, ZERO):
        move = Move(MoveName.PUT_IN_VALUE, (name, typed(end)))
        yield Step(put_in(body, name, end), move)
        return
    point = rational_value(end)
    if point is None:
        return
    if cancelled := _without_factor(top, bottom, name, point):
        yield Step(_with_body(limit, cancelled), Move(MoveName.CANCEL))
    elif factored := _factored(top, bottom, name, point):
        yield Step(_with_body(limit, factored), Move(MoveName.FACTOR_TOP))
    elif is_equal(put_in(top, name, end), ZERO):
        yield from _by_derivatives(limit, top, bottom)


def _whole(term: Term, name: str) -> fmpq_poly | None:
    rational: RationalFunction | None = rational_function(term, name)
    if rational is None or rational.bottom.degree() > 0:
        return None
    return rational.top / rational.bottom[0]


def _linear(name: str, point: Fraction) -> Term:
    if point < 0:
        return total([Sym(name), number(-point)])
    return total([Sym(name), Neg(number(point))]) if point else Sym(name)


def _factored(top: Term, bottom: Term, name: str, point: Fraction) -> Term | None:
    """(x - 3)(x + 2)/(x - 3) for (x² - x - 6)/(x - 3)"""
    above, below = _whole(top, name), _whole(bottom, name)
    factor = fmpq_poly([fmpq(-point.numerator, point.denominator), fmpq(1)])
    if above is None or below is None or above % factor or below % factor:
        return None
    parts = [
        _multiplied(_linear(name, point), polynomial(whole // factor, name))
        for whole in (above, below)
    ]
    return Div(parts[0], parts[1])


def _multiplied(factor: Term, rest: Term) -> Term:
    return factor if rest == ONE else Mul((factor, rest))


def _without_factor(top: Term, bottom: Term, name: str, point: Fraction) -> Term | None:
    """The fraction without x - 3, where it is a factor of both."""
    factor = _linear(name, point)
    rests: list[Term] = []
    for side in (top, bottom):
        parts: list[Term] = list(side.parts) if isinstance(side, Mul) else [side]
        if factor not in parts:
            return None
        parts.remove(factor)
        rests.append(ONE if not parts else parts[0] if len(parts) == 1 else Mul(tuple(parts)))
    return rests[0] if rests[1] == ONE else Div(rests[0], rests[1])


def _by_derivatives(limit: BigOperator, top: Term, bottom: Term) -> Iterator[Step]:
    """L'Hospital's rule."""
    try:
        body = Div(derivative(top, limit.name), derivative(bottom, limit.name))
    except NotDifferentiable:
        return
    if body.bottom == ONE:
        yield Step(_with_body(limit, body.top), Move(MoveName.USE_LHOSPITAL))
    elif rational_value(body.bottom) != 0:
        yield Step(_with_body(limit, body), Move(MoveName.USE_LHOSPITAL))


def _far_away(limit: BigOperator) -> Iterator[Step]:
    """(3 + 1/x)/(2 - 5/x²) for (3x² + x)/(2x² - 5), then 3/2."""
    body, name = limit.body, limit.name
    if not isinstance(body, Div):
        return
    above, below = _whole(body.top, name), _whole(body.bottom, name)
    if above is not None and below is not None:
        degree = max(above.degree(), below.degree())
        if above.degree() > below.degree() or degree < 1:
            return
        lowered = Div(_divided(above, name, below.degree()), _divided(below, name, below.degree()))
        highest = typed(power(Sym(name), below.degree()))
        yield Step(_with_body(limit, lowered), Move(MoveName.DIVIDE_BY_HIGHEST_POWER, (highest,)))
        return
    ends = [_end(side, name) for side in (body.top, body.bottom)]
    if ends[0] is not None and ends[1]:
        yield Step(number(ends[0] / ends[1]), Move(MoveName.DROP_WHAT_VANISHES))


def _divided(whole: fmpq_poly, name: str, degree: int) -> Term:
    parts: list[Term] = []
    for exponent in range(whole.degree(), -1, -1):
        value = whole[exponent]
        coefficient = Fraction(int(value.p), int(value.q))
        if coefficient:
            size = Div(number(abs(coefficient)), power(Sym(name), degree - exponent))
            term = number(abs(coefficient)) if exponent == degree else size
            parts.append(Neg(term) if coefficient < 0 else term)
    return total(parts)


def _end(term: Term, name: str) -> Fraction | None:
    """Where a sum of numbers and of c/xⁿ goes."""
    end = Fraction(0)
    for part in term.parts if isinstance(term, Add) else (term,):
        plain = part.part if isinstance(part, Neg) else part
        value = rational_value(plain)
        if value is not None:
            end += -value if isinstance(part, Neg) else value
        elif not (isinstance(plain, Div) and name not in free_names(plain.top)):
            return None
    return end
