"""A link of a chain, and the comparison of its two sides where both are numbers or remainders."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import Term
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.prose import cues
from tutor.grading.prose.formulas import Chain
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    StepVerdict,
    Witness,
    proved,
    refuted,
    unchecked,
)
from tutor.grading.steps.equation_side import EquationSide
from tutor.grading.steps.rounding import compare_numbers
from tutor.grading.steps.worked.known_facts import KnownFacts


@dataclass(frozen=True, slots=True)
class Link:
    """Two neighbours in a chain of equations. index: 0 for the first link.

    follows_identities: all links before it hold for every value of their letters.
    """

    chain: Chain
    index: int
    left: EquationSide
    right: EquationSide
    operator: str
    follows_identities: bool = False

    @property
    def terms(self) -> tuple[Term, Term]:
        assert self.left.term is not None  # noqa: S101 - only readable sides are asked for it
        assert self.right.term is not None  # noqa: S101
        return self.left.term, self.right.term

    @property
    def is_inner(self) -> bool:
        """Whether its left side stands before another relation, or before this formula."""
        return self.index > 0 or not self.chain.sides[0].text

    def with_terms(self, left: Term, right: Term) -> Link:
        return replace(
            self, left=replace(self.left, term=left), right=replace(self.right, term=right)
        )


def check_numbers(link: Link, facts: KnownFacts, budget: WorkBudget) -> ClaimResult:
    """Compare two numbers. A calculation that the text itself calls wrong refutes nothing."""
    result = compare_numbers(
        link.left,
        link.right,
        link.operator,
        budget,
        facts.rounded,
        is_calculated=link.index > 0 or cues.begins_statement(link.chain),
    )
    is_partial = any(side.text == "\x00" or "vmatrix" in side.text for side in link.chain.sides[:1])
    is_partial = is_partial or (link.index == 0 and cues.begins_earlier(link.chain))
    is_scale = facts.has_scale and bool(link.left.words and link.right.words)
    is_refuted = result.verdict == StepVerdict.REFUTED
    if is_refuted and (is_partial or is_scale or cues.is_denied(link.chain)):
        return unchecked(result.relation)
    return result


def check_congruence(link: Link, modulus: int) -> ClaimResult:
    """Whether two whole numbers leave the same remainder."""
    if link.left.term is None or link.right.term is None:
        return unchecked(ClaimRelation.EQUAL)
    values = [rational_value(term) for term in link.terms]
    remainders = [
        value.numerator * pow(value.denominator, -1, modulus) % modulus
        for value in values
        if value is not None and math.gcd(value.denominator, modulus) == 1
    ]
    if len(remainders) < 2:
        return unchecked(ClaimRelation.EQUAL)
    left, right = remainders
    if left == right:
        return proved(ClaimRelation.EQUAL)
    return refuted(ClaimRelation.EQUAL, Witness({}, str(left), str(right)), Slip.ARITHMETIC)
