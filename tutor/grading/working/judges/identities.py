"""Equations that claim the same value for all values of their variables: transformations.

(a + b)² = a² + b² is no condition on a and b where a task asks for another form, a limit, an
integral or a proof, or where a line goes on from the one before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Add,
    Comparison,
    Num,
    Pow,
    Sym,
    Term,
    Value,
    free_names,
    has_constant,
    is_term,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import ClaimResult, Slip, StepVerdict
from tutor.grading.steps.statements import comparisons
from tutor.grading.working.judges.side_comparison import with_slip_between_sides
from tutor.grading.working.knowledge.wrong_calculations.false_rules import is_false_rule
from tutor.grading.working.progress import Progress

_TWO = Num(Fraction(2))
MAX_TERMS = 12  # of the lines before, that a transformation may begin with
_UNSURE = (Slip.NONE, Slip.ARITHMETIC, Slip.FACTOR_SIGN)
_COUNTING = frozenset("nkmlij")  # letters of whole numbers: cos nπ = (-1)ⁿ


@dataclass
class Identities:
    progress: Progress

    def judge(
        self, equation: Comparison, compared: ClaimResult, budget: WorkBudget
    ) -> ClaimResult | None:
        """The result for a transformation that is wrong; None for anything else.

        compared: what comparing the sides gave. Raises WorkBudgetSpent.
        """
        left, right = equation.left, equation.right
        names = free_names(left)
        if compared.verdict != StepVerdict.REFUTED or isinstance(left, Sym | Num):
            return None
        if not is_term(left) or not is_term(right) or not self._may_be_form(names, right):
            return None
        if self._are_constrained(names, budget):
            return None
        result = with_slip_between_sides(compared, left, right, budget)
        task = self.progress.facts.task
        if not self._is_known(left) and not task.proves:
            is_rule = is_false_rule(equation, result.slip, task.text, budget)
            return result if is_rule else None
        is_sure = self._goes_on(left) or self._asks_for_forms()
        return result if is_sure or result.slip not in _UNSURE else None

    def _may_be_form(self, names: frozenset[str], right: Term) -> bool:
        """Whether the right side is neither a number nor another term of the statement."""
        others = free_names(right)
        if not others or not others <= names or right in self._known_terms():
            return False
        return not _is_periodic(right, names)

    def _asks_for_forms(self) -> bool:
        task = self.progress.facts.task
        return task.proves or task.transforms or task.asks_for_limit

    def _goes_on(self, left: Term) -> bool:
        """Whether the equation begins with all that the line before ends with."""
        facts = self.progress.facts
        return left == facts.expression and not facts.task.asks_for_curve

    def _are_constrained(self, names: frozenset[str], budget: WorkBudget) -> bool:
        """Whether equations are known that only some values of these variables fulfil."""
        related = [
            fact
            for fact in self.progress.facts.facts
            if fact.names & names and _is_condition(fact.value, budget)
        ]
        others = frozenset[str]().union(*(fact.names for fact in related)) - names
        return len(related) > len(others)

    def _is_known(self, term: Term) -> bool:
        """Whether the term is a part of what the statement or a line before has."""
        return any(term == part or _has_summands(part, term) for part in self._known_parts())

    def _known_parts(self) -> Iterator[Value]:
        for term in self._known_terms():
            yield from walk(term)

    def _known_terms(self) -> Iterator[Term]:
        yield from self.progress.terms[-MAX_TERMS:]
        for function in self.progress.facts.definitions.functions.values():
            yield function.body


def _is_condition(value: Value, budget: WorkBudget) -> bool:
    """Whether there is an equation in it that some values do not fulfil."""
    for equation in comparisons(value):
        left, right = equation.left, equation.right
        if equation.op != "=" or left == right or not is_term(left) or not is_term(right):
            continue
        if not same_value(left, right, budget).equal:
            return True
    return False


def _has_summands(whole: Value, term: Term) -> bool:
    """x² - 6x in x² - 6x + 2."""
    if not isinstance(whole, Add) or not isinstance(term, Add):
        return False
    return all(part in whole.parts for part in term.parts)


def _is_periodic(term: Term, names: frozenset[str]) -> bool:
    """Whether whole numbers may be meant, as in cos nπ = (-1)ⁿ."""
    has_power = any(
        isinstance(part, Pow) and free_names(part.exponent) and (rational_value(part.base) or 0) < 0
        for part in walk(term)
    )
    has_pi = has_constant(term, "pi")
    return bool(names & _COUNTING) and (has_power or has_pi)
