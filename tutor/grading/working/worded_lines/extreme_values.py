"""The greatest or smallest value of a function on an interval with its ends."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from flint import arb

from tutor.grading.numeric.derivatives import NotDifferentiable
from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.evaluate import Evaluator
from tutor.grading.numeric.intervals import BASE_BITS, Undefined, precision
from tutor.grading.parsing.tree import (
    ZERO,
    Comparison,
    Sym,
    Term,
    free_names,
    is_term,
    substitute,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solving.equations import zeros_near
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    Witness,
    proved,
    refuted,
)
from tutor.grading.steps.definitions import Function
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.statement_numbers import number_term, read_number
from tutor.grading.working.solution_lists.stated_intervals import interval_in
from tutor.grading.working.task import Task, read_task

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
_TURNING = re.compile(
    r"\b(?:max|min)[a-z]{0,5}\.?\s(?:at|bei|en|in|when|for|point)\b", re.IGNORECASE
)
_NUMBER = r"[-−]?\d{1,6}(?:\.\d{1,6})?(?:/\d{1,4})?"
_VALUE = re.compile(
    r"(?:\b(?:is|therefore|ist|est|es|of|be|value|max|min)\b|[=:：是为])\s{0,3}"
    rf"(?:[a-z]\(-?\d{{1,4}}\)\s?=\s?)?({_NUMBER})\s{{0,2}}[.。]?$"
)
_POSITION = re.compile(
    r"\s?,?\s?\(?\b"
    r"(?:(?:and|und|et|y) (?:it |es |il |él )?(?:is|lies|ist|liegt|est|está|se alcanza) )?"
    rf"(?:at|when|for|bei|für|en|pour|para)\s[a-z]\s?=\s?{_NUMBER}\)?[.。]?$"
)
_PLACE = re.compile(
    rf"(?:当|在|\b(?:at|when|for|bei|für|wenn|en|pour|quand|para|cuando))\s?([a-z])\s?=\s?({_NUMBER})"
    rf"(?![\d.])"
)
_OF_VALUE = re.compile(
    r"(?:\b(?:max|min)(?:imum|imal)?\w{0,2}[- ]?(?:value|wert)|\bvaleur (?:maximale|minimale)"
    r"|\bvalor (?:máximo|mínimo)|[最极][大小]值)\s?(?:is|ist|est|es|[=:：为是])\s?"
    rf"({_NUMBER})\s?[.。]?$",
    re.IGNORECASE,
)
_NEAR = 1e-6


def judge_extreme_value(text: str, task: Task, budget: WorkBudget) -> ClaimResult | None:
    """Refuted where another value of the function is called the greatest one; None otherwise."""
    is_greatest, is_smallest = bool(_GREATEST.search(text)), bool(_SMALLEST.search(text))
    interval, value = interval_in(task.text), _VALUE.search(_POSITION.sub("", text.strip()))
    function = _function(task, budget)
    if is_greatest == is_smallest or interval is None or value is None or function is None:
        return None
    if _LOCAL.search(text):
        return None
    low, high = interval
    claimed = read_number(value[1])
    inside, outside = _values(function, float(low), float(high), budget)
    if claimed is None or len(inside) < 2:
        return None
    best = max(inside) if is_greatest else min(inside)
    if _is_among(claimed, [best]):
        return proved(ClaimRelation.EVALUATE)
    is_turning = _is_among(claimed, outside) and not _TURNING.search(text)
    if not is_turning and not _is_among(claimed, inside):
        return None
    slip = Slip.ENDS_FORGOTTEN if _is_among(claimed, inside) else Slip.OUTSIDE_INTERVAL
    return refuted(ClaimRelation.EVALUATE, Witness({}, value[1], ""), slip)


def calls_place_extreme(text: str, task: Task) -> bool:
    """Whether a line has the smallest value where the interval of the statement has no place.

    Of another letter nobody knows where it may lie: t = 1, where 1 ≤ x ≤ 2 and t = 2ˣ.
    """
    interval, match = interval_in(task.text), _PLACE.search(text)
    is_extreme = bool(_GREATEST.search(text)) != bool(_SMALLEST.search(text))
    if interval is None or match is None or not is_extreme or _LOCAL.search(text):
        return False
    number = read_number(match[2])
    is_inside = number is not None and interval[0] <= number <= interval[1]
    return not (is_inside and match[1] in task.names)


def gives_place_as_value(text: str, task: Task, budget: WorkBudget) -> bool:
    """Whether "maximum value = 3" has the 3 of x = 3, where 6x - x² is another number."""
    match = _OF_VALUE.search(text)
    number = read_number(match[1]) if match else None
    asked = [e for e in task.expressions if is_term(e) and free_names(e)]
    function = _function(task, budget)
    body = function.body if function is not None else asked[0] if len(asked) == 1 else None
    if number is None or body is None or len(free_names(body)) != 1:
        return False
    [name] = free_names(body)
    slope = _slope(body, name)
    at = number_term(number)
    if (
        slope is None
        or same_value(substitute(slope, Sym(name), at), ZERO, budget).equal is not True
    ):
        return False
    return same_value(substitute(body, Sym(name), at), at, budget).equal is False


def _slope(body: Term, name: str) -> Term | None:
    try:
        return Function(name, body).derived().body
    except NotDifferentiable:
        return None


def _function(task: Task, budget: WorkBudget) -> Function | None:
    """The only one of the statement, whatever lines have made of its name."""
    functions = [
        function
        for name, function in read_task(task.text).definitions.functions.items()
        if "'" not in name and function.variable in task.names
    ]
    first = next(iter(functions), None)
    bodies = (function.body for function in functions[1:])
    is_only = first is not None and all(
        body == first.body or same_value(body, first.body, budget).equal is True for body in bodies
    )
    return first if is_only else None


def _is_among(claimed: Fraction, values: Iterable[float]) -> bool:
    return any(abs(float(claimed) - value) < _NEAR for value in values)


def _values(
    function: Function, low: float, high: float, budget: WorkBudget
) -> tuple[list[float], list[float]]:
    """At the ends and where the derivative is zero between them, and where it is zero elsewhere."""
    try:
        slope = function.derived()
    except NotDifferentiable:
        return [], []
    zeros = zeros_near(Comparison("=", slope.body, ZERO), function.variable, budget)
    positions = [float(zero.mid()) for zero in zeros if isinstance(zero, arb)]
    inside = [low, high, *(x for x in positions if low < x < high)]
    outside = [x for x in positions if not low <= x <= high]
    values = [_value(function, x, budget) for x in inside + outside]
    if any(value is None for value in values[: len(inside)]):
        return [], []
    known = [
        [value for value in part if value is not None]
        for part in (values[: len(inside)], values[len(inside) :])
    ]
    return known[0], known[1]


def _value(function: Function, position: float, budget: WorkBudget) -> float | None:
    with precision(BASE_BITS):
        evaluator = Evaluator({function.variable: arb(position)}, budget, real=True)
        try:
            value = evaluator.value(function.body)
        except (Undefined, OverflowError):
            return None
    return float(value.mid()) if isinstance(value, arb) else None
