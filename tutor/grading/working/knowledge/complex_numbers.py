"""Complex numbers: modulus, argument, conjugate, powers in polar form."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    ZERO,
    Add,
    Call,
    Comparison,
    Const,
    Div,
    Mul,
    Neg,
    Num,
    Pow,
    Root,
    Sym,
    Term,
    free_names,
    is_term,
    substitute,
)
from tutor.grading.steps.claim_results import Slip
from tutor.grading.steps.complex_values import IMAGINARY, has_imaginary
from tutor.grading.working.knowledge.expected import ExpectedQuantity, Mistake
from tutor.grading.working.task import Task

MAX_NUMBERS = 3
_TWO = Num(Fraction(2))
_ARGUMENTS = frozenset(["phi", "theta", "alpha", "arg", "argument"])


def expected(task: Task) -> Iterator[ExpectedQuantity]:
    for name, number in numbers_in(task):
        parts = parts_of(number)
        conjugate = substitute(number, IMAGINARY, Neg(IMAGINARY))
        wrong = (Mistake(Slip.LOST_SIGN, value=Neg(conjugate)),)
        names = frozenset([f"line {name}", f"{name}*"])
        yield ExpectedQuantity(names, value=conjugate, mistakes=wrong)
        if parts is not None:
            yield from _polar(name, *parts)
            yield from _powers(task, name, number, parts)


def numbers_in(task: Task) -> list[tuple[str, Term]]:
    numbers: list[tuple[str, Term]] = []
    for equation in task.equations:
        match equation:
            case Comparison("=", Sym(name), value) if is_term(value) and not free_names(value):
                if has_imaginary(value):
                    numbers.append((name, value))
    return numbers[:MAX_NUMBERS]


def parts_of(number: Term) -> tuple[Term, Term] | None:
    """The real and the imaginary part of a sum such as 3 - 4i; None for anything else."""
    real: list[Term] = []
    imaginary: list[Term] = []
    for part in number.parts if isinstance(number, Add) else (number,):
        if not has_imaginary(part):
            real.append(part)
            continue
        factor = _without_imaginary(part)
        if factor is None:
            return None
        imaginary.append(factor)
    first, second = (Add(tuple(parts)) if parts else ZERO for parts in (real, imaginary))
    return first, second


def _without_imaginary(part: Term) -> Term | None:
    match part:
        case Const("i"):
            return Num(Fraction(1))
        case Neg(inner):
            factor = _without_imaginary(inner)
            return None if factor is None else Neg(factor)
        case Mul(factors) if factors.count(IMAGINARY) == 1:
            rest = tuple(factor for factor in factors if factor != IMAGINARY)
            return None if any(map(has_imaginary, rest)) else Mul(rest)
    return None


def _modulus(real: Term, imaginary: Term) -> Term:
    return Root(Add((Pow(real, _TWO), Pow(imaginary, _TWO))), _TWO)


def _polar(name: str, real: Term, imaginary: Term) -> Iterator[ExpectedQuantity]:
    squares = Add((Pow(real, _TWO), Pow(imaginary, _TWO)))
    difference = Root(Add((Pow(real, _TWO), Neg(Pow(imaginary, _TWO)))), _TWO)
    numbers = [rational_value(part) for part in (real, imaginary)]
    mistakes = [
        Mistake(Slip.ROOT_FORGOTTEN, value=squares),
        Mistake(Slip.LOST_SIGN, value=difference),
    ]
    if None not in numbers and all(numbers):
        size = sum(abs(number) for number in numbers if number is not None)
        mistakes.append(Mistake(Slip.SPLIT_ROOT, value=Num(Fraction(size))))
    names = frozenset([f"|{name}|", "r", "rho"])
    yield ExpectedQuantity(names, value=_modulus(real, imaginary), mistakes=tuple(mistakes))
    if numbers[0] != 0:
        ratio = Div(imaginary, real)
        yield ExpectedQuantity(frozenset(["tan"]), value=ratio)
        is_positive = numbers[0] is not None and numbers[0] > 0
        if is_positive:
            yield ExpectedQuantity(_ARGUMENTS, value=Call("atan", (ratio,)))
        elif numbers[0] is not None:
            half_turn = Const("pi")
            for turn in (half_turn, Neg(half_turn)):
                value = Add((Call("atan", (ratio,)), turn))
                yield ExpectedQuantity(_ARGUMENTS, value=value)


def _powers(
    task: Task, name: str, number: Term, parts: tuple[Term, Term]
) -> Iterator[ExpectedQuantity]:
    """z^3 and, by mistake, 3r(cos 3φ + i sin 3φ)."""
    for term in task.expressions:
        match term:
            case Pow(Sym(base), Num(exponent)) if base == name and exponent in range(2, 13):
                value = Pow(number, term.exponent)
                direction = Div(value, Pow(_modulus(*parts), term.exponent))
                wrong = Mul((term.exponent, _modulus(*parts), direction))
                once = Mul((_modulus(*parts), direction))
                yield ExpectedQuantity(
                    frozenset([f"{name}^{exponent}"]),
                    value=value,
                    mistakes=(
                        Mistake(Slip.POWER_AS_PRODUCT, value=wrong),
                        Mistake(Slip.POWER_OF_PRODUCT, value=once),
                    ),
                )
