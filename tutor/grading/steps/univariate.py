"""Implication between statements in one variable: by their roots, or by their solution sets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from fractions import Fraction

from tutor.grading.numeric.evaluate import Evaluator
from tutor.grading.numeric.intervals import BASE_BITS, Ball, Undefined, precision
from tutor.grading.numeric.roots import Zero, polynomial_of, polynomial_without_roots, zeros_of
from tutor.grading.parsing.tree import (
    Call,
    Comparison,
    Div,
    Logic,
    Num,
    Root,
    Term,
    Value,
    free_names,
    is_term,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solving.equations import same_equation, sign_of_constant_ratio, vanishing_term
from tutor.grading.solving.injective import has_at_most_one_solution
from tutor.grading.solving.real_sets import EMPTY_SET, RealSet, Undecidable, minus
from tutor.grading.solving.set_notation import real_set
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    FailingStatement,
    Witness,
    proved,
    refuted,
    unchecked,
)
from tutor.grading.steps.easy_members import easy_member
from tutor.grading.steps.statements import NO_SOLUTIONS, comparisons, is_solved
from tutor.grading.steps.wider_claims import PERIODIC, is_multiplied, lists_all_solutions, widens
from tutor.grading.steps.witnesses import exact_at, failing_at, value_at, written

CLAIM, PREMISE = FailingStatement


def implies_univariate(
    premises: list[Value], claim: Value, variable: str, budget: WorkBudget
) -> ClaimResult:
    """Raises WorkBudgetSpent."""
    relation = ClaimRelation.SOLVE if is_solved(claim) else ClaimRelation.EQUIVALENT
    sides = _side_equal_to_zero(premises[-1]), _side_equal_to_zero(claim)
    if sides[0] is not None and sides[1] is not None:
        return _equations(premises, claim, (sides[0], sides[1]), variable, relation, budget)
    try:
        before = real_set(premises[-1], budget)
        after = real_set(claim, budget)
        before = _narrowed(before, after, premises[:-1], variable, budget)
        return _sets(premises[-1], claim, before, after, variable, relation, budget)
    except Undecidable:
        return unchecked(relation)


def _narrowed(
    before: RealSet, after: RealSet, earlier: Sequence[Value], variable: str, budget: WorkBudget
) -> RealSet:
    """The solutions before, without lost ones that an earlier premise excludes."""
    for premise in earlier:
        if free_names(premise) != {variable} or minus(before, after, budget) == EMPTY_SET:
            continue
        with suppress(Undecidable):
            before = minus(before, minus(before, real_set(premise, budget), budget), budget)
    return before


def _side_equal_to_zero(value: Value) -> Term | None:
    if value == NO_SOLUTIONS:
        return Num(Fraction(1))  # 1 = 0 has no solutions
    return vanishing_term(value)


def _equations(
    premises: list[Value],
    claim: Value,
    sides: tuple[Term, Term],
    variable: str,
    relation: ClaimRelation,
    budget: WorkBudget,
) -> ClaimResult:
    polynomials = [polynomial_of(side, variable) for side in sides]
    if polynomials[0] is not None and polynomials[1] is not None:
        if polynomials[0] == polynomials[1]:
            return proved(relation)
        if not polynomials[0] or not polynomials[1]:  # one equation holds for every number
            return unchecked(relation)
    before = real_solutions(premises[-1], sides[0], variable, budget)
    after = real_solutions(claim, sides[1], variable, budget)
    if before is None or after is None:
        return _beyond_polynomials(premises, claim, variable, relation, budget)
    lost = _failing(before, claim, variable, CLAIM, budget)
    gained = _failing(after, premises[-1], variable, PREMISE, budget)
    excluded = [z for z, _ in lost if _is_excluded(z, premises[:-1], variable, budget)]
    lost = [(zero, witness) for zero, witness in lost if zero not in excluded]
    if lost:
        return refuted(relation, lost[0][1])
    if relation == ClaimRelation.SOLVE and not before and gained:
        return refuted(relation, gained[0][1])
    if not before and not excluded:
        return _without_solutions(sides, variable, relation, budget, claim)
    if not gained:
        return proved(ClaimRelation.SOLVE if excluded else relation)
    if excluded or relation == ClaimRelation.SOLVE:
        return refuted(relation, gained[0][1])
    return proved(ClaimRelation.IMPLIES, gained[0][1])


def real_solutions(
    value: Value, side: Term, variable: str, budget: WorkBudget
) -> list[Zero] | None:
    """The solutions of `side` = 0; None where they cannot all be computed.

    value: the equation as it was written, which may not be defined everywhere.
    """
    polynomial = polynomial_of(side, variable)
    is_exact = polynomial is not None
    if polynomial is None:
        polynomial = polynomial_without_roots(side, variable)
    if not polynomial:
        return None
    zeros = [zero for zero in zeros_of(polynomial) if zero.is_real]
    if is_exact:
        return zeros
    return [zero for zero in zeros if not _failing([zero], value, variable, PREMISE, budget)]


def _failing(
    zeros: list[Zero], value: Value, variable: str, failing: FailingStatement, budget: WorkBudget
) -> list[tuple[Zero, Witness]]:
    """The numbers for which the statement is proven not to hold."""
    witnesses: list[tuple[Zero, Witness]] = []
    for zero in zeros:
        if _may_hold(value, zero, variable, budget):
            continue
        number = _number(zero)
        point = {variable: number}
        witness = failing_at(value, point, budget, failing)
        if witness is None and (value == NO_SOLUTIONS or _is_surely_undefined(value, point)):
            witness = Witness({variable: written(number)}, "", "", failing)
        if witness is not None:
            witnesses.append((zero, witness))
    return witnesses


def _number(zero: Zero) -> Ball | Fraction:
    return zero.value if zero.exact is None else zero.exact


def _may_hold(value: Value, zero: Zero, variable: str, budget: WorkBudget) -> bool:
    """Whether nothing disproves the statement for this number."""
    if value == NO_SOLUTIONS:
        return False
    if isinstance(value, Logic):
        parts = [_may_hold(part, zero, variable, budget) for part in value.parts]
        return all(parts) if value.op == "and" else any(parts)
    if failing_at(value, {variable: _number(zero)}, budget, CLAIM) is not None:
        return False
    return _is_defined(value, zero.value, variable, budget)


def _is_surely_undefined(value: Value, at: Mapping[str, Ball | Fraction]) -> bool:
    """Whether it divides by zero there, or takes a root or logarithm of too small a number."""
    point = {name: number for name, number in at.items() if isinstance(number, Fraction)}
    if not isinstance(value, Comparison) or len(point) < len(at):
        return False
    for part in walk(value):
        match part:
            case Div(_, bottom) if exact_at(bottom, point) == 0:
                return True
            case Root(inner, Num(index)) if index == 2:
                number = exact_at(inner, point)
                if number is not None and number < 0:
                    return True
            case Call("ln" | "lg" | "lb" | "log", (inner, *_)):
                number = exact_at(inner, point)
                if number is not None and number <= 0:
                    return True
    return False


def _is_defined(value: Value, at: Ball, variable: str, budget: WorkBudget) -> bool:
    if not isinstance(value, Comparison):
        return True
    with precision(BASE_BITS):
        return all(
            value_at(side, {variable: at}, budget) is not None
            for side in (value.left, value.right)
            if is_term(side)
        )


def _is_excluded(zero: Zero, earlier: Sequence[Value], variable: str, budget: WorkBudget) -> bool:
    """Whether an earlier premise in this variable is proven not to hold there."""
    return any(
        free_names(premise) == {variable}
        and isinstance(premise, Comparison | Logic)
        and not _may_hold(premise, zero, variable, budget)
        for premise in earlier
    )


def _without_solutions(
    sides: tuple[Term, Term],
    variable: str,
    relation: ClaimRelation,
    budget: WorkBudget,
    claim: Value,
) -> ClaimResult:
    """A premise without real solutions implies everything, so its complex solutions decide."""
    if claim == NO_SOLUTIONS:
        return proved(ClaimRelation.SOLVE)
    before, after = (polynomial_of(side, variable) for side in sides)
    if before is None and after is not None:
        consequence = polynomial_without_roots(sides[0], variable)
        return proved(ClaimRelation.IMPLIES) if consequence == after else unchecked(relation)
    if not before or after is None:
        return unchecked(relation)
    if is_multiplied(sides[0], after, variable):
        return proved(ClaimRelation.IMPLIES)
    for zero in zeros_of(before // before.gcd(after)):
        point: dict[str, Ball] = {variable: zero.value}
        if (witness := _complex_witness(sides[1], point, budget)) is not None:
            return refuted(relation, witness)
    return unchecked(relation)


def _complex_witness(side: Term, point: dict[str, Ball], budget: WorkBudget) -> Witness | None:
    with precision(BASE_BITS):
        try:
            value = Evaluator(point, budget, real=False).value(side)
        except (Undefined, KeyError, OverflowError):
            return None
        if value.contains(0):
            return None
        return Witness({n: written(v) for n, v in point.items()}, written(value), "0")


def _beyond_polynomials(
    premises: Sequence[Value],
    claim: Value,
    variable: str,
    relation: ClaimRelation,
    budget: WorkBudget,
) -> ClaimResult:
    """Absolute values, exponentials, logarithms, sines."""
    premise = premises[-1]
    if lists_all_solutions(premise, claim, variable, budget):
        return proved(ClaimRelation.SOLVE)
    try:
        before, after = real_set(premise, budget), real_set(claim, budget)
        before = _narrowed(before, after, premises[:-1], variable, budget)
        return _sets(premise, claim, before, after, variable, relation, budget)
    except Undecidable:
        pass
    side = vanishing_term(claim)
    solutions = None if side is None else real_solutions(claim, side, variable, budget)
    if relation != ClaimRelation.SOLVE or not solutions:
        is_same = _is_same(premise, claim, budget)
        if relation != ClaimRelation.SOLVE and not is_same and widens(premise, claim, budget):
            return proved(ClaimRelation.IMPLIES)
        is_proved = is_same and relation != ClaimRelation.SOLVE
        return proved(relation) if is_proved else unchecked(relation)
    gained = _failing(solutions, premise, variable, PREMISE, budget)
    if gained:
        return refuted(relation, gained[0][1])
    is_only_one = len(solutions) == 1 and has_at_most_one_solution(premise, variable)
    return proved(relation) if is_only_one else unchecked(relation)


def _is_same(premise: Value, claim: Value, budget: WorkBudget) -> bool:
    sides = vanishing_term(premise), vanishing_term(claim)
    calls = (part for value in (premise, claim) for part in walk(value) if isinstance(part, Call))
    if any(call.name in PERIODIC for call in calls) and sides[0] and sides[1]:
        # Their solutions are without number, so only a multiple is recognised.
        return bool(sign_of_constant_ratio(sides[0], sides[1], budget))
    return bool(same_equation(premise, claim, budget).equal)


def _sets(
    premise: Value,
    claim: Value,
    before: RealSet,
    after: RealSet,
    variable: str,
    relation: ClaimRelation,
    budget: WorkBudget,
) -> ClaimResult:
    lost, gained = minus(before, after, budget), minus(after, before, budget)
    if lost == EMPTY_SET and gained == EMPTY_SET:
        return proved(relation)
    for difference, failing, value in ((lost, CLAIM, claim), (gained, PREMISE, premise)):
        if difference == EMPTY_SET:
            continue
        witness = failing_at(value, {variable: easy_member(difference)}, budget, failing)
        if witness is None:
            return unchecked(relation)
        lists_solutions = relation == ClaimRelation.SOLVE and all(
            comparison.op == "=" for comparison in comparisons(claim)
        )
        if failing == PREMISE and before != EMPTY_SET and not lists_solutions:
            # Every solution of the premise is one of the claim: implied, though weaker.
            return proved(ClaimRelation.IMPLIES, witness)
        return refuted(relation, witness)
    return unchecked(relation)
