"""Chains in one case, such as 1/x = 1/2 at x = 2."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.grading.parsing.tree import Comparison, free_names, is_term
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import ClaimResult, StepVerdict
from tutor.grading.steps.equation_side import EquationSide
from tutor.grading.working.claim_reader import Claim
from tutor.grading.working.facts import Facts
from tutor.grading.working.judges.chains.link_judge import LinkJudge, worst
from tutor.grading.working.judges.chains.named_sides import side_named
from tutor.grading.working.judges.side_comparison import compare_sides, with_slip_between_sides
from tutor.grading.working.progress import UNDECIDED, Progress
from tutor.grading.working.reading import Statement
from tutor.grading.working.side_names import name_of


@dataclass
class CaseJudge:
    """Judges what is written for one case of several, which later lines do not rest on."""

    progress: Progress
    links: LinkJudge

    @property
    def facts(self) -> Facts:
        return self.progress.facts

    def judge(self, claim: Claim, statement: Statement, budget: WorkBudget) -> ClaimResult:
        if not claim.operators:
            return self._value(claim, budget)
        sides = list(claim.sides)
        name = name_of(sides[0].term)
        if name:
            as_expected = self.progress.expectations.judge(name, sides[1], budget)
            if as_expected.verdict == StepVerdict.REFUTED:
                return as_expected
        if not sides[0].text:
            begun = side_named(statement.words, self.progress) or self.facts.expression
            sides[0] = EquationSide("", begun)
        results: list[ClaimResult] = []
        for left, right, operator in zip(sides, sides[1:], claim.operators, strict=False):
            if left.term is None or right.term is None:
                return UNDECIDED
            results.append(self._link(left, right, operator, budget))
        self.facts.expression = sides[-1].term
        return worst(results)

    def _link(
        self, left: EquationSide, right: EquationSide, operator: str, budget: WorkBudget
    ) -> ClaimResult:
        assert left.term is not None  # noqa: S101 - only readable sides come here
        assert right.term is not None  # noqa: S101
        result = compare_sides(left, right, operator, self.facts, budget)
        has_letters = free_names(left.term) or free_names(right.term)
        if result.verdict == StepVerdict.REFUTED and not has_letters:
            return with_slip_between_sides(result, left.term, right.term, budget)
        if result.verdict != StepVerdict.PROVED:
            result = self.links.substituted(left, right, operator, budget)
        if result.is_decided:
            return result
        return self.links.by_facts.judge(Comparison(operator, left.term, right.term), budget)

    def _value(self, claim: Claim, budget: WorkBudget) -> ClaimResult:
        """At x = 9: 1/6, the value of the expression before; another is of something else."""
        expression, value = self.facts.expression, claim.value
        if expression is None or value is None or not is_term(value):
            return UNDECIDED
        sides = EquationSide("", expression), EquationSide("", value)
        result = self.links.substituted(*sides, "=", budget)
        return result if result.verdict == StepVerdict.PROVED else UNDECIDED
