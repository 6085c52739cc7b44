"""Terms as polynomials with whole coefficients, to find their factors; and back."""

from __future__ import annotations

import math
from collections.abc import Hashable
from dataclasses import dataclass, field
from fractions import Fraction

from flint import Ordering, fmpz_mpoly, fmpz_mpoly_ctx

from tutor.grading.parsing.tree import (
    Add,
    BigOperator,
    Div,
    Matrix,
    Mul,
    Neg,
    Num,
    PlusMinus,
    Pow,
    Sym,
    Term,
    free_names,
)
from tutor.grading.processes.work_budget import charge
from tutor.grading.solver.expressions.terms import number, power, product, total, whole_value
from tutor.grading.solver.expressions.written_shapes import shape

MAX_DEGREE = 12
MAX_TERMS = 40
MAX_LETTERS = 6
_NEVER_LETTERS = (Div, Matrix, BigOperator, PlusMinus)


@dataclass
class Ring:
    """Polynomials in letters, and in terms such as sin(x) or √2, which count as letters."""

    letters: list[Term] = field(default_factory=list)

    @classmethod
    def of(cls, *terms: Term) -> Ring | None:
        """The ring that holds these terms; None where one is no polynomial, or has no letters."""
        letters: dict[Hashable, Term] = {}
        for term in terms:
            if not _gather(term, letters):
                return None
        if not 0 < len(letters) <= MAX_LETTERS:
            return None
        return cls(list(letters.values()))

    def __post_init__(self) -> None:
        names = [f"x{index}" for index in range(len(self.letters))]
        self.context = fmpz_mpoly_ctx.get(names, Ordering.deglex)
        generators = self.context.gens()
        self.by_shape = {
            shape(letter): generator
            for letter, generator in zip(self.letters, generators, strict=True)
        }

    def polynomial(self, term: Term) -> fmpz_mpoly | None:
        """None where it would be too large, or has a letter that the ring lacks."""
        charge(10)
        match term:
            case Num(value) if value.denominator == 1:
                return self.context.constant(value.numerator)
            case Neg(part):
                inner = self.polynomial(part)
                return None if inner is None else -inner
            case Add(parts) | Mul(parts):
                return self._joined(
                    [self.polynomial(part) for part in parts], isinstance(term, Add)
                )
            case Pow(base, exponent) if (count := _small(exponent)) is not None:
                inner = self.polynomial(base)
                if inner is None or int(inner.total_degree()) * count > MAX_DEGREE:
                    return None
                return inner**count
        return self.by_shape.get(shape(term))

    def _joined(self, parts: list[fmpz_mpoly | None], adds: bool) -> fmpz_mpoly | None:
        whole = self.context.constant(0 if adds else 1)
        for part in parts:
            if part is None:
                return None
            whole = whole + part if adds else whole * part
            if len(whole) > MAX_TERMS or int(whole.total_degree()) > MAX_DEGREE:
                return None
        return whole

    def term(self, polynomial: fmpz_mpoly) -> Term:
        """By falling degree, and then in the order of the letters."""
        return total(
            self._monomial(int(coefficient), exponents)
            for exponents, coefficient in zip(polynomial.monoms(), polynomial.coeffs(), strict=True)
        )

    def _monomial(self, coefficient: int, exponents: tuple[int, ...]) -> Term:
        powers = [
            power(letter, int(exponent))
            for letter, exponent in zip(self.letters, exponents, strict=True)
            if exponent
        ]
        return product([number(coefficient), *powers])

    def factored(self, polynomial: fmpz_mpoly) -> list[tuple[fmpz_mpoly, int]]:
        """Prime factors with positive first coefficients, without those that are numbers."""
        charge(200)
        _, parts = polynomial.factor()
        return [(_positive(part), int(exponent)) for part, exponent in parts]


def _positive(polynomial: fmpz_mpoly) -> fmpz_mpoly:
    return -polynomial if int(polynomial.coeffs()[0]) < 0 else polynomial


def _small(exponent: Term) -> int | None:
    count = whole_value(exponent)
    return count if count is not None and 0 <= count <= MAX_DEGREE else None


def _gather(term: Term, letters: dict[Hashable, Term]) -> bool:
    """Notes the letters of a term; False where it is no polynomial."""
    match term:
        case Num(value):
            return value.denominator == 1
        case Neg(part):
            return _gather(part, letters)
        case Add(parts) | Mul(parts):
            return all(_gather(part, letters) for part in parts)
        case Pow(base, exponent) if _small(exponent) is not None:
            return _gather(base, letters)
        case Sym():
            letters.setdefault(shape(term), term)
            return True
    if not free_names(term):
        return False
    letters.setdefault(shape(term), term)
    return not isinstance(term, _NEVER_LETTERS)


def whole_root(value: int, index: int = 2) -> int | None:
    """The exact root of a positive whole number; None where it has none."""
    if value < 0:
        return None
    root = math.isqrt(value) if index == 2 else round(value ** (1 / index))
    return root if root**index == value else None


def rational_root(value: Fraction, index: int = 2) -> Fraction | None:
    top, bottom = whole_root(value.numerator, index), whole_root(value.denominator, index)
    return None if top is None or not bottom else Fraction(top, bottom)
