"""Forms of rational, quadratic and complex terms: partial fractions, completed square, polar."""

from __future__ import annotations

from fractions import Fraction

from tutor.grading.comparison.number_forms import unsigned
from tutor.grading.numeric.derivatives import NotDifferentiable, differentiate
from tutor.grading.numeric.polynomials import integer_polynomial, rational_function
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Add,
    Call,
    Const,
    Div,
    Mul,
    Neg,
    Num,
    Pow,
    Term,
    free_names,
    walk,
)

_TWO = Num(Fraction(2))
_I = Const("i")


def is_single_fraction(term: Term) -> bool:
    """One fraction bar at most, with none above or below it."""
    term = unsigned(term)
    halves = (term.top, term.bottom) if isinstance(term, Div) else (term,)
    return not any(_is_fraction(part) for half in halves for part in walk(half))


def _is_fraction(part: object) -> bool:
    if isinstance(part, Pow):
        exponent = rational_value(part.exponent)
        return exponent is not None and exponent < 0
    return isinstance(part, Div)


def is_partial_fractions(term: Term) -> bool:
    """A sum of powers of the variable and of fractions that cannot be split any further."""
    names = free_names(term)
    if len(names) != 1:
        return False
    parts = term.parts if isinstance(term, Add) else (term,)
    denominators = [_prime_power(part, next(iter(names))) for part in parts]
    fractions = [pair for pair in denominators if pair not in (None, _WHOLE)]
    return None not in denominators and len(set(fractions)) == len(fractions)


_WHOLE = ((), 0)  # of a summand without a variable below


def _prime_power(part: Term, name: str) -> tuple[tuple[int, ...], int] | None:
    """Coefficients and exponent of the prime below; None where the part can be split."""
    function = rational_function(part, name)
    if function is None:
        return None
    if function.bottom.degree() <= 0:
        return None if isinstance(unsigned(part), Add) else _WHOLE
    _, factors = integer_polynomial(function.bottom).factor()
    if len(factors) != 1:
        return None
    prime, exponent = factors[0]
    if function.top.degree() >= prime.degree():
        return None
    return tuple(int(coefficient) for coefficient in prime.coeffs()), exponent


def is_completed_square(term: Term) -> bool:
    """a(x + p)^2 + q: the variable once, in one square."""
    parts = term.parts if isinstance(term, Add) else (term,)
    for part in parts:
        factors = _factors(part)
        for factor in factors:
            others = [
                *(p for p in parts if p is not part),
                *(f for f in factors if f is not factor),
            ]
            names = frozenset[str]().union(*map(free_names, others))
            if _names_squared(factor) - names:
                return True
    return False


def _factors(term: Term) -> tuple[Term, ...]:
    match term:
        case Neg(part):
            return _factors(part)
        case Mul(parts):
            return tuple(factor for part in parts for factor in _factors(part))
        case Div(top, bottom) if not free_names(bottom):
            return _factors(top)
    return (term,)


def _names_squared(term: Term) -> set[str]:
    """Those of x + p in its square, in which it is linear."""
    if not isinstance(term, Pow) or term.exponent != _TWO:
        return set()
    try:
        return {
            name
            for name in free_names(term.base)
            if name not in free_names(differentiate(term.base, name))
        }
    except NotDifferentiable:
        return set()


def is_polar(term: Term) -> bool:
    """r e^(i phi), r (cos phi + i sin phi) or r cis phi, with r > 0."""
    if _is_real_number(term):
        return not isinstance(term, Neg)  # the angle 0
    factors = list(term.parts) if isinstance(term, Mul) else [term]
    turns = [factor for factor in factors if _is_turn(factor)]
    others = [factor for factor in factors if factor not in turns]
    return len(turns) == 1 and all(_is_real_number(o) and not isinstance(o, Neg) for o in others)


def _is_real_number(term: Term) -> bool:
    return not free_names(term) and _I not in set(walk(term)) and not _has_turn(term)


def _has_turn(term: Term) -> bool:
    return any(isinstance(part, Call) and part.name == "cis" for part in walk(term))


def _is_turn(term: Term) -> bool:
    match term:
        case Call("cis", (angle,)):
            return _I not in set(walk(angle))
        case Pow(Const("e"), exponent) | Call("exp", (exponent,)):
            return _is_imaginary(exponent)
        case Add((Call("cos", (angle,)), sine)) | Add((sine, Call("cos", (angle,)))):
            match sine:
                case Mul((Const("i"), Call("sin", (other,)))):
                    return angle == other
                case Mul((Call("sin", (other,)), Const("i"))):
                    return angle == other
    return False


def _is_imaginary(term: Term) -> bool:
    """A product with the imaginary unit once and not below a fraction bar."""
    factors = _factors(term)
    inner = [factor for factor in factors if factor != _I]
    return len(inner) == len(factors) - 1 and all(map(_is_real_number, inner))


def is_cartesian(term: Term) -> bool:
    """a + bi, with the imaginary unit in one summand, as a factor."""
    if isinstance(term, Div) and isinstance(term.top, Add) and _is_real_number(term.bottom):
        term = term.top
    parts = term.parts if isinstance(term, Add) else (term,)
    imaginary = [part for part in parts if _I in set(walk(part)) or _has_turn(part)]
    if len(imaginary) > 1 or len(parts) - len(imaginary) > 1:
        return False
    return all(_is_multiple_of_i(part) for part in imaginary)


def _is_multiple_of_i(part: Term) -> bool:
    factors = _factors(part)
    others = [factor for factor in factors if factor != _I]
    return len(others) == len(factors) - 1 and all(
        _I not in set(walk(factor)) and not _has_turn(factor) for factor in others
    )
