"""Checks alternatives in a worked solution: x = 2 or x = 3, x = 1 ± √2."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.shapes import expand_plus_minus
from tutor.grading.parsing.tree import (
    Comparison,
    Logic,
    Neg,
    PlusMinus,
    Term,
    Value,
    free_names,
    has_part,
    is_term,
    rebuild,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.prose import cues
from tutor.grading.prose.formulas import Chain
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    StepVerdict,
    proved,
    unchecked,
)
from tutor.grading.steps.definitions import Unresolved
from tutor.grading.steps.implication import implies
from tutor.grading.steps.statements import comparisons, is_solved
from tutor.grading.steps.worked.equation_checker import MAX_PREMISES, contradiction
from tutor.grading.steps.worked.known_facts import KnownFacts


@dataclass
class AlternativesChecker:
    facts: KnownFacts

    def check(self, chain: Chain, budget: WorkBudget) -> tuple[ClaimResult, list[Term]]:
        """The result, and the values that the alternatives give.

        Raises Unreadable, WorkBudgetSpent and RecursionError.
        """
        text = chain.sides[0].text
        claim = expand_plus_minus(read_expression(text, self.facts.definitions.called))
        result = self._solutions(chain, claim, budget)
        values = [part.right for part in comparisons(claim) if part.op == "="]
        return result, [value for value in values if is_term(value) and not free_names(value)]

    def _solutions(self, chain: Chain, claim: Value, budget: WorkBudget) -> ClaimResult:
        names = free_names(claim)
        if not names:
            return self._evaluated(claim, budget)
        if not isinstance(claim, Logic) or len(names) != 1:
            is_formula = len(names) > 1 and bool(names - self.facts.names)
            return unchecked(ClaimRelation.DEFINE if is_formula else ClaimRelation.SOLVE)
        premises = [*self.facts.stationary(next(iter(names))), *self.facts.about(names)]
        if not premises:
            return unchecked(ClaimRelation.SOLVE)
        for count in range(len(premises), max(0, len(premises) - MAX_PREMISES), -1):
            result = implies(premises[:count], claim, budget)
            if result.verdict == StepVerdict.PROVED:
                return replace(result, witness=None)
        last = premises[-1]
        if last in self.facts.equations and self._is_about_the_last(chain, claim, last):
            return contradiction(last, claim, budget)
        return unchecked(ClaimRelation.SOLVE)

    def _evaluated(self, claim: Value, budget: WorkBudget) -> ClaimResult:
        """f(1 ± √2) = 3 ∓ √2, for both signs."""
        try:
            resolved = self.facts.definitions.resolved(claim)
        except Unresolved:
            return unchecked(ClaimRelation.EVALUATE)
        parts = list(comparisons(resolved))
        is_true = bool(parts) and all(_is_equation(part, budget) for part in parts)
        return proved(ClaimRelation.EVALUATE) if is_true else unchecked(ClaimRelation.EVALUATE)

    def _is_about_the_last(self, chain: Chain, claim: Value, equation: Comparison) -> bool:
        """Whether a list of solutions can only be that of the equation just before it."""
        if cues.is_supposed(chain) or cues.says_where(chain) or cues.continues_list(chain):
            return False
        if self.facts.equations[-1] != equation or is_solved(equation):
            return False
        return is_solved(claim)  # otherwise "or" may only rephrase the equation


def with_both_signs(term: Term) -> list[Term]:
    """1 + √2 and 1 - √2 for 1 ± √2; the term itself where it has no such sign."""
    if not has_part(term, PlusMinus):
        return [term]
    return [_with_sign(term, sign) for sign in (1, -1)]


def _with_sign(term: Value, sign: int) -> Term:
    result: Term = rebuild(term, lambda part: _with_sign(part, sign))
    if isinstance(result, PlusMinus):
        return result.part if result.sign == sign else Neg(result.part)
    return result


def have_equal_values(left: Term, right: Term, budget: WorkBudget) -> bool:
    """Whether both signs of ± give the same two values on both sides."""
    before, after = with_both_signs(left), with_both_signs(right)
    if len(before) != 2 or len(after) != 2:
        return False
    return any(
        all(same_value(a, b, budget).equal for a, b in zip(before, order, strict=True))
        for order in (after, after[::-1])
    )


def _is_equation(part: Comparison, budget: WorkBudget) -> bool:
    left, right = part.left, part.right
    if part.op != "=" or not is_term(left) or not is_term(right):
        return False
    return bool(same_value(left, right, budget).equal)
