"""Mistakes with powers and roots that need more than the shape of one term."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, product

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Add,
    Comparison,
    Div,
    Mul,
    Neg,
    Num,
    Pow,
    Root,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    rebuild,
    substitute,
)
from tutor.grading.steps.claim_results import Slip
from tutor.grading.steps.equation_slips import summands
from tutor.grading.working.slip_names.scene import Scene, values_of

_TWO = Num(Fraction(2))
_LISTED_VALUES = re.compile(r"(?<![A-Za-z])([a-z])\s?=\s?([-−\d][-−\d,; ]{0,60})")
_NEGATIVE = re.compile(r"[-−](\d{1,4})(?!\d)")


def wrong_exponent(scene: Scene) -> Slip:
    """10³/10⁻⁴ = 10^(3 - 4): powers of one base, with another exponent"""
    for before, after in scene.pairs:
        exponents = _exponents(before)
        match after:
            case Pow(base, power) if len(exponents) > 1 and base in {b for b, _ in exponents}:
                own = rational_value(power)
                if own is None or any(b != base for b, _ in exponents):
                    continue
                sizes = [abs(e) for _, e in exponents]
                if own != sum(e for _, e in exponents) and own in _combined(sizes):
                    return Slip.EXPONENT_RULE
    return Slip.NONE


def _exponents(term: Term) -> list[tuple[Term, Fraction]]:
    """The bases of a product or quotient of powers, with the exponents that they have in it."""
    match term:
        case Mul(parts):
            return [pair for part in parts for pair in _exponents(part)]
        case Div(top, bottom):
            return [*_exponents(top), *((base, -e) for base, e in _exponents(bottom))]
        case Pow(base, exponent) if (power := rational_value(exponent)) is not None:
            return [(base, power)]
    return [(term, Fraction(1))]


def _combined(sizes: list[Fraction]) -> set[Fraction]:
    """What comes of exponents that are added, subtracted, multiplied or divided."""
    sums = (
        {
            sum((s * size for s, size in zip(signs, sizes, strict=True)), Fraction(0))
            for signs in product((1, -1), repeat=len(sizes))
        }
        if len(sizes) <= 4
        else set()
    )
    if len(sizes) == 2:
        a, b = sizes
        sums |= {a * b, -a * b} | ({a / b, b / a} if a and b else set())
    return sums


def root_of_each(scene: Scene) -> Slip:
    """√(x² + 4x) = √x² + √(4x), and 6√2 + 5√2 = 11√4"""
    for before, after in scene.pairs:
        match before:
            case Root(Add(parts), index) if rational_value(index) == 2:
                roots = after.parts if isinstance(after, Add) else ()
                if len(roots) == len(parts) and all(
                    any(scene.are_same(square, part) for square in _squares(root))
                    for root, part in zip(roots, parts, strict=True)
                ):
                    return Slip.SPLIT_ROOT
            case Add() if any(scene.are_same(wrong, after) for wrong in _added_roots(before)):
                return Slip.SPLIT_ROOT
    return Slip.NONE


def squared_apart(scene: Scene) -> Slip:
    """(2x - 5)(2x - 5) = 4x² - 25"""
    for before, after in scene.pairs:
        match before:
            case Pow(Add((first, second)), exponent) if rational_value(exponent) == 2:
                squares = Pow(first, _TWO), Pow(second, _TWO)
            case Mul((Add((first, second)) as bracket, other)) if other == bracket:
                squares = Pow(first, _TWO), Pow(second, _TWO)
            case _:
                continue
        wrong = Add(squares), Add((squares[0], Neg(squares[1])))
        if any(scene.are_same(term, after) for term in wrong):
            return Slip.SPLIT_SQUARE
    return Slip.NONE


def _squares(term: Term) -> Iterator[Term]:
    """Of √(4x), also where it is written √4x; of -√a with the minus."""
    match term:
        case Neg(part):
            yield from map(Neg, _squares(part))
        case Root(inner, index) if rational_value(index) == 2:
            yield inner
        case Pow(Root(inner, _), exponent):
            yield Pow(inner, exponent)
        case Mul((Root(inner, index), *rest)) if rational_value(index) == 2:
            yield Mul((inner, *rest))
    yield Pow(term, _TWO)


def _added_roots(total: Add) -> Iterator[Term]:
    """(a + b)√(c + d) for a√c + b√d"""
    roots = [_multiple_of_root(part) for part in summands(total)]
    for first, second in combinations(roots, 2) if len(roots) == 2 else ():
        if first is None or second is None:
            continue
        (a, c), (b, d) = first, second
        yield Mul((Num(a + b), Root(Add((c, d)), _TWO)))


def _multiple_of_root(term: Term) -> tuple[Fraction, Term] | None:
    match term:
        case Neg(part):
            inner = _multiple_of_root(part)
            return None if inner is None else (-inner[0], inner[1])
        case Root(inner, index) if rational_value(index) == 2:
            return Fraction(1), inner
        case Mul((factor, Root(inner, index))) if rational_value(index) == 2:
            value = rational_value(factor)
            return None if value is None else (value, inner)
    return None


def negative_put_in(scene: Scene) -> Slip:
    """y = -1 + 4 for y = x² - 4x at x = -1"""
    match scene.comparison:
        case Comparison("=", Sym() as name, right) if is_term(right) and not free_names(right):
            pass
        case _:
            return Slip.NONE
    for premise in scene.comparisons:
        match premise:
            case Comparison("=", left, body) if left == name and is_term(body):
                for letter, value in _negative_values(scene):
                    if free_names(body) == {letter} and _is_turned(body, letter, value, right):
                        return Slip.NEGATIVE_SQUARE
    return Slip.NONE


def _is_turned(body: Term, letter: str, value: Fraction, right: Term) -> bool:
    wrong = squares_turned(body, Sym(letter), Num(value))
    samples = values_of(wrong, right, substitute(body, Sym(letter), Num(value)))
    return samples is not None and samples[0] == samples[1] != samples[2]


def _negative_values(scene: Scene) -> Iterator[tuple[str, Fraction]]:
    """x = -1 in the line, and -1 and -2 of x = -2, -1, 0, 1 in the problem"""
    for text in (scene.text, scene.statement):
        for letter, listed in _LISTED_VALUES.findall(text):
            yield from ((letter, -Fraction(number)) for number in _NEGATIVE.findall(listed))


def squares_turned(body: Term, letter: Sym, value: Num) -> Term:
    """The value put in, with -1² for the square of -1."""

    def put_in(part: Value) -> Value:
        match part:
            case Pow(base, Num(exponent)) if base == letter and exponent % 2 == 0:
                return Neg(Pow(value, Num(exponent)))
        if part == letter:
            return value
        changed: Value = rebuild(part, put_in)
        return changed

    turned: Term = put_in(body)  # type: ignore[assignment]
    return turned
