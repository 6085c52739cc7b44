"""Equations that add what lines before have named: k + k + 8 = 34 after "kim = k, jo = k + 8"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.tree import Add, Mul, Num, Sym, free_names, is_term
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, unchecked
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.task import Task

_EQUATION = re.compile(r"([\da-zA-Z+*·() −-]{3,60})=\s?(\d{1,6})[\s.]{0,2}")
_TOTAL = words(
    r"sums?|total|together|altogether|in all|summe|zusammen|insgesamt|somme|ensemble|en tout"
    r"|suman?|junt[oa]s",
    "一共|共|和",
)


def judge_sum_of_terms(
    text: str, named: Iterable[tuple[Fraction, Fraction]], task: Task, budget: WorkBudget
) -> ClaimResult | None:
    """Given where all of them are added, and the statement tells their sum; else None.

    named: factor and summand of each term that a line before has named.

    Raises Unreadable and WorkBudgetSpent.
    """
    match = _EQUATION.fullmatch(text.strip())
    if match is None or Fraction(match[2]) not in task.numbers or not _TOTAL.search(task.text):
        return None
    terms = list(named)
    left = read_expression(match[1])
    names = free_names(left)
    if len(terms) < 2 or len(names) != 1 or not is_term(left):
        return None
    factor, summand = (Num(sum(parts, Fraction(0))) for parts in zip(*terms, strict=True))
    whole = Add((Mul((factor, Sym(next(iter(names))))), summand))
    is_sum = same_value(left, whole, budget).equal is True
    return unchecked(ClaimRelation.DEFINE) if is_sum else None
