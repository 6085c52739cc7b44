"""The solutions of an equation in one variable, each within proven bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import acb, fmpq_poly

from tutor.grading.numeric import operation_work
from tutor.grading.numeric.intervals import BASE_BITS, Ball, ball, precision
from tutor.grading.numeric.polynomials import (
    integer_polynomial,
    polynomial_of_zeros,
    rational_function,
)
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Add,
    Div,
    Mul,
    Neg,
    Num,
    Pow,
    Root,
    Term,
    Value,
    free_names,
    walk,
)
from tutor.grading.processes.work_budget import charge

MAX_ROOTS = 3  # square roots that are removed by squaring, one after the other


@dataclass(frozen=True, slots=True)
class Zero:
    """One zero of a polynomial. exact: its value where it is rational."""

    value: Ball
    exact: Fraction | None = None

    @property
    def is_real(self) -> bool:
        return not isinstance(self.value, acb)


def zeros_of(polynomial: fmpq_poly) -> list[Zero]:
    """Each zero once: first the rational, then the real, then the complex ones."""
    if polynomial.degree() < 1:
        return []
    all_zeros: list[Zero] = []
    charge(
        operation_work.of_factors(
            polynomial.degree(), operation_work.bits_of_polynomial(polynomial)
        )
    )
    _, factors = integer_polynomial(polynomial).factor()
    with precision(BASE_BITS):
        for factor, _ in factors:
            if factor.degree() == 1:
                rational = Fraction(-int(factor[0]), int(factor[1]))
                all_zeros.append(Zero(ball(rational), rational))
                continue
            charge(operation_work.of_complex_roots(factor.degree()))
            roots: list[tuple[acb, int]] = factor.complex_roots()  # type: ignore[assignment]
            all_zeros += [Zero(root.real if root.imag == 0 else root) for root, _ in roots]
    return sorted(all_zeros, key=_order)


def _order(zero: Zero) -> tuple[bool, bool, int, Fraction | float]:
    if zero.exact is not None:
        return False, False, zero.exact.denominator, abs(zero.exact)
    return True, not zero.is_real, 0, float(abs(acb(zero.value)).mid())


def polynomial_of(whole: Term, name: str) -> fmpq_poly | None:
    """The polynomial with the zeros of a rational function, each once; None for other terms."""
    function = rational_function(whole, name)
    return None if function is None else polynomial_of_zeros(function)


def polynomial_without_roots(whole: Term, name: str) -> fmpq_poly | None:
    """A polynomial that has all zeros of a term with square roots, and perhaps others.

    Square roots are isolated and squared, which may add zeros.
    """
    summands = list(_summands(whole, 1))
    for _ in range(MAX_ROOTS):
        rooted = [part for part in summands if _is_rooted(part[1], name)]
        if not rooted:
            return polynomial_of(_sum(summands), name)
        first = rooted[0]
        if (square := _squared(first[1], name)) is None:
            return None
        rest = [part for part in summands if part is not first]
        if (expanded := _square_of_sum(rest, name)) is None:
            return None
        summands = [(1, square), *((-sign, part) for sign, part in expanded)]
    return None


_Summand = tuple[int, Term]  # sign and term


def _summands(term: Term, sign: int) -> Sequence[_Summand]:
    if isinstance(term, Add):
        return [summand for part in term.parts for summand in _summands(part, sign)]
    if isinstance(term, Neg):
        return _summands(term.part, -sign)
    return [(sign, term)]


def _sum(summands: Sequence[_Summand]) -> Term:
    parts = tuple(part if sign > 0 else Neg(part) for sign, part in summands)
    return parts[0] if len(parts) == 1 else Add(parts)


def _is_rooted(term: Term, name: str) -> bool:
    return any(_is_square_root(part) and name in free_names(part) for part in walk(term))


def _is_square_root(part: Value) -> bool:
    if isinstance(part, Root):
        return True
    if not isinstance(part, Pow):
        return False
    exponent = rational_value(part.exponent)
    return exponent is not None and exponent.denominator != 1


def _squared(term: Term, name: str) -> Term | None:
    """The square of a product such as k·√u, without the root; None for other terms."""
    match term:
        case Root(inner, Num(value)) if value == 2 and not _is_rooted(inner, name):
            return inner
        case Pow(base, exponent) if rational_value(exponent) == Fraction(1, 2):
            return None if _is_rooted(base, name) else base
        case Mul(parts):
            squares = [_squared(part, name) for part in parts]
            known = [square for square in squares if square is not None]
            return Mul(tuple(known)) if len(known) == len(parts) else None
        case Div(top, bottom):
            above, below = _squared(top, name), _squared(bottom, name)
            return None if above is None or below is None else Div(above, below)
        case _ if not _is_rooted(term, name):
            return Pow(term, Num(Fraction(2)))
    return None


def _square_of_sum(summands: list[_Summand], name: str) -> list[_Summand] | None:
    rooted = [part for part in summands if _is_rooted(part[1], name)]
    plain = [part for part in summands if part not in rooted]
    if len(rooted) > 1:
        return None
    base = _sum(plain) if plain else Num(Fraction(0))
    expanded: list[_Summand] = [(1, Pow(base, Num(Fraction(2))))]
    for sign, part in rooted:
        square = _squared(part, name)
        if square is None:
            return None
        expanded += [(1, square), (sign, Mul((Num(Fraction(2)), base, part)))]
    return expanded
