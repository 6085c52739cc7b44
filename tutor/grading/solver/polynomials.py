"""Polynomials in one letter with rational coefficients, and their factors."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import gcd

from flint import fmpz_poly

from tutor.grading.numeric import operation_work
from tutor.grading.parsing.tree import Sym, Term
from tutor.grading.processes.work_budget import charge
from tutor.grading.solver.relations import Relation
from tutor.grading.solver.sums import (
    Sum,
    Summand,
    as_term,
    collected,
    common_denominator,
    expanded,
    negated,
)

MAX_DEGREE = 8


@dataclass(frozen=True, slots=True)
class Polynomial:
    """Of one letter; coefficients from the constant upwards, the last one is not zero."""

    name: str
    coefficients: tuple[Fraction, ...]

    @classmethod
    def of(cls, parts: Sum, name: str) -> Polynomial | None:
        """None where a summand is no whole power of the letter, times a number."""
        by_degree: dict[int, Fraction] = {}
        for part in collected(inner for whole in parts for inner in expanded(whole)):
            if part.powers and [base for base, _ in part.powers] != [Sym(name)]:
                return None
            degree = part.powers[0][1] if part.powers else 0
            if not 0 <= degree <= MAX_DEGREE:
                return None
            by_degree[degree] = part.coefficient
        top = max(by_degree, default=0)
        return cls(name, tuple(by_degree.get(k, Fraction(0)) for k in range(top + 1)))

    @classmethod
    def of_difference(cls, relation: Relation, name: str) -> Polynomial | None:
        """Of an equation, with everything on the left."""
        return cls.of([*relation.left, *negated(relation.right)], name)

    @property
    def degree(self) -> int:
        return len(self.coefficients) - 1

    @property
    def zero(self) -> Fraction:
        """Of a polynomial of degree 1."""
        return -self.coefficients[0] / self.coefficients[1]

    @property
    def content(self) -> Fraction:
        """What divides all coefficients, with the sign of the first one; they become whole."""
        whole = common_denominator(self.sum)
        divisor = reduce(gcd, (int(c * whole) for c in self.coefficients))
        return Fraction(divisor, whole) * (-1 if self.coefficients[-1] < 0 else 1)

    @property
    def sum(self) -> Sum:
        return [
            Summand(c, ((Sym(self.name), k),) if k else ())
            for k, c in reversed(tuple(enumerate(self.coefficients)))
            if c
        ]

    @property
    def term(self) -> Term:
        return as_term(self.sum)

    def over(self, divisor: Fraction) -> Polynomial:
        return Polynomial(self.name, tuple(c / divisor for c in self.coefficients))

    def factors(self) -> list[tuple[Polynomial, int]]:
        """Irreducible over the rationals, with exponents; needs whole coefficients."""
        charge(operation_work.of_factors(self.degree, 64))
        _, factors = fmpz_poly([int(c) for c in self.coefficients]).factor()
        known = [
            (Polynomial(self.name, tuple(Fraction(int(c)) for c in factor.coeffs())), exponent)
            for factor, exponent in factors
        ]
        return sorted(known, key=lambda pair: pair[0].order)

    @property
    def order(self) -> tuple[int, Fraction]:
        """Among factors: linear ones first, by their zeros."""
        return self.degree, self.zero if self.degree == 1 else Fraction(0)
