"""Checks a student's working, a line at a time.

A working is a set of facts, not a chain. A line may state what is given, name something, bring in a
formula or a second equation, transform, substitute, choose among solutions, or check. It is
*refuted* only where it contradicts what is known, *proved* where it follows, *given* where it only
names or repeats something, and otherwise unchecked.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from fractions import Fraction

from tutor.grading.numeric import weights
from tutor.grading.numeric.derivatives import NotDifferentiable, differentiate
from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.shapes import expand_plus_minus
from tutor.grading.parsing.tree import (
    BigOperator,
    Bracketed,
    Call,
    Comparison,
    Div,
    Listing,
    Logic,
    Num,
    Quantity,
    Sym,
    Term,
    Unreadable,
    Value,
    Words,
    free_names,
    is_term,
    walk,
)
from tutor.grading.parsing.units import NO_UNIT
from tutor.grading.processes.deadline import (
    Deadline,
    DeadlinePassed,
    has_work_left,
    note_work,
)
from tutor.grading.steps.checks import StepCheck
from tutor.grading.steps.claim_results import (
    ClaimCheck,
    ClaimRelation,
    ClaimResult,
    Slip,
    StepVerdict,
    Witness,
    proved,
    refuted,
    unchecked,
)
from tutor.grading.steps.definitions import Unresolved
from tutor.grading.steps.equal_terms import equal_terms, is_indefinite
from tutor.grading.steps.equation_side import EquationSide
from tutor.grading.steps.implication import implies
from tutor.grading.steps.statements import NO_SOLUTIONS, comparisons, is_solved, says_no_solution
from tutor.grading.steps.wrong_derivatives import slip_in_derivative
from tutor.grading.working.answers import final_result
from tutor.grading.working.claims import Claim, read_claim
from tutor.grading.working.complex_solutions import judge_solutions
from tutor.grading.working.congruences import Congruences
from tutor.grading.working.doubts import is_doubtful
from tutor.grading.working.facts import STATEMENT, Facts
from tutor.grading.working.implications import Implications, agrees
from tutor.grading.working.knowledge.sources import expected_of
from tutor.grading.working.knowledge.vectors import equations_of
from tutor.grading.working.links import are_close, compare_sides, with_slip
from tutor.grading.working.notation import limit_of
from tutor.grading.working.quantities.conversions import repeats
from tutor.grading.working.quantities.values import MeasuredValues
from tutor.grading.working.reading import ReadLine, Role, Statement, read_line
from tutor.grading.working.recall import Recall
from tutor.grading.working.side_names import is_another_event, name_of
from tutor.grading.working.solutions import list_from, solved_value
from tutor.grading.working.task import read_task, stated_in

WITHIN_S = 0.5  # of one statement
_ORIGINAL = re.compile(r"原式|expression|term|ausdruck", re.IGNORECASE)
_LEFT_SIDE = re.compile(
    r"\bLHS\b|\bleft|\blinke|\bLS\b|左边|左式|membre de gauche|izquierd", re.IGNORECASE
)
_RIGHT_SIDE = re.compile(
    r"\bRHS\b|\bright|\brechte|\bRS\b|右边|右式|membre de droite|derech", re.IGNORECASE
)
_SMALL = frozenset([Fraction(0), Fraction(1), Fraction(2)])
MAX_FOLLOWING = 10  # statements in which the other cases are looked for
MAX_EARLIER = 8  # expressions from which a line may go on
MAX_NAMED = 7  # parts of a term to which a line only gives a name
GIVEN = unchecked(ClaimRelation.DEFINE)
UNDECIDED = unchecked(ClaimRelation.IMPLIES)


def check_working(lines: Sequence[str], statement: str = "") -> list[StepCheck]:
    """One check for each line. Never raises.

    statement: of the problem. Without it the first line states the problem. The lines after a
    refuted line are checked against that line, and rest on it. Where the budget that is open has
    no work left, the remaining lines have no claims.
    """
    checks: list[StepCheck] = []
    with suppress(DeadlinePassed):
        for check in WorkingChecker(statement).check(lines):
            checks.append(check)
    return checks + [StepCheck(StepVerdict.UNCHECKED) for _ in lines[len(checks) :]]


@dataclass
class WorkingChecker:
    """line: the number of the line that is being checked, from 0."""

    statement: str
    line: int = 0
    listed: list[Value] = field(default_factory=list)  # solutions judged with those before them
    terms: list[Term] = field(default_factory=list)  # expressions that stood alone, latest last
    name: str = ""  # of the quantity that the latest chain gives
    cases: list[Value] = field(default_factory=list)  # equations that hold in one case only

    def __post_init__(self) -> None:
        self.facts = Facts.of(read_task(self.statement))
        self.terms.extend(reversed(self.facts.task.expressions))
        self.limit = limit_of(self.statement)
        for equation in equations_of(self.facts.task):
            self.facts.add(equation, STATEMENT)
        self.congruences = Congruences.of(self.statement)
        self.recall = Recall(expected_of(self.facts.task))
        self.measured = MeasuredValues(stated_in(self.facts.task))

    def check(self, lines: Sequence[str]) -> Iterator[StepCheck]:
        """Raises DeadlinePassed where the budget that is open has no work left."""
        refuted_number: int | None = None
        self.upcoming: list[ReadLine] = [read_line(line) for line in lines]
        for number, (text, line) in enumerate(zip(lines, self.upcoming, strict=True)):
            self.line = number
            note_work(2 * weights.READING * len(text))
            claims = tuple(self._statements(text, line))
            check = StepCheck(_verdict(claims), claims, refuted_number)
            if check.verdict == StepVerdict.UNCHECKED and not has_work_left():
                raise DeadlinePassed
            yield check
            if check.verdict == StepVerdict.REFUTED and refuted_number is None:
                refuted_number = number

    def _statements(self, text: str, line: ReadLine) -> Iterator[ClaimCheck]:
        suppositions = [s for s in line.statements if s.role == Role.SUPPOSE]
        others = [s for s in line.statements if s.role != Role.SUPPOSE]
        if not line.statements and says_no_solution(text):
            others = [Statement(text.strip(), 0, Role.STEP)]
        for number, statement in enumerate((*suppositions, *others)):
            self.following = [
                *others[max(number + 1 - len(suppositions), 0) :],
                *(s for later in self.upcoming[self.line + 1 :] for s in later.statements),
            ]
            began_at = time.monotonic()
            before = text[: statement.start].rstrip()
            earlier = self._copied() if is_doubtful(text, statement) else None
            try:
                with Deadline.within(WITHIN_S) as deadline:
                    result = self._statement(statement, deadline)
                    if statement.words:
                        is_value = before.endswith(("=", "≈"))
                        result = self._named(result, statement, is_value, deadline)
                        self.name = statement.words.casefold()
            except DeadlinePassed:
                result = UNDECIDED
                self._learn_undecided(statement)
            except (Unreadable, RecursionError):
                result = UNDECIDED
                self.facts.expression = None  # what comes next may go on from this line
            if earlier is not None and result.verdict == StepVerdict.REFUTED:
                result, (self.facts, self.terms) = UNDECIDED, earlier
            seconds = time.monotonic() - began_at
            yield ClaimCheck.of(result, statement.text, statement.start, seconds)

    def _copied(self) -> tuple[Facts, list[Term]]:
        """What is known, for a statement that may turn out to say nothing."""
        facts = replace(self.facts, facts=list(self.facts.facts), values=dict(self.facts.values))
        return facts, list(self.terms)

    def _statement(self, statement: Statement, deadline: Deadline) -> ClaimResult:
        self.facts.definitions.learn_calls(statement.text, self._numbers())
        congruence = self.congruences.judge(statement.text, self.facts, deadline)
        if congruence is not None:
            return congruence
        claim = self._read(statement)
        if statement.supposed:
            return self._supposed(claim, statement, deadline)
        if statement.reason:
            self._suppose(statement.reason)
        result = self._judge(claim, statement, deadline)
        if statement.rejected:
            return proved(result.relation) if result.verdict == StepVerdict.REFUTED else GIVEN
        return result

    def _named(
        self, result: ClaimResult, statement: Statement, is_value: bool, deadline: Deadline
    ) -> ClaimResult:
        """mean = 40/4 = 10: the calculation may be right, and yet not give the mean."""
        claim = self._read(statement)
        if result.verdict == StepVerdict.REFUTED or not claim.sides:
            return result
        recalled = self.recall.judge(statement.words.casefold(), claim.sides[-1], deadline)
        if is_value and not claim.operators:
            self.facts.expression = claim.sides[-1].term  # det = 2·11 - 4, which goes on
        if recalled.is_decided:
            return recalled
        return unchecked(ClaimRelation.EQUAL) if is_value and claim.operators else result

    def _read(self, statement: Statement) -> Claim:
        return self._read_text(statement.text)

    def _read_text(self, text: str) -> Claim:
        called = self.facts.definitions.called
        letters = replace(self.facts.task.letters, variables=self.facts.names)
        return read_claim(text, called, self._unknowns(), self.limit, letters)

    def _listed(self, claim: Claim, deadline: Deadline) -> ClaimResult | None:
        """The result for one of several solutions that are listed; None for anything else."""
        value = solved_value(claim)
        if value is None:
            return None
        if value in self.listed:
            self.listed.remove(value)
            return proved(ClaimRelation.SOLVE)
        solutions = list_from(claim, self.following, self._read)
        if solutions is None:
            return None
        whole = Implications(self.facts, deadline).judge(solutions.whole)
        if whole.verdict != StepVerdict.PROVED:
            return None
        self.listed = list(solutions.members[1:])
        self.facts.add(solutions.whole, self.line)
        return whole

    def _judge(self, claim: Claim, statement: Statement, deadline: Deadline) -> ClaimResult:
        listed = self._listed(claim, deadline)
        if listed is not None:
            return listed
        if statement.role == Role.SUPPOSE:
            self._learn(claim, statement)
            return GIVEN
        if claim.operators:
            return self._chain(claim, statement, deadline)
        assert claim.value is not None  # noqa: S101 - a claim without a chain has a value
        if claim.value == NO_SOLUTIONS or isinstance(claim.value, Words):
            return self._no_solutions(claim.value, deadline)
        if any(side.unit != NO_UNIT and self.measured.is_stated(side) for side in claim.sides):
            return GIVEN
        if is_term(claim.value) or isinstance(claim.value, Quantity | Bracketed):
            return self._alone(claim.value, statement, deadline)
        if isinstance(claim.value, Listing) and self.measured.are_stated(claim.value.parts):
            return GIVEN
        if isinstance(claim.value, Listing) and self._repeats(claim.value.parts, deadline):
            return proved(ClaimRelation.EQUAL)
        result = (
            self._final(claim.value, statement, deadline)
            or judge_solutions(claim.value, self.facts, deadline)
            or self._fact(claim.value, deadline)
        )
        self._take(claim.value, result, statement)
        return result

    def _no_solutions(self, value: Value, deadline: Deadline) -> ClaimResult:
        """The words "no solution", about the latest equation in one variable."""
        single = [fact.value for fact in self.facts.facts if len(fact.names) == 1]
        is_other = isinstance(value, Words) and not says_no_solution(value.text)
        if not single or is_other:
            return UNDECIDED
        return implies([single[-1]], NO_SOLUTIONS, deadline)

    def _repeats(self, values: Sequence[Value], deadline: Deadline) -> bool:
        """Angles: 30°, 60°, 90°, each found before or an expression of the statement."""
        terms = [*reversed(self.terms), *self.facts.values.values()][:12]
        terms += [self._with_known(term) for term in self.facts.task.expressions]
        known = [term for term in terms if not free_names(term)]
        return all(
            is_term(value) and any(same_value(term, value, deadline).equal for term in known)
            for value in values
        )

    # Names

    def _numbers(self) -> frozenset[str]:
        """Variables that are known to stand for numbers, so that x(2) is a product."""
        names = frozenset[str]().union(*(fact.names for fact in self.facts.facts))
        return names - self.facts.definitions.functions.keys()

    def _unknowns(self) -> frozenset[str]:
        """The variables for which equations are to be solved."""
        equations = [f for f in self.facts.facts if isinstance(f.value, Comparison | Logic)]
        names = frozenset[str]().union(*(fact.names for fact in equations))
        return names or self.facts.task.names

    # Terms that stand alone

    def _alone(self, value: Value, statement: Statement, deadline: Deadline) -> ClaimResult:
        """A term: the next form of an expression, or the answer."""
        if statement.words and is_term(value) and free_names(value):
            self.facts.expression = value  # Area = l × w
        if statement.role == Role.ANSWER or statement.words:
            return self._answer(value, deadline)
        if not is_term(value):
            return UNDECIDED
        result = self._next_form(value, deadline)
        self.terms.append(value)
        self.facts.expression = value
        return result

    def _next_form(self, term: Term, deadline: Deadline) -> ClaimResult:
        if not self.terms:
            return GIVEN
        if term == self.terms[-1] and len(self.terms) == len(self.facts.task.expressions):
            return GIVEN
        results: list[ClaimResult] = []
        for known in reversed(self.terms[-6:]):
            sides = (EquationSide("", known), EquationSide("", term))
            result = compare_sides(*sides, "=", self.facts, deadline)
            if result.verdict == StepVerdict.PROVED:
                return result
            is_same_kind = free_names(known) == free_names(term) and self._must_equal(known)
            if is_same_kind and result.verdict == StepVerdict.REFUTED:
                results.append(with_slip(result, known, term, deadline))
        return results[0] if results else unchecked(ClaimRelation.EQUAL)

    def _must_equal(self, known: Term) -> bool:
        """Whether the next term can only be another form of this one."""
        return self.facts.task.transforms or known not in self.facts.task.expressions

    def _answer(self, value: Value, deadline: Deadline) -> ClaimResult:
        """It repeats a value that was worked out before."""
        if isinstance(value, Bracketed):
            return self._point(value, deadline)
        amount = value.amount if isinstance(value, Quantity) else value
        if not is_term(amount):
            return UNDECIDED
        known = [*reversed(self.terms), *self.facts.values.values()]
        for term in known[:12]:
            if same_value(term, amount, deadline).equal:
                return proved(ClaimRelation.EQUAL)
        for term in known[:4]:
            if not free_names(term) and repeats(term, amount, deadline):
                return proved(ClaimRelation.APPROXIMATE)
        return UNDECIDED

    def _point(self, point: Bracketed, deadline: Deadline) -> ClaimResult:
        """min (1, -2): it lies on the graph of the only function."""
        functions = list(self.facts.definitions.functions.values())
        parts = [part for part in point.parts if is_term(part)]
        if not functions or len(parts) != 2:
            return UNDECIDED
        is_on_graph = same_value(functions[0].at(parts[0]), parts[1], deadline).equal
        return proved(ClaimRelation.EVALUATE) if is_on_graph else UNDECIDED

    # Chains

    def _chain(self, claim: Claim, statement: Statement, deadline: Deadline) -> ClaimResult:
        """a = b = c: the first two sides as a statement, then each side against the one before."""
        sides = list(claim.sides)
        if not claim.sides[0].text:
            begun = self._side_named(statement.words) if statement.words else self.facts.expression
            if begun is None:
                self.facts.expression = sides[-1].term
                known = sides[-1].term
                if known is not None and not free_names(known) and len(sides) == 2:
                    return self._answer(known, deadline)  # ≈ 9274
                return UNDECIDED
            sides[0] = EquationSide("", begun)
        results = [self._first_link(sides, claim, statement, deadline)]
        name = self._name_of(sides[0], continues=not claim.sides[0].text)
        if name and not claim.sides[0].text:
            recalled = self.recall.judge(name, sides[1], deadline)
            results = [recalled] if recalled.is_decided else results
        if not claim.sides[0].text and results[0].verdict == StepVerdict.REFUTED:
            results[0] = self._from_earlier(sides[1], claim.operators[0], results[0], deadline)
        for left, right, operator in zip(sides[1:], sides[2:], claim.operators[1:], strict=False):
            result = self._further_link(left, right, operator, deadline)
            recalled = self.recall.judge(name, right, deadline) if name else result
            is_better = recalled.verdict == StepVerdict.REFUTED or not result.is_decided
            results.append(recalled if is_better and recalled.is_decided else result)
            if recalled.verdict == StepVerdict.PROVED and not results[0].is_decided and name:
                results[0] = recalled  # m = y'(3) = 6
        if name and claim.sides[0].text:
            self.measured.learn(name, sides[1:])
        last = sides[-1].term
        is_refuted = any(result.verdict == StepVerdict.REFUTED for result in results)
        first = sides[0].term if sides[-1].unit in (NO_UNIT, sides[1].unit) else None
        if len(sides) > 2 and claim.sides[0].text and not is_refuted and first and last:
            self.facts.add(Comparison("=", first, last), self.line, statement.label)
        if last is not None:
            self.facts.expression = last
            self.terms.append(last)
        result = _worst(results)
        is_set_up = results[0] == GIVEN and not self.measured.is_stated(sides[1])
        return GIVEN if is_set_up and result.verdict == StepVerdict.PROVED else result

    def _name_of(self, side: EquationSide, continues: bool) -> str:
        """Of A = …, of p% = …, and of a chain that goes on from the line before."""
        if not continues:
            self.name = name_of(side.term)
        return self.name

    def _from_earlier(
        self, side: EquationSide, operator: str, otherwise: ClaimResult, deadline: Deadline
    ) -> ClaimResult:
        """A line that goes on from an earlier expression, with a note on the side between."""
        for term in reversed(self.terms[-MAX_EARLIER:]):
            result = compare_sides(EquationSide("", term), side, operator, self.facts, deadline)
            if result.verdict == StepVerdict.PROVED:
                return result
        return otherwise

    def _side_named(self, words: str) -> Term | None:
        """The side of the statement's equation, or its expression, that words stand for."""
        task = self.facts.task
        if _ORIGINAL.search(words):
            return task.expressions[0] if task.expressions else None
        for pattern, side in ((_LEFT_SIDE, "left"), (_RIGHT_SIDE, "right")):
            if pattern.search(words) and task.equations:
                term = getattr(task.equations[-1], side, None)
                return term if term is not None and is_term(term) else None
        return None

    def _first_link(
        self, sides: list[EquationSide], claim: Claim, statement: Statement, deadline: Deadline
    ) -> ClaimResult:
        left, right, operator = sides[0], sides[1], claim.operators[0]
        if not claim.sides[0].text:
            return self._further_link(left, right, operator, deadline)
        assert left.term is not None  # noqa: S101 - read_claim reads all sides with a text
        assert right.term is not None  # noqa: S101
        equation = Comparison("=" if operator == "≈" else operator, left.term, right.term)
        result = self._final(equation, statement, deadline)
        result = result or judge_solutions(equation, self.facts, deadline)
        if result is None:
            result = self._equation(equation, left, right, operator, deadline)
        if self.measured.is_backwards(left, right):
            witness = Witness({}, latex(left.term), latex(right.term))
            return refuted(ClaimRelation.EQUAL, witness, Slip.UNIT_CONVERSION)
        if self.measured.are_amounts(left, sides[-1]) and result != GIVEN:
            result = self._table_row(left, sides[-1])
        self._take(equation, result, statement)
        return result

    def _table_row(self, left: EquationSide, right: EquationSide) -> ClaimResult:
        """3 kg = 7.50 €, then 1 kg = 2.50 €: so much of this is so much of that."""
        if left.percent and left.term is not None and right.term is not None:
            base = replace(right, term=Div(right.term, left.term))
            with Deadline.within(WITHIN_S) as deadline:
                return self.recall.judge("grundwert", base, deadline)
        if self.measured.is_stated(left) and self.measured.is_stated(right):
            self.measured.learn_pair(left, right)
            return GIVEN
        if self.measured.follows_from_pairs(left, right):
            self.measured.learn_pair(left, right)
            return proved(ClaimRelation.EQUAL)
        return unchecked(ClaimRelation.EQUAL)

    def _further_link(
        self, left: EquationSide, right: EquationSide, operator: str, deadline: Deadline
    ) -> ClaimResult:
        result = compare_sides(left, right, operator, self.facts, deadline)
        if result.verdict != StepVerdict.REFUTED or left.term is None or right.term is None:
            return result
        substituted = self._substituted(left, right, operator, deadline)
        if substituted.is_decided:
            return with_slip(substituted, left.term, right.term, deadline)
        if free_names(left.term) and not free_names(right.term):
            equation = Comparison("=", left.term, right.term)
            implied = self._fact(equation, deadline)
            self.facts.add(equation, self.line)
            return implied if implied.is_decided else GIVEN  # 3x² - 3 = 0, a condition
        return with_slip(result, left.term, right.term, deadline)

    def _substituted(
        self, left: EquationSide, right: EquationSide, operator: str, deadline: Deadline
    ) -> ClaimResult:
        """Both sides with the known values put in."""
        assert left.term is not None  # noqa: S101 - only readable sides come here
        assert right.term is not None  # noqa: S101
        before, after = self._with_known(left.term), self._with_known(right.term)
        if (before, after) == (left.term, right.term):
            return unchecked(ClaimRelation.SUBSTITUTE)
        if free_names(before) and not free_names(after):
            return unchecked(ClaimRelation.SUBSTITUTE)  # s : t = 156 : 2 with t = 2
        sides = replace(left, term=before), replace(right, term=after)
        result = compare_sides(*sides, operator, self.facts, deadline)
        terms = (part for term in (left.term, right.term) for part in walk(term))
        is_bound = any(isinstance(part, BigOperator) for part in terms)
        if result.verdict == StepVerdict.REFUTED and is_bound:
            return unchecked(ClaimRelation.SUBSTITUTE)  # ∫u³ du is in another variable
        return replace(result, relation=ClaimRelation.SUBSTITUTE) if result.is_decided else result

    def _with_known(self, term: Term) -> Term:
        value = self.facts.with_values(self.facts.with_definitions(term))
        assert is_term(value)  # noqa: S101 - terms put into a term make a term
        return value

    # Equations and other statements

    def _equation(
        self,
        equation: Comparison,
        left: EquationSide,
        right: EquationSide,
        operator: str,
        deadline: Deadline,
    ) -> ClaimResult:
        if self.facts.definitions.define(equation):
            recalled = self._recalled(equation, left, right, deadline)
            return recalled if recalled.is_decided else GIVEN
        evaluated = self._evaluation(equation, deadline) or self._antiderived(equation, deadline)
        if evaluated is not None:
            return evaluated
        if operator in ("=", "≈") or not free_names(equation):
            result = compare_sides(left, right, operator, self.facts, deadline)
            is_antiderivative = isinstance(left.term, BigOperator) and is_indefinite(left.term)
            if result.verdict == StepVerdict.PROVED or not free_names(equation):
                return with_slip(result, left.term, right.term, deadline)  # type: ignore[arg-type]
            if is_antiderivative:
                return with_slip(result, left.term, right.term, deadline)  # type: ignore[arg-type]
        if (known := self._known_value(left, right, operator, deadline)) is not None:
            return known
        if (recalled := self._recalled(equation, left, right, deadline)).is_decided:
            return self._better_named(recalled, equation, deadline)
        if self._starts_from_expression(equation):
            return with_slip(result, left.term, right.term, deadline)  # type: ignore[arg-type]
        result = self._fact(equation, deadline)
        if result.verdict == StepVerdict.REFUTED:
            names = free_names(equation).union(*(f.names for f in self.facts.facts))
            mixed = self.measured.are_mixed(names, [left, right])
            mixed = mixed or is_another_event(left.term, right.term)
            named = self._with_slip_of_sides(result, equation, deadline)
            return unchecked(result.relation) if mixed else named
        is_stated = not result.is_decided and self.measured.is_stated(right)
        return GIVEN if is_stated and isinstance(left.term, Sym) else result

    def _with_slip_of_sides(
        self, result: ClaimResult, equation: Comparison, deadline: Deadline
    ) -> ClaimResult:
        """a² = 4·cos 60° after a² = 74 - 70·cos 60°: the mistake is in the right side."""
        for fact in reversed(self.facts.facts):
            match fact.value:
                case Comparison("=", left, right) if left == equation.left and is_term(right):
                    return with_slip(result, right, equation.right, deadline)
        return result

    def _better_named(
        self, recalled: ClaimResult, equation: Comparison, deadline: Deadline
    ) -> ClaimResult:
        """What the lines before say of a mistake, where they explain it."""
        if recalled.verdict != StepVerdict.REFUTED:
            return recalled
        result = self._fact(equation, deadline)
        is_named = result.slip not in (Slip.NONE, Slip.ARITHMETIC)
        return result if result.verdict == StepVerdict.REFUTED and is_named else recalled

    def _recalled(
        self, equation: Comparison, left: EquationSide, right: EquationSide, deadline: Deadline
    ) -> ClaimResult:
        name = self._name_of(left, continues=False)
        if name:
            recalled = self.recall.judge(name, right, deadline)
            if recalled.is_decided:
                return recalled
        if isinstance(left.term, Sym) and not free_names(equation.right):
            return UNDECIDED
        return self.recall.judge_equation(equation, deadline)

    def _known_value(
        self, left: EquationSide, right: EquationSide, operator: str, deadline: Deadline
    ) -> ClaimResult | None:
        """x ≈ 1.89 after x = ln 8 / ln 3; None where the value is no other form of a known one."""
        if not isinstance(left.term, Sym) or right.term is None or free_names(right.term):
            return None
        value = self.facts.values.get(left.term.name)
        if value is None:
            return None
        unit = self.measured.unit_of.get(left.term.name, NO_UNIT)
        known = EquationSide("", value, unit=unit)
        result = compare_sides(known, right, operator, self.facts, deadline)
        if operator == "≈" and are_close(value, right.term, deadline):
            return proved(ClaimRelation.APPROXIMATE)
        is_conversion = unit != right.unit and unit.dimension == right.unit.dimension
        return result if result.verdict == StepVerdict.PROVED or is_conversion else None

    def _starts_from_expression(self, equation: Comparison) -> bool:
        """x² - 5x + 6 = …, where the task asks for another form of x² - 5x + 6."""
        task = self.facts.task
        is_asked = task.transforms and not task.equations
        return is_asked and equation.op == "=" and equation.left in self.terms

    def _antiderived(self, equation: Comparison, deadline: Deadline) -> ClaimResult | None:
        """v = eˣ after dv = eˣ dx; None for anything else."""
        left, right = equation.left, equation.right
        if not isinstance(left, Sym) or not is_term(right) or len(free_names(right)) != 1:
            return None
        for fact in self.facts.facts:
            match fact.value:
                case Comparison("=", Sym(name), known) if name == f"{left.name}'":
                    [variable] = free_names(right)
                    try:
                        derived = differentiate(right, variable)
                    except NotDifferentiable:
                        return None
                    assert is_term(known)  # noqa: S101 - `read_claim` reads terms beside =
                    return equal_terms(known, derived, ClaimRelation.EVALUATE, deadline)
        return None

    def _evaluation(self, equation: Comparison, deadline: Deadline) -> ClaimResult | None:
        """f(2) = 5, y' = 2x: the definition of f, written out; None for anything else."""
        left, right = equation.left, equation.right
        if equation.op != "=" or not is_term(left) or not is_term(right):
            return None
        match left:
            case Call(name, (argument,)) if self.facts.definitions.defines(name):
                if isinstance(argument, Sym) and not free_names(right):
                    return None  # f'(x) = 0 asks for x
            case Sym(name) if "'" in name and self.facts.definitions.defines(name):
                pass
            case _:
                return None
        sides = (EquationSide("", left), EquationSide("", right))
        result = compare_sides(*sides, "=", self.facts, deadline)
        if result.is_decided:
            result = replace(result, relation=ClaimRelation.EVALUATE)
        if result.verdict == StepVerdict.REFUTED and result.witness and name.endswith("'"):
            function = self.facts.definitions.functions[name.rstrip("'")]
            for _ in range(name.count("'") - 1):
                function = function.derived()
            slip = slip_in_derivative(function.body, right, function.variable, deadline)
            return refuted(ClaimRelation.EVALUATE, result.witness, slip)
        return result

    def _fact(self, value: Value, deadline: Deadline) -> ClaimResult:
        """An equation, an inequality or a list of solutions, against all that is known."""
        written = value
        try:
            value = expand_plus_minus(self.facts.resolved(value))
        except Unresolved:
            return UNDECIDED
        if "y'" in free_names(value) - self.facts.names:
            self.facts.add_implicit_derivatives(self.line)
        if any(fact.value == value for fact in self.facts.facts):
            return GIVEN
        if not self.facts.facts and not self.statement:
            return GIVEN  # without a statement the first line states the problem
        result = Implications(self.facts, deadline).judge(value)
        if result.verdict == StepVerdict.REFUTED and self._is_condition(value, deadline):
            return GIVEN
        if result.verdict == StepVerdict.REFUTED and self._opens_case(value, deadline):
            self.cases.append(value)
            return proved(ClaimRelation.SOLVE)
        if not result.is_decided and self._is_given(written):
            return GIVEN
        return result

    def _opens_case(self, value: Value, deadline: Deadline) -> bool:
        """x - 7 = 0 after (x - 7)(x + 2) = 0, where later lines have the other solutions."""
        names = free_names(value)
        premises = [fact.value for fact in self.facts.about(names)]
        if len(names) != 1 or not premises:
            return False
        premise = premises[-1]
        cases = [value, *(case for case in self.cases if free_names(case) == names)]
        for statement in self.following[:MAX_FOLLOWING]:
            try:
                later = _single(self._read(statement))
            except (Unreadable, RecursionError):
                continue
            if later is not None and free_names(later) == names and later not in cases:
                cases.append(later)
        sound = [case for case in cases if agrees(case, premise, deadline)]
        if value not in sound or len(sound) < 2:
            return False
        parts = tuple(part for c in sound for part in (c.parts if isinstance(c, Logic) else (c,)))
        whole = implies([premise], Logic("or", parts), deadline)
        return whole.verdict != StepVerdict.REFUTED

    def _final(self, value: Value, statement: Statement, deadline: Deadline) -> ClaimResult | None:
        """An answer to the statement's own equations; None for anything else."""
        if statement.role != Role.ANSWER:
            return None
        value = expand_plus_minus(value)
        earlier = [fact.value for fact in self.facts.about(free_names(value)) if fact.line >= 0]
        listed = [v for v in earlier if is_solved(v) and all(c.op == "=" for c in comparisons(v))]
        if listed and is_solved(value):
            value = Logic("or", (*listed, value))  # "the second solution is …"
        return final_result(value, self.facts.task, deadline)

    def _is_condition(self, value: Value, deadline: Deadline) -> bool:
        """x > 0 or x ≠ 3, which chooses among the solutions instead of following from them."""
        match value:
            case Comparison("<" | "<=" | ">" | ">=" | "!=", Sym(name), bound):
                if not is_term(bound) or free_names(bound):
                    return False
            case _:
                return False
        about = [fact.value for fact in self.facts.about(frozenset([name]))]
        equations = [v for v in about if all(c.op == "=" for c in comparisons(v))]
        if len(equations) < len(about):
            return False
        converses = (implies([value], equation, deadline) for equation in equations)
        return all(c.verdict != StepVerdict.PROVED for c in converses)

    def _is_given(self, value: Value) -> bool:
        """Whether the line only tells what the statement says, or gives a name."""
        if not isinstance(value, Comparison) or not is_term(value.right):
            return False
        if isinstance(value.left, Call) and self.facts.definitions.defines(value.left.name):
            return not free_names(value.right)  # f'(x) = 0, a condition
        if isinstance(value.left, Sym) and value.left.name not in self.facts.names:
            if "'" in value.left.name and not self.facts.definitions.defines(value.left.name):
                return True  # dv = eˣ dx names v
            names = free_names(value.right)
            if names:
                return value.op == "=" and names <= self.facts.names and _is_short(value)
            number = rational_value(value.right)
            return number is not None and abs(number) in self.facts.task.numbers
        return self._sets_up(value)

    def _sets_up(self, value: Comparison) -> bool:
        """An equation that puts the words of the statement into a formula, with its numbers."""
        task = self.facts.task
        is_new = not any(fact.names & free_names(value) for fact in self.facts.facts[:1])
        if task.equations or not free_names(value) or not task.numbers:
            return False
        numbers = {part.value for part in walk(value) if isinstance(part, Num)}
        return is_new and bool(numbers & task.numbers) and numbers <= task.numbers | _SMALL

    # What later lines may use

    def _take(self, value: Value, result: ClaimResult, statement: Statement) -> None:
        if result.verdict == StepVerdict.REFUTED:
            self.facts.forget(free_names(value))
        elif result.is_decided and self._is_evaluation(value):
            return
        if value in self.cases:
            return  # it holds in one case only
        self._learn_value(value, statement)

    def _learn_undecided(self, statement: Statement) -> None:
        """A line that could not be decided in time counts as a premise like any other."""
        claim = self._read(statement)
        if claim.operators:
            last = claim.terms[-1]
        else:
            last = claim.value if claim.value is not None and is_term(claim.value) else None
        if last is not None:
            self.terms.append(last)
            self.facts.expression = last
        self._learn(claim, statement)

    def _is_evaluation(self, value: Value) -> bool:
        """f(2) = 5, y' = 2x: it tells nothing new of a variable."""
        if not isinstance(value, Comparison):
            return False
        name = value.left.name if isinstance(value.left, Call | Sym) else ""
        return (
            self.facts.definitions.defines(name) and not isinstance(value.left, Sym)
        ) or "'" in name

    def _learn(self, claim: Claim, statement: Statement) -> None:
        if claim.value is not None:
            self._learn_value(claim.value, statement)
            return
        for left, right, operator in zip(
            claim.terms, claim.terms[1:], claim.operators, strict=False
        ):
            if left is not None and right is not None and operator == "=":
                equation = Comparison("=", left, right)
                self.facts.definitions.define(equation)
                self._learn_value(equation, statement)

    def _learn_value(self, value: Value, statement: Statement) -> None:
        if is_term(value):
            return
        if isinstance(value, Comparison) and value.op == "=":
            left, right = value.left, value.right
            if isinstance(left, Sym) and is_term(right) and free_names(right) - {left.name}:
                self.facts.definitions.add_variable(left.name, right)
        self.facts.add(expand_plus_minus(value), self.line, statement.label)

    # Under a supposition

    def _suppose(self, text: str) -> None:
        try:
            claim = self._read_text(text)
        except (Unreadable, RecursionError):
            return
        if len(claim.terms) == 2 and None not in claim.terms:
            left, right = claim.terms
            self.facts.add(Comparison(claim.operators[0], left, right), self.line)  # type: ignore[arg-type]

    def _supposed(self, claim: Claim, statement: Statement, deadline: Deadline) -> ClaimResult:
        """check x = -3: …, with the value put in; what holds then is known of no other case."""
        whole = self.facts
        self.facts = replace(whole, facts=list(whole.facts), values=dict(whole.values))
        try:
            names = self._put_in(self._read_text(statement.supposed))
            if claim.operators:
                result = self._case(claim, deadline)
            else:
                result = self._judge(claim, replace(statement, supposed=""), deadline)
        finally:
            self.facts = whole
        if result.verdict != StepVerdict.REFUTED and not names & claim.names:
            self._learn(claim, statement)  # x = 1: 4 = 2A tells of A in every case
        return result

    def _put_in(self, supposed: Claim) -> frozenset[str]:
        """Take a supposition, such as x = -3, (3, 4) or f'(x) = 0; the names that it fixes."""
        if isinstance(supposed.value, Bracketed):
            point = [part for part in supposed.value.parts if is_term(part)]
            pairs = dict(zip(("x", "y", "z"), point, strict=False))
            self.facts.values.update(pairs)
            return frozenset(pairs)
        terms = [term for term in supposed.terms if term is not None]
        if len(terms) != 2:
            return supposed.names
        left, right = terms
        if isinstance(left, Sym):
            self.facts.values[left.name] = right
            return supposed.names
        self.facts.add(Comparison(supposed.operators[0], left, right), self.line)
        return frozenset()

    def _case(self, claim: Claim, deadline: Deadline) -> ClaimResult:
        if not claim.operators:
            return UNDECIDED
        results: list[ClaimResult] = []
        sides = list(claim.sides)
        if not sides[0].text and self.facts.expression is not None:
            sides[0] = EquationSide("", self.facts.expression)
        for left, right, operator in zip(sides, sides[1:], claim.operators, strict=False):
            if left.term is None or right.term is None:
                return UNDECIDED
            result = compare_sides(left, right, operator, self.facts, deadline)
            if result.verdict != StepVerdict.PROVED:
                result = self._substituted(left, right, operator, deadline)
            if not result.is_decided:
                result = self._fact(Comparison(operator, left.term, right.term), deadline)
            results.append(result)
        return _worst(results)


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


def _verdict(claims: Sequence[ClaimCheck]) -> StepVerdict:
    verdicts = {claim.verdict for claim in claims if not claim.is_definition}
    if StepVerdict.REFUTED in verdicts:
        return StepVerdict.REFUTED
    return StepVerdict.PROVED if verdicts == {StepVerdict.PROVED} else StepVerdict.UNCHECKED


def _worst(results: Sequence[ClaimResult]) -> ClaimResult:
    """The result that decides about several links."""
    order = [StepVerdict.REFUTED, StepVerdict.UNCHECKED, StepVerdict.PROVED]
    decisive = [result for result in results if result != GIVEN] or list(results)
    return min(decisive, key=lambda result: order.index(result.verdict))
