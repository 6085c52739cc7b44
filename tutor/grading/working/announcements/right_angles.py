"""Conclusions about a triangle whose three sides are known: so it has a right angle."""

from __future__ import annotations

import re
from fractions import Fraction

from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.task import Task, stated_in

_TRIANGLE = words(r"triangles?|dreiecks?|triángulos?", "三角形|△")
_RIGHT = words(r"right[- ]?angled?|right triangle|rechtwinklig\w*|rectangle|rectángulo", "直角|Rt△")
_NOT = words(r"not|no|isn't|nicht|kein\w{0,2}|n['’]est pas|pas|ningún|non", "不|非")
_CORNER = re.compile(r"\b(?:en|in|bei|at)\s(?:point |Punkt )?[A-Z]\b")  # which the sides decide too
_MORE = words(  # which says something else of it as well
    r"opposite|shortest|smallest|equilateral|isosceles|equiangular|obtuse|acute|scalene|gegenüber"
    r"|kürzeste\w?|gleichseitig\w*|gleichschenklig\w*|stumpf\w*|spitz\w*|opposé|équilatéral|isocèle"
    r"|obtus\w*|aigu\w*|opuesto|equilátero|isósceles|agud\w*",
    "等边|等腰|钝角|锐角|最短|对的",
)
_OPEN = words(r"if|wenn|falls|si|whether|ob|or|oder|ou|o", "如果|若|是否|或")


def judge_right_angle(text: str, task: Task) -> ClaimResult | None:
    """Proved where the conclusion is right; None for lines with numbers, and for any other."""
    if not _RIGHT.search(text) or _OPEN.search(text) or re.search(r"\d", text):
        return None
    if _CORNER.search(text) or _MORE.search(text):
        return None
    if not _TRIANGLE.search(task.text) or not _RIGHT.search(task.text):
        return None
    sides = _sides(task)
    if sides is None:
        return None
    first, second, longest = (side**2 for side in sides)
    is_right = first + second == longest
    return proved(ClaimRelation.EVALUATE) if is_right is not bool(_NOT.search(text)) else None


def _sides(task: Task) -> list[Fraction] | None:
    """Of a triangle, the shortest first; None unless there are three lengths in one unit."""
    lengths = [q for q in stated_in(task) if not q.sign and q.unit.dimension in ((), (("m", 1),))]
    if len(lengths) != 3 or len({q.unit for q in lengths}) != 1:
        return None
    return sorted(q.number for q in lengths)
