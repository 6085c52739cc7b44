"""Checks an inequality in a worked solution against the statements before it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tutor.grading.parsing.tree import Bracketed, Comparison, Logic, Value, free_names
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.prose import cues
from tutor.grading.prose.formulas import Chain
from tutor.grading.solving.inequalities import holds
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    FailingStatement,
    Slip,
    StepVerdict,
    proved,
    refuted,
    unchecked,
)
from tutor.grading.steps.definitions import Unresolved
from tutor.grading.steps.implication import implies
from tutor.grading.steps.slips import with_slip
from tutor.grading.steps.statements import is_solved
from tutor.grading.steps.witnesses import failing_at
from tutor.grading.steps.worked.known_facts import KnownFacts

MAX_PREMISES = 4
_ONLY_ASKED = re.compile(
    r"[?✗]|\b(?:need|want|requir|must|should|until|while|as long|false|fail|untrue|never|no\b"
    r"|condition|satisf|hold)",
    re.IGNORECASE,
)
RELATIONS = ("<", "<=", ">", ">=", "!=", "in")


@dataclass
class InequalityChecker:
    facts: KnownFacts

    def check(self, chain: Chain, claim: Value, budget: WorkBudget) -> ClaimResult:
        """Raises WorkBudgetSpent and RecursionError."""
        try:
            claim = self.facts.definitions.resolved(claim)
        except Unresolved:
            return unchecked(ClaimRelation.IMPLIES)
        if not free_names(claim):
            return _of_numbers(chain, claim, budget)
        if claim in self.facts.inequalities:
            is_sure = claim in self.facts.sure
            return proved(ClaimRelation.IMPLIES) if is_sure else unchecked(ClaimRelation.DEFINE)
        for premise in reversed(self._premises(claim)):
            result = implies([premise], claim, budget)
            if result.verdict == StepVerdict.PROVED:
                return replace(result, witness=None)
            if self._continues(chain, premise, claim):
                explained = with_slip(result, premise, claim, budget)
                is_refuted = result.verdict == StepVerdict.REFUTED
                if is_refuted and explained.slip == Slip.INEQUALITY_NOT_TURNED:
                    return explained
        return unchecked(ClaimRelation.IMPLIES)

    def _premises(self, claim: Value) -> list[Value]:
        names = free_names(claim)
        known = [*self.facts.equations, *self.facts.inequalities]
        return [premise for premise in known if free_names(premise) == names][-MAX_PREMISES:]

    def _continues(self, chain: Chain, premise: Value, claim: Value) -> bool:
        """Whether the claim can only be meant as the solution of the statement just before it."""
        if cues.is_supposed(chain) or cues.is_one_of_several(chain) or cues.names_something(chain):
            return False
        if not (isinstance(premise, Comparison) and isinstance(claim, Comparison)):
            return False
        if not is_solved(claim) or is_solved(premise) or premise.left == claim.left:
            return False
        return self.facts.inequalities[-1:] == [premise]


def as_inequality(values: list[Value | None], operators: list[str]) -> Value | None:
    """a < b ≤ c as one statement; None where a side could not be read."""
    parts: list[Value] = []
    for left, right, operator in zip(values, values[1:], operators, strict=False):
        is_set = operator == "in" and isinstance(right, Bracketed)
        if left is None or right is None or (operator not in RELATIONS and not is_set):
            return None
        parts.append(Comparison(operator, left, right))
    return parts[0] if len(parts) == 1 else Logic("and", tuple(parts)) if parts else None


def _of_numbers(chain: Chain, claim: Value, budget: WorkBudget) -> ClaimResult:
    """Of several relations and of numbers in words, none is refuted."""
    is_true = holds(claim, {}, budget)
    if is_true is not False or not isinstance(claim, Comparison):
        return proved(ClaimRelation.EQUAL) if is_true else unchecked(ClaimRelation.EQUAL)
    after = re.split(r"[.;\n]", chain.after)[0]
    is_tried = cues.is_supposed(chain) and chain.operators[:1] != ("=",)
    is_denied = cues.is_denied(replace(chain, after=after)) or _ONLY_ASKED.search(after)
    is_claimed = not (is_tried or is_denied or _ONLY_ASKED.search(chain.before))
    witness = failing_at(claim, {}, budget, FailingStatement.CLAIM) if is_claimed else None
    return refuted(ClaimRelation.EQUAL, witness) if witness else unchecked(ClaimRelation.EQUAL)
