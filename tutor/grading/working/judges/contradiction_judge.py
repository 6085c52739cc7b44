"""Does a claim contradict all that is known, or may it be a case, a choice or something new?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from flint import arb

from tutor.grading.numeric.equivalence import LOG_BASES, has_plain_log, with_log_base
from tutor.grading.numeric.intervals import Ball
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Add,
    Call,
    Comparison,
    Div,
    Logic,
    Mul,
    Neg,
    Num,
    Root,
    Sym,
    Value,
    free_names,
    is_term,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solving.equations import zeros_near
from tutor.grading.solving.inequalities import linear_coefficients
from tutor.grading.solving.linear_systems import LinearSystem
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    FailingStatement,
    Slip,
    StepVerdict,
    Witness,
    refuted,
    unchecked,
)
from tutor.grading.steps.implication import implies
from tutor.grading.steps.multivariate import zero_sides
from tutor.grading.steps.slips import with_slip
from tutor.grading.steps.statements import comparisons, is_solved
from tutor.grading.steps.witnesses import failing_at, value_at
from tutor.grading.working.atoms import in_atoms
from tutor.grading.working.domain_conditions import is_turned, tells_domain
from tutor.grading.working.facts import STATEMENT, Fact, Facts
from tutor.grading.working.judges.following import check_implication, has_inequality, is_condition
from tutor.grading.working.judges.joint_solutions import judge_jointly
from tutor.grading.working.knowledge.circles import circle_of
from tutor.grading.working.knowledge.formulas import words

ROUNDED_SHARE = 0.02  # of two values that may be one, rounded
_OTHER_CIRCLE = words(
    r"circles|another|second|concentric|kreise|anderer|zweite[rn]?|konzentrisch\w{0,2}|cercles|autre"
    r"|second|concentriques?|circunferencias|otra|segunda|concéntricas?|through|durch|par|por",
    "另一|同心|第二|过点",
)
_OTHER_CURVE = words(
    r"tangent\w{0,2}|normal\w{0,2}|perpendicular\w{0,3}|parallel\w{0,2}|inverse|circles?|another"
    r"|second|through|reflect\w{0,3}|translat\w{0,3}|senkrecht\w{0,2}|orthogonal\w{0,2}|umkehr\w{0,9}"
    r"|kreis\w{0,2}|andere\w?|zweite\w?|durch|spiegel\w{0,3}|verschieb\w{0,3}|perpendiculaires?"
    r"|parallèles?|réciproque|cercles?|autre|par|symétri\w{0,3}|perpendiculares?|paralelas?|inversa"
    r"|circunferencias?|otra|segunda|por|simétric\w{0,2}",
    "切线|法线|垂直|平行|反函数|圆|另|过|对称|平移",
)
_COORDINATES = frozenset("xyz")
_LOGARITHMS = frozenset(["ln", "lg", "lb", "log"])
MAX_PLAIN = 5  # parts of a number that nothing is left to work out in, such as 5π/6


@dataclass
class ContradictionJudge:
    """Refutes a claim only where nothing else explains it."""

    facts: Facts
    budget: WorkBudget

    def judge(
        self, premises: Sequence[Fact], results: Sequence[ClaimResult], claim: Value
    ) -> ClaimResult:
        """Refuted where every premise that could lead to the claim contradicts it."""
        relation = ClaimRelation.SOLVE if is_solved(claim) else ClaimRelation.IMPLIES
        against = [
            (fact, result)
            for fact, result in zip(reversed(premises), results, strict=False)
            if not is_condition(fact.value, claim)
            and not _is_other_kind(fact.value, claim)
            and not self._is_aside(fact.value, claim)
        ]
        if len(against) > 1 and _are_two_solutions(against[0][0].value, claim):
            del against[0]  # x₁ = π/6, and then x₂ = 5π/6
        elif against and _are_final_values(against[0][0].value, claim):
            return unchecked(relation)  # of an equation that nobody wrote down
        if not against or (not has_inequality(claim) and self._solves_inequality(claim)):
            return unchecked(relation)
        fact, latest = against[0]
        if not latest.is_decided:
            latest = self._apart(fact, claim)
        if latest.verdict != StepVerdict.REFUTED or latest.witness is None:
            return unchecked(relation)
        if len(free_names(claim)) > 1 and not self._must_follow(fact, claim, latest.slip):
            return unchecked(relation)
        independent = [other.value for other, _ in against[1:]]
        if any(self._follows_alone(value, claim) for value in independent):
            return unchecked(relation)
        if self._is_case_of_another(independent, fact, claim):
            return unchecked(relation)
        known = [other.value for other, _ in reversed(against)]
        jointly = judge_jointly(known, claim, self.budget)
        if jointly is not None and jointly.verdict != StepVerdict.REFUTED:
            return jointly
        if not latest.slip and self._follows_alone_from(claim, fact.value):
            return replace(latest, slip=Slip.LOST_ROOT)
        return latest

    def _is_aside(self, fact: Value, claim: Value) -> bool:
        """Whether the fact only says where a term has a value, and the claim is about more."""
        task = self.facts.task
        if not tells_domain(fact, task, self.budget):
            return False
        return tells_domain(claim, task, self.budget) or not is_turned(fact, claim, self.budget)

    def may_differ(self, premises: Sequence[Fact], fact: Fact, claim: Value) -> bool:
        """x = 5π/6 after x = π/6, and 3^x = 9 after 3^x = 1: two solutions of one equation."""
        sources = [other.value for other in premises if other is not fact]
        unsolved = [value for value in sources if not is_solved(value)]
        if unsolved and _are_two_solutions(fact.value, claim):
            return True
        return any(agrees(claim, value, self.budget) for value in unsolved)

    def _is_case_of_another(self, independent: Sequence[Value], latest: Fact, claim: Value) -> bool:
        """x = 2 after x = 0 was the first case: an earlier equation holds for it as well."""
        names = free_names(claim)
        if len(names) != 1 or has_inequality(claim) or latest.line == STATEMENT:
            return False
        if not is_solved(latest.value):
            return False
        return any(
            agrees(claim, value, self.budget) for value in independent if not is_solved(value)
        )

    def _solves_inequality(self, claim: Value) -> bool:
        """Whether the statement has an inequality, whose ends equations may find one by one."""
        names = free_names(claim)
        return any(
            has_inequality(value) and free_names(value) == names
            for value in self.facts.task.equations
        )

    def _apart(self, fact: Fact, claim: Value) -> ClaimResult:
        """Refuted where the claim fails for all solutions of the fact that were found."""
        for base in LOG_BASES if has_plain_log(fact.value) or has_plain_log(claim) else ():
            own = replace(fact, value=with_log_base(fact.value, base))
            if self._apart(own, with_log_base(claim, base)).verdict != StepVerdict.REFUTED:
                return unchecked(ClaimRelation.IMPLIES)
        names = fact.names
        relation = ClaimRelation.IMPLIES
        if len(names) != 1 or (is_solved(claim) and self._misses(fact, claim) is None):
            return unchecked(relation)
        [name] = names
        witness = self._misses(fact, claim)
        for zero in zeros_near(fact.value, name, self.budget):
            witness = _failure_at(claim, name, zero, self.budget)
            if witness is None:
                return unchecked(relation)
        if witness is None:
            return unchecked(relation)
        return with_slip(refuted(relation, witness), fact.value, claim, self.budget)

    def _misses(self, fact: Fact, claim: Value) -> Witness | None:
        """t = ln(2/3) after 3^t = 2: an exact value, for which the fact does not hold."""
        match claim:
            case Comparison("=", Sym(name), value) if is_term(value):
                is_exact = any(isinstance(p, Call) and p.name in _LOGARITHMS for p in walk(value))
            case _:
                return None
        at = value_at(value, {}, self.budget) if is_exact else None
        if at is None or not self._is_far(fact.value, {name: at}):
            return None
        return failing_at(fact.value, {name: at}, self.budget, FailingStatement.PREMISE)

    def _is_far(self, equation: Value, point: Mapping[str, Ball]) -> bool:
        """Whether the sides differ by more than numbers that were rounded on the way explain."""
        match equation:
            case Comparison("=", left, right) if is_term(left) and is_term(right):
                sides = (value_at(side, point, self.budget) for side in (left, right))
                first, second = sides
            case _:
                return False
        if not isinstance(first, arb) or not isinstance(second, arb):
            return False
        return bool(abs(first - second) > ROUNDED_SHARE * (abs(first) + abs(second)))

    def _must_follow(self, fact: Fact, claim: Value, slip: Slip) -> bool:
        """Whether an equation in several variables can only be another form of this fact.

        Otherwise it may be a second equation, which the problem tells in words.
        """
        if circle_of(claim) and circle_of(fact.value) and self._has_one_circle():
            return True
        is_explicit = _is_explicit(claim)
        if self.facts.task.asks_for_curve and free_names(claim) <= _COORDINATES:
            return self._is_same_curve(fact, claim, slip)
        if is_explicit and not slip and self._may_be_told(fact, claim):
            return False
        return is_explicit or (fact.line == STATEMENT and not self._is_curve(fact))

    def _is_same_curve(self, fact: Fact, claim: Value, slip: Slip) -> bool:
        """Whether a curve is the fact written anew, where the problem asks for another one too."""
        if fact.line == STATEMENT:
            curves = [v for v in self.facts.task.equations if free_names(v) == {"x", "y"}]
            is_only = len(curves) == 1 and not _OTHER_CURVE.search(self.facts.task.text)
            return is_only and not _is_explicit(fact.value) and _is_explicit(claim)
        if not _is_explicit(fact.value):
            return True
        return _is_unfinished(fact.value) and (bool(slip) or _have_same_slope(fact.value, claim))

    def _has_one_circle(self) -> bool:
        """(x - 3)² + (y + 2)² = 10 is then a form of it, though a circle may touch another one."""
        task = self.facts.task
        circles = [value for value in task.equations if circle_of(value)]
        return len(circles) == 1 and not _OTHER_CIRCLE.search(task.text)

    def _may_be_told(self, fact: Fact, claim: Value) -> bool:
        """x = y + 3 after 3x + 2y = 19, which words give; not R = 6x - x² after R = x(6 - x)."""
        is_in_words = fact.line != STATEMENT and self.facts.task.is_story
        is_formula = _explained(fact.value) == _explained(claim) and not _is_linear(fact.value)
        return is_in_words and not is_formula

    def _is_curve(self, fact: Fact) -> bool:
        """y = x² in the statement: other curves may come beside it."""
        match fact.value:
            case Comparison("=", Sym(name)):
                return name in self.facts.definitions.functions
        return False

    def _follows_alone_from(self, claim: Value, premise: Value) -> bool:
        """Whether each solution of the claim is one of the premise, so that some were lost."""
        if not is_solved(claim) or has_inequality(claim):
            return False
        return implies([claim], premise, self.budget).verdict == StepVerdict.PROVED

    def _follows_alone(self, premise: Value, claim: Value) -> bool:
        return check_implication([premise], claim, self.budget).verdict == StepVerdict.PROVED


def _is_explicit(value: Value) -> bool:
    """y = 2x + 1: a variable alone on one side."""
    return isinstance(value, Comparison) and any(
        isinstance(a, Sym) and is_term(b) and a.name not in free_names(b)
        for a, b in ((value.left, value.right), (value.right, value.left))
    )


def _is_unfinished(value: Value) -> bool:
    """y = 6(x - 3) + 9, and y = 6x - 18 + 9: a step to the line that is sought."""
    match value:
        case Comparison("=", Sym(), Add(parts)):
            numbers = sum(not free_names(part) for part in parts)
            has_bracket = any(isinstance(p, Add) for part in parts for p in walk(part))
            return numbers > 1 or len(parts) - numbers > 1 or has_bracket
        case Comparison("=", Sym(), Mul(parts)):
            return any(isinstance(part, Add) for part in parts)
    return False


def _have_same_slope(first: Value, second: Value) -> bool:
    slopes = []
    for value in (first, second):
        match value:
            case Comparison("=", Sym("y"), term) if is_term(term):
                line = linear_coefficients(term, "x")
                slopes.append(None if line is None else rational_value(line[0]))
    return len(slopes) == 2 and slopes[0] is not None and slopes[0] == slopes[1]


def _explained(value: Value) -> str:
    """The variable on the left of y = 2x + 1; "" without one."""
    is_name = isinstance(value, Comparison) and isinstance(value.left, Sym)
    return value.left.name if is_name else ""  # type: ignore[union-attr]


def _is_linear(value: Value) -> bool:
    sides = zero_sides(value)
    return sides is not None and LinearSystem.of(sides, sorted(free_names(value))) is not None


def _is_other_kind(premise: Value, claim: Value) -> bool:
    """An inequality after an equation: x < 2 where f falls, 1 < x < 3 between two zeros."""
    return has_inequality(claim) and not has_inequality(premise)


def _are_two_solutions(premise: Value, claim: Value) -> bool:
    """Two numbers for one unknown, each written as it is: two of its values, perhaps."""
    pair = [value for value in (premise, claim) if isinstance(value, Comparison)]
    if len(pair) < 2 or not all(is_solved(value) and value.op == "=" for value in pair):
        return False
    parts = list(walk(pair[0].right))
    return not any(isinstance(part, Add | Root) for part in parts) and len(parts) <= MAX_PLAIN


def _are_final_values(premise: Value, claim: Value) -> bool:
    """x = 120° or x = 240°, and then x = 360°: nothing is left to work out in them."""
    pair = [list(comparisons(value)) for value in (premise, claim)]
    if not all(is_solved(value) for value in (premise, claim)):
        return False
    return all(c.op == "=" and _is_final(c.right) for parts in pair for c in parts)


def _is_final(value: Value) -> bool:
    match value:
        case Num():
            return True
        case Neg(part) | Call("degrees", (part,)):
            return _is_final(part)
        case Div(Num(top), Num(bottom)):
            return bottom != 0 and Fraction(top, bottom).denominator == bottom
    return False


def agrees(claim: Value, premise: Value, budget: WorkBudget) -> bool:
    """Whether the solutions of a claim in one variable are some of the premise's."""
    names = free_names(claim)
    if len(names) != 1 or names != free_names(premise) or has_inequality(claim):
        return False
    changed = in_atoms([claim], premise)
    pairs = [([claim], premise), *([changed] if changed else ())]
    if any(implies(known, other, budget).verdict == StepVerdict.PROVED for known, other in pairs):
        return True
    [name] = names
    zeros = zeros_near(claim, name, budget)
    return bool(zeros) and all(_failure_at(premise, name, zero, budget) is None for zero in zeros)


def _failure_at(value: Value, name: str, at: Ball, budget: WorkBudget) -> Witness | None:
    """A witness that the statement fails for this number; of alternatives, that all fail."""
    if isinstance(value, Logic) and value.op == "or":
        failures = [_failure_at(part, name, at, budget) for part in value.parts]
        return None if None in failures else failures[0]
    return failing_at(value, {name: at}, budget, FailingStatement.CLAIM)
