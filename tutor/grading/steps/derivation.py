"""Checks the lines of a derivation, each against the lines before it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tutor.grading.feedback import FeedbackCode
from tutor.grading.numeric.degrees import equal_in_degrees
from tutor.grading.numeric.derivatives import NotDifferentiable, differentiate
from tutor.grading.numeric.equivalence import same_value
from tutor.grading.parsing.answers import read_answer
from tutor.grading.parsing.tree import (
    BigOperator,
    Bracketed,
    Call,
    Comparison,
    Listing,
    Logic,
    NamedSet,
    Sym,
    Term,
    Unreadable,
    Value,
    free_names,
    is_term,
)
from tutor.grading.processes.deadline import Deadline, DeadlinePassed
from tutor.grading.prose.formulas import Chain, TextSpan, parse_chain
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    StepVerdict,
    proved,
    refuted,
    unchecked,
)
from tutor.grading.steps.definitions import Definitions, Unresolved, with_primes
from tutor.grading.steps.equation_side import EquationSide, read_side
from tutor.grading.steps.implication import implies, is_rounded_solution
from tutor.grading.steps.known_facts import calls_unknown
from tutor.grading.steps.rounding import compare_numbers
from tutor.grading.steps.slips import is_right_by_luck, slip_between, with_slip
from tutor.grading.steps.statements import comparisons, is_solved
from tutor.grading.steps.witnesses import where_they_differ
from tutor.grading.steps.wrong_derivatives import slip_in_derivative

_Statement = Comparison | Logic | Bracketed | Listing | NamedSet


@dataclass
class Derivation:
    """The lines of a derivation so far.

    given: equations of the problem's statement. premises: the lines since the last refuted one.
    expression: what a line without a relation is claimed to equal.
    """

    definitions: Definitions = field(default_factory=Definitions)
    given: Sequence[Comparison] = ()
    premises: list[Value] = field(default_factory=list)
    expression: Term | None = None

    def check_line(self, text: str, deadline: Deadline) -> ClaimResult:
        """Check a line and take it as a premise. Raises Unreadable.

        A line that could not be decided in time counts as a premise like any other.
        """
        text = with_primes(text)
        numbers = frozenset[str]().union(*map(free_names, (*self.given, *self.premises)))
        self.definitions.learn_calls(text, numbers)
        chain = parse_chain(TextSpan(text, 0))
        if chain is not None and _is_calculation(chain):
            return self._chain(chain, deadline)
        value = read_answer(text, functions=self.definitions.called)
        is_long = chain is not None and not chain.is_alternatives and len(chain.operators) > 1
        if chain is not None and is_long and isinstance(value, Comparison):
            return self._chain(chain, deadline)
        return self._value(value, deadline)

    def _value(self, value: Value, deadline: Deadline) -> ClaimResult:
        result = self._definition(value, deadline) or _in_time(
            ClaimRelation.IMPLIES, lambda: self._undefined(value, deadline)
        )
        self._add_premise(value, result)
        return result

    def _chain(self, chain: Chain, deadline: Deadline) -> ClaimResult:
        """x = 12/3 = 4: the first two sides as a line, each further side against the one before."""
        sides = [read_side(side.text, self.definitions.called) for side in chain.sides]
        if not chain.sides[0].text and self.expression is not None:
            sides[0] = EquationSide("", self.expression)
        terms = [side.term for side in sides if side.term is not None]
        if len(terms) < len(sides):
            raise Unreadable(FeedbackCode.UNREAD)
        results = [
            self._link(left, right, operator, deadline)
            for left, right, operator in zip(
                sides[1:], sides[2:], chain.operators[1:], strict=False
            )
        ]
        ends = (terms[0], terms[-1])
        if chain.sides[0].text and (any(map(free_names, ends)) or calls_unknown(ends)):
            statement = Comparison("=", terms[0], terms[1])
            results.insert(0, self._value(statement, deadline))
        else:
            results.insert(0, self._link(sides[0], sides[1], chain.operators[0], deadline))
        self.expression = terms[-1]
        return _worst(results)

    def _link(
        self, left: EquationSide, right: EquationSide, operator: str, deadline: Deadline
    ) -> ClaimResult:
        return _in_time(ClaimRelation.EQUAL, lambda: self._sides(left, right, operator, deadline))

    def _sides(
        self, left: EquationSide, right: EquationSide, operator: str, deadline: Deadline
    ) -> ClaimResult:
        assert left.term is not None  # noqa: S101 - only readable sides come here
        assert right.term is not None  # noqa: S101
        if not free_names(left.term) | free_names(right.term):
            return compare_numbers(left, right, operator, deadline, {})
        return self._equal(left.term, right.term, deadline)

    def _definition(self, value: Value, deadline: Deadline) -> ClaimResult | None:
        """None for a line that neither defines a function nor evaluates a defined one."""
        if self.definitions.define(value):
            return unchecked(ClaimRelation.DEFINE)
        if not isinstance(value, Comparison) or value.op != "=" or not is_term(value.right):
            return None
        left, right = value.left, value.right
        match left:
            case Call(name, (argument,)) if self.definitions.defines(name):
                if isinstance(argument, Sym) and not free_names(right):
                    return None  # f'(x) = 0 asks for x
                return self._evaluation(left, right, deadline)
            case Sym(name) if "'" in name and self.definitions.defines(name):
                return self._evaluation(left, right, deadline)
            case BigOperator("int", _, _, None, None):
                return _in_time(
                    ClaimRelation.EVALUATE, lambda: antiderivative(left, right, deadline)
                )
        return None

    def _evaluation(self, called: Term, right: Term, deadline: Deadline) -> ClaimResult:
        return _in_time(ClaimRelation.EVALUATE, lambda: self._written_out(called, right, deadline))

    def _written_out(self, called: Term, right: Term, deadline: Deadline) -> ClaimResult:
        """f(2) = 5, f'(x) = 2x: the definition of f, written out, against the right side."""
        try:
            defined = self.definitions.resolved(called)
            claimed = self.definitions.resolved(right)
        except Unresolved:
            return unchecked(ClaimRelation.EVALUATE)
        assert is_term(defined)  # noqa: S101 - for the type checker
        assert is_term(claimed)  # noqa: S101
        result = equal_terms(defined, claimed, ClaimRelation.EVALUATE, deadline)
        name = called.name if isinstance(called, Call | Sym) else ""
        if result.witness is not None and name.endswith("'"):
            function = self.definitions.functions[name.rstrip("'")]
            slip = slip_in_derivative(function.body, claimed, function.variable, deadline)
            return refuted(ClaimRelation.EVALUATE, result.witness, slip)
        return result

    def _undefined(self, value: Value, deadline: Deadline) -> ClaimResult:
        """A line that defines nothing: an expression, or a statement."""
        if is_term(value):
            if self.expression is None:
                return unchecked(ClaimRelation.DEFINE)
            if isinstance(self.expression, BigOperator) and is_indefinite(self.expression):
                return antiderivative(self.expression, value, deadline)
            return self._equal(self.expression, value, deadline)
        try:
            premises = [self.definitions.resolved(premise) for premise in self.premises]
            claim = self.definitions.resolved(value)
        except Unresolved:
            return unchecked(ClaimRelation.IMPLIES)
        if not premises:
            return self._first(claim, deadline)
        return _check_implication(premises, claim, deadline)

    def _equal(self, before: Term, after: Term, deadline: Deadline) -> ClaimResult:
        try:
            left, right = self.definitions.resolved(before), self.definitions.resolved(after)
        except Unresolved:
            return unchecked(ClaimRelation.EQUAL)
        assert is_term(left)  # noqa: S101 - for the type checker
        assert is_term(right)  # noqa: S101
        result = equal_terms(left, right, ClaimRelation.EQUAL, deadline)
        if result.witness is None:
            return result
        return refuted(ClaimRelation.EQUAL, result.witness, slip_between(left, right, deadline))

    def _first(self, claim: Value, deadline: Deadline) -> ClaimResult:
        """The first line states the problem, or is the first consequence of its statement."""
        given = [known for known in self.given if free_names(known) == free_names(claim)]
        if len(given) != 1 or not isinstance(claim, Comparison | Logic):
            return unchecked(ClaimRelation.DEFINE)
        result = implies(given, claim, deadline)
        if result.verdict == StepVerdict.REFUTED:
            converse = implies([claim], given[0], deadline)
            if converse.verdict == StepVerdict.REFUTED:
                return with_slip(result, given[0], claim, deadline)
        is_new = result.verdict == StepVerdict.PROVED and claim != given[0]
        return result if is_new else unchecked(ClaimRelation.DEFINE)

    def _add_premise(self, value: Value, result: ClaimResult) -> None:
        if result.verdict == StepVerdict.REFUTED:
            self.premises.clear()
        if is_term(value):
            self.expression = value
        elif isinstance(value, _Statement) and result.relation != ClaimRelation.EVALUATE:
            if isinstance(value, Comparison) and value.op == "=":
                self._add_variable(value)
                self.expression = value.right if is_term(value.right) else None
            self.premises.append(value)

    def _add_variable(self, value: Comparison) -> None:
        if isinstance(value.left, Sym) and is_term(value.right) and free_names(value.right):
            self.definitions.add_variable(value.left.name, value.right)


