"""The lines of a derivation, each against those before it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tutor.grading.numeric.degrees import are_equal_in_degrees
from tutor.grading.numeric.derivatives import NotDifferentiable, derivative
from tutor.grading.numeric.equivalence import same
from tutor.grading.parsing.answers import read_answer
from tutor.grading.parsing.tree import (
    Call,
    Fold,
    Group,
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
from tutor.grading.parsing.tree import Relation as Comparison
from tutor.grading.processes.deadline import Deadline, DeadlinePassed
from tutor.grading.prose.formulas import Chain, Piece, chain_of
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    StepVerdict,
    proved,
    refuted,
    unchecked,
)
from tutor.grading.steps.definitions import Context, Unresolved, with_primes
from tutor.grading.steps.equation_side import EquationSide, read_side
from tutor.grading.steps.implication import implies, is_rounded_solution, is_solved
from tutor.grading.steps.known_facts import calls_unknown
from tutor.grading.steps.rounding import compare_numbers
from tutor.grading.steps.slips import explained, is_right_by_luck, slip_between
from tutor.grading.steps.witnesses import comparisons, where_they_differ
from tutor.grading.steps.wrong_derivatives import slip_in_derivative

_Statement = Comparison | Logic | Group | Listing | NamedSet


@dataclass
class Derivation:
    """What the lines so far say.

    given: equations of the problem's statement. premises: the lines since the last one that did
    not follow. expression: what a line without a relation is claimed to equal.
    """

    context: Context = field(default_factory=Context)
    given: Sequence[Comparison] = ()
    premises: list[Value] = field(default_factory=list)
    expression: Term | None = None

    def line(self, text: str, deadline: Deadline) -> ClaimResult:
        """Check a line and take it for a premise. Raises Unreadable.

        A line that nobody could decide in time is one like any other to those after it: they
        are judged by it, not by the line before it.
        """
        text = with_primes(text)
        numbers = frozenset[str]().union(*map(free_names, (*self.given, *self.premises)))
        self.context.learn_calls(text, numbers)
        chain = chain_of(Piece(text, 0))
        if chain is not None and _is_calculation(chain):
            return self._chain(chain, deadline)
        value = read_answer(text, functions=self.context.called)
        several = chain is not None and not chain.is_alternatives and len(chain.operators) > 1
        if chain is not None and several and isinstance(value, Comparison):
            return self._chain(chain, deadline)
        return self._value(value, deadline)

    def _value(self, value: Value, deadline: Deadline) -> ClaimResult:
        found = self._definition(value, deadline) or _in_time(
            ClaimRelation.IMPLIES, lambda: self._judged(value, deadline)
        )
        self._take(value, found)
        return found

    def _chain(self, chain: Chain, deadline: Deadline) -> ClaimResult:
        """x = 12/3 = 4: the first two sides as a line, the others each as the one before."""
        sides = [read_side(side.text, self.context.called) for side in chain.sides]
        if not chain.sides[0].text and self.expression is not None:
            sides[0] = EquationSide("", self.expression)
        first, *others = sides
        if first.term is None or any(side.term is None for side in others):
            raise Unreadable("A side of the line could not be read.")
        results = [
            self._link(left, right, operator, deadline)
            for left, right, operator in zip(
                sides[1:], sides[2:], chain.operators[1:], strict=False
            )
        ]
        last = others[-1].term
        assert last is not None  # noqa: S101 - seen above
        both = (first.term, last)
        if chain.sides[0].text and (any(map(free_names, both)) or calls_unknown(both)):
            statement = Comparison("=", first.term, others[0].term)  # type: ignore[arg-type]
            results.insert(0, self._value(statement, deadline))
        else:
            results.insert(0, self._link(first, others[0], chain.operators[0], deadline))
        self.expression = last
        return _worst(results)

    def _link(
        self, left: EquationSide, right: EquationSide, operator: str, deadline: Deadline
    ) -> ClaimResult:
        return _in_time(ClaimRelation.EQUAL, lambda: self._sides(left, right, operator, deadline))

    def _sides(
        self, left: EquationSide, right: EquationSide, operator: str, deadline: Deadline
    ) -> ClaimResult:
        assert left.term is not None  # noqa: S101 - asked of readable sides only
        assert right.term is not None  # noqa: S101
        if not free_names(left.term) | free_names(right.term):
            return compare_numbers(left, right, operator, deadline, {})
        return self._equal(left.term, right.term, deadline)

    def _definition(self, value: Value, deadline: Deadline) -> ClaimResult | None:
        if self.context.define(value):
            return unchecked(ClaimRelation.DEFINE)
        if not isinstance(value, Comparison) or value.op != "=" or not is_term(value.right):
            return None
        left, right = value.left, value.right
        match left:
            case Call(name, (argument,)) if self.context.defines(name):
                if isinstance(argument, Sym) and not free_names(right):
                    return None  # f'(x) = 0 asks for x
                return self._evaluation(left, right, deadline)
            case Sym(name) if "'" in name and self.context.defines(name):
                return self._evaluation(left, right, deadline)
            case Fold("int", _, _, None, None):
                return _in_time(
                    ClaimRelation.EVALUATE, lambda: antiderivative(left, right, deadline)
                )
        return None

    def _evaluation(self, called: Term, right: Term, deadline: Deadline) -> ClaimResult:
        return _in_time(ClaimRelation.EVALUATE, lambda: self._written_out(called, right, deadline))

    def _written_out(self, called: Term, right: Term, deadline: Deadline) -> ClaimResult:
        """f(2) = 5, f'(x) = 2x: what is known of f, written out."""
        try:
            known, said = self.context.resolved(called), self.context.resolved(right)
        except Unresolved:
            return unchecked(ClaimRelation.EVALUATE)
        assert is_term(known)  # noqa: S101 - for the type checker
        assert is_term(said)  # noqa: S101
        found = equal_terms(known, said, ClaimRelation.EVALUATE, deadline)
        name = called.name if isinstance(called, Call | Sym) else ""
        if found.witness is not None and name.endswith("'"):
            function = self.context.functions[name.rstrip("'")]
            slip = slip_in_derivative(function.body, said, function.letter, deadline)
            return refuted(ClaimRelation.EVALUATE, found.witness, slip)
        return found

    def _judged(self, value: Value, deadline: Deadline) -> ClaimResult:
        if is_term(value):
            if self.expression is None:
                return unchecked(ClaimRelation.DEFINE)
            if isinstance(self.expression, Fold) and is_indefinite(self.expression):
                return antiderivative(self.expression, value, deadline)
            return self._equal(self.expression, value, deadline)
        try:
            premises = [self.context.resolved(premise) for premise in self.premises]
            claim = self.context.resolved(value)
        except Unresolved:
            return unchecked(ClaimRelation.IMPLIES)
        if not premises:
            return self._first(claim, deadline)
        return _followed(premises, claim, deadline)

    def _equal(self, before: Term, after: Term, deadline: Deadline) -> ClaimResult:
        try:
            ours, theirs = self.context.resolved(before), self.context.resolved(after)
        except Unresolved:
            return unchecked(ClaimRelation.EQUAL)
        assert is_term(ours)  # noqa: S101 - for the type checker
        assert is_term(theirs)  # noqa: S101
        found = equal_terms(ours, theirs, ClaimRelation.EQUAL, deadline)
        if found.witness is None:
            return found
        return refuted(ClaimRelation.EQUAL, found.witness, slip_between(ours, theirs, deadline))

    def _first(self, claim: Value, deadline: Deadline) -> ClaimResult:
        """States what is worked on, or is the first thing that follows from the problem."""
        stated = [known for known in self.given if free_names(known) == free_names(claim)]
        if len(stated) != 1 or not isinstance(claim, Comparison | Logic):
            return unchecked(ClaimRelation.DEFINE)
        found = implies(stated, claim, deadline)
        if found.verdict == StepVerdict.REFUTED:
            back = implies([claim], stated[0], deadline)
            if back.verdict == StepVerdict.REFUTED:
                return explained(found, stated[0], claim, deadline)
        is_new = found.verdict == StepVerdict.PROVED and claim != stated[0]
        return found if is_new else unchecked(ClaimRelation.DEFINE)

    def _take(self, value: Value, found: ClaimResult) -> None:
        if found.verdict == StepVerdict.REFUTED:
            self.premises.clear()
        if is_term(value):
            self.expression = value
        elif isinstance(value, _Statement) and found.relation != ClaimRelation.EVALUATE:
            if isinstance(value, Comparison) and value.op == "=":
                self._take_letter(value)
                self.expression = value.right if is_term(value.right) else None
            self.premises.append(value)

    def _take_letter(self, value: Comparison) -> None:
        if isinstance(value.left, Sym) and is_term(value.right) and free_names(value.right):
            self.context.add_letter(value.left.name, value.right)


