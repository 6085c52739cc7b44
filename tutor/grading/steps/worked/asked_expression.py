r"""Problems that ask for the value of one expression: simplify \(2x + 3x\), compute \(5!\)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from tutor.grading.numeric.equivalence import has_plain_log, same_value
from tutor.grading.parsing.boxes import find_boxes
from tutor.grading.parsing.tree import Call, Num, Root, Sym, free_names, has_part
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    proved,
    refuted,
    unchecked,
)
from tutor.grading.steps.definitions import calls_unknown
from tutor.grading.steps.equation_side import EquationSide
from tutor.grading.steps.rounding import compare_numbers
from tutor.grading.steps.witnesses import where_they_differ
from tutor.grading.steps.worked.known_facts import KnownFacts
from tutor.grading.steps.worked.number_statements import NumberStatement

MAX_WORK_S = 0.3
_ASKED = re.compile(
    r"\s{0,9}(?:simplify|expand|factor|compute|evaluate|calculate|find|what is|multiply)"
    r"(?: (?:the|this|following|value of|simplified|expression|product|sum|quotient)){0,4}:?\s{0,9}"
    r"(?:\$\$?|\\\[|\\\()(?P<formula>[^$]{1,400}?)(?:\$\$?|\\\]|\\\))\s{0,9}[.?!]?\s{0,9}"
    r"(?:(?:express|give|write|leave) your (?:final )?(?:answer|result) (?P<form>[^$.]{1,80})\.)?"
    r"\s{0,9}",
    re.IGNORECASE,
)
_OTHER_FORM = re.compile(r"\b(?:base|nearest|decimal|percent\w*|degrees?|radians?|mod\w*)\b", re.I)
_LETTERS = frozenset("abcdfghjklmnopqrstuvwxyz")  # not the imaginary unit


@dataclass
class AskedExpression:
    """asked: the expression, where the problem asks for nothing else."""

    facts: KnownFacts
    asked: EquationSide | None = None

    def learn(self, statement: str) -> None:
        words = _ASKED.fullmatch(statement)
        if words is None or _OTHER_FORM.search(words["form"] or ""):
            return
        side = self.facts.side(words["formula"].strip(" .\n"))
        term = side.term
        if term is None or isinstance(term, Num | Sym) or calls_unknown([term]):
            return
        if free_names(term) <= _LETTERS and not has_plain_log(term):
            self.asked = side

    def answers(self, step: str) -> Iterator[NumberStatement]:
        """The boxed answer of the step, where it can be compared."""
        boxes = find_boxes(step) if self.asked is not None else []
        if len(boxes) != 1 or self.asked is None:
            return
        result = unchecked(ClaimRelation.EQUAL)
        with suppress(WorkBudgetSpent, RecursionError), WorkBudget(MAX_WORK_S) as budget:
            result = _compared(self.asked, self.facts.side(boxes[0].content), budget)
        if result.is_decided:
            start, end = boxes[0].start, boxes[0].end
            yield NumberStatement(step[start:end], start, result)


def _compared(asked: EquationSide, answer: EquationSide, budget: WorkBudget) -> ClaimResult:
    if asked.term is None or answer.term is None or answer.words - asked.words:
        return unchecked(ClaimRelation.EQUAL)
    names = free_names(asked.term)
    if not names and not free_names(answer.term):
        result = compare_numbers(asked, answer, "=", budget, {})
        is_exact = result.relation == ClaimRelation.EQUAL
        return result if is_exact else unchecked(result.relation)
    if same_value(asked.term, answer.term, budget).equal:
        return proved(ClaimRelation.EQUAL)
    # A root may be written for positive letters alone.
    may_hold_partly = has_part(asked.term, Root) or has_part(answer.term, (Root, Call))
    if may_hold_partly or not free_names(answer.term) <= names:
        return unchecked(ClaimRelation.EQUAL)
    witness = where_they_differ(asked.term, answer.term, budget)
    return refuted(ClaimRelation.EQUAL, witness) if witness else unchecked(ClaimRelation.EQUAL)
