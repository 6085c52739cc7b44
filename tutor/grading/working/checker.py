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
from itertools import pairwise

from tutor.grading.numeric import operation_work
from tutor.grading.parsing.tree import (
    Bracketed,
    Comparison,
    Listing,
    Logic,
    Quantity,
    Sym,
    Term,
    Unreadable,
    Value,
    Words,
    free_names,
    is_term,
)
from tutor.grading.parsing.units import NO_UNIT
from tutor.grading.processes.work_budget import (
    WorkBudget,
    WorkBudgetSpent,
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
    proved,
    unchecked,
)
from tutor.grading.steps.equation_side import EquationSide
from tutor.grading.steps.implication import implies
from tutor.grading.steps.statements import NO_SOLUTIONS, says_no_solution
from tutor.grading.working.antiderivatives import calls_antiderivative, value_at_bound
from tutor.grading.working.certainty.doubt import Doubt
from tutor.grading.working.certainty.gate import RefutationGate
from tutor.grading.working.certainty.half_read import is_misread
from tutor.grading.working.claim_reader import Claim
from tutor.grading.working.congruences import judge_divisibility, says_congruent
from tutor.grading.working.facts import Facts
from tutor.grading.working.judges.chain_judge import ChainJudge, minutes_as_decimals
from tutor.grading.working.judges.equation_judge import EquationJudge
from tutor.grading.working.judges.event_judge import judge_event
from tutor.grading.working.judges.expression_judge import ExpressionJudge
from tutor.grading.working.judges.implication_judge import ImplicationJudge
from tutor.grading.working.judges.no_solutions import (
    is_impossible_case,
    is_whole,
    judge_no_solutions,
)
from tutor.grading.working.judges.side_comparison import compare_sides, with_slip_between_sides
from tutor.grading.working.knowledge.concept_words import is_concept
from tutor.grading.working.limits import as_limit, limit_called
from tutor.grading.working.matrices import as_matrix
from tutor.grading.working.notation import is_letter_e, mark_bounds
from tutor.grading.working.progress import GIVEN, MAX_STATEMENT_WORK_S, UNDECIDED, Progress
from tutor.grading.working.reading import ReadLine, Role, Statement, read_line
from tutor.grading.working.reading.statement import NO_SOLUTION
from tutor.grading.working.smallest_changes import named_by_change
from tutor.grading.working.solution_lists.complex_solutions import judge_solutions
from tutor.grading.working.solution_lists.extrema import judge_extremum, words_behind
from tutor.grading.working.solution_lists.listed_solutions import list_from, solved_value
from tutor.grading.working.solution_lists.points import judge_point, named_point

_EQUIVALENT = ("<=>", "⇔", "⟺", "⟷", "\\iff", "\\Leftrightarrow")
MAX_NAMING_WORK_S = 0.05
_HEAD = re.compile(r"([A-Za-z]\s?=\s?[-−]?\d{1,4}|\d{1,3}\s?%)\s+:\s++([^=:]++=.+)$")


def check_working(lines: Sequence[str], statement: str = "") -> list[StepCheck]:
    """One check for each line. Never raises.

    statement: of the problem. Without it the first line states the problem. The lines after a
    refuted line are checked against that line, and rest on it. Where the budget that is open has
    no work left, the remaining lines have no claims.
    """
    checks: list[StepCheck] = []
    with suppress(WorkBudgetSpent):
        for check in WorkingChecker(statement).check(lines):
            checks.append(check)
    return checks + [StepCheck(StepVerdict.UNCHECKED) for _ in lines[len(checks) :]]


