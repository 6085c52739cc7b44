"""Angles of an isosceles triangle: where AB = AC, angles B and C are equal, and A is another."""

from __future__ import annotations

import re

from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    Witness,
    proved,
    refuted,
)
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.triangles.lettered_corners import corners_of
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.task import Task

_LEGS = re.compile(r"(?<![A-Z])([A-Z]{2})\s?=\s?([A-Z]{2})(?![A-Z]|\s?=)")
_ANGLE = r"(?:∠|\\angle|angle|Winkel|ángulo|l'angle)\s?\(?([A-Z]{3}|[A-Z])\)?"
_EQUAL = re.compile(rf"{_ANGLE}\s?=\s?{_ANGLE}(?P<value>\s?=\s?\d{{1,3}}(?:\.\d{{1,2}})?\s?°?)?")
_TOLD = re.compile(
    r"(?:∠|\\angle|angle|Winkel|ángulo)\s?([A-Z]{3}|[A-Z])\s?(?:=|is|ist|est|es|beträgt|mesure|mide)?"
    r"\s?(\d{1,3})\s?(?:°|\^|\\circ|degrees|度)"
)
_EQUILATERAL = words(r"equilateral|gleichseitig\w{0,2}|équilatéral\w?|equilátero", "等边|正三角")
_EQUAL_ANGLE = 60


def judge_base_angles(text: str, task: Task) -> ClaimResult | None:
    """None where the statement tells no angle that makes the third one another."""
    match = _EQUAL.fullmatch(text.strip(" .;"))
    if match is None:
        return None
    statement = plain_text(task.text)
    corners, apex = corners_of(task.text), _apex(statement)
    angles = {name[len(name) // 2] for name in match.groups()[:2]}
    if not apex or apex not in corners or len(angles) != 2 or not angles < corners:
        return None
    if apex not in angles:
        return None if match["value"] else proved(ClaimRelation.EVALUATE)
    told = [int(size) for name, size in _TOLD.findall(statement) if set(name) <= corners]
    if _EQUILATERAL.search(statement) or len(told) != 1 or told[0] == _EQUAL_ANGLE:
        return None
    return refuted(ClaimRelation.EVALUATE, Witness({}, "", ""), Slip.WRONG_FORMULA)


def _apex(statement: str) -> str:
    """The letter that both of the equal sides have."""
    legs = {frozenset(match.groups()) for match in _LEGS.finditer(statement)}
    if len(legs) != 1:
        return ""
    first, *others = legs.pop()
    common = set(first).intersection(*others) if others else set()
    return common.pop() if len(common) == 1 else ""
