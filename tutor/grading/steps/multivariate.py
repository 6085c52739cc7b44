"""Implication between equations, or systems, in several variables: exact where they are linear."""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.intervals import Ball
from tutor.grading.numeric.polynomials import polynomial_of_zeros, rational_function
from tutor.grading.numeric.roots import zeros_of
from tutor.grading.parsing.tree import (
    ZERO,
    Comparison,
    Const,
    Logic,
    Num,
    Pow,
    Root,
    Sym,
    Term,
    Value,
    free_names,
    has_part,
    is_term,
    substitute,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solving.equations import same_equation, vanishing_term
from tutor.grading.solving.linear_systems import LinearSystem
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    FailingStatement,
    StepVerdict,
    proved,
    refuted,
    unchecked,
)
from tutor.grading.steps.statements import comparisons, is_solved
from tutor.grading.steps.witnesses import failing_at

POINTS = 6  # on a curve, at which an equation in several variables must hold
_SEED = "points on a curve"
PI = Const("pi")
_NO_PI = Num(Fraction(2_718, 997))
_TWO = Num(Fraction(2))
_CLAIM = FailingStatement.CLAIM


def implies_multivariate(
    premises: Sequence[Value], claim: Value, budget: WorkBudget
) -> ClaimResult:
    """Raises WorkBudgetSpent."""
    claimed = zero_sides(claim)
    known = [side for premise in premises for side in zero_sides(premise) or ()]
    names = sorted(free_names(claim).union(*map(free_names, known)))
    relation = ClaimRelation.SOLVE if is_solved(claim) else ClaimRelation.EQUIVALENT
    if claimed is None or not known:
        return unchecked(relation)
    before, after = LinearSystem.of(known, names), LinearSystem.of(claimed, names)
    if before is not None and after is not None:
        return _linear(before, after, claim, relation, budget)
    last = zero_sides(premises[-1])
    are_single = last is not None and len(last) == len(claimed) == 1
    if last is not None and are_single and free_names(claim) <= free_names(last[0]):
        result = _curves(premises[-1], claim, last[0], relation, budget)
        if result.is_decided or PI not in walk(premises[-1]):
            return result
        # Any other number may stand for π where both have it as a letter.
        premise, other, side = (
            substitute(value, PI, _NO_PI) for value in (premises[-1], claim, last[0])
        )
        general = _curves(premise, other, side, relation, budget)
        return general if general.verdict == StepVerdict.PROVED else result
    return _at_the_solution(before, claim, relation, budget)


def zero_sides(value: Value) -> list[Term] | None:
    """The terms that are zero where an equation, or each equation of a system, holds."""
    if isinstance(value, Logic) and value.op == "and":
        sides = [vanishing_term(part) for part in value.parts]
        terms = [side for side in sides if side is not None]
        return terms if len(terms) == len(sides) else None
    side = vanishing_term(value)
    return None if side is None else [side]


def _linear(
    before: LinearSystem,
    after: LinearSystem,
    claim: Value,
    relation: ClaimRelation,
    budget: WorkBudget,
) -> ClaimResult:
    if not before.is_consistent:
        return unchecked(relation)
    if before.implies(after):
        return proved(relation if after.implies(before) else ClaimRelation.IMPLIES)
    if not free_names(claim) <= before.determined and relation == ClaimRelation.SOLVE:
        return unchecked(relation)  # it is the first statement about a variable
    for free_value in (Fraction(0), Fraction(1), Fraction(2)):
        witness = failing_at(claim, before.solution(free_value), budget, _CLAIM)
        if witness is not None:
            return refuted(relation, witness)
    return unchecked(relation)


def _at_the_solution(
    before: LinearSystem | None, claim: Value, relation: ClaimRelation, budget: WorkBudget
) -> ClaimResult:
    if before is None or not before.is_consistent or len(before.rows) < len(before.names):
        return unchecked(relation)
    witness = failing_at(claim, before.solution(Fraction(0)), budget, _CLAIM)
    return unchecked(relation) if witness is None else refuted(relation, witness)


def _curves(
    premise: Value, claim: Value, side: Term, relation: ClaimRelation, budget: WorkBudget
) -> ClaimResult:
    """Compare one equation with another at random points of the first. side: zero on its curve."""
    if not all(is_term(part.left) and is_term(part.right) for part in comparisons(claim)):
        return unchecked(relation)
    if same_equation(premise, claim, budget).equal or _is_positive_root(side, claim, budget):
        return proved(relation)
    if _is_squared(premise, claim, budget):
        return proved(ClaimRelation.IMPLIES)
    agreeing = 0
    for point in _points_on(side, budget):
        budget.check()
        witness = failing_at(claim, point, budget, _CLAIM)
        if witness is not None:
            return refuted(relation, witness)
        agreeing += 1
    # A curve that shares so many random points with another one lies in it.
    return proved(ClaimRelation.IMPLIES) if agreeing >= POINTS else unchecked(relation)


def _is_squared(premise: Value, claim: Value, budget: WorkBudget) -> bool:
    """(T/2π)² = l/g after T/2π = √(l/g)."""
    match premise, claim:
        case Comparison("=", left, right), Comparison("=", first, second):
            pass
        case _:
            return False
    sides = [side for side in (left, right, first, second) if is_term(side)]
    if len(sides) < 4 or not has_part(premise, Root):
        return False
    squares = [Pow(side, _TWO) for side in sides[:2]]
    return any(
        all(same_value(*pair, budget) for pair in zip(squares, order, strict=True))
        for order in (sides[2:], sides[:1:-1])
    )


def _is_positive_root(side: Term, claim: Value, budget: WorkBudget) -> bool:
    """r = √(V/(πh)): letters of a formula, other than coordinates, stand for positive numbers."""
    match claim:
        case Comparison("=", Sym(name), right) if is_term(right) and free_names(right):
            has_root = has_part(right, Root)
            if not has_root or {"x", "y"} & free_names(claim):
                return False
            if isinstance(right, Root) and right.index == _TWO:
                square = Sym(f"{name}²")
                side = substitute(
                    substitute(side, Pow(Sym(name), _TWO), square), square, right.inner
                )
                if name in free_names(side):
                    return False
            else:
                side = substitute(side, Sym(name), right)
            return same_value(side, ZERO, budget).equal is True
    return False


def _points_on(side: Term, budget: WorkBudget) -> list[dict[str, Ball | Fraction]]:
    names = sorted(free_names(side))
    chance = random.Random(_SEED)  # noqa: S311 - repeatable, not secret
    points: list[dict[str, Ball | Fraction]] = []
    for index in range(3 * POINTS):
        budget.check()
        name = names[index % len(names)]
        fixed = {
            other: Fraction(chance.choice((-1, 1)) * chance.randrange(1, 9))
            for other in names
            if other != name
        }
        on_line = side
        for other, value in fixed.items():
            on_line = substitute(on_line, Sym(other), Num(value))
        fraction = rational_function(on_line, name)
        if fraction is None or not fraction.top:
            continue
        real = [zero for zero in zeros_of(polynomial_of_zeros(fraction)) if zero.is_real]
        points += [{**fixed, name: z.value if z.exact is None else z.exact} for z in real[:2]]
        if len(points) >= POINTS:
            break
    return points
