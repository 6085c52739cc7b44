"""Equations and other statements: given, evaluated, known, expected, or judged by the facts."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.tree import (
    ZERO,
    BigOperator,
    Call,
    Comparison,
    Div,
    Mul,
    Num,
    Pow,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    substitute,
    walk,
)
from tutor.grading.parsing.units import NO_UNIT
from tutor.grading.processes.work_budget import (
    WorkBudget,
    WorkBudgetSpent,
)
from tutor.grading.steps.asked_rounding import rounding_asked
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
from tutor.grading.steps.complex_values import compare_complex, has_imaginary
from tutor.grading.steps.derivative_slips import slip_in_derivative
from tutor.grading.steps.equal_terms import is_indefinite
from tutor.grading.steps.equation_side import EquationSide
from tutor.grading.steps.matrices import is_calculated
from tutor.grading.steps.slips import slip_between
from tutor.grading.steps.statements import is_solved
from tutor.grading.steps.witnesses import failing_after
from tutor.grading.working.differential_equations import DifferentialTask
from tutor.grading.working.facts import Facts
from tutor.grading.working.judges.fact_judge import FactJudge
from tutor.grading.working.judges.function_judge import FunctionJudge
from tutor.grading.working.judges.identities import Identities
from tutor.grading.working.judges.no_solutions import judge_contradiction
from tutor.grading.working.judges.partial_derivatives import PartialDerivatives
from tutor.grading.working.judges.segment_relations import SegmentRelations
from tutor.grading.working.judges.side_comparison import (
    are_close,
    compare_sides,
    with_slip_between_sides,
)
from tutor.grading.working.judges.stated_values import StatedValues
from tutor.grading.working.judges.told_values import ToldValues
from tutor.grading.working.knowledge.circles import judge_circle, stated_circle
from tutor.grading.working.knowledge.quadratics import DISCRIMINANT, coefficients_of
from tutor.grading.working.knowledge.sought_members import judge_sought_member
from tutor.grading.working.knowledge.statement_numbers import number_term
from tutor.grading.working.knowledge.triangles.given_ratios import judge_ratio
from tutor.grading.working.limits import is_quotient_of_derivatives
from tutor.grading.working.progress import GIVEN, UNDECIDED, Progress
from tutor.grading.working.quadrants import is_widened, judge_angle, judge_sign
from tutor.grading.working.side_names import is_another_event
from tutor.grading.working.solution_lists.sought_matrix import SoughtMatrix

_MEMBER = re.compile(r"[a-z]_\{?\d{1,3}\}?")  # of a sequence
MAX_IDENTITY_WORK_S = 0.05
MAX_COEFFICIENT = 4  # of formulas, as in 4/3·π·r³

HALF = Fraction(1, 2)


@dataclass
class EquationJudge:
    """Judges statements by what is known."""

    progress: Progress

    def __post_init__(self) -> None:
        self.identities = Identities(self.progress)
        self.by_facts = FactJudge(self.progress)
        self.functions = FunctionJudge(self.progress)
        self.stated = StatedValues.of(self.facts.task)
        self.sought_matrix = SoughtMatrix.of(self.facts.task)
        self.told = ToldValues.of(self.facts.task)
        self.told.tell(self.facts)
        self.differential = DifferentialTask.of(self.facts.task)
        self.segments = SegmentRelations(self.progress)
        self.circle = stated_circle(self.facts.task)
        self.partial = PartialDerivatives.of(self.facts.task)

    @property
    def facts(self) -> Facts:
        return self.progress.facts

    def judge(
        self,
        equation: Comparison,
        left: EquationSide,
        right: EquationSide,
        operator: str,
        budget: WorkBudget,
    ) -> ClaimResult:
        if self.sought_matrix is not None:
            of_matrices = self.sought_matrix.judge(equation, budget)
            if of_matrices is not None:
                return of_matrices
        special = self._special(equation, left, right, budget)
        if special is not None:
            return special
        if self.facts.definitions.define(equation):
            return self._defined(equation, left, right, budget)
        stated = self.stated.compare(equation, self.facts, budget)
        if stated is not None and stated.verdict == StepVerdict.PROVED:
            return stated
        evaluated = self.functions.evaluation(equation, budget)
        evaluated = evaluated or self.functions.antiderived(equation, budget)
        if evaluated is not None:
            return evaluated
        result = UNDECIDED
        if operator in ("=", "≈") or not free_names(equation):
            result = compare_sides(left, right, operator, self.facts, budget)
            by_sides = self._by_sides(equation, left, right, result, budget)
            if by_sides is not None:
                return by_sides
        return (
            self._known_value(left, right, operator, budget)
            or self._decided_as_expected(equation, left, right, budget)
            or stated
            or self._of_given_expression(equation, left, right, result, budget)
            or self._of_number(equation, budget)
            or (self.identities.judge(equation, result, budget) if operator == "=" else None)
            or self._by_facts_of_sides(equation, left, right, budget)
        )

    def _special(
        self, equation: Comparison, left: EquationSide, right: EquationSide, budget: WorkBudget
    ) -> ClaimResult | None:
        """By a judge of one kind of equation, such as a derivative or a circle's."""
        return (
            self._of_differential_equation(equation, budget)
            or self.partial.judge(equation, self.facts, budget)
            or judge_sign(equation, self.facts.task)
            or judge_ratio(equation, self.facts.task, budget)
            or judge_sought_member(equation, self.facts.task, budget)
            or self._of_angle(equation, budget)
            or self.functions.integrated(equation, budget)
            or self.functions.differential(equation, budget)
            or self.functions.inverted(equation, budget)
            or self.functions.part_at_argument(equation, budget)
            or (judge_circle(equation, self.circle) if self.circle else None)
            or self.segments.judge(equation, left, right, budget)
            or self.told.judge(equation, self.facts, budget)
        )

    def _of_angle(self, equation: Comparison, budget: WorkBudget) -> ClaimResult | None:
        result = judge_angle(equation, self.facts.task, budget)
        if result is None or not is_widened(equation, (s.text for s in self.progress.following)):
            return result
        self.progress.cases.append(equation)
        return None

    def _defined(
        self, equation: Comparison, left: EquationSide, right: EquationSide, budget: WorkBudget
    ) -> ClaimResult:
        """Of an equation that has just named something."""
        if (solution := self.told.judge_solution(equation, budget)) is not None:
            return solution
        as_expected = self._as_expected(equation, left, right, budget)
        return as_expected if as_expected.is_decided else GIVEN

    def _decided_as_expected(
        self, equation: Comparison, left: EquationSide, right: EquationSide, budget: WorkBudget
    ) -> ClaimResult | None:
        as_expected = self._as_expected(equation, left, right, budget)
        if not as_expected.is_decided:
            return None
        return self._better_named(as_expected, equation, budget)

    def _of_given_expression(
        self,
        equation: Comparison,
        left: EquationSide,
        right: EquationSide,
        result: ClaimResult,
        budget: WorkBudget,
    ) -> ClaimResult | None:
        """result: of the comparison of both sides, which decides alone here."""
        if not self._starts_from_expression(equation):
            return None
        if self.facts.task.asks_for_limit and is_quotient_of_derivatives(equation, budget):
            return UNDECIDED  # e^x/1 for (e^x - 1)/x, whose limits are the same
        return with_slip_between_sides(result, left.term, right.term, budget)  # type: ignore[arg-type]

    def _of_differential_equation(
        self, equation: Comparison, budget: WorkBudget
    ) -> ClaimResult | None:
        """A solution, after which a condition such as y(0) = 3 tells of its constant."""
        if self.differential is None:
            return None
        result, solution = self.differential.judge(equation, budget), self.differential.solution
        condition = self.differential.condition_of(solution) if solution is not None else None
        if condition is not None:
            self.facts.add(condition, self.progress.line)
        if result is not None and self.differential.equation.function in free_names(equation):
            self.progress.cases.append(equation)  # it defines no y for other lines
        return result

    def _by_sides(
        self,
        equation: Comparison,
        left: EquationSide,
        right: EquationSide,
        result: ClaimResult,
        budget: WorkBudget,
    ) -> ClaimResult | None:
        """The result where the two sides alone decide. result: of their comparison."""
        if not free_names(equation):
            if result.verdict != StepVerdict.PROVED:
                result = judge_contradiction(equation, self.facts, budget) or result
            return with_slip_between_sides(result, left.term, right.term, budget)  # type: ignore[arg-type]
        if result.verdict == StepVerdict.PROVED:
            return with_slip_between_sides(result, left.term, right.term, budget)  # type: ignore[arg-type]
        if result.verdict == StepVerdict.REFUTED and is_calculated(left.term):
            return result
        if self._holds_with_names_written_out(equation, budget):
            return proved(ClaimRelation.SUBSTITUTE)
        if (body := _derived_body(left.term)) is not None and right.term is not None:
            [variable] = free_names(body)
            slip = slip_in_derivative(body, right.term, variable, budget)
            return replace(result, slip=slip) if result.witness else result
        if isinstance(left.term, BigOperator) and is_indefinite(left.term):
            return with_slip_between_sides(result, left.term, right.term, budget)  # type: ignore[arg-type]
        return None

    def _by_facts_of_sides(
        self, equation: Comparison, left: EquationSide, right: EquationSide, budget: WorkBudget
    ) -> ClaimResult:
        """By all that is known, unless the sides are of other quantities than it is about."""
        result = self.by_facts.judge(equation, budget)
        if result.verdict == StepVerdict.REFUTED:
            names = free_names(equation).union(*(f.names for f in self.facts.facts))
            mixed = self.progress.measured.are_mixed(names, [left, right])
            mixed = mixed or is_another_event(left.term, right.term)
            named = self._with_slip_of_sides(result, equation, budget)
            return unchecked(result.relation) if mixed else named
        if not result.is_decided and (wrong := self._rewritten_wrongly(equation, budget)):
            return wrong
        is_stated = not result.is_decided and self.progress.measured.is_stated(right)
        return GIVEN if is_stated and isinstance(left.term, Sym) else result

    def _holds_with_names_written_out(self, equation: Comparison, budget: WorkBudget) -> bool:
        """a·b = 4mn + 2m + 2n + 1 after a = 2m + 1 and b = 2n + 1."""
        left, right = equation.left, equation.right
        if not is_term(left) or not is_term(right) or isinstance(left, Sym):
            return False
        written = self.facts.with_definitions(left)
        if written == left or not is_term(written) or free_names(written) != free_names(right):
            return False
        return same_value(written, right, budget).equal is True

    def _of_number(self, equation: Comparison, budget: WorkBudget) -> ClaimResult | None:
        """|z| = √5 and z² = 3 + 4i after z = 2 + i; None for anything else."""
        match equation:
            case Comparison("=", Call("abs" | "re" | "im" | "arg", (Sym(name),)) as call, right):
                value = self.facts.values.get(name)
                if value is None or not has_imaginary(value) or not is_term(right):
                    return None
                return self._compared(replace(call, args=(value,)), right, budget)
            case Comparison("=", left, right) if is_term(left) and is_term(right):
                return self._of_power(left, right, budget)
        return None

    def _of_power(self, left: Term, right: Term, budget: WorkBudget) -> ClaimResult | None:
        """z² = 2i and z² = 2z - 2 after z = 1 + i"""
        names = free_names(left)
        value = self.facts.values.get(next(iter(names))) if len(names) == 1 else None
        if value is None or not has_imaginary(value) or isinstance(left, Sym):
            return None
        if not free_names(right) <= names:
            return None
        name = Sym(*names)
        written = substitute(left, name, value), substitute(right, name, value)
        return compare_complex(*written, budget)

    def _rewritten_wrongly(self, equation: Comparison, budget: WorkBudget) -> ClaimResult | None:
        """xy - 3x = 1 - 2y after xy - 2y = 3x + 1, where a usual mistake made it."""
        names = free_names(equation)
        premises = [fact.value for fact in self.facts.about(names) if fact.line >= 0]
        if len(names) < 2 or equation.op != "=" or not premises:
            return None
        premise = premises[-1]
        if not isinstance(premise, Comparison) or not _has_product(premise):
            return None
        slip = slip_between(premise, equation, budget)
        witness = None
        if slip not in (Slip.NONE, Slip.ARITHMETIC):
            witness = failing_after(premise, equation, budget)
        return refuted(ClaimRelation.IMPLIES, witness, slip) if witness is not None else None

    def _compared(self, left: Term, right: Term, budget: WorkBudget) -> ClaimResult:
        sides = EquationSide("", left), EquationSide("", right)
        return compare_sides(*sides, "=", self.facts, budget)

    def _known_value(
        self, left: EquationSide, right: EquationSide, operator: str, budget: WorkBudget
    ) -> ClaimResult | None:
        """x ≈ 1.89 after x = ln 8 / ln 3; None where the value is no other form of a known one."""
        if not isinstance(left.term, Sym) or right.term is None or free_names(right.term):
            return None
        value = self.facts.values.get(left.term.name)
        if value is None:
            return None
        if has_imaginary(value) and has_imaginary(right.term):
            return compare_complex(value, right.term, budget)
        unit = self.progress.measured.unit_of.get(left.term.name, NO_UNIT)
        known = EquationSide("", value, unit=unit)
        result = compare_sides(known, right, operator, self.facts, budget)
        if self._is_cut_off(value, right.term):
            witness = Witness({}, latex(value), latex(right.term))
            return refuted(ClaimRelation.APPROXIMATE, witness, Slip.ROUNDED_THE_WRONG_WAY)
        is_other = _is_rounded_wrongly(value, right.term) or self._has_asked_places(right.term)
        if operator == "≈" and not is_other and are_close(value, right.term, budget):
            return proved(ClaimRelation.APPROXIMATE)
        is_conversion = unit != right.unit and unit.dimension == right.unit.dimension
        return result if result.verdict == StepVerdict.PROVED or is_conversion else None

    def _has_asked_places(self, rounded: Term) -> bool:
        """Whether it has as many decimal places as the problem asks for."""
        asked = rounding_asked(self.facts.task.text)
        if asked is None or asked.is_of_figures or not isinstance(rounded, Num):
            return False
        return len(rounded.text.partition(".")[2]) == asked.count

    def _is_cut_off(self, value: Term, rounded: Term) -> bool:
        """6.66 for 6.6667, where two decimal places are asked for: the last digit is too small."""
        if not isinstance(value, Num) or not isinstance(rounded, Num):
            return False
        known, decimals = (len(number.text.partition(".")[2]) for number in (value, rounded))
        if known <= decimals or not self._has_asked_places(rounded):
            return False
        gap: Fraction = (value.value - rounded.value) * 10**decimals
        return HALF < gap < 1

    def _as_expected(
        self, equation: Comparison, left: EquationSide, right: EquationSide, budget: WorkBudget
    ) -> ClaimResult:
        name = self.progress.name_of(left, continues=False)
        if name:
            as_expected = self.progress.expectations.judge(name, right, budget)
            if as_expected.verdict == StepVerdict.PROVED:
                return self._wrong_with_values(equation, budget) or as_expected
            if as_expected.is_decided:
                return as_expected
            if (written := self._in_numbers(right)) is not None:
                as_expected = self.progress.expectations.judge(name, written, budget)
                if as_expected.is_decided:
                    return as_expected
        elif (other := self.progress.name_of(right, continues=False)) and free_names(equation.left):
            swapped = self.progress.expectations.judge(other, left, budget)
            if swapped.verdict == StepVerdict.PROVED:
                return swapped  # a² + b² = c²
        if name in DISCRIMINANT and self._is_discriminant(right, budget):
            return proved(ClaimRelation.EVALUATE)
        if name in DISCRIMINANT and self._is_discriminant(right, budget, sign=1):
            witness = Witness({}, latex(left.term or ZERO), latex(right.term or ZERO))
            return refuted(ClaimRelation.EVALUATE, witness, Slip.LOST_SIGN)
        if isinstance(left.term, Sym) and not free_names(equation.right):
            return UNDECIDED
        result = self.progress.expectations.judge_equation(equation, budget)
        known = self.facts.with_values(equation)
        if result.is_decided or known == equation or len(free_names(known)) != 1:
            return result
        assert isinstance(known, Comparison)  # noqa: S101 - it was one before
        in_numbers = self.progress.expectations.judge_equation(known, budget)
        return in_numbers if in_numbers.verdict == StepVerdict.PROVED else result

    def _wrong_with_values(self, equation: Comparison, budget: WorkBudget) -> ClaimResult | None:
        """b² = c² + a² where c is the hypotenuse: right with other letters alone."""
        known = self.facts.with_values(equation)
        if not isinstance(known, Comparison) or not free_names(equation.right):
            return None
        if free_names(known.right):
            return None
        result = self.progress.expectations.judge_equation(known, budget)
        return result if result.verdict == StepVerdict.REFUTED else None

    def _in_numbers(self, side: EquationSide) -> EquationSide | None:
        """1/3·π·5²·13 for 1/3·π·r²·13 where r is known, 11 - 3·4 for a_3 - 3d.

        None for a side in other letters or in numbers.
        """
        if side.term is None or not free_names(side.term):
            return None
        has_number = any(isinstance(p, Num) and p.value > MAX_COEFFICIENT for p in walk(side.term))
        has_number |= any(isinstance(p, Sym) and _MEMBER.fullmatch(p.name) for p in walk(side.term))
        known = self.facts.with_values(side.term)
        if not has_number or not is_term(known) or free_names(known):
            return None
        return replace(side, term=known)

    def _is_discriminant(self, side: EquationSide, budget: WorkBudget, sign: int = -1) -> bool:
        """Δ = 25 - 24 after X² - 5X + 6 = 0, which a line before has brought in.

        sign: of 4ac, which is easily lost.
        """
        for equation in self.facts.equations():
            coefficients = coefficients_of(equation)
            if coefficients is None or side.term is None:
                continue
            _, (c, b, a) = coefficients
            if same_value(number_term(b * b + sign * 4 * a * c), side.term, budget).equal:
                return True
        return False

    def _starts_from_expression(self, equation: Comparison) -> bool:
        """x² - 5x + 6 = …, where the task asks for another form of x² - 5x + 6."""
        task = self.facts.task
        is_of_limit = task.asks_for_limit and not any(isinstance(p, Call) for p in walk(equation))
        is_asked = task.rewrites or (is_of_limit and not task.equations)
        is_form = bool(free_names(equation.right)) or not free_names(equation.left)
        is_form = is_form and equation.op == "="
        is_known = equation.left in self.progress.terms or self._rewrites_part(equation)
        return is_asked and is_form and is_known

    def _rewrites_part(self, equation: Comparison) -> bool:
        """2x - [5x - 1] = …, where nothing but the form of terms in x is asked for."""
        names = free_names(equation.left)
        is_same = names == free_names(equation.right) and names <= self.facts.task.names
        is_term_of_names = not isinstance(equation.left, Sym | Call)
        is_plain = bool(names) and is_same and is_term_of_names
        known = [fact.value for fact in self.facts.about(names) if not is_solved(fact.value)]
        return is_plain and all(map(_is_identity, known))

    def _better_named(
        self, as_expected: ClaimResult, equation: Comparison, budget: WorkBudget
    ) -> ClaimResult:
        """What the lines before say of a mistake, where they explain it."""
        if as_expected.verdict != StepVerdict.REFUTED:
            return as_expected
        result = self.by_facts.judge(equation, budget)
        is_named = result.slip not in (Slip.NONE, Slip.ARITHMETIC, Slip.ELIMINATION)
        return result if result.verdict == StepVerdict.REFUTED and is_named else as_expected

    def _with_slip_of_sides(
        self, result: ClaimResult, equation: Comparison, budget: WorkBudget
    ) -> ClaimResult:
        """a² = 4·cos 60° after a² = 74 - 70·cos 60°: the mistake is in the right side."""
        for fact in reversed(self.facts.facts):
            match fact.value:
                case Comparison("=", left, right) if left == equation.left and is_term(right):
                    return with_slip_between_sides(result, right, equation.right, budget)
        return result


