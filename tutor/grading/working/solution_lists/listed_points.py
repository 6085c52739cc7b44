"""Points of a curve that are listed at the end: "points (1, 6) and (3, 2)"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.shapes import alternatives
from tutor.grading.parsing.tree import Comparison, Sym, Term, Value, free_names, is_term, substitute
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved
from tutor.grading.working.knowledge.statement_numbers import NUMBER, number_term, read_number
from tutor.grading.working.task import Task

MAX_POINTS = 4
_POINT = re.compile(rf"[A-Z]?\d?\s?\(\s?({NUMBER})\s?[,;|，]\s?({NUMBER})\s?\)")
_WORDS = re.compile(  # and no word for a maximum, an axis or the like
    r"(?:(?:so|the|are|sind|sont|son|stationary|turning|critical|tangent|two|die|les|los|also|donc"
    r"|critiques|stationnaires|críticos|estacionarios|kritische|stationäre|extrempunkte"
    r"|points?|punkte?|pts?|puntos?|coordinates|coords?|koordinaten|coordonnées|coordenadas"
    r"|and|und|et|y|at|bei|en)\b|[点驻为是有坐标和：:,;，；.=\s]){1,40}",
    re.IGNORECASE,
)


def judge_listed_points(
    text: str, task: Task, facts: Sequence[Value], budget: WorkBudget
) -> ClaimResult | None:
    """Proved where each lies on the curve and has an x that was found before; None otherwise."""
    matches = list(_POINT.finditer(text))
    if not 1 < len(matches) <= MAX_POINTS or not _WORDS.fullmatch(_POINT.sub(" ", text) + " "):
        return None
    curves = list(_curves(task))
    points = [(read_number(match[1]), read_number(match[2])) for match in matches]
    solutions = set(_solutions(facts))
    if not curves or any(x is None or y is None or x not in solutions for x, y in points):
        return None
    lies = all(_lies(curve, x, y, budget) for curve in curves for x, y in points if x is not None)
    return proved(ClaimRelation.EVALUATE) if lies else None


def _curves(task: Task) -> Iterator[Term]:
    """f(x) of f(x) = … and of y = … in the statement."""
    for function in task.definitions.functions.values():
        if function.variable == "x":
            yield function.body
    for equation in task.equations:
        match equation:
            case Comparison("=", Sym("y"), right) if is_term(right) and free_names(right) == {"x"}:
                yield right


def _solutions(facts: Sequence[Value]) -> Iterator[Fraction]:
    """1 and 3 of x = 1 or x = 3."""
    for fact in facts:
        for part in alternatives(fact):
            match part:
                case Comparison("=", Sym("x"), right) if is_term(right):
                    value = rational_value(right)
                    if value is not None:
                        yield value


def _lies(curve: Term, x: Fraction, y: Fraction | None, budget: WorkBudget) -> bool:
    height = substitute(curve, Sym("x"), number_term(x))
    if y is None or not is_term(height):
        return False
    return same_value(height, number_term(y), budget).equal is True