def _in_time(relation: ClaimRelation, judge: Callable[[], ClaimResult]) -> ClaimResult:
    """What `judge` finds; unchecked where its time ran out."""
    try:
        return judge()
    except (DeadlinePassed, RecursionError):
        return unchecked(relation)


def _is_calculation(chain: Chain) -> bool:
    """12 · 7 = 84, 2 hours = 120 minutes: numbers only, perhaps with units."""
    sides = [read_side(side.text) for side in chain.sides]
    terms = [side.term for side in sides if side.term is not None]
    is_equation = bool(chain.operators) and set(chain.operators) <= {"=", "≈"}
    if not is_equation or len(terms) < len(sides):
        return False
    return not any(map(free_names, terms)) and not calls_unknown(terms)


def _worst(results: Sequence[ClaimResult]) -> ClaimResult:
    """The finding that decides about a line with several claims."""
    order = [StepVerdict.REFUTED, StepVerdict.UNCHECKED, StepVerdict.PROVED]
    return min(results, key=lambda result: order.index(result.verdict))


def _followed(premises: list[Value], claim: Value, deadline: Deadline) -> ClaimResult:
    found = implies(premises, claim, deadline)
    if found.verdict == StepVerdict.REFUTED:
        if is_rounded_solution(premises[-1], claim, deadline):
            return proved(ClaimRelation.APPROXIMATE)
        return explained(found, premises[-1], claim, deadline)
    if found.relation == ClaimRelation.IMPLIES and found.witness and _is_inequality(claim):
        # Implied, but weaker than the line before: a solution is gained on the way.
        weaker = explained(found, premises[-1], claim, deadline)
        if weaker.slip not in ("", "arithmetic") and not is_solved(
            premises[-1], sorted(free_names(claim))
        ):
            return refuted(ClaimRelation.EQUIVALENT, found.witness, weaker.slip)
        return unchecked(ClaimRelation.EQUIVALENT)
    if found.relation == ClaimRelation.EQUIVALENT and is_right_by_luck(
        premises[-1], claim, deadline
    ):
        return unchecked(ClaimRelation.EQUIVALENT)
    return found


def _is_inequality(value: Value) -> bool:
    return any(comparison.op not in ("=", "in") for comparison in comparisons(value))


def equal_terms(
    left: Term, right: Term, relation: ClaimRelation, deadline: Deadline
) -> ClaimResult:
    """Whether two expressions are the same wherever both are defined."""
    equal = same(left, right, deadline).equal
    if equal:
        return proved(relation)
    if equal is None:
        return unchecked(relation)
    witness = where_they_differ(left, right, deadline)
    if witness is None or are_equal_in_degrees(left, right, deadline):
        return unchecked(relation)
    return refuted(relation, witness)


def is_indefinite(integral: Fold) -> bool:
    return integral.kind == "int" and integral.low is None and integral.high is None


def antiderivative(integral: Fold, right: Term, deadline: Deadline) -> ClaimResult:
    """∫ f dx = F + C: the derivative of F is f."""
    try:
        derived = derivative(right, integral.name)
    except NotDifferentiable:
        return unchecked(ClaimRelation.EVALUATE)
    return equal_terms(derived, integral.body, ClaimRelation.EVALUATE, deadline)
