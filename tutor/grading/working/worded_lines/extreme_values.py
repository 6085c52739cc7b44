"""The greatest or smallest value of a function on an interval with its ends."""

from __future__ import annotations

import re

from flint import arb

from tutor.grading.numeric.derivatives import NotDifferentiable
from tutor.grading.numeric.evaluate import Evaluator
from tutor.grading.numeric.intervals import BASE_BITS, Undefined, precision
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.tree import ZERO, Comparison, Term, Unreadable, is_term
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solving.equations import zeros_near
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, Slip, Witness, refuted
from tutor.grading.steps.definitions import Function
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.task import Task

_GREATEST = words(
    r"greatest|largest|biggest|maximum|maximal\w{0,2}|max|highest|größte\w{0,2}"
    r"|plus grande?|máximo|mayor",
    "最大",
)
_SMALLEST = words(
    r"smallest|least|lowest|minimum|minimal\w{0,2}|min|kleinste\w{0,2}|plus petite?|mínimo|menor",
    "最小",
)
_LOCAL = words(r"local|relative|lokal\w{0,2}|locaux?|relativ\w{0,2}|candidates?", "极|驻点")
_ENDS = re.compile(
    r"\[\s{0,2}(-?\d{1,4}(?:/\d{1,3})?)\s{0,2}[,;|]\s{0,2}(-?\d{1,4}(?:/\d{1,3})?)\s{0,2}\]"
    r"|(-?\d{1,4})\s{0,2}(?:\\leq?|≤|<=)\s{0,2}[a-z]\s{0,2}(?:\\leq?|≤|<=)\s{0,2}(-?\d{1,4})"
)
_VALUE = re.compile(
    r"(?:\b(?:is|therefore|ist|est|es|of|be)\b|[=:：是为])\s{0,3}(?:[a-z]\(-?\d{1,4}\)\s?=\s?)?"
    r"([-−]?\d{1,6}(?:\.\d{1,6})?(?:/\d{1,4})?)\s{0,2}[.。]?$"
)
_NEAR = 1e-6


def judge_extreme_value(text: str, task: Task, budget: WorkBudget) -> ClaimResult | None:
    """Refuted where another value of the function is called the greatest one; None otherwise."""
    is_greatest, is_smallest = bool(_GREATEST.search(text)), bool(_SMALLEST.search(text))
    ends, value = _ENDS.search(task.text), _VALUE.search(text.strip())
    functions = {f for name, f in task.definitions.functions.items() if "'" not in name}
    if is_greatest == is_smallest or ends is None or value is None or len(functions) != 1:
        return None
    if _LOCAL.search(text):
        return None
    low, high = (rational_value(_read(part)) for part in ends.groups() if part is not None)
    if low is None or high is None or not low < high:
        return None
    claimed = rational_value(_read(value[1].replace("−", "-")))
    values = _values(functions.pop(), float(low), float(high), budget)
    if claimed is None or len(values) < 2:
        return None
    best = max(values) if is_greatest else min(values)
    is_other = any(abs(float(claimed) - other) < _NEAR for other in values)
    if not is_other or abs(float(claimed) - best) < _NEAR:
        return None
    return refuted(ClaimRelation.EVALUATE, Witness({}, value[1], ""), Slip.ENDS_FORGOTTEN)


def _read(text: str) -> Term:
    try:
        value = read_expression(text)
    except (Unreadable, RecursionError):
        return ZERO
    return value if is_term(value) else ZERO


def _values(function: Function, low: float, high: float, budget: WorkBudget) -> list[float]:
    """At the ends, and where the derivative is zero between them."""
    try:
        slope = function.derived()
    except NotDifferentiable:
        return []
    zeros = zeros_near(Comparison("=", slope.body, ZERO), function.variable, budget)
    inner = [float(zero.mid()) for zero in zeros if isinstance(zero, arb)]
    positions = [low, high, *(x for x in inner if low < x < high)]
    values = [_value(function, x, budget) for x in positions]
    return [] if None in values else [value for value in values if value is not None]


def _value(function: Function, position: float, budget: WorkBudget) -> float | None:
    with precision(BASE_BITS):
        evaluator = Evaluator({function.variable: arb(position)}, budget, real=True)
        try:
            value = evaluator.value(function.body)
        except (Undefined, OverflowError):
            return None
    return float(value.mid()) if isinstance(value, arb) else None
