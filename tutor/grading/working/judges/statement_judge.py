"""Judges one statement of a working: by the judge of its kind, after what is special about it."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Bracketed,
    Call,
    Comparison,
    Listing,
    Logic,
    Num,
    Pow,
    Quantity,
    Root,
    Sym,
    Term,
    Unreadable,
    Value,
    Words,
    free_names,
    is_term,
)
from tutor.grading.parsing.units import NO_UNIT
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    StepVerdict,
    proved,
    refuted,
    unchecked,
)
from tutor.grading.steps.equation_side import EquationSide
from tutor.grading.steps.matrices import as_matrix, has_matrix
from tutor.grading.steps.statements import NO_SOLUTIONS
from tutor.grading.working.antiderivatives import CALLED, judge_antiderivative, value_at_bound
from tutor.grading.working.claim_reader import Claim
from tutor.grading.working.congruences import judge_divisibility, says_congruent
from tutor.grading.working.domain_conditions import judge_exclusion, judge_strictness
from tutor.grading.working.judges.chains.case_judge import CaseJudge
from tutor.grading.working.judges.chains.chain_judge import ChainJudge, minutes_as_decimals
from tutor.grading.working.judges.equation_judge import EquationJudge
from tutor.grading.working.judges.event_judge import judge_event
from tutor.grading.working.judges.expression_judge import ExpressionJudge
from tutor.grading.working.judges.implication_judge import ImplicationJudge
from tutor.grading.working.judges.no_solutions import (
    is_impossible_case,
    is_whole,
    judge_no_solutions,
)
from tutor.grading.working.judges.rearranged import judge_rearranged
from tutor.grading.working.judges.side_comparison import compare_sides, with_slip_between_sides
from tutor.grading.working.knowledge.concept_words import is_concept, is_unsigned
from tutor.grading.working.limits import as_limit, limit_at_place, limit_called
from tutor.grading.working.notation import mark_bounds
from tutor.grading.working.progress import GIVEN, UNDECIDED, Progress
from tutor.grading.working.reading import Role, Statement
from tutor.grading.working.reading.statement import NO_SOLUTION
from tutor.grading.working.solution_lists.claimed_solutions import (
    calls_solution,
    heads_solution,
    judge_called_solution,
)
from tutor.grading.working.solution_lists.complex_solutions import judge_solutions
from tutor.grading.working.solution_lists.extrema import extremum_named, judge_extremum
from tutor.grading.working.solution_lists.listed_solutions import list_from, solved_value
from tutor.grading.working.solution_lists.monotonicity import judge_intervals
from tutor.grading.working.solution_lists.points import judge_point, named_point
from tutor.grading.working.solution_lists.solution_families import SolutionFamilies
from tutor.grading.working.suppositions import put_in
from tutor.grading.working.topics.recursions import judge_recursion

_HEAD = re.compile(
    r"([A-Za-z]\s?=\s?[-−]?\d{1,4}|[A-Z]{1,4}|\d{1,3}\s?%(?:\sof\s\d{1,9})?)\s+:\s++([^=:]++=.+)$"
)


_ESTIMATE = re.compile(
    r"estimat(?:e|ed|ion)|rough(?:ly)?|approx\w{0,8}|überschlag|estimación|ordre de grandeur|估算",
    re.IGNORECASE,
)
_FUNCTION = Sym("F")
_BOUND = re.compile(r"[<>≤≥]")
_CONDITIONS = (("!=",), ("<=",), (">=",))
MAX_EACH = 8  # parts: each is held against all that the lines after it say


@dataclass
class StatementJudge:
    """words_behind: those that tell what the value of the statement is.

    knows_words: whether the last result is about the very words beside the statement. listed:
    solutions that were judged together with those before them. is_impossible: whether the case
    before the words "no solution" has none, as e^x = -2.
    """

    progress: Progress
    words_behind: str = ""
    knows_words: bool = False
    listed: list[Value] = field(default_factory=list)
    is_impossible: bool = False

    def __post_init__(self) -> None:
        self.equations = EquationJudge(self.progress)
        self.expressions = ExpressionJudge(self.progress)
        self.chains = ChainJudge(self.progress, self.equations, self.expressions)
        self.families = SolutionFamilies()
        self.cases = CaseJudge(self.progress, self.chains.links)

    def judge(self, statement: Statement, budget: WorkBudget) -> ClaimResult:
        """Raises Unreadable and WorkBudgetSpent."""
        self.knows_words = False
        statement = self._prepared(statement, budget)
        special = self._special(statement, budget)
        if special is not None:
            return special
        claim = self.progress.read_statement(statement)
        if statement.text != NO_SOLUTION:
            self.is_impossible = self._is_impossible_case(claim, statement, budget)
            if self.is_impossible:
                return proved(ClaimRelation.SOLVE)
        if statement.supposed:
            return self._supposed(claim, statement, budget)
        if statement.reason:
            self.progress.suppose(statement.reason)
        facts = self.progress.facts
        if (by_rule := judge_recursion(claim, facts.task, budget)) is not None:
            self.progress.learn_undecided(statement)  # the next line goes on from it
        known = by_rule or judge_rearranged(claim, facts, budget)
        result = known or self._claimed(claim, statement, budget)
        if says_congruent(statement.text) and result.verdict == StepVerdict.REFUTED:
            return UNDECIDED  # by a modulus that the line does not tell
        if statement.rejected:
            return proved(result.relation) if result.verdict == StepVerdict.REFUTED else GIVEN
        return result

    def _prepared(self, statement: Statement, budget: WorkBudget) -> Statement:
        """As it is judged, and what it calls things is learned."""
        task = self.progress.facts.task
        at_place = limit_at_place(statement, task, self.progress.facts.expression)
        statement = as_limit(self._without_head(statement, budget), self.progress.limit)
        if (called := at_place or limit_called(statement, task)) is not None:
            self.progress.facts.expression, text = called
            # It repeats no value of another limit, such as that of a part.
            statement = replace(statement, text=text, words="", role=Role.STEP)
        self.progress.learn_calls(statement)
        for bounded in mark_bounds(statement.text)[1].values():
            self.progress.antiderivative = bounded.body
        return statement

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
                if head[1].isalpha():
                    return replace(statement, text=head[2], start=start, words=head[1])
                return replace(statement, text=head[2], start=start, supposed=head[1].strip())
        return statement

    def _special(self, statement: Statement, budget: WorkBudget) -> ClaimResult | None:
        """The result for what is no claim about terms; None for anything else."""
        facts = self.progress.facts
        return (
            judge_divisibility(statement.text, facts.expression)
            or self.progress.congruences.judge(statement.text, facts, budget)
            or self.families.judge(
                statement.text,
                facts,
                self.progress.congruences.known,
                [following.text for following in self.progress.following],
                budget,
            )
            or judge_event(statement.text, self.progress, budget)
            or self._extremum(statement)
            or judge_point(statement.text, facts, budget)
            or self._expected_point(statement, budget)
        )

    def _extremum(self, statement: Statement) -> ClaimResult | None:
        words = statement.words or self.words_behind
        definitions = self.progress.facts.definitions
        result = judge_extremum(words, statement.text, definitions, statement.supposed)
        if result is None and not words:
            result = extremum_named(statement.text, definitions)
        self.knows_words = result is not None
        return result

    def _expected_point(self, statement: Statement, budget: WorkBudget) -> ClaimResult | None:
        named = named_point(statement)
        if named is None:
            return None
        name, matrix = named
        side = EquationSide(statement.text, matrix)
        as_expected = self.progress.expectations.judge(name, side, budget)
        return as_expected if as_expected.is_decided else None

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
            names = put_in(
                self.progress.read(statement.supposed), self.progress.facts, self.progress.line
            )
            result = self.cases.judge(claim, statement, budget)
            if not claim.operators and not result.is_decided:
                result = self._claimed(claim, replace(statement, supposed=""), budget)
        finally:
            whole.expression = self.progress.facts.expression
            self.progress.facts = whole
        is_known = not names & claim.names and not _is_piece(claim, statement)
        if result.verdict != StepVerdict.REFUTED and is_known:
            self.progress.learn(claim, statement)  # x = 1: 4 = 2A tells of A in every case
        return result

    def _claimed(self, claim: Claim, statement: Statement, budget: WorkBudget) -> ClaimResult:
        """The result for what the statement claims of terms, values or sets."""
        listed = self._listed(claim, statement, budget)
        if listed is not None:
            return listed
        if statement.role == Role.SUPPOSE:
            return self._of_supposition(claim, statement, budget)
        if (excluded := self._excluded(claim, statement, budget)) is not None:
            return excluded
        if claim.operators:
            return self.chains.judge(claim, statement, budget)
        assert claim.value is not None  # noqa: S101 - a claim without a chain has a value
        if claim.value == NO_SOLUTIONS or isinstance(claim.value, Words):
            if self.is_impossible:
                return proved(ClaimRelation.SOLVE)
            return judge_no_solutions(claim.value, self.progress.facts, budget)
        measured = self._measured(claim)
        if measured is not None:
            return measured
        return self._of_value(claim.value, statement, budget)

    def _of_supposition(
        self, claim: Claim, statement: Statement, budget: WorkBudget
    ) -> ClaimResult:
        """Given, but for a true calculation: suppose all are hens, 35·2 = 70 legs."""
        if len(claim.operators) > 0 and not claim.names and None not in claim.terms:
            result = self.chains.judge(claim, statement, budget)
            if result.verdict == StepVerdict.PROVED:
                return result
        self.progress.learn(claim, statement)
        self.progress.facts.open_case(claim.inequalities, self.progress.line)
        return GIVEN

    def _excluded(
        self, claim: Claim, statement: Statement, budget: WorkBudget
    ) -> ClaimResult | None:
        """The result for a condition of a domain, such as x - 5 ≠ 0; None for others."""
        if claim.operators not in _CONDITIONS or None in claim.terms:
            return None
        left, right = claim.terms
        value = Comparison(claim.operators[0], left, right)  # type: ignore[arg-type]
        result = self._of_domain(value, budget)
        if result is not None and result.verdict == StepVerdict.PROVED:
            self.progress.take(value, result, statement)
        self.knows_words = result is not None
        return result

    def _of_domain(self, value: Comparison, budget: WorkBudget) -> ClaimResult | None:
        task = self.progress.facts.task
        result = judge_exclusion(value, task, list(self.progress.said_besides()), budget)
        return result or judge_strictness(value, task, budget)

    def _listed(self, claim: Claim, statement: Statement, budget: WorkBudget) -> ClaimResult | None:
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
        final = self.equations.by_facts.judge_final(solutions.whole, statement, budget)
        if final is not None and final.verdict == StepVerdict.REFUTED:
            return final
        self.listed = list(solutions.members[1:])
        self.progress.facts.add(solutions.whole, self.progress.line)
        return whole

    def _measured(self, claim: Claim) -> ClaimResult | None:
        """The result for a quantity that the problem gives, or for 1:30 h as 1.3 h."""
        measured = self.progress.measured
        for side in claim.sides:
            if side.unit != NO_UNIT:
                self.progress.facts.expression = side.term
                measured.latest = side
            if measured.has_minutes_as_decimals(side):
                return minutes_as_decimals(side)
            if (witness := measured.converted_backwards(side)) is not None:
                return refuted(ClaimRelation.EQUAL, witness, Slip.UNIT_CONVERSION)
        has_unit = (side for side in claim.sides if side.unit != NO_UNIT)
        return GIVEN if any(map(measured.is_stated, has_unit)) else None

    def _of_value(self, value: Value, statement: Statement, budget: WorkBudget) -> ClaimResult:
        """The result for a value or a statement that stands alone, without a chain."""
        if isinstance(value, Bracketed) and value.opening == "{":
            final = self.equations.by_facts.judge_final(value, statement, budget)
            if final is not None:
                return final
        task = self.progress.facts.task
        if (intervals := judge_intervals(value, task, budget)) is not None:
            return intervals
        if is_term(value) or isinstance(value, Quantity | Bracketed):
            return self.expressions.judge(value, statement, budget)
        if isinstance(value, Listing) and self.progress.measured.are_stated(value.parts):
            return GIVEN
        if isinstance(value, Listing) and self.expressions.repeats_values(value.parts, budget):
            return proved(ClaimRelation.EQUAL)
        result = (
            self.equations.by_facts.judge_final(value, statement, budget)
            or judge_solutions(value, self.progress.facts, self.progress.said_besides(), budget)
            or self.equations.by_facts.judge(value, budget)
        )
        if not result.is_decided and isinstance(value, Logic) and value.op == "and":
            result = self._each(value, budget) or result
            for part in value.parts if result == GIVEN else ():
                self.progress.take(part, result, statement)
        self.progress.take(value, result, statement)
        return result

    def _each(self, value: Logic, budget: WorkBudget) -> ClaimResult | None:
        """cos θ = 1/2 and sin θ = √3/2: proved or given where each of them is; else None."""
        if len(value.parts) > MAX_EACH:
            return None
        results = []
        for part in value.parts:
            if (
                not isinstance(part, Comparison)
                or not is_term(part.left)
                or not is_term(part.right)
            ):
                return None
            sides = EquationSide("", part.left), EquationSide("", part.right)
            condition = self._of_domain(part, budget)
            results.append(condition or self.equations.judge(part, *sides, part.op, budget))
        if any(result.verdict != StepVerdict.PROVED and result != GIVEN for result in results):
            return None
        return GIVEN if GIVEN in results else results[0]

    # Beside words, such as "mean ="

    def named(
        self, result: ClaimResult, statement: Statement, is_value: bool, budget: WorkBudget
    ) -> ClaimResult:
        """mean = 40/4 = 10: the calculation may be right, and yet not give the mean."""
        claim = self.progress.read_statement(statement)
        if (at_bound := self._at_bound(claim, statement, budget)) is not None:
            return at_bound
        if (integrated := self._integrated(claim, statement, budget)) is not None:
            return integrated
        matrix = _matrix(claim.value) if claim.value is not None and not claim.sides else None
        if matrix is not None:
            claim = replace(claim, sides=(EquationSide(claim.text, matrix),))
        is_other = not set(claim.operators) <= {"=", "≈"}
        if result.verdict == StepVerdict.REFUTED or not claim.sides or is_other:
            return result  # det ≠ 0 tells no value of the determinant
        words = _words_of_root(statement.words, claim.sides[0])
        as_expected = self._named_as_expected(words, claim.sides[-1], budget)
        if is_value and not claim.operators:
            self.progress.facts.expression = claim.sides[-1].term  # det = 2·11 - 4, which goes on
        if as_expected.is_decided:
            self.knows_words = self.progress.expectations.says_only(statement.words)
            return as_expected
        if statement.role == Role.CHECK or _ESTIMATE.fullmatch(statement.words.strip()):
            return result
        if is_unsigned(statement.words) and _is_negative(claim.sides[-1].term):
            return UNDECIDED
        if not claim.operators and self.progress.expectations.knows(statement.words.casefold()):
            return UNDECIDED  # it repeats a number, and not the one with this name
        is_open = is_value and is_concept(statement.words)
        terms = [term for term in claim.terms if term is not None]
        if not any(free_names(term) for term in terms) and not self._is_value_called(terms[0]):
            is_open = is_open or self.progress.has_new_numbers(terms[0])
        return unchecked(ClaimRelation.EQUAL) if is_open and claim.operators else result

    def _is_value_called(self, term: Term) -> bool:
        """f(1.5) of "middle 1.5: f(1.5) = 0.875", which is the value of no other quantity."""
        return isinstance(term, Call) and self.progress.facts.definitions.defines(term.name)

    def _named_as_expected(self, words: str, side: EquationSide, budget: WorkBudget) -> ClaimResult:
        """Of the side that words name; for side² of the root that the side has."""
        name = words.casefold()
        as_expected = self.progress.expectations.judge(name, side, budget)
        is_square = name.endswith(("²", "^2")) and not as_expected.is_decided
        if not is_square or side.term is None or side.unit != NO_UNIT:
            return as_expected
        name = name.removesuffix("²").removesuffix("^2").rstrip()
        root = EquationSide("", Root(side.term, Num(Fraction(2))))
        return self.progress.expectations.judge(name, root, budget)

    def called(
        self, result: ClaimResult, statement: Statement, before: str, budget: WorkBudget
    ) -> ClaimResult:
        """other solution 180 - 60 = 120: the sum is right, and 120 may be no solution."""
        is_headed = heads_solution(before)
        is_called = calls_solution(before) or is_headed
        if result.verdict != StepVerdict.PROVED or not is_called:
            return result
        sides, task = self.progress.read_statement(statement).sides, self.progress.facts.task
        is_of_numbers = all(side.term is not None and not free_names(side.term) for side in sides)
        value = sides[-1].term if sides and is_of_numbers else None
        wrong = None if value is None else judge_called_solution(before, value, task, budget)
        if wrong is not None and is_headed:  # of all that follows, or of this number
            return result if self.progress.following else UNDECIDED
        self.knows_words = self.knows_words or wrong is not None
        return wrong or result

    def _integrated(
        self, claim: Claim, statement: Statement, budget: WorkBudget
    ) -> ClaimResult | None:
        """primitive: x³/3·6 = 2x³, whose terms are equal; None for other words."""
        last = claim.sides[-1].term if claim.operators else None
        if last is None or not free_names(last) or not CALLED.search(statement.words):
            return None
        if isinstance(claim.sides[0].term, Sym | Call) and claim.sides[0].term != _FUNCTION:
            return None  # F(x)
        facts = self.progress.facts
        result = judge_antiderivative(statement.words, last, facts, budget) or UNDECIDED
        if result.verdict == StepVerdict.PROVED:
            self.progress.antiderivative = last
        return result

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


def _words_of_root(words: str, first: EquationSide) -> str:
    """side² of "side: l² = 169": the words name the letter, and not its power."""
    if not isinstance(first.term, Pow) or not free_names(first.term.base):
        return words
    return f"{words}²" if first.term.exponent == Num(Fraction(2)) else ""


def _is_negative(term: Term | None) -> bool:
    value = rational_value(term) if term is not None else None
    return value is not None and value < 0


def _matrix(value: Value) -> Term | None:
    if is_term(value):
        return value if has_matrix(value) else None
    return as_matrix(value)


def _is_piece(claim: Claim, statement: Statement) -> bool:
    """p(t) = 3t for 0 ≤ t ≤ 2: the function has another term elsewhere."""
    match claim.terms[:1]:
        case (Call(_, (Sym(),)),):
            return _BOUND.search(statement.supposed) is not None
    return False
