"""Numbers that a line calls solutions of the equation: "both x = 2 and x = 9 solve it"."""

from __future__ import annotations

import re

from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.tree import Comparison, Term, free_names, is_term
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    FailingStatement,
    Slip,
    Witness,
    refuted,
)
from tutor.grading.steps.witnesses import failing_at, value_at
from tutor.grading.working.knowledge.formulas import term_of, words
from tutor.grading.working.task import Task

_CALLED = words(
    r"(?:both )?solves?|(?:is|are)(?: (?:a|the|both|only|also)){0,3} solutions?|satisf(?:y|ies)"
    r"|answer|solutions?|final answer"
    r"|(?:ist|sind)(?: (?:eine|die|beide|beides|einzige)){0,3} lösung(?:en)?|lös(?:t|en)"
    r"|erfüll(?:t|en)|antwort|lösung(?:en|smenge)?"
    r"|(?:est|sont)(?: (?:une|la|les|deux)){0,2} solutions?|vérifien?t|réponse"
    r"|(?:es|son)(?: (?:una|la|las)){0,2} solución|soluciones|respuesta",
    "解",
)
_DENIED = words(
    r"not|no|n't|isn't|aren't|only if|check|test|extraneous|reject\w{0,3}|if|when"
    r"|nicht|keine?|probe|wenn|pas|non|si|vérification|comprobar",
    "不|无|舍|检验|若|如果|解得|解：|解方程",
)
_VALUE = re.compile(
    r"(?<![A-Za-z\d)])([a-z])\s?=\s?(-?\d{1,6}(?:[./]\d{1,6})?)(?![\d.,/^*·(A-Za-z]|\s?[-+*/^·=])"
)


def judge_claimed_solution(text: str, task: Task, budget: WorkBudget) -> ClaimResult | None:
    """Refuted where one of the numbers is none; else its formulas judge the line."""
    equations = [value for value in task.equations if isinstance(value, Comparison)]
    if len(equations) != 1 or not _CALLED.search(text) or _DENIED.search(text):
        return None
    [equation] = equations
    for name, number in _VALUE.findall(text):
        if free_names(equation) == {name} and equation.op == "=":
            witness = _failure(equation, name, term_of(number), budget)
            if witness is not None:
                return refuted(ClaimRelation.SOLVE, witness, Slip.EXTRANEOUS_ROOT)
    return None


def _failure(equation: Comparison, name: str, number: Term, budget: WorkBudget) -> Witness | None:
    value = value_at(number, {}, budget)
    if value is None:
        return None
    point = {name: value}
    for side in (equation.left, equation.right):
        if is_term(side) and value_at(side, point, budget) is None:
            return Witness({name: latex(number)}, "", "", FailingStatement.PREMISE)
    return failing_at(equation, point, budget, FailingStatement.PREMISE)
