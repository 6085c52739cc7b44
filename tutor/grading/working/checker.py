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
from dataclasses import dataclass, replace
from fractions import Fraction

from tutor.grading.numeric import operation_work
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.shapes import alternatives
from tutor.grading.parsing.tree import (
    Comparison,
    Sym,
    Term,
    Unreadable,
    free_names,
    is_term,
)
from tutor.grading.processes.work_budget import (
    WorkBudget,
    WorkBudgetSpent,
    has_work_left,
    note_work,
)
from tutor.grading.steps.checks import Mark, StepCheck
from tutor.grading.steps.claim_results import (
    ClaimCheck,
    ClaimRelation,
    ClaimResult,
    Slip,
    StepVerdict,
    proved,
)
from tutor.grading.steps.definitions import Function
from tutor.grading.steps.implication import implies
from tutor.grading.steps.statements import says_no_solution
from tutor.grading.working.announcements.known import Known
from tutor.grading.working.announcements.short_lines.case_chains import solves_case
from tutor.grading.working.antiderivatives import calls_antiderivative
from tutor.grading.working.certainty.asked_quantities import without_mistaken_end
from tutor.grading.working.certainty.doubt import Doubt
from tutor.grading.working.certainty.gate import RefutationGate
from tutor.grading.working.certainty.half_read import is_misread
from tutor.grading.working.certainty.mistaken_parts import without_mistaken_parts
from tutor.grading.working.certainty.mixed_percents import without_mixed_percents
from tutor.grading.working.certainty.repeated_calculations import (
    with_calculation_refuted,
    without_doubtful,
)
from tutor.grading.working.claim_reader import Claim
from tutor.grading.working.facts import Facts
from tutor.grading.working.judges.no_solutions import (
    is_whole,
)
from tutor.grading.working.judges.statement_judge import StatementJudge
from tutor.grading.working.knowledge.chances.trials import heads_at_least_one
from tutor.grading.working.knowledge.geometry import FIGURES
from tutor.grading.working.limits import is_place, names_limit
from tutor.grading.working.notation import is_letter_e, with_bounds_beside, with_bounds_of
from tutor.grading.working.progress import GIVEN, MAX_STATEMENT_WORK_S, UNDECIDED, Progress
from tutor.grading.working.quadrants import with_greek_angle
from tutor.grading.working.quantities.counting_words import numbers_in_words
from tutor.grading.working.reading import ReadLine, Role, Statement, read_line
from tutor.grading.working.reading.base_marks import with_decimal_numbers
from tutor.grading.working.reading.cases import under_cases_of_lines
from tutor.grading.working.reading.dashes import without_dashes
from tutor.grading.working.reading.statement import NO_SOLUTION
from tutor.grading.working.slip_names.lines import with_name
from tutor.grading.working.solution_lists.extrema import words_behind
from tutor.grading.working.solution_lists.other_summands import is_of_other_summand
from tutor.grading.working.told_solutions import completes_solutions
from tutor.grading.working.topics.meant_functions import learn_meant_function
from tutor.grading.working.two_readings import decimal_readings, listed_reading
from tutor.grading.working.worded_lines.clauses import judge_clauses
from tutor.grading.working.worded_lines.extreme_values import (
    calls_place_extreme,
    gives_place_as_value,
)
from tutor.grading.working.worded_lines.fraction_parts import is_other_part, is_part_of_fraction
from tutor.grading.working.worded_lines.judge import judge_worded_line
from tutor.grading.working.worded_lines.open_lines import judge_open_line
from tutor.grading.working.worded_lines.shares import is_of_told_whole

_NUMBER_TRIED = re.compile(r"\s?([a-z])\s?=\s?\d{1,3}\s?")
_ZERO = re.compile(r"[xy]\s?=\s?0")
_AXIS = re.compile(
    r"\b(?:ax[ei]s|eje|\w?-?achse|axe|abszisse|ordonnée|abscisse|ordenada|abscisa"
    r"|intercept)\w{0,3}\b"
    r"|[轴軸]|截距",
    re.IGNORECASE,
)
_SETTLED = (Mark.PROVED, Mark.GIVEN)
_EQUIVALENT = ("<=>", "⇔", "⟺", "⟷", "\\iff", "\\Leftrightarrow")


