"""Cases of a working in which the right answer does not lie."""

from __future__ import annotations

from tutor.grading.weighing.evidence import Evidence
from tutor.grading.working.certainty.half_read import is_case
from tutor.grading.working.certainty.line_scope import LineScope
from tutor.grading.working.reading import Role


def lines_in_dead_cases(evidence: Evidence) -> frozenset[int]:
    """Lines from "case 1: x - 4 = 2x + 1" to the next case, where the right x is none of it.

    Nothing there holds at the right answer, and nothing there has to.
    """
    dead: set[int] = set()
    is_dead = False
    for line in evidence.lines:
        suppositions = [c for c in line.claims if c.statement.role == Role.SUPPOSE]
        if LineScope.of(line.text).opens_case or is_case(line.text):
            is_dead = any(map(evidence.is_false_at_answer, suppositions))
        elif any(c.statement.role == Role.ANSWER for c in line.claims):
            is_dead = False
        if is_dead:
            dead.add(line.number)
    return frozenset(dead)
