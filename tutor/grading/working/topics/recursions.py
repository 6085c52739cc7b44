"""Sequences by a rule such as u_(n+1) = 2u_n + 1: what the rule says, and formulas for u_n.

A formula is proved by induction: it gives the first member, and the rule leads from each of its
values to the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.tree import (
    ONE,
    Add,
    Call,
    Comparison,
    Div,
    Neg,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    substitute,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solving.inequalities import linear_coefficients
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    StepVerdict,
    Witness,
    proved,
    refuted,
    unchecked,
)
from tutor.grading.working.claim_reader import Claim
from tutor.grading.working.knowledge.sequences import members_in
from tutor.grading.working.knowledge.statement_numbers import number_term
from tutor.grading.working.task import Task

MEMBERS = 6  # with which a claim is compared
MAX_BITS = 200  # of a member
_N, _MEMBER = Sym("n"), Sym("u_n of the rule")


@dataclass(frozen=True, slots=True)
class Recursion:
    """letter: of the members. following: the member after `_MEMBER`, the one with the index n.

    start: the least index of a member that is given, and that member; None without one.
    """

    letter: str
    following: Term
    start: tuple[int, Fraction] | None

    def members(self) -> Iterator[tuple[int, Fraction]]:
        """The first ones, by index."""
        if self.start is None:
            return
        first, member = self.start
        for index in range(first, first + MEMBERS):
            yield index, member
            value = rational_value(self.at(number_term(Fraction(index)), number_term(member)))
            if value is None or value.numerator.bit_length() > MAX_BITS:
                return
            member = value

    def at(self, index: Term, member: Term) -> Term:
        return _put_in(self.following, index, member)

    def written(self, side: Term) -> Term | None:
        """With `_MEMBER` for u_n, also in u_(n+1); None where other members stand in it."""
        called = f"{self.letter}_"
        side = substitute(side, Call(called, (Add((_N, ONE)),)), self.following)
        for name in (Call(called, (_N,)), Sym(f"{self.letter}_nth")):
            side = substitute(side, name, _MEMBER)
        has_other = any(isinstance(part, Call) and part.name == called for part in walk(side))
        return None if has_other or not free_names(side) <= {"n", _MEMBER.name} else side


def recursion_of(task: Task) -> Recursion | None:
    """None where the statement has no rule, or several."""
    rules = [rule for equation in task.equations if (rule := _rule(equation)) is not None]
    if len(rules) != 1:
        return None
    [(letter, following)] = rules
    if not free_names(following) <= {"n", _MEMBER.name} or _MEMBER.name not in free_names(
        following
    ):
        return None
    members, known, _ = members_in(task)
    first = min(members, default=None)
    start = None if first is None or known != letter else (first, members[first])
    return Recursion(letter, following, start)


def _rule(equation: Value) -> tuple[str, Term] | None:
    """The letter, and what follows u_n, for u_(n+1) = f(u_n, n) and u_n = f(u_(n-1), n - 1)."""
    match equation:
        case Comparison("=", Call(called, (index,)), body) if is_term(body):
            pass
        case _:
            return None
    if index == Add((_N, ONE)):
        following = substitute(body, Call(called, (_N,)), _MEMBER)
    elif index == _N:
        before = Call(called, (Add((_N, Neg(ONE))),))
        following = substitute(body, before, _MEMBER)
        following = substitute(following, _N, Add((_N, ONE)))
    else:
        return None
    names = free_names(following)
    has_other = any(isinstance(part, Call) and part.name == called for part in walk(following))
    is_rule = called.endswith("_") and {_MEMBER.name} <= names <= {"n", _MEMBER.name}
    return (called.removesuffix("_"), following) if is_rule and not has_other else None


def judge_recursion(claim: Claim, task: Task, budget: WorkBudget) -> ClaimResult | None:
    """Given for the rule, proved for what follows from it; None for lines of anything else.

    Refuted where a member that is worked out says otherwise.
    """
    if len(claim.terms) < 2 or set(claim.operators) != {"="} or None in claim.terms:
        return None
    recursion = recursion_of(task)
    if recursion is None:
        return None
    sides = [recursion.written(side) for side in claim.terms if side is not None]
    results = []
    for first, second in pairwise(sides):
        if first is None or second is None:
            return None
        if _MEMBER.name not in free_names(first) | free_names(second):
            return None
        results.append(_judge(recursion, first, second, budget))
    wrong = next((result for result in results if result.verdict == StepVerdict.REFUTED), None)
    is_proved = all(result.verdict == StepVerdict.PROVED for result in results)
    return wrong or (proved(ClaimRelation.IMPLIES) if is_proved else None)


def _judge(recursion: Recursion, first: Term, second: Term, budget: WorkBudget) -> ClaimResult:
    if same_value(first, second, budget).equal:
        return proved(ClaimRelation.IMPLIES)
    formula = _formula(first, second)
    if formula is not None and _follows(recursion, formula, budget):
        return proved(ClaimRelation.IMPLIES)
    if formula is not None and "n" not in free_names(formula):
        return unchecked(ClaimRelation.IMPLIES)  # u_n = 63, for the n that is sought
    for index, member in recursion.members():
        known = number_term(Fraction(index)), number_term(member)
        left, right = (rational_value(_put_in(side, *known)) for side in (first, second))
        if left is not None and right is not None and left != right:
            shown = latex(number_term(left)), latex(number_term(right))
            return refuted(ClaimRelation.IMPLIES, Witness({"n": str(index)}, *shown))
    return unchecked(ClaimRelation.IMPLIES)


def _formula(first: Term, second: Term) -> Term | None:
    """What u_n is in n, where an equation is linear in it."""
    line = linear_coefficients(Add((first, Neg(second))), _MEMBER.name)
    if line is None or free_names(line[0]):
        return None
    factor, rest = line
    return Div(Neg(rest), factor) if rational_value(factor) else None


def _follows(recursion: Recursion, formula: Term, budget: WorkBudget) -> bool:
    if recursion.start is None:
        return False
    index, member = recursion.start
    begun = substitute(formula, _N, number_term(Fraction(index)))
    if same_value(begun, number_term(member), budget).equal is not True:
        return False
    following = substitute(formula, _N, Add((_N, ONE)))
    return same_value(recursion.at(_N, formula), following, budget).equal is True


def _put_in(term: Term, index: Term, member: Term) -> Term:
    written: Term = substitute(substitute(term, _MEMBER, member), _N, index)
    return written
