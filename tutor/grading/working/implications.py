"""Does a statement follow from what is known, or does it contradict all of it?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tutor.grading.numeric.intervals import Ball
from tutor.grading.numeric.roots import polynomial_of
from tutor.grading.parsing.tree import (
    Add,
    Comparison,
    Div,
    Logic,
    Root,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    walk,
)
from tutor.grading.processes.deadline import Deadline
from tutor.grading.solving.equations import vanishing_term, zeros_near
from tutor.grading.solving.linear_systems import LinearSystem
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    FailingStatement,
    Slip,
    StepVerdict,
    Witness,
    proved,
    refuted,
    unchecked,
)
from tutor.grading.steps.equal_terms import equal_terms
from tutor.grading.steps.implication import implies, is_rounded_solution
from tutor.grading.steps.multivariate import zero_sides
from tutor.grading.steps.slips import is_right_by_luck, with_slip
from tutor.grading.steps.statements import comparisons, is_solved
from tutor.grading.steps.witnesses import failing_at
from tutor.grading.working.atoms import in_atoms
from tutor.grading.working.choices import chosen
from tutor.grading.working.facts import STATEMENT, Fact, Facts

MAX_PLAIN = 5  # parts of a number that nothing is left to work out in, such as 5π/6
MAX_PREMISES = 8  # the latest facts in the same variables with which a claim is compared
_ACUTE = re.compile(r"\b(?:acute|first quadrant|spitz|aigu|agudo)|锐角|第一象限", re.IGNORECASE)
_TRIGONOMETRIC = re.compile(r"\\(?:sin|cos|tan)")
_INEQUALITIES = ("<", "<=", ">", ">=", "!=")


@dataclass
class Implications:
    """What the facts say of a claim."""

    facts: Facts
    deadline: Deadline

    def judge(self, claim: Value) -> ClaimResult:
        """Raises DeadlinePassed."""
        names = free_names(claim)
        premises = self._premises(claim, names)
        results = self._from_each(premises, claim)
        if decided := next((r for r in results if r.verdict == StepVerdict.PROVED), None):
            return decided
        if (choice := self._chosen(premises, claim, names)) is not None:
            return choice
        named = self._with_definitions(claim) if not premises else None
        if named is not None and named.is_decided:
            return named
        system_result = self._from_system(claim, names)
        if system_result.is_decided:
            latest = next((r for r in results if r.slip), None)
            return replace(system_result, slip=latest.slip) if latest else system_result
        substituted = self._with_values(claim, names)
        if substituted.is_decided:
            return substituted
        if (compared := self._with_same_side(premises, claim)) is not None:
            return compared
        if not premises and self._equates(claim, names):
            return proved(ClaimRelation.IMPLIES)
        return self._contradiction(premises, results, claim)

    def _equates(self, claim: Value, names: frozenset[str]) -> bool:
        """x = x² after y = x and y = x²."""
        known: dict[str, Term] = {}
        for fact in self.facts.facts:
            match fact.value:
                case Comparison("=", Sym(name), term) if is_term(term):
                    if free_names(term) != names:
                        continue
                    if name in known:
                        equated = Comparison("=", known[name], term)
                        result = implies([equated], claim, self.deadline)
                        return result.verdict == StepVerdict.PROVED
                    known[name] = term
        return False

    def _with_same_side(self, premises: Sequence[Fact], claim: Value) -> ClaimResult | None:
        """a² = 35 after a² = 74 - 35: two numbers for the same term; None for anything else."""
        if not isinstance(claim, Comparison) or claim.op != "=" or not is_term(claim.right):
            return None
        for fact in reversed(premises):
            match fact.value:
                case Comparison("=", left, right) if left == claim.left and is_term(right):
                    if free_names(right) or free_names(claim.right):
                        continue
                    result = equal_terms(right, claim.right, ClaimRelation.EQUAL, self.deadline)
                    if result.verdict == StepVerdict.REFUTED:
                        return None if self._may_differ(premises, fact, claim) else result
                    return result if result.is_decided else None
        return None

    def _may_differ(self, premises: Sequence[Fact], fact: Fact, claim: Value) -> bool:
        """x = 5π/6 after x = π/6, and 3^x = 9 after 3^x = 1: two solutions of one equation."""
        sources = [other.value for other in premises if other is not fact]
        unsolved = [value for value in sources if not is_solved(value)]
        if unsolved and _are_two_solutions(fact.value, claim):
            return True
        return any(agrees(claim, value, self.deadline) for value in unsolved)

    def _premises(self, claim: Value, names: frozenset[str]) -> list[Fact]:
        """The facts in the same variables; conditions such as x > 0 first."""
        about = self.facts.about(names)
        about.sort(key=lambda fact: not _is_condition(fact.value, claim))
        return about[-MAX_PREMISES:]

    def _chosen(
        self, premises: Sequence[Fact], claim: Value, names: frozenset[str]
    ) -> ClaimResult | None:
        if len(names) != 1 or not premises or not is_solved(claim) or _is_inequality(claim):
            return None
        values = [fact.value for fact in premises]
        return chosen(self.facts.task, claim, values, self.deadline)

    def _with_definitions(self, claim: Value) -> ClaimResult | None:
        """u² - 13u + 36 = 0 after u = x²: the claim with u written out; None without such names."""
        value = self.facts.with_definitions(claim)
        if value == claim or not free_names(value):
            return None
        result = self.judge(value)
        return ClaimResult(result.verdict, ClaimRelation.SUBSTITUTE, result.witness, result.slip)

    def _from_each(self, premises: Sequence[Fact], claim: Value) -> list[ClaimResult]:
        """The result for each premise, the earlier ones being true as well; the latest first."""
        results: list[ClaimResult] = []
        for count in range(len(premises), 0, -1):
            values = [fact.value for fact in premises[:count]]
            result = self._check(values, claim)
            results.append(result)
            if result.verdict == StepVerdict.PROVED:
                break
        return results

    def _check(self, premises: list[Value], claim: Value) -> ClaimResult:
        changed = in_atoms(premises, claim)
        if changed is not None:
            result = _check(*changed, self.deadline)
            if result.verdict == StepVerdict.REFUTED and self._chooses_quadrant(*changed):
                is_acute = _ACUTE.search(self.facts.task.text)
                return proved(result.relation) if is_acute else unchecked(result.relation)
            if result.is_decided:
                return result
        return _check(premises, claim, self.deadline)

    def _chooses_quadrant(self, premises: list[Value], claim: Value) -> bool:
        """cos x = 4/5 after cos² x = 16/25: the words may tell in which quadrant x lies."""
        if not is_solved(claim) or not _TRIGONOMETRIC.search(" ".join(free_names(claim))):
            return False
        return implies([claim], premises[-1], self.deadline).verdict == StepVerdict.PROVED

    def _from_system(self, claim: Value, names: frozenset[str]) -> ClaimResult:
        relation = ClaimRelation.SOLVE if is_solved(claim) else ClaimRelation.IMPLIES
        system = self.facts.linear_system(names)
        sides = zero_sides(claim)
        if system is None or not system.is_consistent or len(system.names) < 2:
            return unchecked(relation)
        claimed = LinearSystem.of(sides, system.names) if sides else None
        if claimed is not None and system.implies(claimed):
            return proved(relation)
        point = {name: value for name, value in system.fixed.items() if name in names}
        if point.keys() == names:
            witness = failing_at(claim, point, self.deadline, FailingStatement.CLAIM)
            if witness is not None:
                return refuted(relation, witness, self._slip_in_system(claim))
        return unchecked(relation)

    def _slip_in_system(self, claim: Value) -> Slip:
        known = self.facts.values.keys() - free_names(claim)
        equations = tuple(self.facts.equations())
        shared = any(free_names(e) & known and free_names(e) & free_names(claim) for e in equations)
        if is_solved(claim) and shared:
            return Slip.BACK_SUBSTITUTION
        result = unchecked(ClaimRelation.IMPLIES)
        premises: list[Value] = [*reversed(equations), Logic("and", equations)]
        for premise in premises:
            named = with_slip(result, premise, claim, self.deadline).slip
            if named:
                return named
        return Slip.NONE

    def _with_values(self, claim: Value, names: frozenset[str]) -> ClaimResult:
        """Facts in more variables, once known values are put in."""
        for fact in reversed(self.facts.facts):
            if not names < fact.names:
                continue
            premise = self.facts.with_values(fact.value)
            if free_names(premise) != names:
                continue
            result = _check([premise], claim, self.deadline)
            if result.verdict == StepVerdict.REFUTED and len(names) > 1:
                continue  # an equation of its own
            if result.is_decided:
                is_wrong_value = result.verdict == StepVerdict.REFUTED and is_solved(claim)
                slip = Slip.BACK_SUBSTITUTION if is_wrong_value else result.slip
                return replace(result, relation=ClaimRelation.SUBSTITUTE, slip=slip)
        return unchecked(ClaimRelation.SUBSTITUTE)

    def _contradiction(
        self, premises: Sequence[Fact], results: Sequence[ClaimResult], claim: Value
    ) -> ClaimResult:
        """Refuted where every premise that could lead to the claim contradicts it."""
        relation = ClaimRelation.SOLVE if is_solved(claim) else ClaimRelation.IMPLIES
        against = [
            (fact, result)
            for fact, result in zip(reversed(premises), results, strict=False)
            if not _is_condition(fact.value, claim) and not _is_other_kind(fact.value, claim)
        ]
        if len(against) > 1 and _are_two_solutions(against[0][0].value, claim):
            del against[0]  # x₁ = π/6, and then x₂ = 5π/6
        if not against or (not _is_inequality(claim) and self._solves_inequality(claim)):
            return unchecked(relation)
        fact, latest = against[0]
        if not latest.is_decided:
            latest = self._apart(fact, claim)
        if latest.verdict != StepVerdict.REFUTED or latest.witness is None:
            return unchecked(relation)
        if len(free_names(claim)) > 1 and not self._must_follow(fact, claim):
            return unchecked(relation)
        independent = [other.value for other, _ in against[1:]]
        if any(self._follows_alone(value, claim) for value in independent):
            return unchecked(relation)
        if self._is_case_of_another(independent, fact, claim):
            return unchecked(relation)
        if not latest.slip and self._follows_alone_from(claim, fact.value):
            return replace(latest, slip=Slip.LOST_ROOT)
        return latest

    def _solves_inequality(self, claim: Value) -> bool:
        """Whether the statement has an inequality, whose ends equations may find one by one."""
        names = free_names(claim)
        return any(
            _is_inequality(value) and free_names(value) == names
            for value in self.facts.task.equations
        )

    def _is_case_of_another(self, independent: Sequence[Value], latest: Fact, claim: Value) -> bool:
        """x = 2 after x = 0 was the first case: an earlier equation holds for it as well."""
        names = free_names(claim)
        if len(names) != 1 or _is_inequality(claim) or latest.line == STATEMENT:
            return False
        if not is_solved(latest.value):
            return False
        return any(
            agrees(claim, value, self.deadline) for value in independent if not is_solved(value)
        )

    def _apart(self, fact: Fact, claim: Value) -> ClaimResult:
        """Refuted where the claim fails for all solutions of the fact that were found."""
        names = fact.names
        relation = ClaimRelation.IMPLIES
        if len(names) != 1 or is_solved(claim):
            return unchecked(relation)
        [name] = names
        witness = None
        for zero in zeros_near(fact.value, name, self.deadline):
            witness = _failure_at(claim, name, zero, self.deadline)
            if witness is None:
                return unchecked(relation)
        if witness is None:
            return unchecked(relation)
        return with_slip(refuted(relation, witness), fact.value, claim, self.deadline)

    def _must_follow(self, fact: Fact, claim: Value) -> bool:
        """Whether an equation in several variables can only be another form of this fact.

        Otherwise it may be a second equation, which the problem tells in words.
        """
        is_explicit = _is_explicit(claim)
        if self.facts.task.asks_for_curve:
            return fact.line != STATEMENT and not _is_explicit(fact.value)
        return is_explicit or (fact.line == STATEMENT and not self._is_curve(fact))

    def _is_curve(self, fact: Fact) -> bool:
        """y = x² in the statement: other curves may come beside it."""
        match fact.value:
            case Comparison("=", Sym(name)):
                return name in self.facts.definitions.functions
        return False

    def _follows_alone_from(self, claim: Value, premise: Value) -> bool:
        """Whether each solution of the claim is one of the premise, so that some were lost."""
        if not is_solved(claim) or _is_inequality(claim):
            return False
        return implies([claim], premise, self.deadline).verdict == StepVerdict.PROVED

    def _follows_alone(self, premise: Value, claim: Value) -> bool:
        return _check([premise], claim, self.deadline).verdict == StepVerdict.PROVED


def _check(premises: list[Value], claim: Value, deadline: Deadline) -> ClaimResult:
    result = implies(premises, claim, deadline)
    if result.verdict == StepVerdict.REFUTED:
        if is_rounded_solution(premises[-1], claim, deadline):
            return proved(ClaimRelation.APPROXIMATE)
        return with_slip(result, premises[-1], claim, deadline)
    if result.relation == ClaimRelation.IMPLIES and result.witness:
        return _weaker(premises[-1], claim, result, deadline)
    is_equivalent = result.relation == ClaimRelation.EQUIVALENT
    if is_equivalent and is_right_by_luck(premises[-1], claim, deadline):
        return unchecked(ClaimRelation.EQUIVALENT)
    return result


def _weaker(premise: Value, claim: Value, result: ClaimResult, deadline: Deadline) -> ClaimResult:
    """A claim that follows and has more solutions than the premise.

    Squaring gains solutions and is right; a square that was split gains them too.
    """
    explained = with_slip(result, premise, claim, deadline).slip
    is_explained = explained not in (Slip.NONE, Slip.ARITHMETIC)
    if is_explained and result.witness is not None and not is_solved(premise):
        return refuted(ClaimRelation.EQUIVALENT, result.witness, explained)
    if _is_inequality(claim) or _is_polynomial(premise, claim):
        return unchecked(ClaimRelation.EQUIVALENT)
    return result


def _is_polynomial(premise: Value, claim: Value) -> bool:
    """Whether both equations are polynomial, so that nothing was squared or multiplied out."""
    names = sorted(free_names(premise) | free_names(claim))
    sides = vanishing_term(premise), vanishing_term(claim)
    if len(names) != 1 or sides[0] is None or sides[1] is None:
        return False
    has_quotient = any(isinstance(part, Div) and free_names(part.bottom) for part in walk(premise))
    if has_quotient or is_solved(claim) or is_solved(premise):
        return False
    return all(polynomial_of(side, names[0]) is not None for side in sides if side is not None)


def agrees(claim: Value, premise: Value, deadline: Deadline) -> bool:
    """Whether the solutions of a claim in one variable are some of the premise's."""
    names = free_names(claim)
    if len(names) != 1 or names != free_names(premise) or _is_inequality(claim):
        return False
    changed = in_atoms([claim], premise)
    pairs = [([claim], premise), *([changed] if changed else ())]
    if any(implies(known, other, deadline).verdict == StepVerdict.PROVED for known, other in pairs):
        return True
    [name] = names
    zeros = zeros_near(claim, name, deadline)
    return bool(zeros) and all(_failure_at(premise, name, zero, deadline) is None for zero in zeros)


