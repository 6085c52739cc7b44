"""Equations, inequalities and lists of solutions, judged by all that is known."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.shapes import expand_plus_minus
from tutor.grading.parsing.tree import (
    ZERO,
    Add,
    Call,
    Comparison,
    Div,
    Logic,
    Mul,
    Pow,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    walk,
)
from tutor.grading.parsing.units import NO_UNIT
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, StepVerdict, proved
from tutor.grading.steps.definitions import Unresolved
from tutor.grading.steps.implication import implies
from tutor.grading.steps.statements import as_statement, comparisons, is_solved
from tutor.grading.working.claim_reader import is_solution_set
from tutor.grading.working.factors import without_positive_factors
from tutor.grading.working.facts import Facts
from tutor.grading.working.judges.following import is_logarithm, is_sign
from tutor.grading.working.judges.function_lines import brings_function_in, renames_function
from tutor.grading.working.judges.implication_judge import ImplicationJudge
from tutor.grading.working.judges.new_letters import meaning_of_letter
from tutor.grading.working.judges.set_ups import sets_up
from tutor.grading.working.judges.solution_cases.absolute_cases import (
    has_other_case,
    is_case_of_absolute,
)
from tutor.grading.working.judges.solution_cases.joined_ranges import joined_by_mistake
from tutor.grading.working.judges.solution_cases.opened_cases import is_known_case, opens_case
from tutor.grading.working.progress import GIVEN, UNDECIDED, Progress
from tutor.grading.working.reading import Role, Statement
from tutor.grading.working.solution_lists.boundary_values import lists_boundaries
from tutor.grading.working.solution_lists.final_answers import (
    ends_changed,
    final_result,
    has_failing_solution,
    joined_by_or,
)
from tutor.grading.working.stated_angles import has_plain_degrees, without_degrees

MAX_NAMED = 7  # parts of a term to which a line only gives a name


@dataclass
class FactJudge:
    """Judges what follows from the facts, and what the facts leave open."""

    progress: Progress

    @property
    def facts(self) -> Facts:
        return self.progress.facts

    def judge(self, value: Value, budget: WorkBudget) -> ClaimResult:
        """An equation, an inequality or a list of solutions, against all that is known."""
        written = value
        try:
            value = expand_plus_minus(self.facts.resolved(value))
        except Unresolved:
            return UNDECIDED
        if "y'" in free_names(value) - self.facts.names:
            self.facts.add_implicit_derivatives(self.progress.line)
        if any(fact.value == value or _joins(fact.value, value) for fact in self.facts.facts):
            return GIVEN
        if not self.facts.facts and not self.progress.statement:
            return GIVEN  # without a statement the first line states the problem
        if (joined := joined_by_mistake(value, self.facts, budget)) is not None:
            return joined
        result = self._by_facts(value, budget)
        result = self._with_ends(result, value, budget)
        if result.verdict == StepVerdict.REFUTED and self.facts.goes_back_to_case(value):
            return proved(ClaimRelation.SOLVE)
        if result.verdict == StepVerdict.REFUTED and self._is_condition(value, budget):
            return GIVEN
        is_refuted = result.verdict == StepVerdict.REFUTED
        if result.verdict != StepVerdict.PROVED and self._is_absolute_case(value, budget):
            self.progress.cases.append(value)
            return proved(ClaimRelation.SOLVE)
        if is_refuted and opens_case(value, self.progress, budget):
            self.progress.cases.append(value)
            return proved(ClaimRelation.SOLVE)
        if not result.is_decided and self._names_expression(value, budget):
            self.facts.add(value, self.progress.line)
            return proved(ClaimRelation.EVALUATE)
        if not result.is_decided and is_logarithm(value, self.facts, budget):
            self.facts.add(value, self.progress.line)
            return proved(ClaimRelation.EQUIVALENT)
        if not result.is_decided and lists_boundaries(value, self.progress, budget):
            return proved(ClaimRelation.SOLVE)
        if not result.is_decided and self._solves_product(value, budget):
            return proved(ClaimRelation.SOLVE)
        if not result.is_decided and is_known_case(value, self.facts):
            return GIVEN
        if not result.is_decided and (self._is_given(written) or is_sign(written, self.facts)):
            return GIVEN
        if not result.is_decided:
            return self._with_new_letter(value, result, budget)
        return result

    def _with_ends(self, result: ClaimResult, value: Value, budget: WorkBudget) -> ClaimResult:
        """2 ≤ x < 5 for 2 < x < 5, which follows, and yet has a number more."""
        if result.verdict == StepVerdict.PROVED:
            return result
        changed = ends_changed(value, self.facts.task, budget)
        if changed is None or not result.is_decided:
            return changed or result
        return replace(result, slip=changed.slip)

    def _solves_product(self, value: Value, budget: WorkBudget) -> bool:
        """x = 0 or x = -2 after x·eˣ·(2 + x) = 0."""
        premises = (fact.value for fact in reversed(self.facts.about(free_names(value))))
        products = ((p, without_positive_factors(p)) for p in premises)
        return is_solved(value) and any(
            rest != premise and implies([rest], value, budget).verdict == StepVerdict.PROVED
            for premise, rest in products
        )

    def _names_expression(self, value: Value, budget: WorkBudget) -> bool:
        """A = x² - 9 - (x - 1)², where the statement has (x - 3)(x + 3) - (x - 1)² alone."""
        task = self.facts.task
        match value:
            case Comparison("=", Sym(name), right) if name not in self.facts.names:
                if task.equations or len(task.expressions) != 1 or not is_term(right):
                    return False
                [asked] = task.expressions
                has_same_names = bool(free_names(right)) and free_names(right) <= free_names(asked)
                return has_same_names and same_value(right, asked, budget).equal is True
        return False

    def _is_absolute_case(self, value: Value, budget: WorkBudget) -> bool:
        """Where the line says that it is a case, or has another one beside it."""
        if not is_case_of_absolute(value, self.facts, budget):
            return False
        is_one_of_several = self.progress.has_case or bool(self.progress.cases)
        return is_one_of_several or has_other_case(value, self.progress, budget)

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

    def _is_condition(self, value: Value, budget: WorkBudget) -> bool:
        """x > 0 or x ≠ 3, which chooses among the solutions instead of following from them."""
        match value:
            case Comparison("!=", left, bound):
                return is_term(left) and is_term(bound) and not free_names(bound)
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
        if isinstance(value.left, Sym) and self._is_told_now(value.left.name, value.right):
            return True
        if isinstance(value.left, Sym) and value.left.name not in self.facts.names:
            if "'" in value.left.name and not self.facts.definitions.defines(value.left.name):
                return not _is_worked_out(value.right)  # dv = eˣ dx names v, A' = 3·12 does not
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

    def _is_told_now(self, name: str, value: Term) -> bool:
        """r = 6 of a radius of 6 cm, after V = 4/3·πr³, which has no number for it."""
        number = rational_value(value)
        told = [q.number for q in self.progress.measured.stated if q.unit != NO_UNIT]
        about = [fact for fact in self.facts.facts if name in fact.names]
        is_open = bool(about) and all(fact.line >= 0 and len(fact.names) > 1 for fact in about)
        return number in told and is_open and name not in self.facts.task.names

    def _is_zero_of_function(self, value: Comparison) -> bool:
        """v = 0, a condition."""
        is_name = isinstance(value.left, Sym) and value.right == ZERO
        return is_name and self.facts.definitions.defines(value.left.name)  # type: ignore[union-attr]

    def judge_final(
        self, value: Value, statement: Statement, budget: WorkBudget
    ) -> ClaimResult | None:
        """An answer to the statement's own equations; None for anything else."""
        if statement.role != Role.ANSWER:
            return joined_by_or(value, self.facts.task, budget)
        is_named = not is_solution_set(statement.text)  # S = {1 ; 2} may be of X = e^x
        value = written = self._as_solutions(expand_plus_minus(value))
        earlier = [fact.value for fact in self.facts.about(free_names(value)) if fact.line >= 0]
        listed = [v for v in earlier if is_solved(v) and all(c.op == "=" for c in comparisons(v))]
        is_equation = all(c.op == "=" for c in comparisons(value))
        if listed and is_equation and is_solved(value):
            value = Logic("or", (*listed, value))  # "the second solution is …"
        result = final_result(value, written, self.facts.task, budget)
        if result is None and is_named and has_failing_solution(written, self.facts.task, budget):
            return UNDECIDED
        return result

    def _as_solutions(self, value: Value) -> Value:
        """x = 4 for the set {4}, where x is the only unknown."""
        stated = frozenset[str]().union(*map(free_names, self.facts.task.equations))
        return as_statement(value, next(iter(stated))) if len(stated) == 1 else value


def _is_worked_out(term: Term) -> bool:
    """3·12, and neither 36 nor 3x."""
    return isinstance(term, Add | Mul | Div | Pow) and not free_names(term)


def _joins(known: Value, value: Value) -> bool:
    """Whether it is a part of x > 2 and x ≠ 5, all of which hold."""
    return isinstance(known, Logic) and known.op == "and" and value in known.parts


def _is_short(value: Comparison) -> bool:
    """u = x², s = sin x, t = 2x + 1: it only gives a name."""
    assert isinstance(value.left, Sym)  # noqa: S101 - only names are asked about
    is_plain = "_" not in value.left.name and "'" not in value.left.name
    return is_plain and sum(1 for _ in walk(value.right)) <= MAX_NAMED