def _in_time(relation: ClaimRelation, check: Callable[[], ClaimResult]) -> ClaimResult:
    """The result of `check`; unchecked where its time ran out."""
    try:
        return check()
    except (DeadlinePassed, RecursionError):
        return unchecked(relation)


def _is_calculation(chain: Chain) -> bool:
    """12 · 7 = 84, 2 hours = 120 minutes: only numbers, perhaps with units."""
    sides = [read_side(side.text) for side in chain.sides]
    terms = [side.term for side in sides if side.term is not None]
    is_equation = bool(chain.operators) and set(chain.operators) <= {"=", "≈"}
    if not is_equation or len(terms) < len(sides):
        return False
    return not any(map(free_names, terms)) and not calls_unknown(terms)


def _worst(results: Sequence[ClaimResult]) -> ClaimResult:
    """The result that decides about a line with several claims."""
    order = [StepVerdict.REFUTED, StepVerdict.UNCHECKED, StepVerdict.PROVED]
    return min(results, key=lambda result: order.index(result.verdict))


def _check_implication(premises: list[Value], claim: Value, deadline: Deadline) -> ClaimResult:
    result = implies(premises, claim, deadline)
    if result.verdict == StepVerdict.REFUTED:
        if is_rounded_solution(premises[-1], claim, deadline):
            return proved(ClaimRelation.APPROXIMATE)
        return with_slip(result, premises[-1], claim, deadline)
    if result.relation == ClaimRelation.IMPLIES and result.witness and _is_inequality(claim):
        # Implied, but weaker than the line before: a solution is gained on the way.
        weaker = with_slip(result, premises[-1], claim, deadline)
        is_explained = weaker.slip not in (Slip.NONE, Slip.ARITHMETIC)
        if is_explained and not is_solved(premises[-1]):
            return refuted(ClaimRelation.EQUIVALENT, result.witness, weaker.slip)
        return unchecked(ClaimRelation.EQUIVALENT)
    is_equivalent = result.relation == ClaimRelation.EQUIVALENT
    if is_equivalent and is_right_by_luck(premises[-1], claim, deadline):
        return unchecked(ClaimRelation.EQUIVALENT)
    return result


def _is_inequality(value: Value) -> bool:
    return any(comparison.op not in ("=", "in") for comparison in comparisons(value))


def equal_terms(
    left: Term, right: Term, relation: ClaimRelation, deadline: Deadline
) -> ClaimResult:
    """Whether two expressions are the same wherever both are defined."""
    is_equal = same_value(left, right, deadline).equal
    if is_equal:
        return proved(relation)
    if is_equal is None:
        return unchecked(relation)
    witness = where_they_differ(left, right, deadline)
    if witness is None or equal_in_degrees(left, right, deadline):
        return unchecked(relation)
    return refuted(relation, witness)


def is_indefinite(integral: BigOperator) -> bool:
    return integral.kind == "int" and integral.low is None and integral.high is None


def antiderivative(integral: BigOperator, right: Term, deadline: Deadline) -> ClaimResult:
    """∫ f dx = F + C: the derivative of F is f."""
    try:
        derived = differentiate(right, integral.name)
    except NotDifferentiable:
        return unchecked(ClaimRelation.EVALUATE)
    return equal_terms(derived, integral.body, ClaimRelation.EVALUATE, deadline)