def check_working(lines: Sequence[str], statement: str = "") -> list[StepCheck]:
    """One check for each line. Never raises.

    statement: of the problem. Without it the first line states the problem. The lines after a
    refuted line are checked against that line, and rest on it. Where the budget that is open has
    no work left, the remaining lines have no claims.
    """
    checks: list[StepCheck] = []
    checker = WorkingChecker(statement)
    with suppress(WorkBudgetSpent):
        for check in checker.check(with_decimal_numbers(without_dashes(lines), statement)):
            checks.append(check)
    with suppress(WorkBudgetSpent):
        known = checker.lines if checks else (), checker.progress
        checks = without_doubtful(without_mistaken_end(checks, *known), *known)
        checks = without_mixed_percents(checks, *known)
        checks = with_calculation_refuted(checks, *known)
        checks = without_mistaken_parts(checks)
    return checks + [StepCheck(StepVerdict.UNCHECKED) for _ in lines[len(checks) :]]


_POINT = re.compile(r"([a-z])\s?=\s?[-−]?\d{1,9}(?:[./]\d{1,9})?")
_NAMED_VALUE = re.compile(r"([A-Za-z])(?:_\w)?\s?=[^=<>]")
_CUT_OFF = re.compile(r"(?<=\d\.\d)(\d{0,12})…")
_BELOW_LINE = re.compile(r"(?<=\s)/\s((?:\([^()]{1,30}\)\s?){2,3})(?![\^²³])")


