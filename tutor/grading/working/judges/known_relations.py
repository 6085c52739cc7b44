"""Two sides that are equal only by what is known: 7·7ᵏ - 1 = 7(6m + 1) - 1 after 7ᵏ - 1 = 6m."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from flint import arb

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Add,
    BigOperator,
    Call,
    Comparison,
    Div,
    Neg,
    Num,
    Pow,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    substitute,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solving.equations import sign_of_constant_ratio, vanishing_term, zeros_near
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    StepVerdict,
    proved,
    unchecked,
)
from tutor.grading.steps.equal_terms import equal_terms
from tutor.grading.steps.witnesses import value_at
from tutor.grading.working.facts import Facts

MAX_RELATIONS = 6  # equations between the variables of the sides; the latest count
MAX_ATOMS = 5  # of an equation, for which it is solved
_SAMPLE = Num(Fraction(3))
_ATOM = Sym("\x00")


def compare_by_relations(
    left: Term, right: Term, facts: Facts, budget: WorkBudget
) -> ClaimResult | None:
    """The result where equations relate the variables; None where they are free.

    Refuted only where both sides come to have the same variables. Raises WorkBudgetSpent.
    """
    names = free_names(left) | free_names(right)
    relations = list(_relations(names, facts, budget))
    if any(isinstance(part, BigOperator) for side in (left, right) for part in walk(side)):
        return None  # of ∫f dx = F + C the letter C is new
    if not relations:
        is_same = free_names(right) <= free_names(left)
        if not is_same:
            return unchecked(ClaimRelation.SUBSTITUTE)
        return _at_told_values(left, right, facts, budget)
    gap = Add((left, Neg(right)))
    for relation in relations:
        side = vanishing_term(relation)
        if side is not None and sign_of_constant_ratio(gap, side, budget):
            return proved(ClaimRelation.SUBSTITUTE)
    refuted = None
    for relation in relations:
        for before, after in _solutions(relation, budget):
            written = [substitute(side, before, after) for side in (left, right)]
            result = equal_terms(written[0], written[1], ClaimRelation.SUBSTITUTE, budget)
            if result.verdict == StepVerdict.PROVED:
                return result
            has_same_names = free_names(written[0]) == free_names(written[1])
            if result.verdict == StepVerdict.REFUTED and has_same_names and refuted is None:
                refuted = result
    is_single = len(relations) == 1
    return refuted if refuted and is_single else unchecked(ClaimRelation.SUBSTITUTE)


def _at_told_values(
    left: Term, right: Term, facts: Facts, budget: WorkBudget
) -> ClaimResult | None:
    """x³ - 8x = x(3x - 1) - 8x, where the statement asks for it at x² = 3x - 1.

    Proved where the sides agree wherever the statement's equation holds, undecided where they
    agree at some of these values, which words may choose. None where nothing is told of the value
    of an expression, or the sides differ at every value.
    """
    names = free_names(left)
    told = [e for e in facts.task.equations if free_names(e) == names and _is_equation(e)]
    asked = [e for e in facts.task.expressions if free_names(e) == names and not _is_bare(e)]
    if len(names) != 1 or len(told) != 1 or not asked:
        return None
    [name], [condition] = names, told
    gap = Add((left, Neg(right)))
    values = [value_at(gap, {name: at}, budget) for at in zeros_near(condition, name, budget)]
    agreeing = [isinstance(value, arb) and value.contains(0) for value in values]
    if not any(agreeing):
        return None
    is_sure = all(agreeing)
    return (proved if is_sure else unchecked)(ClaimRelation.SUBSTITUTE)


def _is_equation(value: Value) -> bool:
    return isinstance(value, Comparison) and value.op == "="


def _is_bare(value: Value) -> bool:
    return isinstance(value, Sym)


def _relations(names: frozenset[str], facts: Facts, budget: WorkBudget) -> Iterator[Comparison]:
    """The equations between at least two of these variables, the latest first; no identities."""
    related = [e for e in facts.equations() if len(free_names(e) & names) > 1]
    for equation in related[: -MAX_RELATIONS - 1 : -1]:
        left, right = equation.left, equation.right
        if is_term(left) and is_term(right) and not same_value(left, right, budget).equal:
            yield equation


def _solutions(relation: Comparison, budget: WorkBudget) -> Iterator[tuple[Term, Term]]:
    """7ᵏ with 6m + 1, m with (7ᵏ - 1)/6: each part that the equation is linear in."""
    side = vanishing_term(relation)
    if side is None:
        return
    for atom in list(dict.fromkeys(_atoms(relation)))[:MAX_ATOMS]:
        solution = _solved(side, atom, budget)
        if solution is not None:
            yield atom, solution


def _atoms(value: Value) -> Iterator[Term]:
    for part in walk(value):
        if isinstance(part, Sym) or (isinstance(part, Pow | Call) and free_names(part)):
            yield part


def _solved(side: Term, atom: Term, budget: WorkBudget) -> Term | None:
    """What the atom is where the side, which is linear in it, comes to zero."""
    marked = substitute(side, atom, _ATOM)
    at = [substitute(marked, _ATOM, Num(Fraction(number))) for number in (0, 1, 2)]
    steps = [Add((term, Neg(at[0]))) for term in at[1:]]
    sample: Term = steps[0]
    for name in free_names(sample):
        sample = substitute(sample, Sym(name), _SAMPLE)
    slope = rational_value(sample)
    if not slope or free_names(atom) & free_names(at[0]):
        return None
    for number, step in enumerate(steps, start=1):
        if not same_value(step, Num(slope * number), budget).equal:
            return None
    solution = Div(Neg(at[0]), Num(slope))
    return solution if is_term(solution) else None
