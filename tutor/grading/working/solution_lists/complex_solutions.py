"""Complex solutions of equations, and calculations with i."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.tree import (
    Add,
    Comparison,
    Div,
    Logic,
    Mul,
    Neg,
    Num,
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
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    Witness,
    proved,
    refuted,
    unchecked,
)
from tutor.grading.steps.complex_values import IMAGINARY, has_imaginary
from tutor.grading.working.facts import Facts
from tutor.grading.working.knowledge.quadratics import coefficients_of
from tutor.grading.working.knowledge.statement_numbers import number_term


def judge_solutions(
    claim: Value, facts: Facts, others: Iterable[Value], budget: WorkBudget
) -> ClaimResult | None:
    """z = -1 + 2i or z = -1 - 2i; None for anything else. Raises WorkBudgetSpent.

    others: what the lines say besides, perhaps of the second solution.
    """
    solutions = _solutions(claim)
    if solutions is None or not any(has_imaginary(value) for _, value in solutions):
        return None
    names = {name for name, _ in solutions}
    if len(names) != 1:
        return None
    [name] = names
    equations = [fact.value for fact in facts.about(frozenset(names))]
    known = [e for e in equations if isinstance(e, Comparison) and e.op == "="]
    known = [e for e in known if not isinstance(e.left, Sym) and not _is_identity(e, budget)]
    if not known:
        return None
    for _, value in solutions:
        if any(_fulfils(equation, name, value, budget) is not False for equation in known):
            continue
        slip = _slip(known[0], value, budget)
        left = substitute(known[0].left, Sym(name), value)
        witness = Witness({name: latex(value)}, latex(left), latex(known[0].right))
        return refuted(ClaimRelation.SOLVE, witness, slip)
    is_each = all(
        any(_fulfils(equation, name, value, budget) for equation in known) for _, value in solutions
    )
    own = {value for _, value in solutions}
    own |= {value for other in others for _, value in _solutions(other) or ()}
    is_all = len(own) > 1 or not any(map(_has_two_solutions, known))
    return proved(ClaimRelation.SOLVE) if is_each and is_all else unchecked(ClaimRelation.SOLVE)


def _solutions(claim: Value) -> list[tuple[str, Term]] | None:
    parts = claim.parts if isinstance(claim, Logic) and claim.op == "or" else (claim,)
    solutions: list[tuple[str, Term]] = []
    for part in parts:
        match part:
            case Comparison("=", Sym(name), value) if is_term(value) and not free_names(value):
                solutions.append((name, _with_imaginary_roots(value)))
            case _:
                return None
    return solutions


def _with_imaginary_roots(term: Term) -> Term:
    """√(-36) as i√36."""
    for part in tuple(walk(term)):
        if isinstance(part, Root) and part.index == Num(Fraction(2)):
            inner = rational_value(part.inner)
            if inner is not None and inner < 0:
                root = Root(number_term(-inner), part.index)
                term = substitute(term, part, Mul((IMAGINARY, root)))
    return term


def _has_two_solutions(equation: Comparison) -> bool:
    quadratic = coefficients_of(equation)
    if quadratic is None:
        return False
    c, b, a = quadratic[1]
    return b * b != 4 * a * c


def _fulfils(equation: Comparison, name: str, value: Term, budget: WorkBudget) -> bool | None:
    left, right = (substitute(s, Sym(name), value) for s in (equation.left, equation.right))
    return same_value(left, right, budget).equal


def _is_identity(equation: Comparison, budget: WorkBudget) -> bool:
    """f'(x) = 3x² - 6x, with the derivative written out, holds for every x."""
    left, right = equation.left, equation.right
    return is_term(left) and is_term(right) and same_value(left, right, budget).equal is True


def _slip(equation: Comparison, value: Term, budget: WorkBudget) -> Slip:
    """Of (-b ± √D)/2a: the root or the sign of b forgotten."""
    quadratic = coefficients_of(equation)
    if quadratic is None:
        return Slip.NONE
    c, b, a = quadratic[1]
    discriminant = number_term(abs(b * b - 4 * a * c))
    root = Root(discriminant, Num(Fraction(2)))
    for slip, sign, width in (
        (Slip.ROOT_FORGOTTEN, -1, discriminant),
        (Slip.LOST_SIGN, 1, root),
    ):
        for step in (width, Neg(width)):
            top = Add((number_term(sign * b), Mul((step, IMAGINARY))))
            if same_value(Div(top, number_term(2 * a)), value, budget).equal:
                return slip
    return Slip.NONE
