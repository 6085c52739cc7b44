"""Values that a denominator excludes: y = x²/x has no point with x = 0, and y = x has one."""

from __future__ import annotations

from collections.abc import Iterator

from flint import fmpq_poly

from tutor.grading.numeric.polynomials import rational_function
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.numeric.roots import zeros_of
from tutor.grading.parsing.tree import Div, Num, Pow, Sym, Term, free_names, substitute, walk
from tutor.grading.processes.work_budget import WorkBudget


def excludes_solutions(term: Term, other: Term, budget: WorkBudget) -> bool:
    """Whether a denominator of `term` excludes a zero of `other`.

    Looks at denominators in one variable with whole or fractional zeros, in one or two variables.
    """
    excluded = dict.fromkeys(_excluded(term))
    others = frozenset(_excluded(other)) if excluded else frozenset()
    for name, value in excluded:
        budget.check()
        if (name, value) in others:
            continue
        at_value = substitute(other, Sym(name), value)
        names = free_names(at_value)
        if not names and rational_value(at_value) == 0:
            return True
        if len(names) != 1:
            continue
        function = rational_function(at_value, next(iter(names)))
        if function is not None and _has_real_zero(function.top):
            return True
    return False


def _excluded(term: Term) -> Iterator[tuple[str, Num]]:
    """Each variable with a value that it cannot have."""
    for part in walk(term):
        bottom = part.bottom if isinstance(part, Div) else None
        if isinstance(part, Pow) and (rational_value(part.exponent) or 0) < 0:
            bottom = part.base
        names = free_names(bottom) if bottom is not None else frozenset()
        if bottom is None or len(names) != 1:
            continue
        name = next(iter(names))
        function = rational_function(bottom, name)
        for zero in zeros_of(function.top) if function else []:
            if zero.exact is not None:
                yield name, Num(zero.exact)


def _has_real_zero(polynomial: fmpq_poly) -> bool:
    if polynomial.degree() < 1:
        return not polynomial
    return any(zero.is_real for zero in zeros_of(polynomial))
