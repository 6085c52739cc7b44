"""Chains of equations: the first two sides as a statement, each further side against the last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.tree import (
    Add,
    BigOperator,
    Comparison,
    Div,
    Mul,
    Num,
    Sym,
    Term,
    free_names,
)
from tutor.grading.parsing.units import NO_UNIT
from tutor.grading.processes.work_budget import WorkBudget
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
from tutor.grading.steps.equation_side import EquationSide
from tutor.grading.working.antiderivatives import forgotten_constant
from tutor.grading.working.claim_reader import Claim
from tutor.grading.working.facts import Facts
from tutor.grading.working.judges.chains.link_judge import LinkJudge, worst
from tutor.grading.working.judges.chains.lost_brackets import judge_lost_bracket
from tutor.grading.working.judges.chains.named_sides import side_named
from tutor.grading.working.judges.equation_judge import EquationJudge
from tutor.grading.working.judges.expression_judge import ExpressionJudge
from tutor.grading.working.judges.side_comparison import compare_sides
from tutor.grading.working.knowledge.concept_words import is_concept
from tutor.grading.working.knowledge.percents import told_base
from tutor.grading.working.knowledge.wrong_calculations.chances_and_counts import lacks_coefficient
from tutor.grading.working.progress import GIVEN, MAX_STATEMENT_WORK_S, UNDECIDED, Progress
from tutor.grading.working.reading import Statement
from tutor.grading.working.solution_lists.complex_solutions import judge_solutions

_CONCEPT_LETTERS = frozenset("PEpVAS")  # of chances, volumes, areas and sums


@dataclass
class ChainJudge:
    """Judges a = b = c, link by link.

    continued_in: the number of the latest line that began with its sign, as "= 20/4" does.
    goes_on: whether such a line stands right before the claim, so that it goes on from that one.
    """

    progress: Progress
    equations: EquationJudge
    expressions: ExpressionJudge
    continued_in: int = -1
    goes_on: bool = False

    def __post_init__(self) -> None:
        self.links = LinkJudge(self.progress, self.equations.by_facts)

    @property
    def facts(self) -> Facts:
        return self.progress.facts

    def judge(self, claim: Claim, statement: Statement, budget: WorkBudget) -> ClaimResult:
        """a = b = c: the first two sides as a statement, then each side against the one before."""
        sides = list(claim.sides)
        self._begin_anew(sides, statement)
        self.goes_on = self.continued_in in (self.progress.line - 1, self.progress.line)
        if not claim.sides[0].text:
            self.continued_in = self.progress.line
            words = statement.words
            begun = side_named(words, self.progress) if words else self.facts.expression
            if begun is None:
                return self._without_begin(sides, claim, budget)
            sides[0] = self.progress.measured.side_of(begun)
        results = self._links(sides, claim, statement, budget)
        if (converted := self._converted(sides, budget)) is not None:
            results = [converted]
        is_refuted = any(link.verdict == StepVerdict.REFUTED for link in results)
        self._learn_ends(sides, claim, statement, is_refuted=is_refuted)
        if is_refuted:
            return worst(results)
        return self._mistaken(sides, claim, statement) or self._as_whole(sides, results)

    def _as_whole(
        self, sides: Sequence[EquationSide], results: Sequence[ClaimResult]
    ) -> ClaimResult:
        """Of a chain without a wrong link. results: of its links."""
        result = worst(results)
        if result.verdict != StepVerdict.PROVED:
            return result
        task, following = self.facts.task, self.progress.following
        forgotten = forgotten_constant(sides[0].term, sides[-1].term, task, following)
        is_set_up = results[0] == GIVEN and not self.progress.measured.is_stated(sides[1])
        return forgotten or (GIVEN if is_set_up else result)

    def _converted(self, sides: Sequence[EquationSide], budget: WorkBudget) -> ClaimResult | None:
        """22.5 m/s = 22.5·3.6 = 81 km/h: the numbers between are of the last unit.

        None where it is no such chain, or has a wrong calculation.
        """
        first, *between, last = sides
        is_conversion = bool(between) and first.unit != last.unit and first.unit != NO_UNIT
        is_conversion = is_conversion and first.unit.dimension == last.unit.dimension
        if not is_conversion or any(side.unit != NO_UNIT for side in between):
            return None
        plain = replace(last, unit=NO_UNIT)
        calculated = (compare_sides(side, plain, "=", self.facts, budget) for side in between)
        if any(result.verdict != StepVerdict.PROVED for result in calculated):
            return None
        return compare_sides(first, last, "=", self.facts, budget)

    def _without_begin(
        self, sides: Sequence[EquationSide], claim: Claim, budget: WorkBudget
    ) -> ClaimResult:
        """≈ 9274, with nothing before it: an answer, perhaps; or a form of what is asked."""
        known = self.facts.expression = sides[-1].term
        if known is not None and not free_names(known) and len(sides) == 2:
            return self.expressions.judge_answer(known, budget)
        result = self.links.from_earlier(sides[1], claim.operators[0], UNDECIDED, budget)
        if result.verdict != StepVerdict.PROVED:
            return UNDECIDED
        links = zip(sides[1:], sides[2:], claim.operators[1:], strict=False)
        further = (self.links.judge(*link, budget) for link in links)
        return worst([result, *further])

    def _links(
        self, sides: list[EquationSide], claim: Claim, statement: Statement, budget: WorkBudget
    ) -> list[ClaimResult]:
        """A result for each sign between two sides."""
        results = [self._first_link(sides, claim, statement, budget)]
        is_continued = not claim.sides[0].text
        name = self.progress.name_of(sides[0], continues=is_continued)
        if is_continued:
            results[0] = self._continued(results[0], name, sides, claim.operators[0], budget)
        for left, right, operator in zip(sides[1:], sides[2:], claim.operators[1:], strict=False):
            result = self.links.judge(left, right, operator, budget)
            as_expected = self.progress.expectations.judge(name, right, budget) if name else result
            own = self._as_named_side(left, right, name, budget)
            if own is not None:
                as_expected, result = own, UNDECIDED
            is_better = as_expected.verdict == StepVerdict.REFUTED or not result.is_decided
            results.append(as_expected if is_better and as_expected.is_decided else result)
            if as_expected.verdict == StepVerdict.PROVED and not results[0].is_decided and name:
                results[0] = as_expected  # m = y'(3) = 6
        if self._gives_letter(sides, results) and not is_concept(statement.words):
            results[0] = proved(ClaimRelation.DEFINE)
            if self.progress.measured.are_amounts(sides[0], sides[-1]):
                self.progress.measured.learn_pair(sides[0], sides[-1])  # 1 part = 84/7 = £12
        if name and not is_continued:
            self.progress.measured.learn(name, sides[1:])
        return results

    def _continued(
        self,
        result: ClaimResult,
        name: str,
        sides: Sequence[EquationSide],
        operator: str,
        budget: WorkBudget,
    ) -> ClaimResult:
        """Of = 20/4, whose left side stands in a line above. result: of the two sides alone."""
        if name:
            as_expected = self.progress.expectations.judge(name, sides[1], budget)
            result = as_expected if as_expected.is_decided else result
        is_open = result.verdict != StepVerdict.PROVED
        is_open = is_open and not (_is_limit(sides[0].term) and result.witness)
        if is_open and not (self.goes_on and _are_numbers(sides[:2])):
            return self.links.from_earlier(sides[1], operator, result, budget)
        return result

    def _as_named_side(
        self, left: EquationSide, right: EquationSide, name: str, budget: WorkBudget
    ) -> ClaimResult | None:
        """|b| = 3 of |a| = |b| = 3, where the length of b is known; None for other links."""
        own = self.progress.name_of(left, continues=False)
        if not own or own == name or not self.progress.expectations.knows(own):
            return None
        if right.term is None or free_names(right.term):
            return None
        return self.progress.expectations.judge(own, right, budget)

    def _learn_ends(
        self,
        sides: Sequence[EquationSide],
        claim: Claim,
        statement: Statement,
        *,
        is_refuted: bool,
    ) -> None:
        """What later lines may use: a = c of a = b = c, and c to go on from."""
        last = sides[-1].term
        first = sides[0].term if sides[-1].unit in (NO_UNIT, sides[1].unit) else None
        if len(sides) > 2 and claim.sides[0].text and not is_refuted and first and last:
            self.progress.learn_value(Comparison("=", first, last), statement)
        if last is not None:
            self.facts.expression = last
            self.progress.measured.latest = sides[-1]
            self.progress.terms.append(last)

    def _mistaken(
        self, sides: Sequence[EquationSide], claim: Claim, statement: Statement
    ) -> ClaimResult | None:
        """A usual mistake, in a chain whose links may all hold."""
        if wrong := self.progress.wrong_calculations.judge(claim.terms):
            return wrong
        written = sides[1].term
        for side in sides:
            if lost := judge_lost_bracket(side.term, self.progress.terms):
                return lost
        corrected = lacks_coefficient(statement.text, written) if written is not None else None
        if corrected is None or written is None:
            return None
        witness = Witness({}, latex(written), latex(corrected))
        return refuted(ClaimRelation.EVALUATE, witness, Slip.WRONG_COUNT)

    def _begin_anew(self, sides: Sequence[EquationSide], statement: Statement) -> None:
        """Forget t of "there: t = 90/60 = 1.5" at "back: t = 90/45 = 2": it is another time."""
        match sides[0].term:
            case Sym(name) if name not in self.facts.task.names:
                words = statement.words.casefold()
                has_calculation = any(_is_calculation(side.term) for side in sides[1:])
                before = self.progress.calculated.get(name)
                if has_calculation and before is not None and before != words:
                    self.facts.forget(frozenset([name]))
                if has_calculation:
                    self.progress.calculated[name] = words

    def _gives_letter(self, sides: Sequence[EquationSide], results: Sequence[ClaimResult]) -> bool:
        """k = 9/6 = 1.5, 1 part = 450/15 = 30: a new name for a calculation with known numbers."""
        name, calculated = sides[0].term, sides[1].term
        if calculated is None or free_names(calculated) or isinstance(calculated, Num):
            return False
        is_open = results[0] != GIVEN and not results[0].is_decided
        is_right = len(results) > 1 and all(r.verdict == StepVerdict.PROVED for r in results[1:])
        is_new = self._is_new_letter(name) or _is_counted(sides[0])
        return is_open and is_right and is_new and not self.progress.has_new_numbers(calculated)

    def _is_new_letter(self, term: Term | None) -> bool:
        match term:
            case Sym(name):
                is_known = name in self.facts.task.names or name[0] in _CONCEPT_LETTERS
                return not is_known and not self.progress.expectations.knows(name)
        return False

    def _first_link(
        self, sides: list[EquationSide], claim: Claim, statement: Statement, budget: WorkBudget
    ) -> ClaimResult:
        left, right, operator = sides[0], sides[1], claim.operators[0]
        if not claim.sides[0].text:
            return self.links.judge(left, right, operator, budget)
        assert left.term is not None  # noqa: S101 - read_claim reads all sides with a text
        assert right.term is not None  # noqa: S101
        equation = Comparison("=" if operator == "≈" else operator, left.term, right.term)
        result = self.equations.by_facts.judge_final(equation, statement, budget)
        result = result or judge_solutions(
            equation, self.facts, self.progress.said_besides(), budget
        )
        if result is None:
            result = self.equations.judge(equation, left, right, operator, budget)
        if (misconverted := self._misconverted(left, right)) is not None:
            return misconverted
        is_converted = left.percent and result.verdict == StepVerdict.PROVED  # 21% = 0.21
        is_row = not is_converted and result != GIVEN
        if is_row and self.progress.measured.are_amounts(left, sides[-1]):
            result = self._table_row(left, sides[-1])
        self.progress.take(equation, result, statement)
        return result

    def _misconverted(self, left: EquationSide, right: EquationSide) -> ClaimResult | None:
        """Of a side that got its unit wrongly, true as the calculation may be; else None."""
        measured = self.progress.measured
        if isinstance(left.term, Sym) and measured.has_minutes_as_decimals(right):
            return minutes_as_decimals(right)
        witness = measured.misconverted(left, right)
        if left.term and right.term and measured.is_backwards(left, right):
            witness = Witness({}, latex(left.term), latex(right.term))
        if witness is None:
            return None
        return refuted(ClaimRelation.EQUAL, witness, Slip.UNIT_CONVERSION)

    def _table_row(self, left: EquationSide, right: EquationSide) -> ClaimResult:
        """3 kg = 7.50 €, then 1 kg = 2.50 €: so much of this is so much of that."""
        if left.percent and left.term is not None and right.term is not None:
            amount = Div(right.term, left.term)
            base = replace(right, term=amount)
            told = told_base(self.facts.task.text)
            if told is not None and rational_value(amount) == told:
                self.progress.measured.learn_pair(left, right)
                return proved(ClaimRelation.EQUAL)
            with WorkBudget(MAX_STATEMENT_WORK_S) as budget:
                result = self.progress.expectations.judge("grundwert", base, budget)
            if self.progress.measured.follows_from_pairs(left, right):
                return proved(ClaimRelation.EQUAL)
            if result.verdict == StepVerdict.PROVED or not self.progress.measured.pairs:
                self.progress.measured.learn_pair(left, right)
            return result
        if self.progress.measured.is_stated(left) and self.progress.measured.is_stated(right):
            self.progress.measured.learn_pair(left, right)
            return GIVEN
        if self.progress.measured.follows_from_pairs(left, right):
            self.progress.measured.learn_pair(left, right)
            return proved(ClaimRelation.EQUAL)
        return unchecked(ClaimRelation.EQUAL)


def _is_counted(side: EquationSide) -> bool:
    """1 part, 3 buses."""
    return isinstance(side.term, Num) and bool(side.words) and not side.percent


def _is_limit(term: Term | None) -> bool:
    return isinstance(term, BigOperator) and term.kind == "lim"


def _are_numbers(sides: Sequence[EquationSide]) -> bool:
    return all(side.term is not None and not free_names(side.term) for side in sides)


def _is_calculation(term: Term | None) -> bool:
    return isinstance(term, Add | Mul | Div) and not free_names(term)


def minutes_as_decimals(side: EquationSide) -> ClaimResult:
    """The result for 1.24 h that stands for 1 h 24 min."""
    text = latex(side.term) if side.term is not None else ""
    return refuted(ClaimRelation.EQUAL, Witness({}, "", text), Slip.MINUTES_AS_DECIMALS)
