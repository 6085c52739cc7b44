"""Values of functions, inverse functions, and vertices of parabolas."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from tutor.grading.numeric.polynomials import rational_function
from tutor.grading.parsing.tree import (
    Call,
    Comparison,
    Mul,
    Neg,
    Pow,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    substitute,
)
from tutor.grading.parsing.typed import typed
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move
from tutor.grading.solver.shapes import same_form
from tutor.grading.solver.step import Position, Step
from tutor.grading.solver.term_builder import TWO, number, product, total
from tutor.grading.solver.topics.calculus.curve import (
    ASKS_DERIVATIVE,
    Curve,
    curves_of,
    places_in,
)
from tutor.grading.solver.topics.inverses import curve_to_invert, subject_of_inverse
from tutor.grading.solver.topics.written_lines import written_lines
from tutor.grading.working.knowledge.formulas import words

_VERTEX = words(
    r"vertex(?: form)?|turning point|scheitel\w{0,10}|sommet|forme canonique|vértice", "顶点"
)
_VALUE = words(
    r"values?|find|evaluate|calculate|compute|wert\w?|berechne|bestimme|calculer|calcula|halla",
    "求|计算|值",
)


def invert(position: Position) -> Iterator[Step]:
    """y for f(x), then solved for x, then x and y swapped."""
    curve = curve_to_invert(position)
    lines = written_lines(position)
    if curve is None:
        return
    if not lines:
        line = Comparison("=", Sym("y"), curve.bodies[0])
        title = typed(curve.title()) if curve.is_called else "y"
        yield Step(line, Move(MoveName.WRITE_Y_FOR, (title,)))
        return
    match lines[-1]:
        case Comparison("=", Sym("x"), right) if is_term(right):
            swapped = _renamed(right)
            is_solved = swapped is not None and subject_of_inverse(position) == "x"
            if swapped is not None and is_solved and curve.is_called:
                yield Step(Comparison("=", Sym("y"), swapped), Move(MoveName.SWAP_X_AND_Y))


def _renamed(term: Term) -> Term | None:
    if free_names(term) != {"y"}:
        return None
    renamed: Term = substitute(term, Sym("y"), Sym("x"))
    return renamed


def evaluate(position: Position) -> Iterator[Step]:
    """f(3) = 2·3² - 1"""
    task = position.goal.task
    if ASKS_DERIVATIVE.search(task.text) or written_lines(position):
        return
    for curve in curves_of(position):
        asked = _asked_value(curve, position)
        if asked is not None and _VALUE.search(task.text):
            line = Comparison("=", curve.at(asked), curve.body_at(_as_term(asked, position)))
            yield Step(line, Move(MoveName.PUT_IN_VALUE, (curve.variable, typed(asked))))
        return


def _asked_value(curve: Curve, position: Position) -> Term | None:
    """3 of f(3), where the statement gives no value for it."""
    if not curve.is_called:
        places = places_in(position.goal.task.text, curve.variable)
        return places[0] if len(places) == 1 else None
    for term in position.goal.task.expressions:
        match term:
            case Call(name, (argument,)) if name == curve.name and not isinstance(argument, Sym):
                return argument
    return None


def _as_term(argument: Term, position: Position) -> Term:
    """2x - 3 for g(x)."""
    match argument:
        case Call(name, (inner,)):
            bodies = (c.body_at(inner) for c in curves_of(position) if c.name == name)
            return next(bodies, argument)
    return argument


def find_vertex(position: Position) -> Iterator[Step]:
    """x² - 6x + 9 - 9 + 5, then the square; 2(x² - 4x) + 3, then the square in the bracket."""
    if not _VERTEX.search(position.goal.task.text):
        return
    curve = next(curves_of(position), None)
    forms = None if curve is None else _completed(curve)
    if curve is None or forms is None:
        return
    lines = written_lines(position)
    title = _title(curve, lines[-1] if lines else None)
    written = _right_side(lines[-1]) if lines else None
    if not lines:
        for form in (forms[0], forms[-1]):
            yield Step(Comparison("=", title, form), Move(MoveName.COMPLETE_SQUARE))
    for before, after in pairwise(forms):
        if written is not None and same_form(written, before):
            move = MoveName.EXPAND if before == forms[1] else MoveName.WRITE_SQUARE
            if len(forms) > 2 and before == forms[0]:
                move = MoveName.COMPLETE_SQUARE
            yield Step(Comparison("=", title, after), Move(move))


def _title(curve: Curve, line: Value | None) -> Term:
    match line:
        case Comparison("=", title, _) if is_term(title):
            return title
    return curve.title()


def _right_side(line: Value) -> Value | None:
    match line:
        case Comparison("=", _, right):
            return right
    return None


def _completed(curve: Curve) -> tuple[Term, ...] | None:
    """The forms on the way, the last one a(x - h)² + k."""
    rational = rational_function(curve.bodies[0], curve.variable)
    if rational is None or rational.bottom.degree() > 0 or rational.top.degree() != 2:
        return None
    c, b, a = (
        Fraction(int(value.p), int(value.q))
        for value in ((rational.top / rational.bottom[0])[n] for n in range(3))
    )
    if not b:
        return None
    name = Sym(curve.variable)
    half = b / (2 * a)
    square: Term = Pow(total([name, number(half)]), TWO)
    whole = total([_times(a, square), number(c - a * half**2)])
    if a == 1:
        start = [Pow(name, TWO), product(number(b), name), number(half**2)]
        return total([*start, Neg(number(half**2)), number(c)]), whole
    inner = total([Pow(name, TWO), product(number(b / a), name)])
    bracket = total([square, number(-(half**2))])
    return total([_times(a, inner), number(c)]), total([_times(a, bracket), number(c)]), whole


def _times(factor: Fraction, term: Term) -> Term:
    """-(x² - 6x), 2(x - 3)²"""
    if abs(factor) == 1:
        return term if factor > 0 else Neg(term)
    whole = Mul((number(abs(factor)), term))
    return Neg(whole) if factor < 0 else whole