def _failure_at(value: Value, name: str, at: Ball, deadline: Deadline) -> Witness | None:
    """A witness that the statement fails for this number; of alternatives, that all fail."""
    if isinstance(value, Logic) and value.op == "or":
        failures = [_failure_at(part, name, at, deadline) for part in value.parts]
        return None if None in failures else failures[0]
    return failing_at(value, {name: at}, deadline, FailingStatement.CLAIM)


def _is_explicit(value: Value) -> bool:
    """y = 2x + 1: a variable alone on one side."""
    return isinstance(value, Comparison) and any(
        isinstance(a, Sym) and is_term(b) and a.name not in free_names(b)
        for a, b in ((value.left, value.right), (value.right, value.left))
    )


def _is_inequality(value: Value) -> bool:
    return any(comparison.op in _INEQUALITIES for comparison in comparisons(value))


def _is_other_kind(premise: Value, claim: Value) -> bool:
    """An inequality after an equation: x < 2 where f falls, 1 < x < 3 between two zeros."""
    return _is_inequality(claim) and not _is_inequality(premise)


def _are_two_solutions(premise: Value, claim: Value) -> bool:
    """Two numbers for one unknown, each written as it is: two of its values, perhaps."""
    pair = [value for value in (premise, claim) if isinstance(value, Comparison)]
    if len(pair) < 2 or not all(is_solved(value) and value.op == "=" for value in pair):
        return False
    parts = list(walk(pair[0].right))
    return not any(isinstance(part, Add | Root) for part in parts) and len(parts) <= MAX_PLAIN


def _is_condition(premise: Value, claim: Value) -> bool:
    """x > 0 beside an equation: it only excludes solutions."""
    return _is_inequality(premise) and not _is_inequality(claim)
