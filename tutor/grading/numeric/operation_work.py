"""How much work operations are, by the size of their numbers: microseconds on an ordinary server.

Measured with python-flint 0.9 and Python 3.11; each is an upper bound for the sizes that pass.
"""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import islice

from flint import ctx, fmpq_poly

from tutor.grading.parsing.tree import Value, walk
from tutor.grading.processes.work_budget import WorkBudget

_PORTION = 2_000  # of the parts of a tree, between two counts


def _precision_power(exponent: float) -> float:
    """A power of the precision, as a multiple of the usual 128 bits."""
    return math.pow(ctx.prec / 128, exponent)


def of_arithmetic() -> float:
    """Of a sum, a product or a quotient of balls, with what it takes to get there."""
    return 0.6 + 0.1 * _precision_power(1.15)


def of_function() -> float:
    """Of a root, a power or an elementary function of a ball."""
    return 0.6 + 0.8 * _precision_power(1.4)


def of_gamma() -> float:
    return 3 + 1.2 * _precision_power(1.9)


READING = 10.0  # a character of an answer
EVALUATOR = 2.0  # to begin at a new point
UNKNOWN_FUNCTION = 5.0
MINOR = 6.0  # of a matrix, where a determinant is expanded
DERIVATIVE = 2.0  # of one part of a term
FACTOR = 0.02  # of a product, where one of them is differentiated


def of_fraction(value: Fraction) -> float:
    """Of an operation that has this result."""
    above, below = value.numerator.bit_length(), value.denominator.bit_length()
    return 1 + (above + below) / 300 + 1.5e-6 * above * below


def of_whole_number(bits: int) -> float:
    """Of an operation with two whole numbers."""
    return 0.5 + bits / 300 + 3e-7 * bits * bits


def bits_of(value: Fraction) -> int:
    return value.numerator.bit_length() + value.denominator.bit_length()


def bits_of_polynomial(value: fmpq_poly) -> int:
    """Of its largest coefficient."""
    return int(value.numer().height_bits()) + int(value.denom().bit_length())


def of_polynomials(degree: int, bits: int) -> float:
    """Of a sum, a product or a common divisor of two polynomials."""
    return 3 + 0.02 * degree * (degree + bits / 10)


def of_factors(degree: int, bits: int) -> float:
    """Of the factors of a polynomial."""
    return 10 + 0.25 * degree * degree + 0.1 * degree * bits


def of_complex_roots(degree: int) -> float:
    return 5 + 10 * degree * degree


def of_walks(value: Value) -> float:
    """Of going through a tree a few times, as every comparison does."""
    return 5 + 2 * sum(1 for _ in walk(value))


def count_walks(value: Value, budget: WorkBudget) -> None:
    """Counts `of_walks` on the way: a derivative may be too large to go through it even once."""
    budget.step(5)
    parts = walk(value)
    while size := sum(1 for _ in islice(parts, _PORTION)):
        budget.step(2 * size)
