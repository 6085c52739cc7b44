"""Trigonometry: the identities of school, and the values at the usual angles."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    ONE,
    ZERO,
    Add,
    Call,
    Const,
    Div,
    Mul,
    Neg,
    Pow,
    Root,
    Term,
    free_names,
    substitute,
    walk,
)
from tutor.grading.solver.expressions.changes import Change
from tutor.grading.solver.expressions.monomials import Monomial, monomial
from tutor.grading.solver.expressions.rewrite_rules import Rewrite, Rule, named_by
from tutor.grading.solver.expressions.terms import (
    negated,
    number,
    product,
    quotient,
    summands,
    total,
)
from tutor.grading.solver.expressions.written_shapes import same_shape, shape
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move

_TWO = number(2)
_PYTHAGORAS = Move(MoveName.PYTHAGOREAN_IDENTITY)
_DOUBLE_ANGLE = Move(MoveName.DOUBLE_ANGLE)
_OF_SINE: dict[Fraction, Term] = {
    Fraction(0): ZERO,
    Fraction(1, 6): Div(ONE, _TWO),
    Fraction(1, 4): Div(Root(_TWO, _TWO), _TWO),
    Fraction(1, 3): Div(Root(number(3), _TWO), _TWO),
    Fraction(1, 2): ONE,
}  # by the angle in half turns
_OF_TANGENT: dict[Fraction, Term] = {
    Fraction(0): ZERO,
    Fraction(1, 6): Div(Root(number(3), _TWO), number(3)),
    Fraction(1, 4): ONE,
    Fraction(1, 3): Root(number(3), _TWO),
}


def _squared(name: str, argument: Term) -> Term:
    return Pow(Call(name, (argument,)), _TWO)


def _square_of(part: Monomial) -> tuple[str, Term] | None:
    """sin and x of a multiple of sin(x)^2."""
    match part.powers:
        case ((Call("sin" | "cos" | "tan" as name, (argument,)), exponent),) if exponent == 2:
            return name, argument
    return None


def pythagoras(term: Term) -> Iterator[Rewrite]:
    """1 - sin(x)^2 as cos(x)^2, and sin(x)^2 + cos(x)^2 as 1, with a common number."""
    if not isinstance(term, Add):
        return
    parts = summands(term)
    monomials = [monomial(part) for part in parts]
    for i, first in enumerate(monomials):
        for j, second in enumerate(monomials[i + 1 :], i + 1):
            if first is None or second is None:
                continue
            whole = _joined_squares(first, second) or _joined_squares(second, first)
            if whole is not None:
                rest = [part for n, part in enumerate(parts) if n not in (i, j)]
                yield Rewrite(total([whole, *rest]), _PYTHAGORAS)


def _joined_squares(first: Monomial, second: Monomial) -> Term | None:
    left, right = _square_of(first), _square_of(second)
    size = number(first.coefficient)
    if left and right and {left[0], right[0]} == {"sin", "cos"} and same_shape(left[1], right[1]):
        return size if first.coefficient == second.coefficient else None
    if right is None or first.powers:
        return None
    name, argument = right
    if name in ("sin", "cos") and first.coefficient == -second.coefficient:
        return product([size, _squared("cos" if name == "sin" else "sin", argument)])
    if name == "tan" and first.coefficient == second.coefficient:
        return quotient(size, _squared("cos", argument))
    return None


def square_as_difference(term: Term) -> Iterator[Rewrite]:
    """sin(x)^2 as 1 - cos(x)^2."""
    match term:
        case Pow(Call("sin" | "cos" as name, (argument,)), exponent) if exponent == _TWO:
            other = "cos" if name == "sin" else "sin"
            yield Rewrite(Add((ONE, Neg(_squared(other, argument)))), _PYTHAGORAS)


def double_angle(term: Term) -> Iterator[Rewrite]:
    """2·sin(x)·cos(x) as sin(2x), and cos(x)^2 - sin(x)^2 as cos(2x)."""
    if isinstance(term, Add):
        yield from _double_cosine(term)
        return
    whole = monomial(term) if isinstance(term, Mul | Div) else None
    if whole is not None and whole.coefficient.numerator % 2 == 0:
        yield from half_of_double_sine(term)


def half_of_double_sine(term: Term) -> Iterator[Rewrite]:
    """sin(x)·cos(x) as 1/2·sin(2x)."""
    whole = monomial(term) if isinstance(term, Mul | Div) else None
    if whole is None:
        return
    calls = [base for base, exponent in whole.powers if exponent == 1 and isinstance(base, Call)]
    sine = next((call for call in calls if call.name == "sin"), None)
    cosine = next((call for call in calls if call.name == "cos"), None)
    if sine is None or cosine is None or not same_shape(sine.args[0], cosine.args[0]):
        return
    rest = tuple(pair for pair in whole.powers if pair[0] not in (sine, cosine))
    joined = Call("sin", (_doubled(sine.args[0]),))
    outer = Monomial(whole.coefficient / 2, rest).term()
    yield Rewrite(product([outer, joined]), _DOUBLE_ANGLE)


def _double_cosine(term: Add) -> Iterator[Rewrite]:
    parts = summands(term)
    for i, first in enumerate(parts):
        for j, second in enumerate(parts):
            if i == j:
                continue
            joined = _cosine_of(first, second)
            if joined is not None:
                rest = [part for n, part in enumerate(parts) if n not in (i, j)]
                yield Rewrite(total([joined, *rest]), _DOUBLE_ANGLE)


def _cosine_of(first: Term, second: Term) -> Term | None:
    left, right = monomial(first), monomial(second)
    if left is None or right is None:
        return None
    square, other_square = _square_of(left), _square_of(right)
    sizes = (left.coefficient, right.coefficient)
    pair = (square and square[0], other_square and other_square[0], *map(int, sizes))
    argument = (square or other_square or ("", None))[1]
    if argument is None or (square and other_square and not same_shape(square[1], other_square[1])):
        return None
    is_plain_number = (square is None) <= (not left.powers) and (other_square is None) <= (
        not right.powers
    )
    forms = {("cos", "sin", 1, -1), ("cos", None, 2, -1), (None, "sin", 1, -2)}
    return Call("cos", (_doubled(argument),)) if pair in forms and is_plain_number else None


def _doubled(argument: Term) -> Term:
    whole = monomial(argument)
    return product([_TWO, argument]) if whole is None else whole.times(Monomial(Fraction(2))).term()


def undouble(term: Term) -> Iterator[Rewrite]:
    """sin(2x) as 2·sin(x)·cos(x), and the three forms of cos(2x)."""
    if not isinstance(term, Call) or term.name not in ("sin", "cos"):
        return
    whole = monomial(term.args[0])
    if whole is None or not whole.powers or whole.coefficient.numerator % 2:
        return
    half = whole.with_coefficient(whole.coefficient / 2).term()
    sine, cosine = _squared("sin", half), _squared("cos", half)
    if term.name == "sin":
        parts = (_TWO, Call("sin", (half,)), Call("cos", (half,)))
        yield Rewrite(Mul(parts), _DOUBLE_ANGLE)
        return
    yield Rewrite(Add((cosine, Neg(sine))), _DOUBLE_ANGLE)
    yield Rewrite(Add((Mul((_TWO, cosine)), Neg(ONE))), _DOUBLE_ANGLE)
    yield Rewrite(Add((ONE, Neg(Mul((_TWO, sine))))), _DOUBLE_ANGLE)


def tangent_as_quotient(term: Term) -> Iterator[Rewrite]:
    match term:
        case Call("tan", (argument,)):
            whole = Div(Call("sin", (argument,)), Call("cos", (argument,)))
            yield Rewrite(whole, Move(MoveName.TANGENT_AS_QUOTIENT))
        case Call("cot", (argument,)):
            whole = Div(Call("cos", (argument,)), Call("sin", (argument,)))
            yield Rewrite(whole, Move(MoveName.COTANGENT_AS_QUOTIENT))


def resolve_tangents(term: Term) -> Iterator[Rewrite]:
    """tan(x)·cos(x): as a quotient, where the product has a sine or cosine of the same angle."""
    if not isinstance(term, Mul | Div):
        return
    calls = [part for part in walk(term) if isinstance(part, Call)]
    tangents = [call for call in calls if call.name == "tan"]
    others = [call for call in calls if call.name in ("sin", "cos")]
    if tangents and any(same_shape(tangents[0].args[0], call.args[0]) for call in others):
        rewrite = next(tangent_as_quotient(tangents[0]))
        yield Rewrite(substitute(term, tangents[0], rewrite.term), rewrite.move)


def quotient_as_tangent(term: Term) -> Iterator[Rewrite]:
    match term:
        case Div(Call("sin", (above,)), Call("cos", (below,))) if same_shape(above, below):
            yield Rewrite(Call("tan", (above,)), Move(MoveName.QUOTIENT_AS_TANGENT))


# Values at the usual angles


def put_in_value(term: Term) -> Iterator[Rewrite]:
    """cos(60°) as 1/2."""
    if not isinstance(term, Call) or free_names(term) or len(term.args) != 1:
        return
    value = trigonometric_value(term.name, term.args[0])
    if value is not None:
        yield Rewrite(value, Move(_VALUES[term.name]))


_VALUES = {
    "sin": MoveName.VALUE_OF_SINE,
    "cos": MoveName.VALUE_OF_COSINE,
    "tan": MoveName.VALUE_OF_TANGENT,
}


def trigonometric_value(name: str, argument: Term) -> Term | None:
    """None for other functions and other angles."""
    angle = half_turns(argument)
    if angle is None or name not in _VALUES:
        return None
    if name == "tan":
        return _tangent(angle % 1)
    return _sine(angle if name == "sin" else angle + Fraction(1, 2))


def half_turns(argument: Term) -> Fraction | None:
    """1/3 for π/3 and for 60°."""
    if isinstance(argument, Call) and argument.name == "degrees":
        degrees = rational_value(argument.args[0])
        return None if degrees is None else degrees / 180
    if argument == ZERO:
        return Fraction(0)
    whole = monomial(argument)
    if whole is None or whole.kind != frozenset([(shape(Const("pi")), Fraction(1))]):
        return None
    return whole.coefficient


def _sine(angle: Fraction) -> Term | None:
    angle %= 2
    if angle >= 1:
        value = _sine(angle - 1)
        return None if value is None else negated(value)
    return _OF_SINE.get(min(angle, 1 - angle))


def _tangent(angle: Fraction) -> Term | None:
    if angle <= Fraction(1, 2):
        return _OF_TANGENT.get(angle)
    value = _OF_TANGENT.get(1 - angle)
    return None if value is None else negated(value)


SIMPLIFYING: tuple[Rule, ...] = (
    put_in_value,
    pythagoras,
    quotient_as_tangent,
    resolve_tangents,
    double_angle,
)
_NAMED: tuple[Rule, ...] = (
    pythagoras,
    double_angle,
    half_of_double_sine,
    undouble,
    tangent_as_quotient,
    quotient_as_tangent,
    square_as_difference,
)


_REVERSIBLE: tuple[Rule, ...] = (pythagoras, double_angle, half_of_double_sine)


def name_identities(change: Change) -> Iterator[Move]:
    yield from named_by(_NAMED, change)
    yield from named_by(_REVERSIBLE, Change(change.after, change.before))
    before, after = change.before, change.after
    match before:
        case Call(name) if name in _VALUES and not free_names(before):
            if not isinstance(after, Call):
                yield Move(_VALUES[name])
