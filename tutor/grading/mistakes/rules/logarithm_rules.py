"""Wrong rules for logarithms, each a change of one part of a term."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.grading.mistakes.names import MistakeName
from tutor.grading.mistakes.rules.rewriting import Change
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import Add, Call, Div, Mul, Neg, Num, Pow, Term, free_names

_LOGARITHMS = ("ln", "log", "lg")
_TEN = Num(Fraction(10))


def _is_log(term: Term) -> bool:
    return isinstance(term, Call) and term.name in _LOGARITHMS


def _same_log(log: Call, argument: Term) -> Call:
    return Call(log.name, (argument, *log.args[1:]))


def _factors_of(log: Call) -> list[tuple[Term, Term]]:
    """Ways to write the argument as a product: 8x as 8·x."""
    argument = log.args[0]
    if not isinstance(argument, Mul) or len(argument.parts) < 2:
        return []
    first, *rest = argument.parts
    return [(first, Mul(tuple(rest)) if len(rest) > 1 else rest[0])]


def log_of_product(term: Term) -> Iterator[Term]:
    """3·log x for log (8x), as log 8·log x"""
    if isinstance(term, Call) and _is_log(term):
        for first, rest in _factors_of(term):
            yield Mul((_same_log(term, first), _same_log(term, rest)))
    match term:
        case Add((Call() as left, Call() as right)) if _is_log(left) and _is_log(right):
            yield Mul((left, right))


def factor_out_of_logarithm(term: Term) -> Iterator[Term]:
    """8·log x for log (8x)"""
    if isinstance(term, Call) and _is_log(term):
        for first, rest in _factors_of(term):
            yield Mul((first, _same_log(term, rest)))


def logarithm_dropped(term: Term) -> Iterator[Term]:
    """8 + log x for log (8x), and 4 for log 12 - log 3"""
    match term:
        case Call() if _is_log(term):
            for first, rest in _factors_of(term):
                yield Add((first, _same_log(term, rest)))
            yield term.args[0]
        case Add((Call() as left, Neg(Call() as right), *others)) if _is_log(left) and _is_log(
            right
        ):
            quotient = Div(left.args[0], right.args[0])
            yield Add((quotient, *others)) if others else quotient
        case Add((Call() as left, Call() as right, *others)) if _is_log(left) and _is_log(right):
            product = Mul((left.args[0], right.args[0]))
            yield Add((product, *others)) if others else product


def log_of_quotient(term: Term) -> Iterator[Term]:
    """log a/log b for log a - log b = log (a/b), and the other way round"""
    match term:
        case Add((Call() as left, Neg(Call() as right), *others)) if _is_log(left) and _is_log(
            right
        ):
            yield Add((Div(left, right), *others)) if others else Div(left, right)
        case Call(_, (Div(top, bottom), *_)) if _is_log(term):
            yield Div(_same_log(term, top), _same_log(term, bottom))
        case Div(Call() as top, Call() as bottom) if _is_log(top) and _is_log(bottom):
            yield _same_log(top, Div(top.args[0], bottom.args[0]))
            yield Add((top, Neg(bottom)))
        case Div(Call() as top, bottom) if _is_log(top) and not free_names(bottom):
            yield _same_log(top, Div(top.args[0], bottom))


def product_for_quotient(term: Term) -> Iterator[Term]:
    """log 48 for log 12 - log 4"""
    match term:
        case Add((Call() as left, Neg(Call() as right), *others)) if _is_log(left) and _is_log(
            right
        ):
            joined = _same_log(left, Mul((left.args[0], right.args[0])))
            yield Add((joined, *others)) if others else joined


def log_of_sum(term: Term) -> Iterator[Term]:
    """log (a + b) for log a + log b, and the other way round"""
    match term:
        case Add((Call() as left, Neg(Call() as right), *others)) if _is_log(left) and _is_log(
            right
        ):
            joined = _same_log(left, Add((left.args[0], Neg(right.args[0]))))
            yield Add((joined, *others)) if others else joined
        case Add((Call() as left, Call() as right, *others)) if _is_log(left) and _is_log(right):
            joined = _same_log(left, Add((left.args[0], right.args[0])))
            yield Add((joined, *others)) if others else joined
        case Call(_, (Add(parts), *_)) if _is_log(term):
            yield Add(tuple(_same_log(term, part) for part in parts))


def divided_by_base(term: Term) -> Iterator[Term]:
    """100 for lg 1000, as 1000/10"""
    match term:
        case Add((Call() as left, Neg(Call() as right), *others)) if _is_log(left) and _is_log(
            right
        ):
            quotient = _divided(_same_log(left, Div(left.args[0], right.args[0])))
            if quotient is not None:
                yield Add((quotient, *(_divided(part) or part for part in others)))
        case Call() if _is_log(term):
            quotient = _divided(term)
            if quotient is not None:
                yield quotient


def _divided(term: Term) -> Term | None:
    if not isinstance(term, Call) or not _is_log(term) or term.name == "ln":
        return None
    base = term.args[1] if len(term.args) > 1 else _TEN
    return Div(term.args[0], base)


def power_of_log(term: Term) -> Iterator[Term]:
    """(log x)² for 2·log x, and log (2x)"""
    match term:
        case Mul((factor, Call() as log)) if _is_log(log) and rational_value(factor) is not None:
            yield Pow(log, factor)
            yield _same_log(log, Mul((factor, log.args[0])))
        case Call(_, (Pow(base, exponent), *_)) if _is_log(term):
            yield Pow(_same_log(term, base), exponent)


LOGARITHM_RULES: tuple[tuple[MistakeName, Change], ...] = (
    (MistakeName.LOG_OF_PRODUCT, log_of_product),
    (MistakeName.FACTOR_OUT_OF_LOGARITHM, factor_out_of_logarithm),
    (MistakeName.LOG_OF_QUOTIENT, log_of_quotient),
    (MistakeName.LOG_OF_SUM, log_of_sum),
    (MistakeName.MULTIPLIED_INSTEAD_OF_DIVIDED, product_for_quotient),
    (MistakeName.LOGARITHM_DROPPED, logarithm_dropped),
    (MistakeName.DIVIDED_INSTEAD_OF_LOGARITHM, divided_by_base),
    (MistakeName.EXPONENT_RULE, power_of_log),
)
