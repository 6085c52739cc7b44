"""Implication between statements in one variable: by their roots, or by their solution sets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction

from tutor.grading.numeric.degrees import PERIODIC
from tutor.grading.numeric.evaluate import Evaluator
from tutor.grading.numeric.intervals import BASE_BITS, Ball, Undefined, precision
from tutor.grading.numeric.roots import Zero, polynomial_of, polynomial_without_roots, zeros_of
from tutor.grading.parsing.tree import (
    Call,
    Comparison,
    Div,
    Logic,
    Num,
    Root,
    Term,
    Value,
    free_names,
    is_term,
    walk,
)
from tutor.grading.processes.once import cached_property
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solving.equations import same_equation, sign_of_constant_ratio, vanishing_term
from tutor.grading.solving.injective import has_at_most_one_solution
from tutor.grading.solving.real_sets import EMPTY_SET, RealSet, Undecidable, minus
from tutor.grading.solving.set_notation import real_set
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    FailingStatement,
    Witness,
    proved,
    refuted,
    unchecked,
)
from tutor.grading.steps.easy_members import easy_member
from tutor.grading.steps.statements import NO_SOLUTIONS, comparisons, is_solved
from tutor.grading.steps.wider_claims import is_multiplied, lists_all_solutions, widens
from tutor.grading.steps.witnesses import exact_at, failing_at, value_at, written

CLAIM, PREMISE = FailingStatement


def implies_univariate(
    premises: list[Value], claim: Value, variable: str, budget: WorkBudget
) -> ClaimResult:
    """Raises WorkBudgetSpent."""
    implication = _Implication(premises, claim, variable, budget)
    sides = _side_equal_to_zero(premises[-1]), _side_equal_to_zero(claim)
    if sides[0] is not None and sides[1] is not None:
        return implication.of_equations((sides[0], sides[1]))
    try:
        return implication.of_sets()
    except Undecidable:
        return unchecked(implication.relation)


@dataclass(frozen=True)
class _Implication:
    """From the last of the premises, where all of them hold, to the claim."""

    premises: Sequence[Value]
    claim: Value
    variable: str
    budget: WorkBudget

    @property
    def premise(self) -> Value:
        return self.premises[-1]

    @cached_property
    def relation(self) -> ClaimRelation:
        return ClaimRelation.SOLVE if is_solved(self.claim) else ClaimRelation.EQUIVALENT

    @property
    def is_solving(self) -> bool:
        return self.relation == ClaimRelation.SOLVE

    def of_equations(self, sides: tuple[Term, Term]) -> ClaimResult:
        """sides: of premise and claim, each equal to zero."""
        left, right = (polynomial_of(side, self.variable) for side in sides)
        if left is not None and right is not None:
            if left == right:
                return proved(self.relation)
            if not left or not right:  # one equation holds for every number
                return unchecked(self.relation)
        before = real_solutions(self.premise, sides[0], self.variable, self.budget)
        after = real_solutions(self.claim, sides[1], self.variable, self.budget)
        if before is None or after is None:
            return self._beyond_polynomials()
        return self._of_solutions(before, after, sides)

    def _of_solutions(
        self, before: list[Zero], after: list[Zero], sides: tuple[Term, Term]
    ) -> ClaimResult:
        lost = _failing(before, self.claim, self.variable, CLAIM, self.budget)
        gained = self._gained(after)
        excluded = [zero for zero, _ in lost if self._is_excluded(zero)]
        if after and all(map(self._is_excluded, after)):
            excluded = []  # of x² = 4 both, where x² - 4 ≠ 0 is known
        lost = [(zero, witness) for zero, witness in lost if zero not in excluded]
        if lost:
            return refuted(self.relation, lost[0][1])
        if self.is_solving and not before and gained:
            return refuted(self.relation, gained[0])
        if not before and not excluded:
            return self._without_solutions(sides)
        if not gained:
            return proved(ClaimRelation.SOLVE if excluded else self.relation)
        if excluded or self.is_solving:
            return refuted(self.relation, gained[0])
        return proved(ClaimRelation.IMPLIES, gained[0])

    def _gained(self, solutions: list[Zero]) -> list[Witness]:
        """Against those that the premise has not."""
        failing = _failing(solutions, self.premise, self.variable, PREMISE, self.budget)
        return [witness for _, witness in failing]

    def _is_excluded(self, zero: Zero) -> bool:
        """Whether an earlier premise in this variable is proven not to hold there."""
        return any(
            free_names(premise) == {self.variable}
            and isinstance(premise, Comparison | Logic)
            and not _may_hold(premise, zero, self.variable, self.budget)
            for premise in self.premises[:-1]
        )

    def _without_solutions(self, sides: tuple[Term, Term]) -> ClaimResult:
        """A premise without real solutions implies everything, so its complex solutions decide."""
        if self.claim == NO_SOLUTIONS:
            return proved(ClaimRelation.SOLVE)
        before, after = (polynomial_of(side, self.variable) for side in sides)
        if before is None and after is not None:
            consequence = polynomial_without_roots(sides[0], self.variable)
            is_implied = consequence == after
            return proved(ClaimRelation.IMPLIES) if is_implied else unchecked(self.relation)
        if not before or after is None:
            return unchecked(self.relation)
        if is_multiplied(sides[0], after, self.variable):
            return proved(ClaimRelation.IMPLIES)
        for zero in zeros_of(before // before.gcd(after)):
            point: dict[str, Ball] = {self.variable: zero.value}
            if (witness := _complex_witness(sides[1], point, self.budget)) is not None:
                return refuted(self.relation, witness)
        return unchecked(self.relation)

    def _beyond_polynomials(self) -> ClaimResult:
        """Absolute values, exponentials, logarithms, sines."""
        if lists_all_solutions(self.premise, self.claim, self.variable, self.budget):
            return proved(ClaimRelation.SOLVE)
        with suppress(Undecidable):
            return self.of_sets()
        if self.is_solving:
            return self._of_listed_solutions()
        if _is_same(self.premise, self.claim, self.budget):
            return proved(self.relation)
        if widens(self.premise, self.claim, self.budget):
            return proved(ClaimRelation.IMPLIES)
        return unchecked(self.relation)

    def _of_listed_solutions(self) -> ClaimResult:
        side = vanishing_term(self.claim)
        if side is None:
            return unchecked(self.relation)
        solutions = real_solutions(self.claim, side, self.variable, self.budget)
        if not solutions:
            return unchecked(self.relation)
        if gained := self._gained(solutions):
            return refuted(self.relation, gained[0])
        is_only_one = len(solutions) == 1 and has_at_most_one_solution(self.premise, self.variable)
        return proved(self.relation) if is_only_one else unchecked(self.relation)

    def of_sets(self) -> ClaimResult:
        """Raises Undecidable."""
        before, after = real_set(self.premise, self.budget), real_set(self.claim, self.budget)
        before = self._narrowed(before, after)
        lost, gained = minus(before, after, self.budget), minus(after, before, self.budget)
        if lost == EMPTY_SET and gained == EMPTY_SET:
            return proved(self.relation)
        if lost != EMPTY_SET:
            witness = self._witness_in(lost, CLAIM)
            return unchecked(self.relation) if witness is None else refuted(self.relation, witness)
        witness = self._witness_in(gained, PREMISE)
        if witness is None:
            return unchecked(self.relation)
        lists_solutions = self.is_solving and all(
            comparison.op == "=" for comparison in comparisons(self.claim)
        )
        if before != EMPTY_SET and not lists_solutions:
            # Every solution of the premise is one of the claim: implied, though weaker.
            return proved(ClaimRelation.IMPLIES, witness)
        return refuted(self.relation, witness)

    def _narrowed(self, before: RealSet, after: RealSet) -> RealSet:
        """The solutions before, without lost ones that an earlier premise excludes."""
        budget = self.budget
        for premise in self.premises[:-1]:
            if free_names(premise) != {self.variable} or minus(before, after, budget) == EMPTY_SET:
                continue
            with suppress(Undecidable):
                before = minus(before, minus(before, real_set(premise, budget), budget), budget)
        return before

    def _witness_in(self, difference: RealSet, failing: FailingStatement) -> Witness | None:
        value = self.claim if failing == CLAIM else self.premise
        return failing_at(value, {self.variable: easy_member(difference)}, self.budget, failing)


def _side_equal_to_zero(value: Value) -> Term | None:
    if value == NO_SOLUTIONS:
        return Num(Fraction(1))  # 1 = 0 has no solutions
    return vanishing_term(value)


def real_solutions(
    value: Value, side: Term, variable: str, budget: WorkBudget
) -> list[Zero] | None:
    """The solutions of `side` = 0; None where they cannot all be computed.

    value: the equation as it was written, which may not be defined everywhere.
    """
    polynomial = polynomial_of(side, variable)
    is_exact = polynomial is not None
    if polynomial is None:
        polynomial = polynomial_without_roots(side, variable)
    if not polynomial:
        return None
    zeros = [zero for zero in zeros_of(polynomial) if zero.is_real]
    if is_exact:
        return zeros
    return [zero for zero in zeros if not _failing([zero], value, variable, PREMISE, budget)]


def _failing(
    zeros: list[Zero], value: Value, variable: str, failing: FailingStatement, budget: WorkBudget
) -> list[tuple[Zero, Witness]]:
    """The numbers for which the statement is proven not to hold."""
    witnesses: list[tuple[Zero, Witness]] = []
    for zero in zeros:
        if _may_hold(value, zero, variable, budget):
            continue
        number = _number(zero)
        point = {variable: number}
        witness = failing_at(value, point, budget, failing)
        if witness is None and (value == NO_SOLUTIONS or _is_surely_undefined(value, point)):
            witness = Witness({variable: written(number)}, "", "", failing)
        if witness is not None:
            witnesses.append((zero, witness))
    return witnesses


def _number(zero: Zero) -> Ball | Fraction:
    return zero.value if zero.exact is None else zero.exact


def _may_hold(value: Value, zero: Zero, variable: str, budget: WorkBudget) -> bool:
    """Whether nothing disproves the statement for this number."""
    if value == NO_SOLUTIONS:
        return False
    if isinstance(value, Logic):
        parts = [_may_hold(part, zero, variable, budget) for part in value.parts]
        return all(parts) if value.op == "and" else any(parts)
    if failing_at(value, {variable: _number(zero)}, budget, CLAIM) is not None:
        return False
    return _is_defined(value, zero.value, variable, budget)


def _is_surely_undefined(value: Value, at: Mapping[str, Ball | Fraction]) -> bool:
    """Whether it divides by zero there, or takes a root or logarithm of too small a number."""
    point = {name: number for name, number in at.items() if isinstance(number, Fraction)}
    if not isinstance(value, Comparison) or len(point) < len(at):
        return False
    for part in walk(value):
        match part:
            case Div(_, bottom) if exact_at(bottom, point) == 0:
                return True
            case Root(inner, Num(index)) if index == 2:
                number = exact_at(inner, point)
                if number is not None and number < 0:
                    return True
            case Call("ln" | "lg" | "lb" | "log", (inner, *_)):
                number = exact_at(inner, point)
                if number is not None and number <= 0:
                    return True
    return False


def _is_defined(value: Value, at: Ball, variable: str, budget: WorkBudget) -> bool:
    if not isinstance(value, Comparison):
        return True
    with precision(BASE_BITS):
        return all(
            value_at(side, {variable: at}, budget) is not None
            for side in (value.left, value.right)
            if is_term(side)
        )


def _complex_witness(side: Term, point: dict[str, Ball], budget: WorkBudget) -> Witness | None:
    with precision(BASE_BITS):
        try:
            value = Evaluator(point, budget, real=False).value(side)
        except (Undefined, KeyError, OverflowError):
            return None
        if value.contains(0):
            return None
        return Witness({n: written(v) for n, v in point.items()}, written(value), "0")


def _is_same(premise: Value, claim: Value, budget: WorkBudget) -> bool:
    sides = vanishing_term(premise), vanishing_term(claim)
    calls = (part for value in (premise, claim) for part in walk(value) if isinstance(part, Call))
    if any(call.name in PERIODIC for call in calls) and sides[0] and sides[1]:
        # Their solutions are without number, so only a multiple is recognised.
        return bool(sign_of_constant_ratio(sides[0], sides[1], budget))
    return bool(same_equation(premise, claim, budget).equal)