@dataclass
class WorkingChecker:
    """listed: solutions that were judged together with those before them.

    previous: the statement that was judged last. words_behind: those that tell what a value is.
    is_impossible: whether the case before the words "no solution" has none, as e^x = -2.
    before_case: what is known in every case, while lines hold in one.
    """

    statement: str
    listed: list[Value] = field(default_factory=list)
    previous: Statement | None = None
    words_behind: str = ""
    is_impossible: bool = False
    before_case: tuple[Facts, list[Term]] | None = None

    def __post_init__(self) -> None:
        self.progress = Progress(self.statement)
        self.equations = EquationJudge(self.progress)
        self.expressions = ExpressionJudge(self.progress)
        self.chains = ChainJudge(self.progress, self.equations, self.expressions)

    def check(self, lines: Sequence[str]) -> Iterator[StepCheck]:
        """Raises WorkBudgetSpent where the budget that is open has no work left."""
        refuted_number: int | None = None
        self.progress.has_letter_e = is_letter_e(self.statement, lines)
        self.upcoming: list[ReadLine] = [read_line(line) for line in lines]
        self.gate = RefutationGate(self.progress, lines, self.upcoming)
        for number, (text, line) in enumerate(zip(lines, self.upcoming, strict=True)):
            self.progress.line = number
            self.gate.enter(text)
            note_work(2 * operation_work.READING * len(text))
            self._leave_case(line)
            claims = tuple(self._statements(text, line))
            check = StepCheck(_verdict(claims), claims, refuted_number)
            if check.verdict == StepVerdict.UNCHECKED and not has_work_left():
                raise WorkBudgetSpent
            yield check
            if check.verdict == StepVerdict.REFUTED and refuted_number is None:
                refuted_number = number

    def _leave_case(self, line: ReadLine) -> None:
        """What was found in a case is known in no other, and not where the solutions are listed."""
        is_end = any(s.role == Role.ANSWER or " or " in s.text for s in line.statements)
        if self.before_case is not None and (self.gate.opens_case or is_end):
            self.progress.facts, self.progress.terms = self.before_case
            self.before_case, self.progress.has_case = None, self.gate.opens_case
        if self.gate.opens_case:
            self.before_case = self._copied()

    def _statements(self, text: str, line: ReadLine) -> Iterator[ClaimCheck]:
        suppositions = [s for s in line.statements if s.role == Role.SUPPOSE]
        others = [s for s in line.statements if s.role != Role.SUPPOSE]
        if len(line.statements) > 1:  # with m, n in Z
            others = [s for s in others if not (len(s.text) == 1 and s.text.isalpha())]
        if not line.statements and says_no_solution(text):
            others = [Statement(text.strip(), 0, Role.STEP)]
        for number, statement in enumerate((*suppositions, *others)):
            self.progress.following = [
                *others[max(number + 1 - len(suppositions), 0) :],
                *(s for later in self.upcoming[self.progress.line + 1 :] for s in later.statements),
            ]
            began_at = time.monotonic()
            statement = self._with_left_side(statement)
            self.words_behind = words_behind(text, statement)
            before = text[: statement.start].rstrip()
            earlier = self._copied()
            self.progress.reads_surely = self.gate.reads_surely(statement)
            self.gate.knows_words = calls_antiderivative(
                statement.words, self.progress.terms, self.progress.facts.task
            )
            try:
                with WorkBudget(MAX_STATEMENT_WORK_S) as budget:
                    result = self._statement(statement, budget)
                    result = self._both_ways(result, statement, before, budget)
                    if statement.words:
                        is_value = before.endswith(("=", "≈"))
                        result = self._named(result, statement, is_value, budget)
                        self.progress.name = statement.words.casefold()
            except WorkBudgetSpent:
                result = UNDECIDED
                self.progress.learn_undecided(statement)
            except (Unreadable, RecursionError):
                result = UNDECIDED
                self.progress.facts.expression = None  # what comes next may go on from this line
            doubt = self._doubt(statement, result, earlier)
            if doubt is None and result.verdict == StepVerdict.REFUTED:
                result = self._named_by_change(result, statement, earlier[0])
            if doubt or (not result.is_decided and is_misread(text, statement)):
                result, (self.progress.facts, self.progress.terms) = UNDECIDED, earlier
            if doubt == Doubt.CONDITION:
                result = GIVEN
                self.progress.learn(self.progress.read_statement(statement), statement)
            seconds = time.monotonic() - began_at
            yield ClaimCheck.of(result, statement.text, statement.start, seconds)

    def _doubt(
        self, statement: Statement, result: ClaimResult, earlier: tuple[Facts, list[Term]]
    ) -> Doubt | None:
        """Why a refutation is not certain, by what was known before."""
        if result.verdict != StepVerdict.REFUTED:
            return None
        facts, self.progress.facts = self.progress.facts, earlier[0]
        try:
            claim = self.progress.read_statement(statement)
            with WorkBudget(MAX_STATEMENT_WORK_S) as budget:
                return self.gate.doubt(statement, claim, result, budget)
        except (WorkBudgetSpent, Unreadable, RecursionError):
            return None
        finally:
            self.progress.facts = facts

    def _named_by_change(
        self, result: ClaimResult, statement: Statement, earlier: Facts
    ) -> ClaimResult:
        with suppress(WorkBudgetSpent, Unreadable, RecursionError):
            sides = [s for s in self.progress.read_statement(statement).terms if s is not None]
            if statement.continues and earlier.expression is not None:
                sides.insert(0, earlier.expression)
            with WorkBudget(MAX_NAMING_WORK_S) as budget:
                return named_by_change(result, sides, earlier, budget)
        return result

    def _both_ways(
        self, result: ClaimResult, statement: Statement, before: str, budget: WorkBudget
    ) -> ClaimResult:
        """x² = 4 ⇔ x = 2 loses a root, though x = 2 follows in one of several cases."""
        previous, self.previous = self.previous, statement
        is_equivalent = before.endswith(_EQUIVALENT) and result.verdict == StepVerdict.PROVED
        if not is_equivalent or previous is None:
            return result
        premise, claim = (_equation(self.progress.read_statement(s)) for s in (previous, statement))
        if premise is None or claim is None or not is_whole(premise, self.progress.facts.task):
            return result
        lost = implies([premise], claim, budget)
        is_part = implies([claim], premise, budget).verdict == StepVerdict.PROVED
        return replace(lost, slip=Slip.LOST_ROOT) if lost.witness and is_part else result

    def _copied(self) -> tuple[Facts, list[Term]]:
        """What is known, for a statement that may turn out to say nothing."""
        facts = replace(
            self.progress.facts,
            facts=list(self.progress.facts.facts),
            values=dict(self.progress.facts.values),
        )
        return facts, list(self.progress.terms)

    def _statement(self, statement: Statement, budget: WorkBudget) -> ClaimResult:
        statement = as_limit(self._without_head(statement, budget), self.progress.limit)
        if (called := limit_called(statement, self.progress.facts.task)) is not None:
            self.progress.facts.expression, text = called
            statement = replace(statement, text=text, words="")
        self.progress.learn_calls(statement)
        for bounded in mark_bounds(statement.text)[1].values():
            self.progress.antiderivative = bounded.body
        divisible = judge_divisibility(statement.text, self.progress.facts.expression)
        if divisible is not None:
            return divisible
        congruence = self.progress.congruences.judge(statement.text, self.progress.facts, budget)
        if congruence is not None:
            return congruence
        event = judge_event(statement.text, self.progress, budget)
        if event is not None:
            return event
        words = statement.words or self.words_behind
        extremum = judge_extremum(words, statement.text, self.progress.facts.definitions)
        if extremum is not None:
            self.gate.knows_words = True
            return extremum
        point = judge_point(statement.text, self.progress.facts, budget)
        if point is not None:
            return point
        if (named := named_point(statement)) is not None:
            name, matrix = named
            side = EquationSide(statement.text, matrix)
            as_expected = self.progress.expectations.judge(name, side, budget)
            if as_expected.is_decided:
                return as_expected
        claim = self.progress.read_statement(statement)
        if statement.text != NO_SOLUTION:
            self.is_impossible = self._is_impossible_case(claim, statement, budget)
            if self.is_impossible:
                return proved(ClaimRelation.SOLVE)
        if statement.supposed:
            return self._supposed(claim, statement, budget)
        if statement.reason:
            self.progress.suppose(statement.reason)
        result = self._judge(claim, statement, budget)
        if says_congruent(statement.text) and result.verdict == StepVerdict.REFUTED:
            return UNDECIDED  # by a modulus that the line does not tell
        if statement.rejected:
            return proved(result.relation) if result.verdict == StepVerdict.REFUTED else GIVEN
        return result

    def _with_left_side(self, statement: Statement) -> Statement:
        """x = 3 ± √5 for = 3 ± √5 after x = 3 ± √(9 - 4)."""
        before = self.previous.text if self.previous is not None else ""
        name, equals, value = before.partition("=")
        both = all("±" in text or "\\pm" in text for text in (value, statement.text))
        if not statement.continues or not equals or not both:
            return statement
        text = f"{name.strip()} {statement.text}"
        return replace(statement, text=text, continues=False)

    def _without_head(self, statement: Statement, budget: WorkBudget) -> Statement:
        """1 - 1 = 0 for n = 0 : 1 - 1 = 0, unless it only holds as a division: x = 6 : 2 = 3."""
        head = _HEAD.match(statement.text)
        if head is None:
            return statement
        with suppress(Unreadable, RecursionError):
            sides = self.progress.read(head[2]).sides
            results = [
                compare_sides(*pair, "=", self.progress.facts, budget) for pair in pairwise(sides)
            ]
            if results and all(result.verdict == StepVerdict.PROVED for result in results):
                start = statement.start + head.start(2)
                return replace(statement, text=head[2], start=start, supposed=head[1].strip())
        return statement

    def _at_bound(
        self, claim: Claim, statement: Statement, budget: WorkBudget
    ) -> ClaimResult | None:
        """upper: 8/3 - 4 = -4/3, the antiderivative there; None for other words."""
        terms = reversed(self.progress.terms)
        value = value_at_bound(statement.words, self.progress.antiderivative, terms)
        if value is None or not claim.sides:
            return None
        sides = EquationSide("", value), claim.sides[-1]
        result = compare_sides(*sides, "=", self.progress.facts, budget)
        if claim.sides[-1].term is None:
            return None
        return with_slip_between_sides(result, value, claim.sides[-1].term, budget)

    def _named(
        self, result: ClaimResult, statement: Statement, is_value: bool, budget: WorkBudget
    ) -> ClaimResult:
        """mean = 40/4 = 10: the calculation may be right, and yet not give the mean."""
        claim = self.progress.read_statement(statement)
        if (at_bound := self._at_bound(claim, statement, budget)) is not None:
            return at_bound
        matrix = as_matrix(claim.value) if claim.value is not None and not claim.sides else None
        if matrix is not None:
            claim = replace(claim, sides=(EquationSide(claim.text, matrix),))
        if result.verdict == StepVerdict.REFUTED or not claim.sides:
            return result
        as_expected = self.progress.expectations.judge(
            statement.words.casefold(), claim.sides[-1], budget
        )
        if is_value and not claim.operators:
            self.progress.facts.expression = claim.sides[-1].term  # det = 2·11 - 4, which goes on
        if as_expected.is_decided:
            return as_expected
        is_open = is_value and is_concept(statement.words)
        terms = [term for term in claim.terms if term is not None]
        if not any(free_names(term) for term in terms):
            is_open = is_open or self.progress.has_new_numbers(terms[0])
        return unchecked(ClaimRelation.EQUAL) if is_open and claim.operators else result

    def _listed(self, claim: Claim, budget: WorkBudget) -> ClaimResult | None:
        """The result for one of several solutions that are listed; None for anything else."""
        value = solved_value(claim)
        if value is None:
            return None
        if value in self.listed:
            self.listed.remove(value)
            return proved(ClaimRelation.SOLVE)
        following = self.progress.following
        if is_whole(value, self.progress.facts.task):  # x = 5 (x = 0 no) lists no 0
            following = [statement for statement in following if not statement.rejected]
        solutions = list_from(claim, following, self.progress.read_statement)
        if solutions is None:
            return None
        whole = ImplicationJudge(self.progress.facts, budget).judge(solutions.whole)
        if whole.verdict != StepVerdict.PROVED:
            return None
        self.listed = list(solutions.members[1:])
        self.progress.facts.add(solutions.whole, self.progress.line)
        return whole

    def _judge(self, claim: Claim, statement: Statement, budget: WorkBudget) -> ClaimResult:
        listed = self._listed(claim, budget)
        if listed is not None:
            return listed
        if statement.role == Role.SUPPOSE:
            self.progress.learn(claim, statement)
            return GIVEN
        if claim.operators:
            return self.chains.judge(claim, statement, budget)
        assert claim.value is not None  # noqa: S101 - a claim without a chain has a value
        if claim.value == NO_SOLUTIONS or isinstance(claim.value, Words):
            if self.is_impossible:
                return proved(ClaimRelation.SOLVE)
            return judge_no_solutions(claim.value, self.progress.facts, budget)
        for side in claim.sides:
            if side.unit != NO_UNIT:
                self.progress.facts.expression = side.term
                self.progress.measured.latest = side
            if self.progress.measured.has_minutes_as_decimals(side):
                return minutes_as_decimals(side)
        if any(
            side.unit != NO_UNIT and self.progress.measured.is_stated(side) for side in claim.sides
        ):
            return GIVEN
        if isinstance(claim.value, Bracketed) and claim.value.opening == "{":
            final = self.equations.judge_final(claim.value, statement, budget)
            if final is not None:
                return final
        if is_term(claim.value) or isinstance(claim.value, Quantity | Bracketed):
            return self.expressions.judge(claim.value, statement, budget)
        if isinstance(claim.value, Listing) and self.progress.measured.are_stated(
            claim.value.parts
        ):
            return GIVEN
        if isinstance(claim.value, Listing) and self.expressions.repeats_values(
            claim.value.parts, budget
        ):
            return proved(ClaimRelation.EQUAL)
        result = (
            self.equations.judge_final(claim.value, statement, budget)
            or judge_solutions(claim.value, self.progress.facts, budget)
            or self.equations.judge_fact(claim.value, budget)
        )
        self.progress.take(claim.value, result, statement)
        return result

    def _is_impossible_case(self, claim: Claim, statement: Statement, budget: WorkBudget) -> bool:
        """e^x = -2 has no solution: it is not claimed to hold."""
        following = self.progress.following
        is_followed = bool(following) and following[0].text == NO_SOLUTION
        return (is_followed or statement.rejected) and is_impossible_case(
            claim, self.progress.facts, budget
        )

    def _supposed(self, claim: Claim, statement: Statement, budget: WorkBudget) -> ClaimResult:
        """check x = -3: …, with the value put in; what holds then is known of no other case."""
        whole = self.progress.facts
        self.progress.facts = replace(whole, facts=list(whole.facts), values=dict(whole.values))
        try:
            names = self._put_in(self.progress.read(statement.supposed))
            result = self.chains.judge_case(claim, statement, budget)
            if not claim.operators and not result.is_decided:
                result = self._judge(claim, replace(statement, supposed=""), budget)
        finally:
            whole.expression = self.progress.facts.expression
            self.progress.facts = whole
        if result.verdict != StepVerdict.REFUTED and not names & claim.names:
            self.progress.learn(claim, statement)  # x = 1: 4 = 2A tells of A in every case
        return result

    def _put_in(self, supposed: Claim) -> frozenset[str]:
        """Take a supposition, such as x = -3, (3, 4) or f'(x) = 0; the names that it fixes."""
        if isinstance(supposed.value, Logic):  # -2 < x < 5
            self.progress.facts.add(supposed.value, self.progress.line)
            return frozenset()
        if supposed.value is not None and is_term(supposed.value):
            return self._put_in_number(supposed.value)
        if isinstance(supposed.value, Bracketed):
            point = [part for part in supposed.value.parts if is_term(part)]
            pairs = dict(zip(("x", "y", "z"), point, strict=False))
            self.progress.facts.values.update(pairs)
            return frozenset(pairs)
        terms = [term for term in supposed.terms if term is not None]
        if len(terms) != 2:
            return supposed.names
        left, right = terms
        defines = self.progress.facts.definitions.defines
        if isinstance(left, Sym) and supposed.operators[0] == "=" and not defines(left.name):
            self.progress.facts.values[left.name] = right
            return supposed.names
        self.progress.facts.add(Comparison(supposed.operators[0], left, right), self.progress.line)
        return frozenset()

    def _put_in_number(self, number: Term) -> frozenset[str]:
        """At 9: 1/6, where only one variable can be 9."""
        expression = self.progress.facts.expression
        names = free_names(expression) if expression is not None else frozenset[str]()
        if len(names) != 1 or free_names(number):
            return frozenset()
        [name] = names
        self.progress.facts.values[name] = number
        return names


def _equation(claim: Claim) -> Comparison | None:
    """The whole claim, if it is an equation in one variable."""
    if claim.operators != ("=",) or None in claim.terms:
        return None
    left, right = claim.terms
    equation = Comparison("=", left, right)  # type: ignore[arg-type]
    return equation if len(free_names(equation)) == 1 else None


def _verdict(claims: Sequence[ClaimCheck]) -> StepVerdict:
    verdicts = {claim.verdict for claim in claims if not claim.is_definition}
    if StepVerdict.REFUTED in verdicts:
        return StepVerdict.REFUTED
    return StepVerdict.PROVED if verdicts == {StepVerdict.PROVED} else StepVerdict.UNCHECKED
