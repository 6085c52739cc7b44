"""Checks an equation in a worked solution: does it follow from the equations before it?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Add,
    Comparison,
    Div,
    Mul,
    Neg,
    Num,
    Pow,
    Sym,
    Term,
    Value,
    free_names,
    has_decimals,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.prose import cues
from tutor.grading.prose.formulas import Chain
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    StepVerdict,
    proved,
    refuted,
    unchecked,
)
from tutor.grading.steps.equation_side import EquationSide
from tutor.grading.steps.implication import implies
from tutor.grading.steps.slips import slip_between
from tutor.grading.steps.statements import is_solved
from tutor.grading.steps.worked.formulary import Formulary
from tutor.grading.steps.worked.known_facts import KnownFacts, sides
from tutor.grading.steps.worked.link import Link, check_numbers

MAX_PREMISES = 4  # the latest equations in the same variables that a claim is compared with


@dataclass
class EquationChecker:
    facts: KnownFacts
    formulary: Formulary

    def check(self, chain: Chain, claim: Comparison, budget: WorkBudget) -> ClaimResult:
        """Raises WorkBudgetSpent and RecursionError."""
        if claim in self.facts.equations:
            return self._repeated(claim)
        if (calculated := self._calculated(chain, claim, budget)) is not None:
            return calculated
        names = free_names(claim)
        premises = self.facts.about(names)[-MAX_PREMISES:]
        for premise in reversed(premises):
            result = implies([premise], claim, budget)
            if result.verdict == StepVerdict.PROVED:
                return replace(result, witness=None)
        if self.facts.imply(claim):
            solved = is_solved(claim)
            return proved(ClaimRelation.SOLVE if solved else ClaimRelation.IMPLIES)
        if self._is_implied_with_values(claim, budget):
            return proved(ClaimRelation.SUBSTITUTE)
        if premises and self._continues(chain, premises[-1], claim):
            return contradiction(premises[-1], claim, budget)
        if (usual := self.formulary.check(claim, budget)) is not None:
            return usual
        relation = ClaimRelation.DEFINE if self._introduces(claim) else ClaimRelation.IMPLIES
        return unchecked(relation)

    def _repeated(self, claim: Comparison) -> ClaimResult:
        """A repetition is as sure as what it repeats."""
        if self.facts.is_sure(claim):
            return proved(ClaimRelation.IMPLIES)
        return unchecked(ClaimRelation.DEFINE)

    def _introduces(self, claim: Comparison) -> bool:
        """Whether it names a number, or is a formula with letters that are new: A = bh/2.

        3x + 5 = 20 in a first letter is neither, since it may be set up wrongly.
        """
        new = free_names(claim) - self.facts.names
        left, right = sides(claim)
        if isinstance(left, Sym) and left.name in new:
            return left.name not in free_names(right)
        return bool(new) and len(free_names(claim)) > 1

    def _calculated(
        self, chain: Chain, claim: Comparison, budget: WorkBudget
    ) -> ClaimResult | None:
        """S = 165 × 6/11, and then S = 90; 2x = 41 - 25, and then 2x = 16."""
        left, result_term = sides(claim)
        calculation = self._calculation_of(left, chain)
        is_calculation = isinstance(calculation, Add | Mul | Div | Pow)
        if not is_calculation or calculation is None or rational_value(calculation) is None:
            return None
        if not isinstance(result_term, Num | Neg | Mul) or rational_value(result_term) is None:
            return None
        if cues.is_one_of_several(chain) or cues.is_supposed(chain):
            return None
        link = Link(chain, 0, EquationSide("", calculation), EquationSide("", result_term), "=")
        result = check_numbers(link, self.facts, budget)
        if result.verdict == StepVerdict.REFUTED and cues.has_unit(chain):
            return None  # in another unit, perhaps: x = 3 × 60 minutes, and then x = 3 hours
        return result if result.is_decided else None

    def _calculation_of(self, left: Term, chain: Chain) -> Term | None:
        """The right side of the formula just before this one, if it has the same left side."""
        if isinstance(left, Sym) and left.name == self.facts.latest_variable:
            return self.facts.values.get(left.name)
        latest = self.facts.latest_side
        if not self.facts.equations or latest is None or not cues.only_concludes(chain):
            return None
        known, value = sides(self.facts.equations[-1])
        return value if (known, value) == (left, latest.term) else None

    def _is_implied_with_values(self, claim: Comparison, budget: WorkBudget) -> bool:
        """Whether an equation in other variables gives the claim, once they are put in."""
        names = free_names(claim)
        for premise in reversed(self.facts.equations):
            if free_names(premise) <= names:
                continue
            left, right = (self.facts.written_in(side, names) for side in sides(premise))
            with_values = Comparison("=", left, right)
            if free_names(with_values) != names:
                continue
            if implies([with_values], claim, budget).verdict == StepVerdict.PROVED:
                return True
        return False

    def _continues(self, chain: Chain, premise: Comparison, claim: Comparison) -> bool:
        """Whether the claim transforms the premise, and is not a new equation beside it."""
        if cues.is_supposed(chain) or cues.says_where(chain) or cues.names_something(chain):
            return False
        if cues.is_one_of_several(chain) or premise.left == claim.left:
            return False
        if len(free_names(claim)) != 1 or self.facts.equations[-1] != premise:
            return False
        if is_solved(premise):
            return False
        return not (is_solved(claim) and has_decimals(premise))


def contradiction(premise: Comparison, claim: Value, budget: WorkBudget) -> ClaimResult:
    """Refuted where premise and claim have no solution in common."""
    result = implies([premise], claim, budget)
    if result.witness is None or result.verdict != StepVerdict.REFUTED:
        return unchecked(result.relation)
    if implies([claim], premise, budget).verdict != StepVerdict.REFUTED:
        return unchecked(result.relation)
    return refuted(result.relation, result.witness, slip_between(premise, claim, budget))
