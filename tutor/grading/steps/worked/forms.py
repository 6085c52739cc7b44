"""Two forms of one expression: which equations can only be meant as such, and whether they hold."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tutor.grading.numeric.polynomials import rational_function
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Add,
    Call,
    Div,
    Mul,
    Neg,
    Num,
    Pow,
    Sym,
    Term,
    free_names,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.prose import cues
from tutor.grading.prose.formulas import Chain
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, refuted, unchecked
from tutor.grading.steps.derivative_slips import slip_in_derivative
from tutor.grading.steps.slips import slip_between
from tutor.grading.steps.witnesses import where_they_differ
from tutor.grading.steps.worked.known_facts import KnownFacts, sides
from tutor.grading.steps.worked.link import Link

_LETTERS = frozenset("abcdefghjklmnopqrstuvwxy")  # z and Greek ones often have more meaning
_SIMPLIFIES = re.compile(r"\b(?:simplif|expand|factor|combin|cancel)", re.IGNORECASE)
_PLAIN = (Add, Mul, Neg, Div, Pow, Num, Sym)


@dataclass(frozen=True, slots=True)
class FormChecker:
    facts: KnownFacts

    def are_meant(self, link: Link) -> bool:
        """Whether the right side can only be meant as another form of the left one."""
        if link.is_inner and (cues.is_simplified(link.chain) or self._is_rewritten(link)):
            return True
        left = link.terms[0]
        if cues.is_expanded(link.chain) and self._is_part(left):
            return True
        if not self.facts.are_free(free_names(left)):
            return False
        if link.index > 0:
            return link.follows_identities
        return left in self.facts.expressions or self._goes_on(link.chain, left)

    def _goes_on(self, chain: Chain, left: Term) -> bool:
        """Whether the expression just before is repeated, and simplified."""
        latest = self.facts.latest_side
        is_repeated = latest is not None and left == latest.term
        is_compound = isinstance(left, Add | Mul | Div | Pow)
        return is_repeated and is_compound and bool(_SIMPLIFIES.search(chain.before))

    def _is_part(self, left: Term) -> bool:
        """Whether a sum is a part of what is known, so that only its form can be meant."""
        parts = list(walk(left))
        if not any(isinstance(part, Add) for part in parts) or isinstance(left, Add):
            return False
        terms = [*self.facts.expressions, *(s for e in self.facts.equations for s in sides(e))]
        return any(left == part for term in terms for part in walk(term))

    def _is_rewritten(self, link: Link) -> bool:
        """Whether the middle of a chain goes on in the same letters, of which nothing is known."""
        names, others = map(free_names, link.terms)
        if names != others or not names <= _LETTERS or self.facts.has_roots:
            return False
        return all(map(_is_plain, link.terms)) and not self.facts.may_restrict(names)

    def check_derivative(
        self, called: Term, left: Term, right: Term, budget: WorkBudget
    ) -> ClaimResult:
        """f'(x) = 3x^2, which is no equation to be solved."""
        assert isinstance(called, Call)  # noqa: S101 - for the type checker
        function = self.facts.definitions.functions[called.name.rstrip("'")]
        witness = where_they_differ(left, right, budget)
        if witness is None or function.variable not in free_names(right):
            return unchecked(ClaimRelation.EVALUATE)
        slip = slip_in_derivative(function.body, right, function.variable, budget)
        return refuted(ClaimRelation.EVALUATE, witness, slip)

    def check(self, chain: Chain, left: Term, right: Term, budget: WorkBudget) -> ClaimResult:
        """Two forms of one expression, according to the words beside them."""
        names = free_names(left)
        if names != free_names(right) or cues.is_supposed(chain):
            return unchecked(ClaimRelation.EQUAL)
        witness = None
        if not names & self.facts.values.keys():
            witness = where_they_differ(left, right, budget)
        if witness is None:
            return unchecked(ClaimRelation.EQUAL)
        return refuted(ClaimRelation.EQUAL, witness, slip_between(left, right, budget))


def is_never_true(link: Link) -> bool:
    """2x + 5 = 2x + 7, in the middle of a chain or in one of several relations."""
    names = frozenset[str]().union(*map(free_names, link.terms))
    if len(names) != 1 or len(link.chain.sides) < 3:
        return False
    left, right = link.terms
    gap = rational_function(Add((left, Neg(right))), *names)
    return gap is not None and gap.top.degree() == 0


def _is_plain(term: Term) -> bool:
    """Sums, products, quotients and whole powers of letters and numbers."""
    parts = list(walk(term))
    exponents = [rational_value(part.exponent) for part in parts if isinstance(part, Pow)]
    are_whole = all(exponent is not None and exponent.denominator == 1 for exponent in exponents)
    return are_whole and all(isinstance(part, _PLAIN) for part in parts)