@dataclass
class WorkingChecker:
    """previous: the statement that was judged last.

    before_case: what is known in every case, while lines hold in one.
    is_settled: whether every formula of the lines before is proved or given.
    """

    statement: str
    previous: Statement | None = None
    before_case: tuple[Facts, list[Term]] | None = None
    is_settled: bool = True

    def __post_init__(self) -> None:
        self.progress = Progress(self.statement)
        self.judge = StatementJudge(self.progress)
        self.begin = self._copied()
        self.functions_before: dict[str, Function] = {}

    def check(self, lines: Sequence[str]) -> Iterator[StepCheck]:
        """Raises WorkBudgetSpent where the budget that is open has no work left."""
        refuted_number: int | None = None
        self.progress.has_letter_e = is_letter_e(self.statement, lines)
        learn_meant_function(self.progress.facts.task, lines)
        self.lines: list[ReadLine] = under_cases_of_lines(lines, list(map(read_line, lines)))
        self.texts = lines
        self.gate = RefutationGate(self.progress, lines, self.lines)
        for number, (text, line) in enumerate(zip(lines, self.lines, strict=True)):
            self.progress.line = number
            self.gate.enter(text)
            note_work(2 * operation_work.READING * len(text))
            self._leave_case(line)
            is_case = self._tries_number(line) or _crosses_axis(text, line)
            in_every_case = self._copied() if is_case else None
            claims = tuple(self._statements(text, line))
            if in_every_case is not None:
                self.progress.facts, self.progress.terms = in_every_case
            check = StepCheck(_verdict(claims), claims, refuted_number)
            if check.verdict == StepVerdict.UNCHECKED and not has_work_left():
                raise WorkBudgetSpent
            yield check
            self.is_settled = self.is_settled and (check.mark in _SETTLED or not claims)
            if check.verdict == StepVerdict.REFUTED and refuted_number is None:
                refuted_number = number

    def _tries_number(self, line: ReadLine) -> bool:
        """Whether a proof looks at one number: n = 1 gives 8, of what holds for every n."""
        task = self.progress.facts.task
        numbers = (_NUMBER_TRIED.fullmatch(statement.text) for statement in line.statements)
        return task.proves and any(match and match[1] in task.names for match in numbers)

    def _leave_case(self, line: ReadLine) -> None:
        """What was found in a case is known in no other, and not where the solutions are listed."""
        told = [s for s in line.statements if s.text != NO_SOLUTION]  # perhaps of this case alone
        is_end = any(s.role == Role.ANSWER or " or " in s.text for s in told)
        if self.before_case is not None and (self.gate.opens_case or is_end):
            self.progress.facts, self.progress.terms = self.before_case
            self.before_case, self.progress.has_case = None, self.gate.opens_case
        if self.gate.opens_case:
            self.before_case = self._copied()

    def _statements(self, text: str, line: ReadLine) -> Iterator[ClaimCheck]:
        worded = self._worded(text)
        known, in_every_case = self._known(line), self._copied()
        claims = tuple(self._claims(text, line))  # what they say is known to later lines
        if worded is None and solves_case(text, known.facts):
            case = proved(ClaimRelation.SOLVE)
            claims = tuple(ClaimCheck.of(case, c.claim, c.start, c.seconds) for c in claims)
            self.progress.facts, self.progress.terms = in_every_case  # it holds in no other
        if worded is None and _is_open(claims):
            earlier, task = self.texts[: self.progress.line], self.progress.facts.task
            worded = judge_open_line(text, earlier, task, known)
            worded = worded or judge_clauses(text, claims, earlier, task, known)
            self._learn_worded(text, worded)
        if worded is None:
            yield from claims
        else:
            yield ClaimCheck.of(worded, text, 0, 0.0)

    def _worded(self, text: str) -> ClaimResult | None:
        """Refuted only where every reading of its commas is."""
        earlier, task = self.texts[: self.progress.line], self.progress.facts.task
        worded = judge_worded_line(text, earlier, task)
        if worded is None or worded.verdict != StepVerdict.REFUTED:
            return worded
        others = (judge_worded_line(other, earlier, task) for other in decimal_readings(text))
        is_refuted = all(r is not None and r.verdict == StepVerdict.REFUTED for r in others)
        return worded if is_refuted else None

    def _known(self, line: ReadLine) -> Known:
        """Without results where the line names a quantity whose value, as expected, is another."""
        facts, terms = self.progress.facts, self.progress.terms
        named = (statement.words.casefold() for statement in line.statements if statement.words)
        is_another = any(map(self.progress.expectations.knows, named)) or is_of_other_summand(
            self.texts[self.progress.line], (fact.value for fact in facts.facts), facts.task
        )
        results = (
            []
            if is_another
            else [t for t in (*facts.values.values(), *terms) if not is_place(t, facts.task)]
        )
        known = [*facts.task.expressions, *terms]
        statements = [fact.value for fact in facts.facts]
        return Known(known, statements, facts.values, results, self._bounds(), self.is_settled)

    def _bounds(self) -> list[Fraction]:
        """9.9 of x ≤ 9.9."""
        bounds = []
        for fact in self.progress.facts.facts:
            match fact.value:
                case Comparison("<" | "<=", Sym(), right) if is_term(right):
                    if (number := rational_value(right)) is not None:
                        bounds.append(number)
        return bounds

    def _learn_worded(self, text: str, result: ClaimResult | None) -> None:
        """The numbers of n + 4 where a line gives it to a quantity."""
        if result is not None and result.relation == ClaimRelation.DEFINE:
            self.progress.named_numbers.update(numbers_in_words(text))

    def _claims(self, text: str, line: ReadLine) -> Iterator[ClaimCheck]:
        suppositions, others = _in_order(text, line)
        later = [s for read in self.lines[self.progress.line + 1 :] for s in read.statements]
        for number, statement in enumerate((*suppositions, *others)):
            number_of_next = max(number + 1 - len(suppositions), 0)
            self.progress.following = [*others[number_of_next:], *later]
            began_at = time.monotonic()
            statement = self._at_point(
                self._with_left_side(statement), others[: number_of_next - 1]
            )
            told = with_greek_angle(statement.text, self.progress.facts.task)
            statement = replace(statement, text=_CUT_OFF.sub(r"\1...", told))
            result = self._result(text, self._with_bounds(statement))
            seconds = time.monotonic() - began_at
            yield ClaimCheck.of(result, statement.text, statement.start, seconds)

    def _at_point(self, statement: Statement, before: Sequence[Statement]) -> Statement:
        """y = 1 - 6 + 9 at x = 1, which stands before it on the line."""
        name = statement.text.partition("=")[0].strip()
        function = self.progress.facts.task.definitions.functions.get(name)
        if function is None or not before or statement.supposed:
            return statement
        point = _POINT.fullmatch(before[-1].text.strip())
        is_there = point is not None and point[1] == function.variable
        return replace(statement, supposed=before[-1].text) if is_there else statement

    def _result(self, text: str, statement: Statement) -> ClaimResult:
        """The judged statement: a certain refutation with its name, a doubtful one undecided."""
        earlier = self._copied()
        self.functions_before = dict(self.progress.facts.definitions.functions)
        self.judge.words_behind = words_behind(text, statement)
        self.progress.reads_surely = self.gate.reads_surely(statement)
        task = self.progress.facts.task
        self.gate.knows_words = calls_antiderivative(statement.words, self.progress.terms, task)
        self.gate.knows_words |= heads_at_least_one(text, task)
        self.gate.knows_words |= names_limit(text, statement, task)
        result = self._with_whole_denominator(statement)
        if result is None:
            result = self._judged(statement, text[: statement.start].rstrip())
        if self._is_of_other_summand(text, statement, result):
            result = UNDECIDED
        else:
            result = self._in_other_reading(statement, result, earlier)
        doubt = self._doubt(statement, result, earlier)
        if doubt is None and result.verdict == StepVerdict.REFUTED:
            result = with_name(result, statement, earlier, self.progress, self.gate.text)
        if doubt == Doubt.CHOICE and self._is_rest_of_solutions(statement, result, earlier):
            return proved(ClaimRelation.SOLVE)
        if doubt == Doubt.CHOICE and self._names_case(statement, earlier):
            return GIVEN
        if doubt or (not result.is_decided and is_misread(text, statement)):
            result, (self.progress.facts, self.progress.terms) = UNDECIDED, earlier
            if doubt in (Doubt.SCOPE, Doubt.UNREAD):
                self.progress.facts.expression = None  # = 2 would go on from this line
        if doubt == Doubt.CONDITION:
            result = GIVEN
            self.progress.learn(self.progress.read_statement(statement), statement)
        return result

    def _is_of_other_summand(self, text: str, statement: Statement, result: ClaimResult) -> bool:
        """The larger number is 13, where 13 is the x of x + (x + 4) = 30."""
        if result.verdict != StepVerdict.PROVED or "=" in statement.text:
            return False
        known = (fact.value for fact in self.progress.facts.facts)
        return is_of_other_summand(text, known, self.progress.facts.task)

    def _names_case(self, statement: Statement, earlier: tuple[Facts, list[Term]]) -> bool:
        """sin x = 0, where sin x = 0 or cos x = 1 is known, before what it leads to."""
        with suppress(Unreadable, RecursionError):
            value = _equation(self.progress.read_statement(statement))
            if value is None or isinstance(value.left, Sym):
                return False
            known = (alternatives(fact.value) for fact in earlier[0].facts)
            return any(value in cases and len(cases) > 1 for cases in known)
        return False

    def _is_rest_of_solutions(
        self, statement: Statement, result: ClaimResult, earlier: tuple[Facts, list[Term]]
    ) -> bool:
        """x = 2 ± 1 where x = 0 was told before: together they are all solutions."""
        witness = result.witness
        if result.slip != Slip.LOST_ROOT or witness is None or len(witness.values) != 1:
            return False
        if not self.gate.told_root_before(witness):
            return False
        with suppress(WorkBudgetSpent, Unreadable, RecursionError):
            claim = self.progress.read_statement(statement)
            return completes_solutions(claim, witness, earlier[0])
        return False

    def _in_other_reading(
        self, statement: Statement, result: ClaimResult, earlier: tuple[Facts, list[Term]]
    ) -> ClaimResult:
        """Proved where L = {4,5} holds as L = {4.5}, undecided where x = 4.5 holds as x = 4, 5."""
        if result.verdict == StepVerdict.PROVED:
            return result
        for text in decimal_readings(statement.text):
            other = self._judged_anew(replace(statement, text=text), earlier)
            if other is not None:
                return other
        if (told := self._as_told(statement, result)) is not None:
            return told
        listed = listed_reading(statement.text) if result.verdict == StepVerdict.REFUTED else ""
        if listed and self._judged_anew(replace(statement, text=listed), earlier) is not None:
            self.progress.facts, self.progress.terms = _copy_of(earlier)
            return UNDECIDED
        return result

    def _as_told(self, statement: Statement, result: ClaimResult) -> ClaimResult | None:
        """r = u/(2π) = 50/(2π) of a circle with u = 50, whatever lines have said of u = 2πr."""
        is_open = (
            result.verdict == StepVerdict.UNCHECKED and result.relation != ClaimRelation.DEFINE
        )
        named = _NAMED_VALUE.match(statement.text)
        if not is_open or self.progress.line == 0 or named is None:
            return None
        if named[1] in self.progress.facts.task.names:
            return None
        learned = self._copied()
        told = self._judged_anew(statement, self.begin)
        self.progress.facts, self.progress.terms = learned
        return told if told is not None and told.relation == ClaimRelation.EVALUATE else None

    def _judged_anew(
        self, statement: Statement, earlier: tuple[Facts, list[Term]]
    ) -> ClaimResult | None:
        """Proved by what was known earlier; None, and nothing is learned, where it is not."""
        after, definitions = self._copied(), self.progress.facts.definitions
        self.progress.facts, self.progress.terms = _copy_of(earlier)
        functions, definitions.functions = definitions.functions, dict(self.functions_before)
        result = self._judged(statement, "")  # which its own definition would prove
        if result.verdict == StepVerdict.PROVED:
            return result
        self.progress.facts, self.progress.terms = after
        definitions.functions = functions
        return None

    def _with_whole_denominator(self, statement: Statement) -> ClaimResult | None:
        """6(x + 2) / (x - 2)(x + 2), where the last two brackets are meant to stand below."""
        text = _BELOW_LINE.sub(r"/(\1)", statement.text)
        if text == statement.text:
            return None
        facts, terms = self._copied()
        result = self._judged(replace(statement, text=text), "")
        if result.verdict == StepVerdict.PROVED:
            return result
        self.progress.facts, self.progress.terms = facts, terms
        return None

    def _judged(self, statement: Statement, before: str) -> ClaimResult:
        """before: what the line has in front of the statement."""
        expression = self.progress.facts.expression
        try:
            with WorkBudget(MAX_STATEMENT_WORK_S) as budget:
                result = self.judge.judge(statement, budget)
                result = self._both_ways(result, statement, before, budget)
                result = self.judge.called(result, statement, before, budget)
                if statement.words:
                    is_value = before.endswith(("=", "≈"))
                    result = self.judge.named(result, statement, is_value, budget)
                    result = self._of_rest(result, statement)
                    result = self._of_half_circle(result, statement, budget)
                    self.progress.name = statement.words.casefold()
                    if is_part_of_fraction(statement.words):
                        self.progress.facts.expression = expression  # the next line has the whole
                        result = self._of_part(result, statement, budget)
                self.gate.knows_words = self.gate.knows_words or self.judge.knows_words
                return self._of_extreme(result, budget)
        except WorkBudgetSpent:
            self.progress.learn_undecided(statement)
        except (Unreadable, RecursionError):
            self.progress.facts.expression = None  # what comes next may go on from this line
        return UNDECIDED

    def _of_rest(self, result: ClaimResult, statement: Statement) -> ClaimResult:
        """1/3 of the rest = 360 : 3 = 120, which is right, and yet of the whole."""
        terms = self.progress.read_statement(statement).terms
        side = terms[-1] if terms else None
        if result.verdict != StepVerdict.PROVED or side is None:
            return result
        is_of_whole = is_of_told_whole(statement.words, side, self.progress.facts.task)
        return UNDECIDED if is_of_whole else result

    def _of_extreme(self, result: ClaimResult, budget: WorkBudget) -> ClaimResult:
        """Smallest at x = 1, which is right of the function, and yet not where 2 ≤ x ≤ 4."""
        if result.verdict != StepVerdict.PROVED:
            return result
        text, task = self.gate.text, self.progress.facts.task
        is_other = calls_place_extreme(text, task) or gives_place_as_value(text, task, budget)
        return UNDECIDED if is_other else result

    def _of_half_circle(
        self, result: ClaimResult, statement: Statement, budget: WorkBudget
    ) -> ClaimResult:
        """semicircle = π·1² = 3.14, which is right, and yet of the whole circle."""
        half = FIGURES["semicircle"].search(statement.words)
        if half is None or result.verdict != StepVerdict.PROVED:
            return result
        expectations = self.progress.expectations
        areas = (
            expectations.judge(f"area {half[0]}", side, budget)
            for side in self.progress.read_statement(statement).sides
        )
        is_wrong = any(area.verdict == StepVerdict.REFUTED for area in areas)
        return UNDECIDED if is_wrong else result

    def _of_part(
        self, result: ClaimResult, statement: Statement, budget: WorkBudget
    ) -> ClaimResult:
        """denominator: 3² - 1² = 8, which is right, and yet not the one of 10/((3 + i)(3 - i))."""
        terms = self.progress.read_statement(statement).terms
        side = terms[-1] if terms else None
        if result.verdict != StepVerdict.PROVED or side is None:
            return result
        known = (*self.progress.facts.task.expressions, *self.progress.terms)
        return UNDECIDED if is_other_part(statement.words, side, known, budget) else result

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
        return _copy_of((self.progress.facts, self.progress.terms))

    def _with_bounds(self, statement: Statement) -> Statement:
        """= [x²]_{0}^{2} for = [x²] after ∫ 2x dx from 0 to 2"""
        bounded = with_bounds_of(statement.text, self.progress.facts.expression)
        bounded = with_bounds_beside(bounded, self.progress.facts.task.integrals)
        return replace(statement, text=bounded)

    def _with_left_side(self, statement: Statement) -> Statement:
        """x = 3 ± √5 for = 3 ± √5 after x = 3 ± √(9 - 4)."""
        before = self.previous.text if self.previous is not None else ""
        name, equals, value = before.partition("=")
        both = all("±" in text or "\\pm" in text for text in (value, statement.text))
        if not statement.continues or not equals or not both:
            return statement
        text = f"{name.strip()} {statement.text}"
        return replace(statement, text=text, continues=False)


