"""Mistakes in factoring a polynomial."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.grading.mistakes.explanation import MistakenAnswer, Question
from tutor.grading.mistakes.names import MistakeName
from tutor.grading.numeric.polynomials import rational_function
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import Add, Listing, Mul, Num, Pow, Sym, Term, free_names
from tutor.grading.steps import power_slips

MAX_CONSTANT = 500


def factor_mistakes(start: Term, question: Question) -> Iterator[MistakenAnswer]:
    if not isinstance(question.amount, Mul | Pow):
        return
    for wrong in power_slips.root_forgotten(start):
        yield MistakenAnswer(wrong, MistakeName.ROOT_FORGOTTEN)
    names = free_names(start)
    if len(names) != 1:
        return
    [name] = names
    quotient = rational_function(start, name)
    if quotient is None or quotient.bottom.degree() > 0 or quotient.top.degree() != 2:
        return
    bottom = quotient.bottom[0]
    coefficients = [quotient.top[n] / bottom for n in range(3)]
    if any(int(part.q) != 1 for part in coefficients):
        return
    c, b, a = (int(part.p) for part in coefficients)
    yield from _pairs(name, (a, b, c), start)


def _pairs(name: str, coefficients: tuple[int, int, int], start: Term) -> Iterator[MistakenAnswer]:
    a, b, c = coefficients
    if not c or abs(c) > MAX_CONSTANT or abs(a) > MAX_CONSTANT:
        return
    for leading, constant in _factorizations(a, c):
        (p, r), (q, s) = leading, constant
        middle = p * s + q * r
        if abs(middle) == abs(b):
            continue
        product = Mul((_linear(p, q, name), _linear(r, s, name)))
        yield MistakenAnswer(product, MistakeName.PRODUCT_RIGHT_SUM_WRONG)
    for q in range(-abs(b) - 12, abs(b) + 13):
        s = b - q
        if a == 1 and q <= s and q * s != c and q * s and abs(q * s) <= MAX_CONSTANT:
            product = Mul((_linear(1, q, name), _linear(1, s, name)))
            if abs(q * s) == abs(c):
                yield MistakenAnswer(product, MistakeName.SIGN_ERROR)
    roots = _roots(a, b, c)
    if roots:
        members = tuple(Num(root) for root in roots)
        yield MistakenAnswer(Listing(members), MistakeName.SOLVED_INSTEAD_OF_FACTORED)


def _factorizations(a: int, c: int) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    for p in _divisors(abs(a)):
        for q in _divisors(abs(c)):
            for sign in (1, -1):
                yield (p, a // p), (sign * q, c // (sign * q))


def _divisors(number: int) -> list[int]:
    return [n for n in range(1, number + 1) if number % n == 0]


def _linear(factor: int, constant: int, name: str) -> Term:
    return Add((Mul((Num(Fraction(factor)), Sym(name))), Num(Fraction(constant))))


def _roots(a: int, b: int, c: int) -> list[Fraction]:
    discriminant = b * b - 4 * a * c
    root = (
        rational_value(Pow(Num(Fraction(discriminant)), Num(Fraction(1, 2))))
        if discriminant >= 0
        else None
    )
    if root is None:
        return []
    return sorted({(-b - root) / (2 * a), (-b + root) / (2 * a)})
