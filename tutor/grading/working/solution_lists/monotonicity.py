"""Where the function of a problem rises or falls: (-2, 2) for x³ - 12x, which falls there."""

from __future__ import annotations

from tutor.grading.numeric.derivatives import NotDifferentiable, differentiate
from tutor.grading.parsing.tree import (
    ZERO,
    Bracketed,
    Call,
    Comparison,
    Num,
    Pow,
    Root,
    SetOperation,
    Sym,
    Term,
    Value,
    free_names,
    has_part,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solving.real_sets import Undecidable, minus
from tutor.grading.solving.set_notation import real_set
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.task import Task

_RISES = words(
    r"increas(?:es|ing)|ris(?:es|ing)|steigt|steigend|wächst|wachsend|croissante?|crece|creciente",
    "递增|增区间|增函数",
)
_FALLS = words(
    r"decreas(?:es|ing)|falls|falling|fällt|fallend|décroissante?|decrece|decreciente",
    "递减|减区间|减函数",
)

_ASKS_INTERVALS = words(
    r"intervals?|intervall\w{0,2}|intervalles?|intervalos?|where|wo|où|dónde|for which|für welche",
    "区间",
)


def judge_intervals(value: Value, task: Task, budget: WorkBudget) -> ClaimResult | None:
    """Proved where these are all intervals on which the function does what is asked for.

    Their ends may belong to them or not. None for anything else. Raises WorkBudgetSpent.
    """
    rises, falls = (bool(pattern.search(task.text)) for pattern in (_RISES, _FALLS))
    functions = list(task.definitions.functions.values())
    is_asked = _ASKS_INTERVALS.search(task.text) is not None
    if not is_asked or rises == falls or len(functions) != 1 or not _is_of_intervals(value):
        return None
    [function] = functions
    if not is_defined_with_slope(function.body):
        return None
    try:
        slope = differentiate(function.body, function.variable)
        sign = Comparison(">" if rises else "<", slope, ZERO)
        claimed, asked = real_set(value, budget), real_set(sign, budget)
        rests = minus(claimed, asked, budget), minus(asked, claimed, budget)
    except (NotDifferentiable, Undecidable):
        return None
    is_whole = all(rest.has_only_points for rest in rests)
    return proved(ClaimRelation.SOLVE) if is_whole else None


def is_defined_with_slope(body: Term) -> bool:
    """Whether it has a value wherever its derivative has one: ln x has none at -1."""
    calls = {part.name for part in walk(body) if isinstance(part, Call)}
    powers = [part.exponent for part in walk(body) if isinstance(part, Pow)]
    are_plain = all(isinstance(exponent, Num | Sym) for exponent in powers)
    has_root = has_part(body, Root)
    return calls <= {"exp", "sin", "cos"} and are_plain and not has_root


def _is_of_intervals(value: Value) -> bool:
    if not isinstance(value, Bracketed | SetOperation) or free_names(value):
        return False
    brackets = [part for part in walk(value) if isinstance(part, Bracketed)]
    return all(part.opening in ("(", "[") and len(part.parts) == 2 for part in brackets)
