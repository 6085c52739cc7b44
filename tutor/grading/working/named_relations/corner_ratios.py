"""Ratios at a corner of a right-angled triangle with named corners: cos(BAC) = AB/AC."""

from __future__ import annotations

import re
from collections.abc import Set

from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    Witness,
    proved,
    refuted,
)
from tutor.grading.working.knowledge.triangles.lettered_corners import corners_of, right_corner
from tutor.grading.working.task import Task

_RATIO = re.compile(
    r"(?P<name>sin|cos|tan)\s?\(?\s?(?:∠|\^|angle\s|Winkel\s|ángulo\s)?\s?"
    r"(?P<angle>[A-Z]{3}|[A-Z])\s?\)?\s?=\s?\(?(?P<top>[A-Z]{2})\s?[/:÷]\s?(?P<bottom>[A-Z]{2})\)?"
)
_ORNAMENTS = re.compile(r"\\(?:left|right|mathrm|text|overline|widehat|hat|angle)|[{}\\]")
_FRACTION = re.compile(
    r"\\d?frac\s?\{?(?:\\overline)?\{?([A-Z]{2})\}{0,2}\{?(?:\\overline)?\{?([A-Z]{2})"
)


def judge_corner_ratio(text: str, task: Task) -> ClaimResult | None:
    """Proved or refuted where the statement tells which corner has the right angle; else None."""
    plain = _ORNAMENTS.sub("", _FRACTION.sub(r"\1/\2", text)).strip(" .;")
    match = _RATIO.fullmatch(plain)
    right, corners = right_corner(task.text), corners_of(task.text)
    if match is None or right not in corners or len(corners) != 3:
        return None
    angle = match["angle"][len(match["angle"]) // 2]
    sides = [frozenset(match[part]) for part in ("top", "bottom")]
    if angle == right or angle not in corners or not all(s < corners for s in sides):
        return None
    if len(match["angle"]) == 3 and set(match["angle"]) != corners:
        return None
    expected = _sides(angle, right, corners)[match["name"]]
    if tuple(sides) == expected:
        return proved(ClaimRelation.EVALUATE)
    top, bottom = ("".join(sorted(side)) for side in expected)
    texts = rf"\frac{{{match['top']}}}{{{match['bottom']}}}", rf"\frac{{{top}}}{{{bottom}}}"
    witness = Witness({}, *texts)
    return refuted(ClaimRelation.EVALUATE, witness, Slip.WRONG_RATIO)


def _sides(
    angle: str, right: str, corners: Set[str]
) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Of each ratio, the side above the line and the one below it."""
    beside, opposite = frozenset([angle, right]), frozenset(corners - {angle})
    longest = frozenset(corners - {right})
    return {"sin": (opposite, longest), "cos": (beside, longest), "tan": (opposite, beside)}
