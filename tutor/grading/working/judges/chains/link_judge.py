"""One link of a chain: a side against the side before it, or against an earlier line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isclose, log10

from flint import arb

from tutor.grading.parsing.tree import (
    ZERO,
    BigOperator,
    Comparison,
    Mul,
    Num,
    Sym,
    Term,
    free_names,
    is_term,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, StepVerdict, unchecked
from tutor.grading.steps.definitions import Unresolved
from tutor.grading.steps.equation_side import EquationSide
from tutor.grading.steps.witnesses import value_at
from tutor.grading.working.facts import Facts
from tutor.grading.working.judges.fact_judge import FactJudge
from tutor.grading.working.judges.known_relations import compare_by_relations
from tutor.grading.working.judges.side_comparison import (
    ROUNDED_ON_THE_WAY,
    compare_sides,
    with_slip_between_sides,
)
from tutor.grading.working.limits import inside_limit
from tutor.grading.working.progress import GIVEN, Progress
from tutor.grading.working.quantities.unit_words import LETTERS as UNIT_LETTERS

MAX_EARLIER = 8  # expressions from which a line may go on
_INEQUALITIES = ("<", ">", "<=", ">=")  # which may hold at the known x alone: 2 + 256/x³ > 0


@dataclass
class LinkJudge:
    """Judges b = c, where what stands before it is judged elsewhere."""

    progress: Progress
    by_facts: FactJudge

    @property
    def facts(self) -> Facts:
        return self.progress.facts

    def judge(
        self, left: EquationSide, right: EquationSide, operator: str, budget: WorkBudget
    ) -> ClaimResult:
        right = self._without_new_unit(left, right)
        if self._is_new_name(left, right):
            return GIVEN
        if left.term is not None and right.term is not None:
            inner = inside_limit(left.term, right.term)
            left = left if inner is None else replace(left, term=inner)
        result = compare_sides(left, right, operator, self.facts, budget)
        if left.term is None or right.term is None:
            return result
        if operator in _INEQUALITIES and not result.is_decided:
            substituted = self.substituted(left, right, operator, budget)
            return substituted if substituted.verdict == StepVerdict.PROVED else result
        if result.verdict != StepVerdict.REFUTED:
            return result
        substituted = self.substituted(left, right, operator, budget)
        names = free_names(right.term)
        is_put_in = names and self._new_letters(left.term) - names
        if substituted.verdict == StepVerdict.REFUTED and self._changes_unit(
            left.term, right.term, budget
        ):
            return unchecked(ClaimRelation.SUBSTITUTE)  # π·d = π·0.7 m, after d = 70 cm = 0.7 m
        if is_put_in and substituted.verdict != StepVerdict.PROVED:
            return unchecked(ClaimRelation.SUBSTITUTE)  # u_0 + n·r = 5 + 3n, with a number for r
        is_condition = right.term == ZERO and free_names(left.term)  # A' = 60 - 4x = 0
        if substituted.is_decided and not (is_condition and substituted.witness):
            return with_slip_between_sides(substituted, left.term, right.term, budget)
        if free_names(left.term) and not free_names(right.term):
            equation = Comparison("=", left.term, right.term)
            implied = self.by_facts.judge(equation, budget)
            self.facts.add(equation, self.progress.line)
            return implied if implied.is_decided else GIVEN  # 3x² - 3 = 0, a condition
        related = compare_by_relations(left.term, right.term, self.facts, budget)
        if related is not None:
            result = related
        return with_slip_between_sides(result, left.term, right.term, budget)

    def _changes_unit(self, left: Term, right: Term, budget: WorkBudget) -> bool:
        """Whether the sides differ by a power of ten, where lengths and the like have two units."""
        units = [q.unit for q in self.progress.measured.stated if q.unit.dimension]
        factors = {(unit.dimension, unit.factor) for unit in units}
        if free_names(right) or len(factors) == len({unit.dimension for unit in units}):
            return False
        written = self.progress.with_known(left)
        if free_names(written):
            return False
        before, after = (value_at(side, {}, budget) for side in (written, right))
        if not isinstance(before, arb) or not isinstance(after, arb) or after.contains(0):
            return False
        ratio = abs(float((before / after).mid()))
        power = round(log10(ratio)) if ratio else 0
        return power != 0 and isclose(ratio, 10.0**power, rel_tol=ROUNDED_ON_THE_WAY)

    def _new_letters(self, term: Term) -> frozenset[str]:
        """Of which neither the statement nor a line before has told anything."""
        before = (fact.names for fact in self.facts.facts if fact.line != self.progress.line)
        return free_names(term).difference(self.facts.task.names, self.facts.values, *before)

    def substituted(
        self, left: EquationSide, right: EquationSide, operator: str, budget: WorkBudget
    ) -> ClaimResult:
        """Both sides with the known values put in."""
        assert left.term is not None  # noqa: S101 - only readable sides come here
        assert right.term is not None  # noqa: S101
        before, after = (self.progress.with_known(s) for s in (left.term, right.term))
        if not free_names(after):
            before = self.progress.with_known(self._without_functions(left.term))
        if (before, after) == (left.term, right.term):
            return unchecked(ClaimRelation.SUBSTITUTE)
        if free_names(before) and not free_names(after):
            return unchecked(ClaimRelation.SUBSTITUTE)  # s : t = 156 : 2 with t = 2
        if free_names(before) and free_names(after).isdisjoint(free_names(before)):
            return unchecked(ClaimRelation.SUBSTITUTE)  # AN : AC = MN : 10, of new lengths
        sides = replace(left, term=before), replace(right, term=after)
        result = compare_sides(*sides, operator, self.facts, budget)
        terms = (part for term in (left.term, right.term) for part in walk(term))
        is_bound = any(isinstance(part, BigOperator) for part in terms)
        if result.verdict == StepVerdict.REFUTED and is_bound:
            return unchecked(ClaimRelation.SUBSTITUTE)  # ∫u³ du is in another variable
        return replace(result, relation=ClaimRelation.SUBSTITUTE) if result.is_decided else result

    def from_earlier(
        self, side: EquationSide, operator: str, otherwise: ClaimResult, budget: WorkBudget
    ) -> ClaimResult:
        """A line that goes on from an earlier expression, with a note on the side between."""
        names = free_names(side.term) if side.term is not None else frozenset[str]()
        for term in reversed(self.progress.terms[-MAX_EARLIER:]):
            if side.term is not None and (inner := inside_limit(term, side.term)) is not None:
                term = inner
            result = compare_sides(EquationSide("", term), side, operator, self.facts, budget)
            if result.verdict == StepVerdict.PROVED:
                return result
            is_integral = isinstance(term, BigOperator) and bool(names - free_names(term))
            if is_integral and result.verdict == StepVerdict.REFUTED and not otherwise.is_decided:
                otherwise = result  # x³ + C, which the line before does not end with
        return otherwise

    def _is_new_name(self, left: EquationSide, right: EquationSide) -> bool:
        """y'(2) = 10 = m"""
        number, name = left.term, right.term
        if number is None or not isinstance(name, Sym) or free_names(number):
            return False
        if name.name in self.facts.names:
            return False
        self.facts.add(Comparison("=", name, number), self.progress.line)
        return True

    def _without_new_unit(self, left: EquationSide, right: EquationSide) -> EquationSide:
        """4 for 4 s after 20/5, where no s is known."""
        match right.term:
            case Mul((Num() as number, Sym(letter))) if letter in UNIT_LETTERS - self.facts.names:
                is_number = left.term is not None and not free_names(left.term)
                return replace(right, term=number) if is_number else right
        return right

    def _without_functions(self, term: Term) -> Term:
        """With P' written out, so that a number can be put in."""
        try:
            value = self.facts.definitions.resolved(term)
        except Unresolved:
            return term
        return value if is_term(value) else term


def worst(results: Sequence[ClaimResult]) -> ClaimResult:
    """The result that decides about several links."""
    order = [StepVerdict.REFUTED, StepVerdict.UNCHECKED, StepVerdict.PROVED]
    decisive = [result for result in results if result != GIVEN] or list(results)
    return min(decisive, key=lambda result: order.index(result.verdict))
