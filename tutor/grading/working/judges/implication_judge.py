"""Does a statement follow from what is known, or does it contradict all of it?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.tree import (
    Call,
    Comparison,
    Logic,
    Neg,
    Num,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
)
from tutor.grading.processes.work_budget import WorkBudget
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
from tutor.grading.steps.implication import implies
from tutor.grading.steps.multivariate import zero_sides
from tutor.grading.steps.slips import slip_between, with_slip
from tutor.grading.steps.statements import is_solved
from tutor.grading.steps.witnesses import failing_at
from tutor.grading.working.atoms import in_atoms
from tutor.grading.working.domain_conditions import tells_domain
from tutor.grading.working.facts import STATEMENT, Fact, Facts
from tutor.grading.working.judges.contradiction_judge import ContradictionJudge
from tutor.grading.working.judges.divided_factors import judge_divided
from tutor.grading.working.judges.following import check_implication, has_inequality, is_condition
from tutor.grading.working.solution_lists.angles import check_angle, check_one_of_angles
from tutor.grading.working.solution_lists.choices import chosen
from tutor.grading.working.solution_lists.periodic_solutions import are_all_solutions
from tutor.grading.working.solution_lists.solution_points import are_all_points, points_of

MAX_PREMISES = 8  # the latest facts in the same variables with which a claim is compared
_ACUTE = re.compile(r"\b(?:acute|first quadrant|spitz|aigu|agudo)|锐角|第一象限", re.IGNORECASE)
_TRIGONOMETRIC = re.compile(r"\\(?:sin|cos|tan)")


@dataclass
class ImplicationJudge:
    """What the facts say of a claim."""

    facts: Facts
    budget: WorkBudget

    def judge(self, claim: Value) -> ClaimResult:
        """Raises WorkBudgetSpent."""
        names = free_names(claim)
        premises = self._premises(claim, names)
        results = self._from_each(premises, claim)
        if decided := next((r for r in results if r.verdict == StepVerdict.PROVED), None):
            return unchecked(decided.relation) if self._adds_case(premises, claim) else decided
        if (choice := self._chosen(premises, claim, names)) is not None:
            return choice
        if len(names) == 1 and self._lists_angles(premises, claim, names):
            return proved(ClaimRelation.SOLVE)
        is_new = all(is_condition(fact.value, claim) for fact in premises)
        named = self._with_definitions(claim) if is_new else None
        if named is not None and named.is_decided:
            return named
        if self._follows_with_names_put_in(claim, names):
            return proved(ClaimRelation.SUBSTITUTE)
        system_result = self._from_system(claim, names)
        if system_result.is_decided:
            latest = next((r for r in results if r.slip), None)
            return replace(system_result, slip=latest.slip) if latest else system_result
        substituted = self._with_values(claim, names)
        if substituted.is_decided:
            return substituted
        if points := points_of(claim):
            known = [fact.value for fact in self.facts.facts]
            if are_all_points(points, known, self.facts.equations(), self.budget):
                return proved(ClaimRelation.SOLVE)
        if not premises and self._puts_in(claim, names):
            return proved(ClaimRelation.SUBSTITUTE)
        if (compared := self._with_same_side(premises, claim)) is not None:
            return compared
        if not premises and self._equates(claim, names):
            return proved(ClaimRelation.IMPLIES)
        if premises and not is_solved(claim):
            lost = judge_divided(premises[-1].value, claim, self.facts.task, self.budget)
            if lost is not None and not self._is_excluded(claim):
                return lost
        return ContradictionJudge(self.facts, self.budget).judge(premises, results, claim)

    def _is_excluded(self, claim: Value) -> bool:
        """Whether a fact says that something of the claim's variables is not zero."""
        return any(
            isinstance(fact.value, Comparison) and fact.value.op == "!="
            for fact in self.facts.about(free_names(claim))
        )

    def _adds_case(self, premises: Sequence[Fact], claim: Value) -> bool:
        """x = 3 or x - 2 = 3 after x(x - 2) = 3: true, as x = 3 is, with a case from nowhere."""
        if not isinstance(claim, Logic) or claim.op != "or" or not premises:
            return False
        if has_inequality(claim):
            return False  # x < -2 or x > 4, after what is zero was found
        latest = premises[-1].value
        if implies([latest], claim, self.budget).verdict == StepVerdict.REFUTED:
            return self._excludes_case(latest, claim)
        return self._was_solved(premises) and self._excludes_case(premises[0].value, claim)

    def _was_solved(self, premises: Sequence[Fact]) -> bool:
        """Whether x = 3 was found already, from the equation of the statement: x² = 9 adds none."""
        solved = [f for f in premises if isinstance(f.value, Comparison) and is_solved(f.value)]
        return bool(solved) and premises[0].line == STATEMENT and premises[0] not in solved

    def _excludes_case(self, known: Value, claim: Logic) -> bool:
        results = (implies([case], known, self.budget) for case in claim.parts)
        return any(result.verdict == StepVerdict.REFUTED for result in results)

    def _puts_in(self, claim: Value, names: frozenset[str]) -> bool:
        """x² + (x + 1)² = 25 after x² + y² = 25 and y = x + 1."""
        for fact in self.facts.facts:
            if not names < fact.names:
                continue
            written = self.facts.with_definitions(fact.value)
            if free_names(written) != names:
                continue
            if implies([written], claim, self.budget).verdict == StepVerdict.PROVED:
                return True
        return False

    def _follows_with_names_put_in(self, claim: Value, names: frozenset[str]) -> bool:
        """x = ln 2 or x = ln 3 after z = 2 or z = 3 and z = eˣ."""
        for fact in reversed(self.facts.facts):
            if len(fact.names) != 1 or fact.names == names:
                continue
            written = self.facts.with_definitions(fact.value)
            if written == fact.value or free_names(written) != names:
                continue
            if implies([written], claim, self.budget).verdict == StepVerdict.PROVED:
                return True
        return False

    def _lists_angles(self, premises: Sequence[Fact], claim: Value, names: frozenset[str]) -> bool:
        """All solutions of sin x = 1/2 in the interval that the statement gives."""
        values = [fact.value for fact in premises]
        [name] = names
        return are_all_solutions(values, claim, name, self.budget)

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
                        result = implies([equated], claim, self.budget)
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
                    if not self._is_stated(claim) and _may_be_another(premises, right, claim):
                        return unchecked(ClaimRelation.SOLVE)
                    result = equal_terms(right, claim.right, ClaimRelation.SOLVE, self.budget)
                    if result.verdict == StepVerdict.REFUTED:
                        return (
                            None
                            if ContradictionJudge(self.facts, self.budget).may_differ(
                                premises, fact, claim
                            )
                            else result
                        )
                    return result if result.is_decided else None
        return None

    def _is_stated(self, claim: Value) -> bool:
        """Whether the statement has an equation in the claim's variables."""
        return any(free_names(claim) <= free_names(e) for e in self.facts.task.equations)

    def _premises(self, claim: Value, names: frozenset[str]) -> list[Fact]:
        """The facts in the same variables; conditions such as x > 0 first."""
        about = self.facts.about(names)
        about.sort(key=lambda fact: not self._is_condition(fact, claim))
        return about[-MAX_PREMISES:]

    def _is_condition(self, fact: Fact, claim: Value) -> bool:
        if is_condition(fact.value, claim):
            return True
        is_bound = has_inequality(fact.value) and has_inequality(claim)
        return is_bound and tells_domain(fact.value, self.facts.task, self.budget)

    def _chosen(
        self, premises: Sequence[Fact], claim: Value, names: frozenset[str]
    ) -> ClaimResult | None:
        if len(names) != 1 or not premises or not is_solved(claim) or has_inequality(claim):
            return None
        values = [fact.value for fact in premises]
        return chosen(self.facts.task, claim, values, self.budget) or chosen(
            self.facts.task, claim, values[-1:], self.budget
        )

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
        result = self._check_in_radians(premises, claim)
        angle = check_angle(premises[-1], claim, result, self.budget)
        names = free_names(claim)
        is_one_of_many = any(names & free_names(given) for given in self.facts.task.equations)
        if not is_one_of_many or angle.verdict == StepVerdict.REFUTED:
            return angle
        if angle is result and angle.is_decided:
            return angle
        known = [fact.value for fact in self.facts.about(names)]
        return check_one_of_angles(premises[-1], claim, known, self.budget)

    def _check_in_radians(self, premises: list[Value], claim: Value) -> ClaimResult:
        changed = in_atoms(premises, claim)
        if changed is not None:
            result = check_implication(*changed, self.budget)
            if result.verdict == StepVerdict.REFUTED and self._chooses_quadrant(*changed):
                is_acute = _ACUTE.search(self.facts.task.text)
                return proved(result.relation) if is_acute else unchecked(result.relation)
            is_refuted = result.verdict == StepVerdict.REFUTED
            if is_refuted and len(free_names(changed[1])) > len(free_names(claim)):
                plain = check_implication(premises, claim, self.budget)
                return plain if plain.is_decided else unchecked(result.relation)  # 4ˣ and 2ˣ
            if result.is_decided:
                return result
        return check_implication(premises, claim, self.budget)

    def _chooses_quadrant(self, premises: list[Value], claim: Value) -> bool:
        """cos x = 4/5 after cos² x = 16/25: the words may tell in which quadrant x lies."""
        if not is_solved(claim) or not _TRIGONOMETRIC.search(" ".join(free_names(claim))):
            return False
        return implies([claim], premises[-1], self.budget).verdict == StepVerdict.PROVED

    def _from_system(self, claim: Value, names: frozenset[str]) -> ClaimResult:
        relation = ClaimRelation.SOLVE if is_solved(claim) else ClaimRelation.IMPLIES
        system = self.facts.linear_system(names)
        sides = zero_sides(claim)
        if system is None or not system.is_consistent or len(system.names) < 2:
            return unchecked(relation)
        claimed = LinearSystem.of(sides, system.names) if sides else None
        if claimed is not None and system.implies(claimed):
            return proved(relation)
        point = system.fixed
        if names <= point.keys():
            witness = failing_at(claim, point, self.budget, FailingStatement.CLAIM)
            if witness is not None:
                return refuted(relation, witness, self._slip_in_system(claim))
        return unchecked(relation)

    def _slip_in_system(self, claim: Value) -> Slip:
        known = self.facts.values.keys() - free_names(claim)
        if own := self._slip_after_own(claim):
            return own
        equations = tuple(self.facts.equations())
        shared = any(free_names(e) & known and free_names(e) & free_names(claim) for e in equations)
        if is_solved(claim) and shared:
            return Slip.BACK_SUBSTITUTION
        result = unchecked(ClaimRelation.IMPLIES)
        premises: list[Value] = [*reversed(equations), Logic("and", equations)]
        for premise in premises:
            named = with_slip(result, premise, claim, self.budget).slip
            if named:
                return named
        return Slip.NONE

    def _slip_after_own(self, claim: Value) -> Slip:
        """y = 1 after -2y = 2: the mistake is in the last step, and not in what was put in."""
        names = free_names(claim)
        for fact in reversed(self.facts.facts):
            if fact.names == names and fact.line >= 0 and not is_solved(fact.value):
                slip = slip_between(fact.value, claim, self.budget)
                return Slip.NONE if slip == Slip.ARITHMETIC else slip
        return Slip.NONE

    def _with_known(self, witness: Witness, names: frozenset[str]) -> Witness:
        """The witness with the values that were put in."""
        known = {n: latex(self.facts.values[n]) for n in sorted(names) if n in self.facts.values}
        return replace(witness, values={**known, **witness.values})

    def _with_values(self, claim: Value, names: frozenset[str]) -> ClaimResult:
        """Facts in more variables, once known values are put in."""
        for fact in reversed(self.facts.facts):
            if not names < fact.names:
                continue
            premise = self.facts.with_values(fact.value)
            if free_names(premise) != names:
                continue
            result = check_implication([premise], claim, self.budget)
            if result.verdict == StepVerdict.REFUTED and len(names) > 1:
                continue  # an equation of its own
            if result.verdict == StepVerdict.REFUTED and self._solves(claim, premise):
                choice = chosen(self.facts.task, claim, [premise], self.budget)
                return choice or unchecked(ClaimRelation.SUBSTITUTE)  # y = 4 of y² = 16
            if result.is_decided:
                is_wrong_value = result.verdict == StepVerdict.REFUTED and is_solved(claim)
                slip = result.slip
                if is_wrong_value:
                    slip = self._slip_after_own(claim) or Slip.BACK_SUBSTITUTION
                witness = result.witness and self._with_known(result.witness, fact.names - names)
                return ClaimResult(result.verdict, ClaimRelation.SUBSTITUTE, witness, slip)
        return unchecked(ClaimRelation.SUBSTITUTE)

    def _solves(self, claim: Value, premise: Value) -> bool:
        """Whether the claim gives some of the solutions of the premise."""
        if not is_solved(claim):
            return False
        return implies([claim], premise, self.budget).verdict == StepVerdict.PROVED


def _may_be_another(premises: Sequence[Fact], known: Term, claim: Comparison) -> bool:
    """x = 150° after x = 30°, where no equation is known: perhaps a second solution."""
    is_of_name = isinstance(claim.left, Sym) and len(premises) == 1
    return is_of_name and all(_is_number(term) for term in (known, claim.right))


def _is_number(term: Value) -> bool:
    match term:
        case Neg(part) | Call("degrees", (part,)):
            return _is_number(part)
    return isinstance(term, Num)
