"""What words such as "Total" stand for, from one claim about them to the next."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.parsing.tree import Add, Mul, Num, Term, free_names
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.prose import cues, gaps
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    StepVerdict,
    proved,
    unchecked,
)
from tutor.grading.steps.definitions import calls_unknown
from tutor.grading.steps.equation_side import EquationSide
from tutor.grading.steps.worked.forms import FormChecker
from tutor.grading.steps.worked.link import Link, check_numbers


@dataclass
class NamedValues:
    """latest: words, and the value that the latest claim about words gave them."""

    forms: FormChecker
    latest: tuple[str, Term] | None = None

    def check(self, link: Link, budget: WorkBudget) -> ClaimResult:
        """Total = 12 + 8, and then: Total = 20."""
        right = link.right.term
        if right is None or calls_unknown([right]):
            return unchecked(ClaimRelation.DEFINE)
        if free_names(right):
            return self._check_formula(link, right, budget)
        before, self.latest = self.latest, (link.left.name, right)
        if before is None or before[0] != link.left.name or isinstance(before[1], Num):
            return unchecked(ClaimRelation.DEFINE)
        if not isinstance(right, Num):
            return unchecked(ClaimRelation.DEFINE)
        calculation = replace(link, left=EquationSide("", before[1]), operator="=")
        result = check_numbers(calculation, self.forms.facts, budget)
        if result.verdict == StepVerdict.REFUTED and cues.has_unit(link.chain):
            return unchecked(ClaimRelation.DEFINE)  # in another unit, perhaps
        return result if result.is_decided else unchecked(ClaimRelation.DEFINE)

    def _check_formula(self, link: Link, right: Term, budget: WorkBudget) -> ClaimResult:
        """Total = x + x + 3, and then: Total = 2x + 3."""
        before, self.latest = self.latest, (link.left.name, right)
        gap = link.chain.gap
        if before is None or before[0] != link.left.name or not isinstance(before[1], Add | Mul):
            return unchecked(ClaimRelation.DEFINE)
        is_name = bool(re.search("[a-z]{3}", link.left.name))  # and not xy
        if not is_name or not (gaps.is_beside(gap) or gaps.is_rewritten(gap)):
            return unchecked(ClaimRelation.DEFINE)
        if same_value(before[1], right, budget).equal:
            return proved(ClaimRelation.EQUAL)
        result = self.forms.check(link.chain, before[1], right, budget)
        return result if result.is_decided else unchecked(ClaimRelation.DEFINE)
