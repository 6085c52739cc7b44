"""What a new letter stands for, where a line uses one without naming it: u² - 5u + 4 = 0."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Add,
    Comparison,
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
    substitute,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solving.equations import sign_of_constant_ratio, vanishing_term
from tutor.grading.working.facts import Facts

MAX_CANDIDATES = 12  # terms that are tried, for each equation
MAX_EQUATIONS = 3


def meaning_of_letter(claim: Value, facts: Facts, budget: WorkBudget) -> tuple[str, Term] | None:
    """The letter with its term, which turns the claim into an equation that is known.

    None where the claim has no new letter, or no term does that.
    """
    side, names = vanishing_term(claim), sorted(free_names(claim))
    if side is None or len(names) != 1 or names[0] in facts.names:
        return None
    known = [equation for equation in facts.equations() if len(free_names(equation)) == 1]
    for equation in known[: -MAX_EQUATIONS - 1 : -1]:
        other = vanishing_term(equation)
        if other is None:
            continue
        for term in list(dict.fromkeys(_candidates(equation)))[:MAX_CANDIDATES]:
            written = substitute(side, Sym(names[0]), term)
            if sign_of_constant_ratio(written, other, budget):
                return names[0], term
    return None


def _candidates(equation: Comparison) -> Iterator[Term]:
    """The terms in it that a letter may stand for: x² in x⁴, 2^x in 4^x, cos x."""
    for part in walk(equation):
        if not is_term(part) or not free_names(part) or isinstance(part, Sym | Mul | Neg):
            continue
        yield from _roots_of(part)
        if not isinstance(part, Add) or part not in (equation.left, equation.right):
            yield part


def _roots_of(term: Term) -> Iterator[Term]:
    match term:
        case Pow(base, Num(exponent)) if exponent.denominator == 1 and exponent % 2 == 0:
            if exponent > 2:
                yield Pow(base, Num(exponent / 2))
        case Pow(base, exponent) if not free_names(base):
            value = rational_value(base)
            root = None if value is None else rational_value(Root(Num(value), Num(Fraction(2))))
            if root is not None:
                yield Pow(Num(root), exponent)
            yield from (Pow(base, Sym(name)) for name in sorted(free_names(exponent)))
