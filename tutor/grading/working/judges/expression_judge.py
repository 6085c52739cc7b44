"""Terms that stand alone: the next form of an expression, or an answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeGuard

from tutor.grading.numeric.derivatives import NotDifferentiable, differentiate
from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    ZERO,
    Add,
    BigOperator,
    Bracketed,
    Call,
    Comparison,
    Div,
    Logic,
    Mul,
    Neg,
    Num,
    Pow,
    Quantity,
    Root,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    substitute,
    walk,
)
from tutor.grading.processes.work_budget import (
    WorkBudget,
)
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    StepVerdict,
    proved,
    unchecked,
)
from tutor.grading.steps.definitions import calls_unknown
from tutor.grading.steps.equal_terms import is_indefinite
from tutor.grading.steps.equation_side import EquationSide
from tutor.grading.steps.implication import implies
from tutor.grading.steps.slips import with_slip
from tutor.grading.steps.statements import comparisons
from tutor.grading.working.antiderivatives import forgotten_constant, judge_antiderivative
from tutor.grading.working.facts import Facts
from tutor.grading.working.judges.side_comparison import compare_sides, with_slip_between_sides
from tutor.grading.working.knowledge.concept_words import is_sum, is_sum_of
from tutor.grading.working.knowledge.counting.expansions import asks_for_term
from tutor.grading.working.limits import inside_limit, is_place
from tutor.grading.working.progress import GIVEN, UNDECIDED, Progress
from tutor.grading.working.quantities.conversions import repeats
from tutor.grading.working.reading import Role, Statement

MAX_SUMMANDS = 6  # results that a line adds up
MAX_NAMED_TERMS = 4  # that words stand for, such as 3b for an age
MAX_EXPECTED_VALUES = 60  # with which a calculation without a name is compared
_PLAIN_NUMBER = re.compile(r"[\s\d.,/−-]+")


@dataclass
class ExpressionJudge:
    """Judges a term without a relation."""

    progress: Progress

    @property
    def facts(self) -> Facts:
        return self.progress.facts

    def judge(self, value: Value, statement: Statement, budget: WorkBudget) -> ClaimResult:
        """A term: the next form of an expression, or the answer."""
        if statement.words and is_term(value) and free_names(value):
            self.progress.named_terms.append(value)
            integrated = judge_antiderivative(statement.words, value, self.facts, budget)
            self.facts.expression = value  # Area = l × w
            if integrated is not None:
                if integrated.verdict == StepVerdict.PROVED:
                    self.progress.antiderivative = value
                return integrated
            if (forgotten := self._without_constant(value, budget)) is not None:
                return forgotten
        if statement.role == Role.ANSWER or statement.words:
            result = self.judge_answer(value, budget)
            is_told = is_sum(statement.words) or is_sum_of(statement.words)
            if is_told and is_term(value) and self._is_sum(value):
                result = proved(ClaimRelation.EVALUATE)
            if is_term(value) and not result.is_decided:
                result = self._of_mistake(value) or result
            if is_term(value) and isinstance(value, Add | Mul | Div) and not result.is_decided:
                self.facts.expression = value  # expected payout: 5(1/8) + 2(1/4), which goes on
            return result
        if isinstance(value, Bracketed):
            return self._point(value, budget)
        if not is_term(value):
            return UNDECIDED
        if (wrong := self.progress.wrong_calculations.judge([value])) is not None:
            return wrong
        is_plain = bool(_PLAIN_NUMBER.fullmatch(statement.text))
        result = self._next_form(value, is_plain, budget)
        self.progress.terms.append(value)
        self.progress.bare_terms.append(value)
        self.facts.expression = value
        return result

    def _of_mistake(self, value: Term) -> ClaimResult | None:
        """at least one: 1/6 + 1/6, from which the next line goes on."""
        wrong = self.progress.wrong_calculations.judge([value])
        if wrong is not None:
            self.facts.expression = value
        return wrong

    def _without_constant(self, value: Term, budget: WorkBudget) -> ClaimResult | None:
        """integral = x² for ∫2x dx"""
        task = self.facts.task
        start = task.expressions[0] if len(task.expressions) == 1 else None
        forgotten = forgotten_constant(start, value, task, self.progress.following)
        if forgotten is None or start is None:
            return None
        sides = EquationSide("", start), EquationSide("", value)
        result = compare_sides(*sides, "=", self.facts, budget)
        return forgotten if result.verdict == StepVerdict.PROVED else None

    def _next_form(self, term: Term, is_plain: bool, budget: WorkBudget) -> ClaimResult:
        if (factored := self._left_side(term, budget)) is not None:
            return factored
        if not self.progress.terms:
            return GIVEN
        if term == self.progress.terms[-1] and len(self.progress.terms) == len(
            self.facts.task.expressions
        ):
            return GIVEN
        if self._begins_calculation(term):
            return GIVEN
        if self._is_substituted(term, budget):
            return proved(ClaimRelation.SUBSTITUTE)
        results: list[ClaimResult] = []
        is_written_out = is_plain or not _is_amount(term)
        for known in reversed(self.progress.terms[-6:]):
            if is_place(known, self.facts.task):
                continue
            if (inner := inside_limit(known, term)) is not None:
                if same_value(inner, term, budget).equal:
                    return proved(ClaimRelation.EQUAL)
                continue
            sides = (EquationSide("", known), EquationSide("", term))
            result = compare_sides(*sides, "=", self.facts, budget)
            if result.verdict == StepVerdict.PROVED:
                return result
            is_same_kind = free_names(known) == free_names(term) and self._must_equal(known)
            is_same_kind = is_same_kind and is_written_out and not self._goes_on(term)
            is_same_kind = is_same_kind and not _begins_integral(term, known)
            if is_same_kind and result.verdict == StepVerdict.REFUTED:
                named = with_slip_between_sides(result, known, term, budget)
                is_sure = bool(named.slip) or not free_names(term) or self._stands_alone(known)
                results += [named] if is_sure else []
        if self._is_expected(term, budget) or self._is_antiderivative(term, budget):
            return proved(ClaimRelation.EVALUATE)
        return results[0] if results else unchecked(ClaimRelation.EQUAL)

    def _is_antiderivative(self, term: Term, budget: WorkBudget) -> bool:
        """x³/3 alone, where the integral of x² from 0 to 3 is asked for."""
        asked = [part for part in self.facts.task.expressions if isinstance(part, BigOperator)]
        if len(asked) != 1 or asked[0].kind != "int" or asked[0].low is None:
            return False
        result = judge_antiderivative("primitive", term, self.facts, budget)
        if result is None or result.verdict != StepVerdict.PROVED:
            return False
        self.progress.antiderivative = term
        return True

    def _left_side(self, term: Term, budget: WorkBudget) -> ClaimResult | None:
        """(x - 2)(x + 1) for x² - x - 2 = 0, without its "= 0"; None for anything else."""
        latest = self.facts.facts[-1] if self.facts.facts else None
        factors = [part for part in term.parts if free_names(part)] if isinstance(term, Mul) else []
        if latest is None or len(factors) < 2 or not any(isinstance(f, Add) for f in factors):
            return None
        match latest.value:
            case Comparison("=", left, right) if right == ZERO:
                if free_names(left) != free_names(term) or isinstance(left, Sym):
                    return None
            case _:
                return None
        claim = Comparison("=", term, ZERO)
        result = implies([latest.value], claim, budget)
        named = with_slip(result, latest.value, claim, budget) if result.witness else result
        return named if result.is_decided else None

    def _begins_calculation(self, term: Term) -> bool:
        """Numbers put in for P(A ∪ B), which the statement only mentions."""
        known = self.progress.terms
        is_first = len(known) == len(self.facts.task.expressions)
        is_calculation = not free_names(term) and not calls_unknown([term])
        return (
            is_first
            and is_calculation
            and (
                all(free_names(k) or calls_unknown([k]) or isinstance(k, Call) for k in known)
                or (len(known) > 1 and all(map(_is_fraction, known)))
            )
        )

    def _goes_on(self, term: Term) -> bool:
        """15 + 2 after 3·5 = 15 in a story: a further calculation, and no other form of 15."""
        is_calculation = isinstance(term, Add | Mul | Div | Pow | Root)
        is_story = not self.facts.task.expressions
        has_result = isinstance(self.progress.terms[-1], Num)
        return is_story and is_calculation and has_result and not free_names(term)

    def _is_substituted(self, term: Term, budget: WorkBudget) -> bool:
        """∫ u⁴ du after ∫ 2x·(x² + 1)⁴ dx and u = x² + 1."""
        integrals = [part for part in walk(term) if _is_indefinite(part)]
        earlier = *self.facts.task.expressions, *self.progress.terms[-3:]
        known = [other for other in earlier if _is_indefinite(other)]
        if len(integrals) != 1 or not known:
            return False
        [integral], start = integrals, known[-1]
        assert isinstance(integral, BigOperator)  # noqa: S101 - so `_is_indefinite` says
        assert isinstance(start, BigOperator)  # noqa: S101
        inner = self.progress.with_known(Sym(integral.name))
        if free_names(inner) != {start.name}:
            return False
        body: Term = substitute(term, integral, integral.body)
        body = substitute(body, Sym(integral.name), inner)
        with suppress(NotDifferentiable):
            whole = Mul((body, differentiate(inner, start.name)))
            return same_value(whole, start.body, budget).equal is True
        return False

    def _is_expected(self, term: Term, budget: WorkBudget) -> bool:
        """Whether a calculation without a name gives what the words of the problem ask for."""
        is_calculation = isinstance(term, Add | Mul | Div | Pow | Root)
        if not is_calculation or free_names(term):
            return False
        if _is_fraction(term) and term.top not in self.progress.terms:
            return False
        called = [q.value for q in self.progress.expectations.expected if q.is_called_by_words]
        values = [v for v in called if v is not None and not free_names(v)][:MAX_EXPECTED_VALUES]
        number = rational_value(term)
        if number is not None:
            return any(rational_value(v) == number for v in values)
        return any(same_value(v, term, budget).equal for v in values if rational_value(v) is None)

    def _stands_alone(self, term: Term) -> bool:
        """Whether the line before is this term; -cos x after f''(x) may be another's value."""
        return term in self.facts.task.expressions or term in self.progress.bare_terms

    def _must_equal(self, known: Term) -> bool:
        """Whether the next term can only be another form of this one, and no other summand."""
        if asks_for_term(self.facts.task):
            return False
        return self.facts.task.transforms or known not in self.facts.task.expressions

    def judge_answer(self, value: Value, budget: WorkBudget) -> ClaimResult:
        """It repeats a value that was worked out before."""
        if isinstance(value, Bracketed):
            return self._point(value, budget)
        amount = value.amount if isinstance(value, Quantity) else value
        if not is_term(amount):
            return UNDECIDED
        known = [*reversed(self.progress.terms), *self.facts.values.values()]
        known = [term for term in known if not is_place(term, self.facts.task)]
        for term in known[:12]:
            if same_value(term, amount, budget).equal:
                return proved(ClaimRelation.EQUAL)
        for term in self.progress.named_terms[-MAX_NAMED_TERMS:]:
            written = self.progress.with_known(term)
            if not free_names(written) and same_value(written, amount, budget).equal:
                return proved(ClaimRelation.SUBSTITUTE)
        if self._is_positive_solution(amount, budget):
            return proved(ClaimRelation.SOLVE)
        for term in known[:4]:
            if not free_names(term) and repeats(term, amount, budget):
                return proved(ClaimRelation.APPROXIMATE)
        return UNDECIDED

    def _is_sum(self, value: Term) -> bool:
        """total: 0.42 after 0.21 and 0.21, the results of the lines before."""
        total, numbers = rational_value(value), Fraction(0)
        if total is None:
            return False
        for count, term in enumerate(reversed(self.progress.terms[-MAX_SUMMANDS:]), 1):
            number = rational_value(term)
            if number is None:
                return False
            numbers += number
            if count > 1 and numbers == total:
                self.facts.expression = value
                return True
        return False

    def _is_positive_solution(self, amount: Term, budget: WorkBudget) -> bool:
        """4 s after t = -2/5 or t = 4: the only solution that a quantity can have."""
        for fact in reversed(self.facts.facts):
            if not isinstance(fact.value, Logic) or fact.value.op != "or":
                continue
            values = [part.right for part in comparisons(fact.value) if is_term(part.right)]
            numbers = [rational_value(value) for value in values]
            positive = [number for number in numbers if number is not None and number > 0]
            is_word_problem = not any(
                free_names(e) == fact.names for e in self.facts.task.equations
            )
            if is_word_problem and len(positive) == 1 and None not in numbers:
                return rational_value(amount) == positive[0]
        return False

    def _point(self, point: Bracketed, budget: WorkBudget) -> ClaimResult:
        """min (1, -2): it lies on the graph of the only function."""
        functions = list(self.facts.definitions.functions.values())
        parts = [part for part in point.parts if is_term(part)]
        if len(parts) == 2 and self._is_on_curve(parts, budget):
            return proved(ClaimRelation.EVALUATE)
        if not functions or len(parts) != 2:
            return UNDECIDED
        is_on_graph = same_value(functions[0].at(parts[0]), parts[1], budget).equal
        return proved(ClaimRelation.EVALUATE) if is_on_graph else UNDECIDED

    def _is_on_curve(self, parts: Sequence[Term], budget: WorkBudget) -> bool:
        """(0, -4) where 3x - 2y = 8 meets an axis."""
        curves = [e for e in self.facts.task.equations if free_names(e) == {"x", "y"}]
        if len(curves) != 1 or ZERO not in parts:
            return False
        value: Value = curves[0]
        for name, part in zip("xy", parts, strict=True):
            value = substitute(value, Sym(name), part)
        match value:
            case Comparison("=", left, right) if is_term(left) and is_term(right):
                return same_value(left, right, budget).equal is True
        return False

    def repeats_values(self, values: Sequence[Value], budget: WorkBudget) -> bool:
        """Angles: 30°, 60°, 90°, each found before or an expression of the statement."""
        terms = [*reversed(self.progress.terms), *self.facts.values.values()][:12]
        terms += [self.progress.with_known(term) for term in self.facts.task.expressions]
        known = [term for term in terms if not free_names(term)]
        return all(
            is_term(value) and any(same_value(term, value, budget).equal for term in known)
            for value in values
        )


def _is_fraction(term: Term) -> TypeGuard[Div]:
    """3/4"""
    match term:
        case Div(Num(), Num()):
            return True
    return False


def _is_indefinite(part: Value) -> bool:
    return isinstance(part, BigOperator) and is_indefinite(part)


def _begins_integral(term: Term, known: Term) -> bool:
    """An integral that is written down after numbers, and not another form of them."""
    return isinstance(term, BigOperator) and not isinstance(known, BigOperator)


def _is_amount(term: Term) -> bool:
    """98° and 1 %, which may be of something else than the line before."""
    match term:
        case Num() | Call("percent" | "degrees"):
            return True
        case Neg(inner):
            return _is_amount(inner)
    return False