def _is_identity(value: Value) -> bool:
    match value:
        case Comparison("=", left, right) if is_term(left) and is_term(right):
            with suppress(WorkBudgetSpent), WorkBudget(MAX_IDENTITY_WORK_S) as budget:
                return same_value(left, right, budget).equal is True
    return False


def _derived_body(term: Value | None) -> Term | None:
    """What d/dx stands before, if it has one variable."""
    match term:
        case Mul((Div(Sym("d"), Mul((Sym("d"), Sym()))), *rest)) if len(rest) == 1:
            [body] = rest
            return body if len(free_names(body)) == 1 else None
    return None


def _has_product(value: Value) -> bool:
    """Whether variables are multiplied in it, as in no second equation of a linear system."""
    products = (part for part in walk(value) if isinstance(part, Mul | Div | Pow))
    return any(len(free_names(part)) > 1 for part in products)


def _is_rounded_wrongly(value: Term, rounded: Term) -> bool:
    """1.152 for 1.15129, whose digits are known."""
    if not isinstance(value, Num) or not isinstance(rounded, Num):
        return False
    known, decimals = (len(number.text.partition(".")[2]) for number in (value, rounded))
    if not 0 < decimals < known:
        return False
    gap = (value.value - rounded.value) * 10**decimals
    return not -HALF <= gap < 1  # rounded, or cut off
