"""Cases of a working in which the right answer does not lie."""

from __future__ import annotations

import operator
from collections.abc import Callable

from tutor.grading.parsing.tree import Comparison, is_term
from tutor.grading.weighing.evidence import Evidence
from tutor.grading.weighing.numbers import Values, number
from tutor.grading.weighing.weighed_lines import WeighedClaim
from tutor.grading.working.certainty.half_read import is_case
from tutor.grading.working.certainty.line_scope import LineScope
from tutor.grading.working.reading import Role

_FAILS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.ge,
    "<=": operator.gt,
    ">": operator.le,
    ">=": operator.lt,
}


def lines_in_dead_cases(evidence: Evidence) -> frozenset[int]:
    """Lines from "case 1: x - 4 = 2x + 1" to the next case, where the right x is none of it.

    Nothing there holds at the right answer, and nothing there has to.
    """
    dead: set[int] = set()
    is_dead = False
    for line in evidence.lines:
        suppositions = [c for c in line.claims if c.statement.role == Role.SUPPOSE]
        if LineScope.of(line.text).opens_case or is_case(line.text):
            is_dead = any(
                evidence.is_false_at_answer(c) or _is_bound_beyond(c, evidence)
                for c in suppositions
            )
        elif any(c.statement.role == Role.ANSWER for c in line.claims):
            is_dead = False
        if is_dead:
            dead.add(line.number)
    return frozenset(dead)


def _is_bound_beyond(claim: WeighedClaim, evidence: Evidence) -> bool:
    """Whether no solution lies in the range of the case: x ≥ 4, where x = 1 is right."""
    bound = claim.inequality
    if bound is None or bound.op not in _FAILS:
        return False
    solutions = evidence.known.solutions
    return bool(solutions) and all(_fails(bound, values, evidence) for values in solutions)


def _fails(bound: Comparison, values: Values, evidence: Evidence) -> bool:
    if not is_term(bound.left) or not is_term(bound.right):
        return False
    left, right = (number(side, evidence.budget, values) for side in (bound.left, bound.right))
    return left is not None and right is not None and _FAILS[bound.op](left, right)
