"""Everything that the rules look at when they search for the wrong line of a working."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise, takewhile

from tutor.grading.answer_key import AnswerKey, Kind
from tutor.grading.comparison.keys import key_value
from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.polynomials import rational_function
from tutor.grading.parsing.shapes import definition
from tutor.grading.parsing.tree import (
    Add,
    Call,
    Comparison,
    Div,
    Mul,
    Neg,
    Pow,
    Root,
    Value,
    free_names,
    is_term,
    walk,
)
from tutor.grading.processes.once import cached_property
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solving.inequalities import is_solved
from tutor.grading.solving.real_sets import EMPTY_SET, Undecidable, equal_sets, minus
from tutor.grading.solving.set_notation import real_set
from tutor.grading.steps.claim_results import (
    RELATIONS_OF_SIDES,
    ClaimRelation,
    Slip,
    StepVerdict,
)
from tutor.grading.weighing.calculations import Calculation, calculations
from tutor.grading.weighing.final_answer import FinalAnswer
from tutor.grading.weighing.known_answer import KnownAnswer, known_answer
from tutor.grading.weighing.numbers import (
    APART,
    ELSEWHERE,
    Values,
    are_close,
    counts_things,
    has_decimals,
    holds,
    is_name,
    numbers,
    without_degrees,
)
from tutor.grading.weighing.weighed_lines import WeighedClaim, WeighedLine
from tutor.grading.working.claim_reader import Claim
from tutor.grading.working.reading.statement import NO_SOLUTION
from tutor.grading.working.task import Task, read_task

MAX_SOLUTIONS = 3
_SETS = (Kind.INEQUALITY, Kind.INTERVAL, Kind.SET)
_STEPS = frozenset(["abs", "floor", "ceil", "round", "sign", "sgn", "max", "min", "mod", "gcd"])


@dataclass
class Evidence:
    lines: Sequence[WeighedLine]
    key: AnswerKey
    answer: FinalAnswer
    statement: str
    budget: WorkBudget

    @cached_property
    def task(self) -> Task:
        return read_task(self.statement)

    @cached_property
    def known(self) -> KnownAnswer:
        return known_answer(self.lines, self.key, self.answer, self.task, self.budget)

    @cached_property
    def calculations(self) -> list[Calculation]:
        return calculations(self.lines, self.budget)

    def calculation_of(self, line: int, claim: int) -> Calculation | None:
        pairs = (c for c in self.calculations if (c.line, c.claim) == (line, claim))
        return next(pairs, None)

    def truth(self, claim: WeighedClaim, values: Values) -> bool | None:
        """Whether an equation of these unknowns holds; None for anything else."""
        equation = claim.equation or claim.end
        if equation is None or claim.statement.supposed or claim.is_cut:
            return None
        names = free_names(equation)
        is_known = bool(names) and names <= values.keys()
        if not is_known or not all(may_judge(equation, name) for name in names):
            return None
        truth = holds(equation, values, self.budget)
        bare = without_degrees(values)
        return truth if truth or bare == values else holds(equation, bare, self.budget)

    def is_false_at_answer(self, claim: WeighedClaim) -> bool:
        truths = [self.truth(claim, values) for values in self.known.solutions]
        return bool(truths) and all(truth is False for truth in truths)

    def is_true_at_answer(self, claim: WeighedClaim) -> bool:
        """Also whether other values would not do: 2k + 12 = 2k + 12 says nothing of k."""
        truths = [self.truth(claim, values) for values in self.known.solutions]
        other = self.truth(claim, dict.fromkeys(self.known.names, ELSEWHERE))
        return bool(truths) and all(truth is True for truth in truths) and other is False

    @cached_property
    def last_right_line(self) -> int:
        """The last line that has the right answer, one with letters; -1 without it."""
        named = definition(key_value(self.key))
        right = named[1] if named else key_value(self.key)
        if not is_term(right) or not free_names(right):
            return -1
        numbers = (
            line.number
            for line in reversed(self.lines)
            for term in (term for claim in line.claims for term in claim.terms)
            if free_names(term) == free_names(right)
            and same_value(term, right, self.budget).equal is True
        )
        return next(numbers, -1)

    def is_condition_of_answer(self, claim: WeighedClaim, *, may_be_solved: bool = False) -> bool:
        """Whether all of an answer that is a set fulfils it: 6 - 2x ≥ 0 for x ≤ 3, x ≠ -1.

        may_be_solved: x ≤ 4 counts too.
        """
        inequality = claim.inequality
        if self.key.kind not in _SETS or inequality is None:
            return False
        if is_solved(inequality) and not may_be_solved:
            return False
        with suppress(Undecidable):
            right, own = (
                real_set(value, self.budget) for value in (key_value(self.key), inequality)
            )
            return equal_sets(minus(right, own, self.budget), EMPTY_SET, self.budget)
        return False

    def is_certain(self, claim: WeighedClaim) -> bool:
        """Whether a refuted claim is wrong by itself, whatever comes out."""
        check = claim.check
        if check is None or check.verdict != StepVerdict.REFUTED:
            return False
        if check.slip == Slip.RUNNING_EQUALS or self.is_false_between_numbers(claim):
            return True
        if claim.statement.continues and check.relation == ClaimRelation.EQUAL:
            return not any(
                free_names(term) for term in claim.terms if term is not None
            )  # = 12 - 10
        if (check.relation, check.slip) == (ClaimRelation.EQUIVALENT, Slip.FACTOR_SIGN):
            return (
                True  # other roots than those of the line before, though the answer be among them
            )
        if (check.relation, check.slip) == (ClaimRelation.EVALUATE, Slip.UNIT_CONVERSION):
            return True  # 80 m/s for 80 km/h, where the stored answer may have no unit
        is_identity = check.relation in RELATIONS_OF_SIDES and self._is_in_names_of_task(claim)
        if is_identity and not self.is_true_at_answer(claim):
            return True
        return self.is_false_at_answer(claim) and not self._is_dropped(claim)

    def _is_dropped(self, claim: WeighedClaim) -> bool:
        """Whether it is a case that the working leaves: x = -3, and x = 5 is the answer."""
        assert claim.check is not None  # noqa: S101 - `is_certain` looks
        is_value = is_name(claim.terms[0]) and not free_names(claim.terms[-1])
        is_case = claim.check.slip == Slip.LOST_ROOT or (is_value and self._was_found(claim))
        return is_case or claim.statement.rejected or self._has_no_solution(claim)

    def _was_found(self, claim: WeighedClaim) -> bool:
        """Whether an equation above has the value for a solution, or nobody knows one above it."""
        if claim.equation is None:
            return True
        value = dict.fromkeys(free_names(claim.equation), claim.terms[-1])
        truths = [holds(equation, value, self.budget) for equation in self._equations_above(claim)]
        return not truths or any(truth is not False for truth in truths)

    def _equations_above(self, claim: WeighedClaim) -> Iterator[Comparison]:
        """Those of the statement and the lines that have its unknown alone, and are not solved."""
        own = claim.equation
        told = [e for e in self.task.equations if isinstance(e, Comparison) and e.op == "="]
        claims = (other for line in self.lines for other in line.claims)
        above = takewhile(lambda other: other is not claim, claims)
        for equation in (*told, *(c.equation for c in above if c.equation is not None)):
            if own and free_names(equation) == free_names(own) and not is_name(equation.left):
                yield equation

    def _has_no_solution(self, claim: WeighedClaim) -> bool:
        """Whether the words after it say so: e^x = -2 has no solution."""
        for line in self.lines:
            statements = line.read.statements
            if claim.statement in statements:
                following = statements[statements.index(claim.statement) + 1 :]
                return bool(following) and following[0].text == NO_SOLUTION
        return False

    def _is_in_names_of_task(self, claim: WeighedClaim) -> bool:
        names = frozenset[str]().union(*map(free_names, claim.terms))
        return len(claim.terms) > 1 and bool(names) and names <= self.task.names

    def is_false_between_numbers(self, claim: WeighedClaim) -> bool:
        """33 - 7 = 26 + 12, with angles in radians and in degrees."""
        if claim.is_cut or counts_things(claim.statement.text):
            return False
        return any(map(self._is_false_chain, (claim.claim, *claim.alternatives)))

    def _is_false_chain(self, claim: Claim) -> bool:
        if not claim.operators or set(claim.operators) != {"="}:
            return False
        for left, right in pairwise(claim.terms):
            if left is None or right is None or is_name(left) or is_name(right):
                continue
            values = [numbers(side, self.budget) for side in (left, right)]
            apart = APART if has_decimals(left) or has_decimals(right) else 0.0
            if all(values) and not any(
                are_close(a, b, apart) for a in values[0] for b in values[1]
            ):
                return True
        return False

    def is_stated(self, value: float) -> bool:
        return any(are_close(float(number), value) for number in self.task.numbers)


def may_judge(equation: Comparison, name: str) -> bool:
    """Whether an equation may be held against the stored answer.

    √((x - 5)²) = x - 5 would tell whether the answer is at least 5, and an equation with many
    chosen solutions whether it is among them.
    """
    if any(_tells_order(part) for part in walk(equation)):
        return False
    if not is_term(equation.left) or not is_term(equation.right):
        return False
    fraction = rational_function(Add((equation.left, Neg(equation.right))), name)
    return fraction is None or fraction.top.degree() <= MAX_SOLUTIONS


def _tells_order(part: Value) -> bool:
    match part:
        case Call(function):
            return function in _STEPS
        case Root(inner) | Pow(inner, Div()):
            return any(isinstance(other, Pow | Mul) and free_names(other) for other in walk(inner))
    return False
