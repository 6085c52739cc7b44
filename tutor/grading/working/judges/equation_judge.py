"""Equations and other statements: given, evaluated, known, expected, or judged by the facts."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.shapes import expand_plus_minus
from tutor.grading.parsing.tree import (
    ZERO,
    BigOperator,
    Call,
    Comparison,
    Div,
    Logic,
    Mul,
    Pow,
    Sym,
    Term,
    Unreadable,
    Value,
    free_names,
    is_term,
    walk,
)
from tutor.grading.parsing.units import NO_UNIT
from tutor.grading.processes.work_budget import (
    WorkBudget,
    WorkBudgetSpent,
)
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    StepVerdict,
    proved,
    refuted,
    unchecked,
)
from tutor.grading.steps.definitions import Unresolved
from tutor.grading.steps.derivative_slips import slip_in_derivative
from tutor.grading.steps.equal_terms import is_indefinite
from tutor.grading.steps.equation_side import EquationSide
from tutor.grading.steps.implication import implies
from tutor.grading.steps.slips import slip_between
from tutor.grading.steps.statements import as_statement, comparisons, is_solved
from tutor.grading.steps.witnesses import failing_after
from tutor.grading.working.atoms import in_atoms
from tutor.grading.working.claim_reader import Claim
from tutor.grading.working.facts import Facts
from tutor.grading.working.judges.absolute_cases import is_case_of_absolute
from tutor.grading.working.judges.contradiction_judge import agrees
from tutor.grading.working.judges.following import is_condition, is_sign
from tutor.grading.working.judges.function_judge import FunctionJudge
from tutor.grading.working.judges.function_lines import brings_function_in, renames_function
from tutor.grading.working.judges.identities import Identities
from tutor.grading.working.judges.implication_judge import ImplicationJudge
from tutor.grading.working.judges.new_letters import meaning_of_letter
from tutor.grading.working.judges.no_solutions import is_whole, judge_contradiction
from tutor.grading.working.judges.set_ups import sets_up
from tutor.grading.working.judges.side_comparison import (
    are_close,
    compare_sides,
    with_slip_between_sides,
)
from tutor.grading.working.judges.stated_values import StatedValues
from tutor.grading.working.knowledge.quadratics import DISCRIMINANT, coefficients_of
from tutor.grading.working.knowledge.statement_numbers import number_term
from tutor.grading.working.progress import GIVEN, UNDECIDED, Progress
from tutor.grading.working.reading import Role, Statement
from tutor.grading.working.side_names import is_another_event
from tutor.grading.working.solution_lists.complex_solutions import has_imaginary
from tutor.grading.working.solution_lists.final_answers import final_result
from tutor.grading.working.solution_lists.listed_solutions import solved_value
from tutor.grading.working.stated_angles import has_plain_degrees, without_degrees

MAX_IDENTITY_WORK_S = 0.05
MAX_NAMED = 7  # parts of a term to which a line only gives a name
MAX_FOLLOWING = 10  # statements in which the other cases are looked for


@dataclass
class EquationJudge:
    """Judges statements by what is known."""

    progress: Progress

    def __post_init__(self) -> None:
        self.identities = Identities(self.progress)
        self.functions = FunctionJudge(self.progress)
        self.stated = StatedValues.of(self.facts.task)

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
        special = (
            self.functions.integrated(equation, budget)
            or self.functions.differential(equation, budget)
            or self.functions.inverted(equation, budget)
        )
        if special is not None:
            return special
        if self.facts.definitions.define(equation):
            as_expected = self._as_expected(equation, left, right, budget)
            return as_expected if as_expected.is_decided else GIVEN
        stated = self.stated.compare(equation, self.facts, budget)
        if stated is not None and stated.verdict == StepVerdict.PROVED:
            return stated
        evaluated = self.functions.evaluation(equation, budget) or self.functions.antiderived(
            equation, budget
        )
        if evaluated is not None:
            return evaluated
        result = UNDECIDED
        if operator in ("=", "≈") or not free_names(equation):
            result = compare_sides(left, right, operator, self.facts, budget)
            by_sides = self._by_sides(equation, left, right, result, budget)
            if by_sides is not None:
                return by_sides
        if (known := self._known_value(left, right, operator, budget)) is not None:
            return known
        if (as_expected := self._as_expected(equation, left, right, budget)).is_decided:
            return self._better_named(as_expected, equation, budget)
        if stated is not None:
            return stated
        if self._starts_from_expression(equation):
            return with_slip_between_sides(result, left.term, right.term, budget)  # type: ignore[arg-type]
        if (of_number := self._of_number(equation, budget)) is not None:
            return of_number
        if operator == "=" and (wrong := self.identities.judge(equation, result, budget)):
            return wrong
        return self._by_facts_of_sides(equation, left, right, budget)

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
        result = self.judge_fact(equation, budget)
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

    def judge_fact(self, value: Value, budget: WorkBudget) -> ClaimResult:
        """An equation, an inequality or a list of solutions, against all that is known."""
        written = value
        try:
            value = expand_plus_minus(self.facts.resolved(value))
        except Unresolved:
            return UNDECIDED
        if "y'" in free_names(value) - self.facts.names:
            self.facts.add_implicit_derivatives(self.progress.line)
        if any(fact.value == value for fact in self.facts.facts):
            return GIVEN
        if not self.facts.facts and not self.progress.statement:
            return GIVEN  # without a statement the first line states the problem
        result = self._by_facts(value, budget)
        if result.verdict == StepVerdict.REFUTED and self.facts.goes_back_to_case(value):
            return proved(ClaimRelation.SOLVE)
        if result.verdict == StepVerdict.REFUTED and self._is_condition(value, budget):
            return GIVEN
        is_refuted = result.verdict == StepVerdict.REFUTED
        if is_refuted and self.progress.has_case and is_case_of_absolute(value, self.facts, budget):
            return proved(ClaimRelation.SOLVE)
        if is_refuted and self._opens_case(value, budget):
            self.progress.cases.append(value)
            return proved(ClaimRelation.SOLVE)
        if not result.is_decided and (self._is_given(written) or is_sign(written, self.facts)):
            return GIVEN
        if not result.is_decided:
            return self._with_new_letter(value, result, budget)
        return result

    def _by_facts(self, value: Value, budget: WorkBudget) -> ClaimResult:
        """x = 50° after 3x + 30 = 180: without sines a degree sign is a unit like any other."""
        result = ImplicationJudge(self.facts, budget).judge(value)
        about = [fact.value for fact in self.facts.facts if fact.names & free_names(value)]
        if result.verdict != StepVerdict.REFUTED or not has_plain_degrees([value, *about]):
            return result
        facts = [replace(fact, value=without_degrees(fact.value)) for fact in self.facts.facts]
        values = {name: without_degrees(known) for name, known in self.facts.values.items()}
        plain = replace(self.facts, facts=facts, values=values)
        return ImplicationJudge(plain, budget).judge(without_degrees(value))

    def _holds_with_names_written_out(self, equation: Comparison, budget: WorkBudget) -> bool:
        """a·b = 4mn + 2m + 2n + 1 after a = 2m + 1 and b = 2n + 1."""
        left, right = equation.left, equation.right
        if not is_term(left) or not is_term(right) or isinstance(left, Sym):
            return False
        written = self.facts.with_definitions(left)
        if written == left or not is_term(written) or free_names(written) != free_names(right):
            return False
        return same_value(written, right, budget).equal is True

    def _with_new_letter(
        self, value: Value, result: ClaimResult, budget: WorkBudget
    ) -> ClaimResult:
        """u² - 5u + 4 = 0 after x⁴ - 5x² + 4 = 0, without a word of what u is."""
        meaning = meaning_of_letter(value, self.facts, budget)
        if meaning is None:
            return result
        letter, term = meaning
        self.facts.add(Comparison("=", Sym(letter), term), self.progress.line)
        return proved(ClaimRelation.SUBSTITUTE)

    def judge_final(
        self, value: Value, statement: Statement, budget: WorkBudget
    ) -> ClaimResult | None:
        """An answer to the statement's own equations; None for anything else."""
        if statement.role != Role.ANSWER:
            return None
        value = written = self._as_solutions(expand_plus_minus(value))
        earlier = [fact.value for fact in self.facts.about(free_names(value)) if fact.line >= 0]
        listed = [v for v in earlier if is_solved(v) and all(c.op == "=" for c in comparisons(v))]
        is_equation = all(c.op == "=" for c in comparisons(value))
        if listed and is_equation and is_solved(value):
            value = Logic("or", (*listed, value))  # "the second solution is …"
        return final_result(value, written, self.facts.task, budget)

    def _as_solutions(self, value: Value) -> Value:
        """x = 4 for the set {4}, where x is the only unknown."""
        stated = frozenset[str]().union(*map(free_names, self.facts.task.equations))
        return as_statement(value, next(iter(stated))) if len(stated) == 1 else value

    def _of_number(self, equation: Comparison, budget: WorkBudget) -> ClaimResult | None:
        """|z| = √5 after z = 2 + i; None for anything else."""
        match equation:
            case Comparison("=", Call("abs" | "re" | "im" | "arg", (Sym(name),)) as call, right):
                value = self.facts.values.get(name)
                if value is None or not has_imaginary(value) or not is_term(right):
                    return None
                return self._compared(replace(call, args=(value,)), right, budget)
        return None

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
        unit = self.progress.measured.unit_of.get(left.term.name, NO_UNIT)
        known = EquationSide("", value, unit=unit)
        result = compare_sides(known, right, operator, self.facts, budget)
        if operator == "≈" and are_close(value, right.term, budget):
            return proved(ClaimRelation.APPROXIMATE)
        is_conversion = unit != right.unit and unit.dimension == right.unit.dimension
        return result if result.verdict == StepVerdict.PROVED or is_conversion else None

    def _as_expected(
        self, equation: Comparison, left: EquationSide, right: EquationSide, budget: WorkBudget
    ) -> ClaimResult:
        name = self.progress.name_of(left, continues=False)
        if name:
            as_expected = self.progress.expectations.judge(name, right, budget)
            if as_expected.is_decided:
                return as_expected
        elif (other := self.progress.name_of(right, continues=False)) and free_names(equation.left):
            swapped = self.progress.expectations.judge(other, left, budget)
            if swapped.verdict == StepVerdict.PROVED:
                return swapped  # a² + b² = c²
        if name in DISCRIMINANT and self._is_discriminant(right, budget):
            return proved(ClaimRelation.EVALUATE)
        if isinstance(left.term, Sym) and not free_names(equation.right):
            return UNDECIDED
        result = self.progress.expectations.judge_equation(equation, budget)
        known = self.facts.with_values(equation)
        if result.is_decided or known == equation or len(free_names(known)) != 1:
            return result
        assert isinstance(known, Comparison)  # noqa: S101 - it was one before
        in_numbers = self.progress.expectations.judge_equation(known, budget)
        return in_numbers if in_numbers.verdict == StepVerdict.PROVED else result

    def _is_discriminant(self, side: EquationSide, budget: WorkBudget) -> bool:
        """Δ = 25 - 24 after X² - 5X + 6 = 0, which a line before has brought in."""
        for equation in self.facts.equations():
            coefficients = coefficients_of(equation)
            if coefficients is None or side.term is None:
                continue
            _, (c, b, a) = coefficients
            if same_value(number_term(b * b - 4 * a * c), side.term, budget).equal:
                return True
        return False

    def _starts_from_expression(self, equation: Comparison) -> bool:
        """x² - 5x + 6 = …, where the task asks for another form of x² - 5x + 6."""
        task = self.facts.task
        is_asked = task.transforms and not task.equations
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
        return is_plain and all(_is_identity(fact.value) for fact in self.facts.about(names))

    def _is_condition(self, value: Value, budget: WorkBudget) -> bool:
        """x > 0 or x ≠ 3, which chooses among the solutions instead of following from them."""
        match value:
            case Comparison("!=", Sym(), bound):
                return is_term(bound) and not free_names(bound)
            case Comparison("<" | "<=" | ">" | ">=", Sym(name), bound):
                if not is_term(bound) or free_names(bound):
                    return False
            case _:
                return False
        about = [fact.value for fact in self.facts.about(frozenset([name]))]
        equations = [v for v in about if all(c.op == "=" for c in comparisons(v))]
        if len(equations) < len(about):
            return False
        converses = (implies([value], equation, budget) for equation in equations)
        return all(c.verdict != StepVerdict.PROVED for c in converses)

    def _is_given(self, value: Value) -> bool:
        """Whether the line only tells what the statement says, or gives a name."""
        if not isinstance(value, Comparison) or not is_term(value.right):
            return False
        if isinstance(value.left, Call) and self.facts.definitions.defines(value.left.name):
            return not free_names(value.right)  # f'(x) = 0, a condition
        if self._is_zero_of_function(value):
            return True
        if isinstance(value.left, Sym) and value.left.name not in self.facts.names:
            if "'" in value.left.name and not self.facts.definitions.defines(value.left.name):
                return True  # dv = eˣ dx names v
            names = free_names(value.right)
            derived = {name for name in names if "'" in name}
            if names and all(map(self.facts.definitions.defines, derived)):
                names -= derived
                if not names:
                    return value.op == "="  # v = s'
            if names and renames_function(value, self.facts):
                return True
            if names:
                is_known = names <= self.facts.names or self.facts.task.proves
                return value.op == "=" and is_known and _is_short(value)
            number = rational_value(value.right)
            return number is not None and abs(number) in self.progress.told_numbers
        return sets_up(value, self.progress) or brings_function_in(value, self.facts)

    def _is_zero_of_function(self, value: Comparison) -> bool:
        """v = 0, a condition."""
        is_name = isinstance(value.left, Sym) and value.right == ZERO
        return is_name and self.facts.definitions.defines(value.left.name)  # type: ignore[union-attr]

    def _better_named(
        self, as_expected: ClaimResult, equation: Comparison, budget: WorkBudget
    ) -> ClaimResult:
        """What the lines before say of a mistake, where they explain it."""
        if as_expected.verdict != StepVerdict.REFUTED:
            return as_expected
        result = self.judge_fact(equation, budget)
        is_named = result.slip not in (Slip.NONE, Slip.ARITHMETIC)
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

    def _opens_case(self, value: Value, budget: WorkBudget) -> bool:
        """x - 7 = 0 after (x - 7)(x + 2) = 0, where later lines have the other solutions."""
        names = free_names(value)
        about = [fact.value for fact in self.facts.about(names)]
        premises = [premise for premise in about if not is_condition(premise, value)]
        if len(names) != 1 or not premises:
            return False
        premise = premises[-1]
        cases = [value, *(case for case in self.progress.cases if free_names(case) == names)]
        for statement in self.progress.following[:MAX_FOLLOWING]:
            if statement.rejected and is_whole(value, self.facts.task):
                continue  # x = 5 (x = 0 no)
            try:
                later = _single(self.progress.read_statement(statement))
            except (Unreadable, RecursionError):
                continue
            is_new = later is not None and free_names(later) == names and later not in cases
            if later is not None and is_new and not self._leads_on(value, later, budget):
                cases.append(later)
        sound = [case for case in cases if agrees(case, premise, budget)]
        if value not in sound or len(sound) < 2:
            return False
        parts = tuple(part for c in sound for part in (c.parts if isinstance(c, Logic) else (c,)))
        whole = implies([premise], Logic("or", parts), budget)
        return whole.verdict != StepVerdict.REFUTED

    def _leads_on(self, value: Value, later: Value, budget: WorkBudget) -> bool:
        """cos x = 1/2 and x = π/3 after 2 cos x = 1: the same case, not another one."""
        changed = in_atoms([value], later)
        premises, claim = changed if changed is not None else ([value], later)
        follows = implies(premises, claim, budget).verdict == StepVerdict.PROVED
        return follows or agrees(later, value, budget)


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


def _single(claim: Claim) -> Value | None:
    """The equation, or the alternatives, that a claim states; None for anything else."""
    if solved_value(claim) is not None:
        return solved_value(claim)
    if len(claim.terms) == 2 and claim.operators == ("=",) and None not in claim.terms:
        left, right = claim.terms
        return Comparison("=", left, right)  # type: ignore[arg-type]
    is_alternatives = isinstance(claim.value, Logic) and claim.value.op == "or"
    return claim.value if is_alternatives else None


def _is_short(value: Comparison) -> bool:
    """u = x², s = sin x, t = 2x + 1: it only gives a name."""
    assert isinstance(value.left, Sym)  # noqa: S101 - only names are asked about
    is_plain = "_" not in value.left.name and "'" not in value.left.name
    return is_plain and sum(1 for _ in walk(value.right)) <= MAX_NAMED
