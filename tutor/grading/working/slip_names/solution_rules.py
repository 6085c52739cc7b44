"""Solutions that were lost, or that do not fit the first equation."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Call,
    Comparison,
    Div,
    Value,
    free_names,
    is_term,
    substitute,
    walk,
)
from tutor.grading.steps.claim_results import Slip
from tutor.grading.steps.statements import comparisons, is_solved
from tutor.grading.working.judges.contradiction_judge import agrees
from tutor.grading.working.slip_names.scene import MAX_PREMISES, Scene

_LOGS = ("ln", "log", "lg")


def lost_solution(scene: Scene) -> Slip:
    """x² = 14x to x = 14"""
    claim = scene.claim.value or scene.comparison
    is_lost = (
        claim is not None
        and is_solved(claim)
        and any(agrees(claim, premise, scene.budget) for premise in _sources(claim, scene))
    )
    return Slip.LOST_ROOT if is_lost else Slip.NONE


def extraneous_solution(scene: Scene) -> Slip:
    """x = 8 or x = -2 from (x - 8)(x + 2) = 0, for an equation with logarithms."""
    claim = scene.claim.value or scene.comparison
    if claim is None or not is_solved(claim):
        return Slip.NONE
    sources = list(_sources(claim, scene))
    if not sources:
        return Slip.NONE
    latest, first = sources[0], sources[-1]
    parts = list(comparisons(claim))
    fits = all(agrees(part, latest, scene.budget) for part in parts)
    fails = not all(agrees(part, first, scene.budget) for part in parts) or any(
        _leaves_domain(part, first) for part in parts
    )
    return Slip.EXTRANEOUS_ROOT if fits and fails else Slip.NONE


def _sources(claim: Value, scene: Scene) -> Iterator[Value]:
    """The equations to be solved, the latest first."""
    names = free_names(claim)
    for premise in scene.premises[: 2 * MAX_PREMISES]:
        is_open = free_names(premise) == names and not is_solved(premise)
        if is_open and isinstance(premise, Comparison) and premise.op == "=":
            yield premise


def _leaves_domain(solution: Comparison, equation: Value) -> bool:
    """x = -2 for ln x, and x = 3 below a line as x - 3."""
    value = substitute(equation, solution.left, solution.right)
    for part in walk(value):
        match part:
            case Call(name, (inner, *_)) if name in _LOGS and is_term(inner):
                number = rational_value(inner)
                if number is not None and number <= 0:
                    return True
            case Div(_, bottom) if rational_value(bottom) == 0:
                return True
    return False
