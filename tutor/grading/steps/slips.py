"""Which usual mistake explains a line that does not follow?

Each slip is tried out: the mistake is made in the premise, and the outcome is compared with the
claim. A slip is named only where they agree.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from tutor.grading.parsing.tree import Comparison, Logic, Neg, Sym, Term, Value, free_names, is_term
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solving.equations import vanishing_term
from tutor.grading.solving.linear_systems import LinearSystem, linear_row
from tutor.grading.steps.claim_results import ClaimResult, Slip
from tutor.grading.steps.equation_slips import (
    has_moved_sign,
    is_equivalent,
    slip_in_equation,
    slip_in_rewriting,
    summands,
)
from tutor.grading.steps.expression_slips import slip_backwards, slip_in_expression
from tutor.grading.steps.multivariate import zero_sides
from tutor.grading.steps.statements import as_statement

_TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
_STRICT_CHANGED = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}


def slip_between(premise: Value, claim: Value, budget: WorkBudget) -> Slip:
    """The slip by which the claim comes out of the premise."""
    if is_term(premise) and is_term(claim):
        return slip_in_expression(premise, claim, budget)
    names = sorted(free_names(premise) | free_names(claim))
    if isinstance(premise, Comparison) and isinstance(claim, Comparison):
        if premise.op in _TURNED:
            return _slip_in_inequality(premise, claim, budget)
        if len(names) == 1 and premise.op == claim.op == "=":
            return slip_in_equation(premise, claim, names[0], budget)
        if len(names) > 1 and premise.op == claim.op == "=":
            slip = slip_in_rewriting(premise, claim, budget)
            is_moved = not slip and has_moved_sign(premise, claim, budget)
            return Slip.MOVED_SIGN if is_moved else slip
    if _was_no_sign_turned(premise, claim, budget):
        return Slip.INEQUALITY_NOT_TURNED
    if isinstance(premise, Logic) and premise.op == "and":
        return _slip_in_system(premise, claim, names)
    if isinstance(premise, Comparison) and isinstance(claim, Logic) and len(names) == 1:
        return slip_in_equation(premise, claim, names[0], budget)
    return Slip.NONE


def with_slip(result: ClaimResult, premise: Value, claim: Value, budget: WorkBudget) -> ClaimResult:
    """The result with the slip that explains it, where one does."""
    slip = slip_between(as_statement(premise), as_statement(claim), budget)
    return replace(result, slip=slip)


def _was_no_sign_turned(premise: Value, claim: Value, budget: WorkBudget) -> bool:
    """x ≥ -1 or x ≤ 4 for -2x ≥ 2 or -2x ≤ -8"""
    if not isinstance(premise, Logic) or not isinstance(claim, Logic) or premise.op != claim.op:
        return False
    pairs = list(zip(premise.parts, claim.parts, strict=False))
    return len(premise.parts) == len(claim.parts) and all(
        isinstance(before, Comparison)
        and isinstance(after, Comparison)
        and before.op == after.op in _TURNED
        and is_equivalent(before, replace(after, op=_TURNED[after.op]), budget)
        for before, after in pairs
    )


def _slip_in_inequality(premise: Comparison, claim: Comparison, budget: WorkBudget) -> Slip:
    if claim.op not in _TURNED:
        return Slip.NONE
    if is_equivalent(premise, replace(claim, op=_TURNED[claim.op]), budget):
        return Slip.INEQUALITY_NOT_TURNED
    if is_equivalent(premise, replace(claim, op=_STRICT_CHANGED[claim.op]), budget):
        return Slip.STRICT_CHANGED
    names = free_names(premise) | free_names(claim)
    if len(names) != 1:
        return Slip.NONE
    before, after = (Comparison("=", part.left, part.right) for part in (premise, claim))
    slip = slip_in_equation(before, after, next(iter(names)), budget)
    left, rewritten = premise.left, claim.left
    is_named = slip not in (Slip.NONE, Slip.ARITHMETIC)
    if is_named or premise.right != claim.right or not is_term(left) or not is_term(rewritten):
        return slip
    ways = (slip_in_expression, slip_backwards)  # of a fraction that is above zero
    return next((named for way in ways if (named := way(left, rewritten, budget))), slip)


def _slip_in_system(premise: Logic, claim: Value, names: list[str]) -> Slip:
    premise_sides, claim_sides = zero_sides(premise), zero_sides(claim)
    if premise_sides is None or claim_sides is None:
        return Slip.NONE
    before = LinearSystem.of(premise_sides, names)
    after = LinearSystem.of(claim_sides, names)
    if before is None or after is None or not before.is_consistent or not after.is_consistent:
        return Slip.NONE
    if len(after.rows) < len(names) or not _gives_values(claim):
        return Slip.ELIMINATION
    right, claimed = before.solution(Fraction(0)), after.solution(Fraction(0))
    agreeing = sum(right[name] == claimed[name] for name in names)
    return Slip.BACK_SUBSTITUTION if 0 < agreeing < len(names) else Slip.ARITHMETIC


def _gives_values(claim: Value) -> bool:
    """x = 2 and y = 3"""
    parts = claim.parts if isinstance(claim, Logic) else (claim,)
    return all(isinstance(part, Comparison) and isinstance(part.left, Sym) for part in parts)


def is_right_by_luck(premise: Value, claim: Value, budget: WorkBudget) -> bool:
    """2x - 6 = 3x - 6 to 5x = 0: the sign was not changed, which makes no difference for x = 0."""
    if not (isinstance(premise, Comparison) and isinstance(claim, Comparison)):
        return False
    names = sorted(free_names(premise))
    sides = vanishing_term(premise), vanishing_term(claim)
    if len(names) != 1 or sides[0] is None or sides[1] is None:
        return False
    before, after = linear_row(sides[0], names), linear_row(sides[1], names)
    if before is None or after is None or before[1] or after[1]:
        return False
    if abs(before[0]) == abs(after[0]) or isinstance(claim.left, Sym):
        return False
    unchanged_sign = [
        before[0] - 2 * row[0]
        for term in _terms_on_left(premise)
        if (row := linear_row(term, names))
    ]
    return any(abs(slope) == abs(after[0]) for slope in unchanged_sign)


def _terms_on_left(equation: Comparison) -> list[Term]:
    """All terms, as if they stood on the left side."""
    left, right = equation.left, equation.right
    assert is_term(left)  # noqa: S101 - for the type checker
    assert is_term(right)  # noqa: S101
    return [*summands(left), *(Neg(term) for term in summands(right))]