def _copy_of(known: tuple[Facts, list[Term]]) -> tuple[Facts, list[Term]]:
    facts, terms = known
    copied = replace(
        facts, facts=list(facts.facts), cases=list(facts.cases), values=dict(facts.values)
    )
    return copied, list(terms)


def _in_order(text: str, line: ReadLine) -> tuple[list[Statement], list[Statement]]:
    """The suppositions of a line, then what it claims."""
    suppositions = [s for s in line.statements if s.role == Role.SUPPOSE]
    others = [s for s in line.statements if s.role != Role.SUPPOSE]
    if len(line.statements) > 1:  # with m, n in Z
        others = [s for s in others if not (len(s.text) == 1 and s.text.isalpha())]
    if not line.statements and says_no_solution(text):
        others = [Statement(text.strip(), 0, Role.STEP)]
    return suppositions, others


def _crosses_axis(text: str, line: ReadLine) -> bool:
    """Whether it looks where a curve meets an axis: x = 0 holds there alone."""
    is_zero = any(_ZERO.fullmatch(statement.text.strip()) for statement in line.statements)
    return is_zero and _AXIS.search(text) is not None


def _equation(claim: Claim) -> Comparison | None:
    """The whole claim, if it is an equation in one variable."""
    if claim.operators != ("=",) or None in claim.terms:
        return None
    left, right = claim.terms
    equation = Comparison("=", left, right)  # type: ignore[arg-type]
    return equation if len(free_names(equation)) == 1 else None


def _is_open(claims: Sequence[ClaimCheck]) -> bool:
    """Whether nothing in the line is refuted, and something neither proved nor given."""
    is_unchecked = _verdict(claims) == StepVerdict.UNCHECKED
    return is_unchecked and not (claims and all(claim.is_definition for claim in claims))


def _verdict(claims: Sequence[ClaimCheck]) -> StepVerdict:
    verdicts = {claim.verdict for claim in claims if not claim.is_definition}
    if StepVerdict.REFUTED in verdicts:
        return StepVerdict.REFUTED
    return StepVerdict.PROVED if verdicts == {StepVerdict.PROVED} else StepVerdict.UNCHECKED
