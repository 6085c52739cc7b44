"""Does a claim follow from premises, as people write lines: rounded, weaker, or by luck?"""

from __future__ import annotations

from fractions import Fraction

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.roots import polynomial_of
from tutor.grading.parsing.tree import (
    Add,
    Call,
    Comparison,
    Div,
    Num,
    Sym,
    Value,
    free_names,
    is_term,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solving.equations import vanishing_term
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    StepVerdict,
    proved,
    refuted,
    unchecked,
)
from tutor.grading.steps.equation_side import EquationSide
from tutor.grading.steps.implication import implies, is_rounded_solution
from tutor.grading.steps.rounding import compare_numbers
from tutor.grading.steps.slips import is_right_by_luck, with_slip
from tutor.grading.steps.statements import comparisons, is_solved
from tutor.grading.working.facts import Facts

_LOGARITHMS = frozenset(["ln", "lg", "log"])
_STRICT, _WEAK = ("<", ">"), ("<=", ">=")
_INEQUALITIES = ("<", "<=", ">", ">=", "!=")


def check_implication(premises: list[Value], claim: Value, budget: WorkBudget) -> ClaimResult:
    result = implies(premises, claim, budget)
    if result.verdict == StepVerdict.REFUTED:
        if is_rounded_solution(premises[-1], claim, budget) or _is_rounded_bound(
            premises, claim, budget
        ):
            return proved(ClaimRelation.APPROXIMATE)
        return with_slip(result, premises[-1], claim, budget)
    is_open = not result.is_decided and result.witness is None
    if is_open and _is_rounded_bound(premises, claim, budget):
        return proved(ClaimRelation.APPROXIMATE)
    if result.relation == ClaimRelation.IMPLIES and result.witness:
        return _weaker(premises[-1], claim, result, budget)
    is_equivalent = result.relation == ClaimRelation.EQUIVALENT
    if is_equivalent and is_right_by_luck(premises[-1], claim, budget):
        return unchecked(ClaimRelation.EQUIVALENT)
    return result


def _is_rounded_bound(premises: list[Value], claim: Value, budget: WorkBudget) -> bool:
    """x > 2.33 for 3x > 7: an inequality whose bound is rounded to the decimals written."""
    premise = premises[-1]
    if not isinstance(claim, Comparison) or not isinstance(premise, Comparison):
        return False
    strict = (_STRICT, _WEAK)
    if not any(premise.op in ops and claim.op in ops for ops in strict):
        return False
    bound, boundary = (Comparison("=", c.left, c.right) for c in (claim, premise))
    if not (_is_rounding(boundary, bound, budget) or is_rounded_solution(boundary, bound, budget)):
        return False
    slack = Num(Fraction(1) if claim.op in ("<", "<=") else Fraction(-1))
    wider = Comparison(claim.op, claim.left, Add((claim.right, slack)))  # type: ignore[arg-type]
    return implies(premises, wider, budget).verdict != StepVerdict.REFUTED


def _is_rounding(exact: Comparison, rounded: Comparison, budget: WorkBudget) -> bool:
    """n = 6.46 for n = ln 0.35 / ln 0.85."""
    if exact.left != rounded.left or not is_term(exact.right) or free_names(exact.right):
        return False
    left, right = (EquationSide("", side.right) for side in (exact, rounded))  # type: ignore[arg-type]
    return compare_numbers(left, right, "≈", budget, {}).verdict == StepVerdict.PROVED


def _weaker(premise: Value, claim: Value, result: ClaimResult, budget: WorkBudget) -> ClaimResult:
    """A claim that follows and has more solutions than the premise.

    Squaring gains solutions and is right; a square that was split gains them too.
    """
    explained = with_slip(result, premise, claim, budget).slip
    is_explained = explained not in (Slip.NONE, Slip.ARITHMETIC)
    if is_explained and result.witness is not None and not is_solved(premise):
        return refuted(ClaimRelation.EQUIVALENT, result.witness, explained)
    if has_inequality(claim) or _is_polynomial(premise, claim):
        return unchecked(ClaimRelation.EQUIVALENT)
    return result


def _is_polynomial(premise: Value, claim: Value) -> bool:
    """Whether both equations are polynomial, so that nothing was squared or multiplied out."""
    names = sorted(free_names(premise) | free_names(claim))
    sides = vanishing_term(premise), vanishing_term(claim)
    if len(names) != 1 or sides[0] is None or sides[1] is None:
        return False
    has_quotient = any(isinstance(part, Div) and free_names(part.bottom) for part in walk(premise))
    if has_quotient or is_solved(claim) or is_solved(premise):
        return False
    return all(polynomial_of(side, names[0]) is not None for side in sides if side is not None)


def has_inequality(value: Value) -> bool:
    return any(comparison.op in _INEQUALITIES for comparison in comparisons(value))


def is_condition(premise: Value, claim: Value) -> bool:
    """x > 0 beside an equation: it only excludes solutions."""
    return has_inequality(premise) and not has_inequality(claim)


def is_sign(value: Value, facts: Facts) -> bool:
    """c > 0 for a length, which chooses among the solutions, where no inequality is given."""
    match value:
        case Comparison(">" | "<" | ">=" | "!=", Sym(), Num(bound)):
            stated = (part for known in facts.task.equations for part in comparisons(known))
            return not bound and all(part.op == "=" for part in stated)
    return False


def is_logarithm(value: Value, facts: Facts, budget: WorkBudget) -> bool:
    """n ln 3 > ln 200 after 3^n > 200: the greater number has the greater logarithm."""
    if not isinstance(value, Comparison) or value.op not in ("<", "<=", ">", ">="):
        return False
    bases = {part.name for part in walk(value) if isinstance(part, Call)} & _LOGARITHMS
    if len(bases) != 1:
        return False
    [name] = bases
    known = (fact.value for fact in facts.facts if fact.names == free_names(value))
    return any(
        isinstance(fact, Comparison)
        and fact.op == value.op
        and _is_term_of(fact.left, value.left, name, budget)
        and _is_term_of(fact.right, value.right, name, budget)
        for fact in known
    )


def _is_term_of(argument: Value, logarithm: Value, name: str, budget: WorkBudget) -> bool:
    if not is_term(argument) or not is_term(logarithm):
        return False
    return same_value(Call(name, (argument,)), logarithm, budget).equal is True
