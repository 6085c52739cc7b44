"""Derivatives of answers, and the letters in them that stand for any constant."""

from __future__ import annotations

import re
from collections.abc import Collection
from fractions import Fraction

from flint import arb, fmpq

from tutor.grading.numeric.derivatives import NotDifferentiable, differentiate
from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.evaluate import Evaluator
from tutor.grading.numeric.intervals import BASE_BITS, Ball, Undefined, precision
from tutor.grading.numeric.sample_points import sample_points
from tutor.grading.parsing.normalize import PlainText
from tutor.grading.parsing.tree import ZERO, Add, Mul, Neg, Num, Sym, Term, free_names, substitute
from tutor.grading.processes.work_budget import WorkBudget

_NUMBERED = re.compile(r"(?<![A-Za-z\\])([CcKkABabDd]) ?(\d)(?![\d.])")
_IN_WORDS = re.compile(
    r"(?<![A-Za-z])(?:an?y? |eine? |une? )?"
    r"(?:const(?:ante?)?|konst(?:ante)?|cons?t|cte|cste)(?![A-Za-z])\.?"
    r"|任意常数|常数"
)
_ANY_REAL = re.compile(  # x^2 + k, k réel
    r"[,;] ?(?:(?:wobei|avec|with|con|où|where) )?[a-zA-Z] ?(?:is |ist |est |es )?"
    r"(?:(?:any )?real|reell|réel|constante?|konstant|beliebig|quelconque|cualquiera)\Z"
)
_TEXT = re.compile(r"\\(?:text|mathrm|operatorname) ?\{ ?([^{}]{1,20}) ?\}")


def plain_constants(text: PlainText) -> PlainText:
    """C1 as C_1, and "const" as C."""
    text = PlainText(_ANY_REAL.sub("", _TEXT.sub(r" \1 ", text).strip()))
    return PlainText(_NUMBERED.sub(r"\1_{\2}", _IN_WORDS.sub("C", text)))


def same_derivative(left: Term, right: Term, variable: str, budget: WorkBudget) -> bool | None:
    """Whether two terms differ by what does not depend on the variable."""
    try:
        slopes = [differentiate(term, variable) for term in (left, right)]
    except NotDifferentiable:
        return _differ_by_constant(left, right, variable, budget)
    return same_value(slopes[0], slopes[1], budget).equal


def _differ_by_constant(left: Term, right: Term, variable: str, budget: WorkBudget) -> bool | None:
    """By the difference at a few numbers; for functions without a known derivative."""
    difference = Add((left, Neg(right)))
    values = [
        substitute(difference, Sym(variable), Num(Fraction(number, 64)))
        for number in (19, 45, 83, 141)
    ]
    results = [same_value(values[0], value, budget).equal for value in values[1:]]
    if all(result is True for result in results):
        return True
    return False if False in results else None


def is_free_constant(term: Term, letter: str, budget: WorkBudget) -> bool | None:
    """Whether the term reaches every value as the letter changes: + C, - 2C, + ln C.

    False where it does not depend on the letter; None where that is hard to say, as with + C^2.
    """
    try:
        slope = differentiate(term, letter)
    except NotDifferentiable:
        return None
    is_zero = same_value(slope, ZERO, budget).equal
    if is_zero is None or is_zero:
        return None if is_zero is None else False
    scaled = Mul((Sym(letter), slope))
    if any(_is_constant(whole, letter, budget) for whole in (slope, scaled)):
        return True
    return None


def _is_constant(term: Term, letter: str, budget: WorkBudget) -> bool:
    values = [
        substitute(term, Sym(letter), number)
        for number in (Num(Fraction(37, 64)), Num(Fraction(211, 64)), Neg(Num(Fraction(101, 64))))
    ]
    return all(same_value(values[0], value, budget) for value in values[1:])


def is_defined_wherever(
    key: Term, response: Term, constants: Collection[str], budget: WorkBudget
) -> bool:
    """Whether the response has a real value at every sample point where the key has one.

    constants: letters of the response that may have any value, positive or negative.
    """
    names = sorted((free_names(key) | free_names(response)) - set(constants))
    choices: list[dict[str, Ball]] = [dict.fromkeys(constants, arb(value)) for value in (1.5, -1.5)]
    with precision(BASE_BITS):
        for _positive, point in sample_points(names, key, response):
            budget.check()
            if all(real_value(key, point | chosen, budget) is None for chosen in choices):
                continue
            if all(real_value(response, point | chosen, budget) is None for chosen in choices):
                return False
    return True


def constant_factor(top: Term, bottom: Term, budget: WorkBudget) -> Fraction | None:
    """The small fraction by which two terms differ throughout; None where there is none."""
    names = sorted(free_names(top) | free_names(bottom))
    with precision(BASE_BITS):
        for _positive, point in sample_points(names, top, bottom):
            budget.check()
            above, below = (real_value(term, point, budget) for term in (top, bottom))
            if above is None or below is None or below.contains(0):
                continue
            factor = _small_fraction(above / below)
            if factor is None:
                return None
            sized = Mul((Num(abs(factor)), bottom))
            is_same = same_value(top, Neg(sized) if factor < 0 else sized, budget)
            return factor if is_same else None
    return None


def _small_fraction(value: arb) -> Fraction | None:
    if not abs(value) < 1_000:
        return None
    nearest = Fraction(float(value.mid())).limit_denominator(100)
    gap = abs(value - arb(fmpq(nearest.numerator, nearest.denominator)))
    return nearest if nearest and gap < arb(2) ** -40 else None


def real_value(term: Term, point: dict[str, Ball], budget: WorkBudget) -> arb | None:
    try:
        value = Evaluator(point, budget, real=True).value(term)
    except (Undefined, KeyError, OverflowError):
        return None
    return value if isinstance(value, arb) else None
