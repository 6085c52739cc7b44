"""Checks an equation in a worked solution: does it follow from the equations before it?"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tutor.grading.numeric.equivalence import same_value
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
from tutor.grading.prose import cues, gaps
from tutor.grading.prose.formulas import Chain
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    FailingStatement,
    StepVerdict,
    proved,
    refuted,
    unchecked,
)
from tutor.grading.steps.equation_side import EquationSide
from tutor.grading.steps.implication import implies
from tutor.grading.steps.slips import slip_between
from tutor.grading.steps.statements import is_solved
from tutor.grading.steps.witnesses import (
    easy_points,
    exact_at,
    failing_at,
    number,
    where_they_differ,
)
from tutor.grading.steps.worked.formulary import Formulary
from tutor.grading.steps.worked.known_facts import KnownFacts, sides
from tutor.grading.steps.worked.link import Link, check_numbers

MAX_PREMISES = 4  # the latest equations in the same variables that a claim is compared with

_EXPANDS = re.compile(r"\b(?:expand|factor|distribut)", re.IGNORECASE)
_REWRITES = re.compile(r"\brewrit\w* (?:the |this )?(?:\w+ )?equation\b", re.IGNORECASE)
_REWRITES_GIVEN = re.compile(
    r"\b(?:rewrit\w{1,4}|rearrang\w{1,3}) (?:the |this |our )?(?:given |original )?equation\b",
    re.IGNORECASE,
)
_DOES_MORE = re.compile(
    r"\b(?:multipl|divid|substitut|squar|cub|subtract|add|plug|cross|us(?:e|ing)\b|cancel|collect)",
    re.IGNORECASE,
)
_MAY_BE_CALL = re.compile(r"[A-Za-z]\(\s?\w{1,3}\s?\)")  # P(2), also as a product
_SOLVES = re.compile(r"\b(?:solv|subtract|add(?:ing|ed)|eliminat|substitut|simplif)", re.IGNORECASE)


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
        if (derived := self._derived(chain, claim, budget)) is not None:
            return derived
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
        if not is_calculation or calculation is None or free_names(result_term):
            return None
        if not gaps.is_rewritten(chain.gap) and not _is_plain(calculation, result_term):
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
        concludes = cues.only_concludes(chain) or gaps.is_rewritten(chain.gap)
        if not self.facts.equations or latest is None or not concludes:
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

    def _derived(self, chain: Chain, claim: Comparison, budget: WorkBudget) -> ClaimResult | None:
        """Refuted where it cannot follow from the formula before it, or from a linear system."""
        premise = self.facts.latest_equation
        if premise is not None and self._goes_on(chain, premise, claim):
            result = self._failing(chain, premise, claim, budget)
            if result.verdict == StepVerdict.REFUTED:
                return result
        if cues.is_supposed(chain):
            return None
        if not cues.is_one_of_several(chain):
            rewritten = self._rewritten(chain, claim, budget)
            rewritten = rewritten or self._in_other_form(chain, claim, budget)
            if rewritten is not None:
                return rewritten
        elif cues.is_alternative(chain) or not is_solved(claim):
            return None
        if not (_SOLVES.search(chain.before) or gaps.is_concluded(chain.gap)):
            return None
        if self._may_be_another_case(chain, claim):
            return None
        solution = self.facts.contradict(claim)
        witness = solution and failing_at(claim, solution, budget, FailingStatement.CLAIM)
        return refuted(ClaimRelation.IMPLIES, witness) if witness else None

    def _may_be_another_case(self, chain: Chain, claim: Comparison) -> bool:
        """x = 2, where x has a value already, or for all we know gets a new one."""
        if not isinstance(claim.left, Sym) or free_names(claim.right):
            return False
        return claim.left.name in self.facts.values or not _SOLVES.search(chain.before)

    def _rewritten(self, chain: Chain, claim: Comparison, budget: WorkBudget) -> ClaimResult | None:
        """Another form of the left side alone: x^2 - 4 = 5 is expanded, and the 5 stays."""
        is_zero = rational_value(sides(claim)[1]) == 0
        may_rewrite = not is_zero and _REWRITES.search(chain.before)
        announced = _EXPANDS.search(chain.before) or may_rewrite
        known = [
            known for known in self.facts.about(free_names(claim)) if known.right == claim.right
        ]
        if not announced or not known or _DOES_MORE.search(chain.before):
            return None
        left, other = sides(known[-1])[0], sides(claim)[0]
        scaled = _scaled(other, left, budget) if is_zero else other
        if scaled is None or same_value(left, scaled, budget).equal is not False:
            return None
        witness = where_they_differ(left, scaled, budget)
        slip = slip_between(known[-1], claim, budget)
        return refuted(ClaimRelation.EQUIVALENT, witness, slip) if witness else None

    def _in_other_form(
        self, chain: Chain, claim: Comparison, budget: WorkBudget
    ) -> ClaimResult | None:
        """y = 2x - 5 for the only equation of the problem in x and y, which is rewritten."""
        names = free_names(claim)
        known = self.facts.about(names)
        if len(names) < 2 or len(known) != 1 or not _REWRITES_GIVEN.search(chain.before):
            return None
        if not self.facts.is_sure(known[0]) or _may_call(chain):
            return None
        result = implies(known, claim, budget)
        return result if result.verdict == StepVerdict.REFUTED else None

    def _goes_on(self, chain: Chain, premise: Comparison, claim: Comparison) -> bool:
        """Whether nothing but signs and words of conclusion stand between the two."""
        if free_names(premise) != free_names(claim) or cues.is_one_of_several(chain):
            return False
        if gaps.is_concluded(chain.gap):
            return not is_solved(premise)
        are_apart = premise.left != claim.left or not free_names(premise.left)
        are_factors = premise.right == claim.right
        is_alone = len(free_names(claim)) == 1 and not is_solved(premise)
        return is_alone and gaps.is_beside(chain.gap) and are_apart and not are_factors

    def _failing(
        self, chain: Chain, premise: Comparison, claim: Comparison, budget: WorkBudget
    ) -> ClaimResult:
        """Of several letters, only where no other equation says anything about them."""
        names = free_names(claim)
        if len(names) == 1:
            return contradiction(premise, claim, budget)
        if _may_call(chain):
            return unchecked(ClaimRelation.IMPLIES)
        if self.facts.restrict(names, premise) and not gaps.is_rearranged(chain.gap):
            return unchecked(ClaimRelation.IMPLIES)
        return implies([premise], claim, budget)

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


def _may_call(chain: Chain) -> bool:
    return any(_MAY_BE_CALL.search(side.text) for side in chain.sides)


def _is_plain(calculation: Term, result: Term) -> bool:
    """Whether a calculation with fractions is followed by a number."""
    values = rational_value(calculation), rational_value(result)
    return isinstance(result, Num | Neg | Mul) and None not in values


def _scaled(term: Term, other: Term, budget: WorkBudget) -> Term | None:
    """The term times the number that makes it equal to the other one at an easy point."""
    names = sorted(free_names(term))
    for point in easy_points(names):
        budget.check()
        value, wanted = exact_at(term, point), exact_at(other, point)
        if value and wanted:
            return Mul((number(wanted / value), term))
    return None


def contradiction(premise: Comparison, claim: Value, budget: WorkBudget) -> ClaimResult:
    """Refuted where premise and claim have no solution in common."""
    result = implies([premise], claim, budget)
    if result.witness is None or result.verdict != StepVerdict.REFUTED:
        return unchecked(result.relation)
    if implies([claim], premise, budget).verdict != StepVerdict.REFUTED:
        return unchecked(result.relation)
    return refuted(result.relation, result.witness, slip_between(premise, claim, budget))
