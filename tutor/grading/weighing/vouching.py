"""What a right final answer says of the lines that lead to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from tutor.grading.parsing.tree import Num, Sym, free_names
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.checks import StepCheck
from tutor.grading.steps.claim_results import (
    ClaimCheck,
    ClaimRelation,
    Slip,
    StepVerdict,
    proved,
)
from tutor.grading.weighing.agreements import (
    KnownTerms,
    comes_to_known_number,
    is_in_proportion,
    is_value_of_answer,
    repeats_answer,
)
from tutor.grading.weighing.confirmations import (
    holds_as_chain,
    is_answer_rearranged,
    is_complement_of_answer,
    is_true_algebra,
    is_true_calculation,
    mentions_known_numbers,
)
from tutor.grading.weighing.dependencies import is_used
from tutor.grading.weighing.evidence import Evidence
from tutor.grading.weighing.final_answer import AnswerOutcome
from tutor.grading.weighing.known_answer import answer_number, own_values
from tutor.grading.weighing.marks import is_free_of_mistake, with_proved, without_refutation
from tutor.grading.weighing.numbers import (
    ELSEWHERE,
    Values,
    holds,
    is_name,
    number,
    without_degrees,
)
from tutor.grading.weighing.solution_sets import lists_right_ones
from tutor.grading.weighing.weighed_lines import WeighedClaim, WeighedLine

_EXTREMES = re.compile(
    r"\bm(?:ax|in)(?:im\w{0,4})?\b|\bHoch|\bTief|\bHP\b|\bTP\b|[极最][大小]", re.IGNORECASE
)


def vouched(evidence: Evidence) -> list[StepCheck]:
    """Without refutations that may be mistaken, and with what the answer confirms proved."""
    voucher = _Voucher(evidence)
    return _resting([voucher.check(line) for line in evidence.lines], evidence)


def with_sure_refutations(evidence: Evidence) -> list[StepCheck]:
    """Without refutations that may be mistaken, but for a sign of order that was not turned."""
    return _resting(
        [
            line.check if _is_of_turned_sign(line.check) else _sure(line, evidence)
            for line in evidence.lines
        ],
        evidence,
    )


def _is_of_turned_sign(check: StepCheck) -> bool:
    """x > -5 after -3x > 15: the numbers of the answer say nothing of it."""
    return check.refuted is not None and check.refuted.slip == Slip.INEQUALITY_NOT_TURNED


def confirmed_before_mistake(checks: list[StepCheck], evidence: Evidence) -> list[StepCheck]:
    """With equations proved that the stored answer fulfils and other values do not.

    0.3 = 4.8/(12 + w) in a working that loses w = 4 on a later line. Only before a refuted line.
    """
    first = next((n for n, c in enumerate(checks) if c.verdict == StepVerdict.REFUTED), 0)
    confirmed = [
        _confirmed(check, evidence.lines[n], evidence) for n, check in enumerate(checks[:first])
    ]
    return [*confirmed, *checks[first:]]


def _confirmed(check: StepCheck, line: WeighedLine, evidence: Evidence) -> StepCheck:
    if check.verdict != StepVerdict.UNCHECKED:
        return check
    true = {
        c.statement.start
        for c in line.claims
        if evidence.is_true_at_answer(c) or _gives_solution(c, evidence)
    }
    indices = (
        index
        for index, claim in enumerate(check.claims)
        if claim.start in true
        and claim.verdict == StepVerdict.UNCHECKED
        and not claim.is_definition
    )
    sure = frozenset(indices)
    return with_proved(check, sure) if sure else check


def _gives_solution(claim: WeighedClaim, evidence: Evidence) -> bool:
    """x1 = 2/4 = 1/2, which is one of two solutions."""
    return claim.name in evidence.known.names and is_value_of_answer(claim, evidence)


def _sure(line: WeighedLine, evidence: Evidence) -> StepCheck:
    is_certain = any(evidence.is_certain(claim) for claim in line.claims)
    return line.check if is_certain else without_refutation(line.check)


def _resting(checks: list[StepCheck], evidence: Evidence) -> list[StepCheck]:
    """Each after the first refuted line rests on it, but for what the right answer fulfils."""
    first = next((n for n, c in enumerate(checks) if c.verdict == StepVerdict.REFUTED), None)
    return [
        replace(check, rests_on=first if _rests(line, check, first, evidence) else None)
        for line, check in zip(evidence.lines, checks, strict=True)
    ]


def _rests(line: WeighedLine, check: StepCheck, first: int | None, evidence: Evidence) -> bool:
    if first is None or line.number <= first or _is_free(line, first, evidence):
        return False
    is_new_start = check.verdict == StepVerdict.PROVED and bool(line.claims)
    return not is_new_start or not all(map(evidence.is_true_at_answer, line.claims))


def _is_free(line: WeighedLine, first: int, evidence: Evidence) -> bool:
    """Whether the first pass has found it right without the same wrong line."""
    return is_free_of_mistake(line.check) and evidence.lines[first].is_refuted


class _Voucher:
    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.answer, self.budget = evidence.answer, evidence.budget
        self.known_terms = KnownTerms(evidence)
        numbers = own_values(evidence.lines, self.budget)
        own = {name: Num(Fraction(value)) for name, value in numbers.items()}
        solutions = evidence.known.solutions
        listed = _alternatives(evidence.lines, self.budget)
        assignments: list[Values] = [{**own, **values} for values in (*solutions, *listed)]
        assignments = assignments or [own]
        self.assignments = [*assignments, *map(without_degrees, assignments)]

    def check(self, line: WeighedLine) -> StepCheck:
        check = _sure(line, self.evidence)
        if check.verdict != StepVerdict.UNCHECKED or self._may_be_swapped(line):
            return check
        if not check.claims and repeats_answer(line, self.evidence):
            claim = ClaimCheck.of(proved(ClaimRelation.EQUAL), line.text, 0, 0.0)
            return replace(check, verdict=StepVerdict.PROVED, claims=(claim,))
        sure = frozenset(self._vouched_claims(line, check))
        return with_proved(check, sure) if sure else check

    def _may_be_swapped(self, line: WeighedLine) -> bool:
        """Of an answer whose numbers alone are known: which is the maximum, which not."""
        is_likely = self.answer.outcome == AnswerOutcome.LIKELY
        return is_likely and bool(_EXTREMES.search(line.text))

    def _vouched_claims(self, line: WeighedLine, check: StepCheck) -> Iterator[int]:
        is_table = is_in_proportion(line, self.evidence)
        for index, claim in enumerate(check.claims):
            if claim.verdict != StepVerdict.UNCHECKED or claim.is_definition:
                continue
            if is_table:
                yield index
                continue
            for weighed in line.claims:
                if weighed.statement.start == claim.start and self._vouches(weighed, line.number):
                    yield index
                    break

    def _vouches(self, claim: WeighedClaim, line: int) -> bool:
        if self.evidence.is_false_between_numbers(claim):
            return False  # the right answer may stand at the end of it
        if self.evidence.is_false_at_answer(claim):
            return False  # x = 9 of a first try, which the right one stands below
        return (
            self._is_answer(claim, line)
            or self._holds_at_answer(claim)
            or self._is_used_calculation(claim, line)
            or is_true_calculation(claim, line, self.evidence)
            or is_true_algebra(claim, self.budget)
            or any(holds_as_chain(claim, values, self.budget) for values in self.assignments)
            or is_answer_rearranged(claim, self.evidence)
            or is_complement_of_answer(claim, line, self.evidence)
            or mentions_known_numbers(claim, line, self.evidence)
            or is_value_of_answer(claim, self.evidence)
            or lists_right_ones(claim, self.evidence)
            or self.known_terms.has(claim, line)
            or comes_to_known_number(claim, self.assignments, self.evidence)
        )

    def _is_answer(self, claim: WeighedClaim, line: int) -> bool:
        text = self.answer.text
        return bool(text) and line == self.answer.line and text in claim.statement.text

    def _holds_at_answer(self, claim: WeighedClaim) -> bool:
        """An equation that the values of its unknowns fulfil, and others do not."""
        equation = claim.equation
        if equation is None or (is_name(equation.left) and not free_names(equation.right)):
            return False
        names = free_names(equation)
        return bool(names) and any(
            names <= values.keys()
            and holds(equation, values, self.budget) is True
            and holds(equation, self._shifted(values), self.budget) is False
            for values in self.assignments
        )

    def _shifted(self, values: Values) -> Values:
        return dict.fromkeys(values, ELSEWHERE)

    def _is_used_calculation(self, claim: WeighedClaim, line: int) -> bool:
        """True arithmetic whose result is the answer, or one that a later line works with."""
        index = next(n for n, c in enumerate(self.evidence.lines[line].claims) if c is claim)
        calculation = self.evidence.calculation_of(line, index)
        if calculation is None:
            return False
        own = answer_number(self.answer.text, self.budget)
        is_answer = own is not None and calculation.gives(own)
        is_last = line + 1 == len(self.evidence.lines)
        return is_answer or (not is_last and is_used(calculation, self.evidence))


def _alternatives(lines: Sequence[WeighedLine], budget: WorkBudget) -> Iterator[Values]:
    """{x: 12} and {x: 5} of x = 12 or x = 5."""
    for part in (p for line in lines for claim in line.claims for p in claim.alternatives):
        match part.terms:
            case (Sym(name), term) if term is not None:
                value = number(term, budget)
                if value is not None:
                    yield {name: Num(Fraction(value))}
