"""Claims that no comparison of solution sets decides: enough solutions, or a wider domain."""

from __future__ import annotations

from flint import fmpq_poly

from tutor.grading.numeric.degrees import PERIODIC
from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.polynomials import rational_function
from tutor.grading.parsing.tree import (
    Call,
    Comparison,
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
from tutor.grading.solving.excluded_values import excludes_solutions
from tutor.grading.solving.injective import most_solutions
from tutor.grading.steps.statements import comparisons


def lists_all_solutions(premise: Value, claim: Value, variable: str, budget: WorkBudget) -> bool:
    """x = ln 2 or x = 0, where e^x = 2 or e^x = 1: as many solutions as there can be."""
    count = most_solutions(premise, variable)
    values = [_solution_in(part) for part in comparisons(claim)]
    known = [value for value in values if value is not None]
    if not count or len(known) != count or len(known) < len(values):
        return False
    for index, value in enumerate(known):
        if any(same_value(value, other, budget).equal is not False for other in known[:index]):
            return False
        if not _solves(value, premise, variable, budget):
            return False
    return True


def _solution_in(value: Comparison) -> Term | None:
    """3 in x = 3; None for anything else."""
    match value:
        case Comparison("=", Sym(), right) if is_term(right) and not free_names(right):
            return right
    return None


def _solves(value: Term, premise: Value, variable: str, budget: WorkBudget) -> bool:
    for part in comparisons(premise):
        left, right = (substitute(side, Sym(variable), value) for side in (part.left, part.right))
        if is_term(left) and is_term(right) and same_value(left, right, budget):
            return True
    return False


def widens(premise: Value, claim: Value, budget: WorkBudget) -> bool:
    """ln(x(x - 6)) = 2 after ln x + ln(x - 6) = 2: it only has a value at more places."""
    sides = vanishing_term(premise), vanishing_term(claim)
    if sides[0] is None or sides[1] is None:
        return False
    if any(isinstance(part, Call) and part.name in PERIODIC for part in walk(claim)):
        return False
    is_multiple = bool(sign_of_constant_ratio(sides[0], sides[1], budget))
    return is_multiple and not excludes_solutions(sides[1], sides[0], budget)


def is_multiplied(side: Term, after: fmpq_poly, variable: str) -> bool:
    """Whether the numerator of a fraction is zero exactly where `after` is, or its denominator."""
    function = rational_function(side, variable)
    if function is None or not function.top or after.degree() < 1:
        return False
    rest = function.top
    while (common := rest.gcd(after)).degree() > 0:
        rest = rest // common
    while (common := rest.gcd(function.bottom)).degree() > 0:
        rest = rest // common
    return rest.degree() == 0 and not function.top % after
