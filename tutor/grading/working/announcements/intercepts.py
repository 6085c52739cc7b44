"""The ratios of the intercept theorem: AM/AB = AN/AC = MN/BC, where MN is parallel to BC."""

from __future__ import annotations

import re

from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.task import Task

_RATIO = r"[A-Z]{2}\s?/\s?[A-Z]{2}"
_CHAIN = re.compile(rf"(?:\A|(?<=[\s:,]))({_RATIO}(?:\s?=\s?{_RATIO}){{1,2}})\s?\.?\Z")
_SIDES = re.compile(r"([A-Z])([A-Z])\s?/\s?([A-Z])([A-Z])")
_SECANTS = re.compile(
    r"\(?([A-Z]{2})\)?\s(?:et|and|und|y)\s(?:les droites |la droite )?\(?([A-Z]{2})\)?\s"
    r"(?:se coupent|sont sécantes|se croisent|meet|intersect|schneiden sich|se cortan)\s(?:en"
    r"|at|in)\s"
    r"(?:le point |the point )?([A-Z])(?![A-Za-z])"
    r"(?:\s?(?:,|et|and|und|y)\s\(?([A-Z]{2})\)?\s?(?://|∥|(?:est |is |ist |es "
    r")?(?:parall[eè]le?|paralela)\s(?:à|to|zu|a))\s?\(?([A-Z]{2})\)?)?"
)
_PARALLEL = words(r"parall[eè]l\w{0,4}|paralel[ao]s?", r"∥|//|\\parallel|平行")


def judge_secants(text: str, task: Task) -> ClaimResult | None:
    """Proved for two lines through told points that meet where the statement has their apex.

    None for anything else.
    """
    told = _SECANTS.search(text)
    if told is None or not _PARALLEL.search(task.text) or re.search(r"\d|=", text):
        return None
    first, second, apex, inner, outer = told.groups()
    points = [line.replace(apex, "") for line in (first, second)]
    if inner is not None and not _are_told_parallel(inner, outer, task.text):
        return None
    is_right = all(_are_aligned(apex, line, task.text) for line in points)
    return proved(ClaimRelation.IMPLIES) if is_right else None


def _are_told_parallel(inner: str, outer: str, story: str) -> bool:
    names = story.replace(" ", "")
    return all(name in names or name[::-1] in names for name in (inner, outer))


def _are_aligned(apex: str, points: str, story: str) -> bool:
    """Whether M is told to be on AB, or B on AM; a line that begins at the apex tells itself."""
    if len(points) == 1:
        return True
    inner, outer = points[0], points[1]
    return _is_on(inner, apex + outer, story) or _is_on(outer, apex + inner, story)


def judge_intercept(text: str, task: Task) -> ClaimResult | None:
    """Proved where the statement tells of the parallels and of the points on the sides."""
    chain = _CHAIN.search(text.strip())
    if chain is None or not _PARALLEL.search(task.text):
        return None
    if "=" in text.strip()[: chain.start()]:
        return None
    ratios = [match.groups() for match in _SIDES.finditer(chain[1])]
    from_apex = [ratio for ratio in ratios if ratio[0] == ratio[2]]
    between = [ratio for ratio in ratios if ratio[0] != ratio[2]]
    if len(from_apex) != 2 or len(between) != len(ratios) - 2:
        return None
    (apex, first, _, end), (other_apex, second, _, other_end) = from_apex
    is_right = apex == other_apex and are_on_sides(apex, (first, end), (second, other_end), task)
    is_third = all(_is_third(ratio, (first, second), (end, other_end)) for ratio in between)
    return proved(ClaimRelation.IMPLIES) if is_right and is_third else None


def are_on_sides(apex: str, first: tuple[str, str], second: tuple[str, str], task: Task) -> bool:
    """Whether both lines are told to be parallel, and M to be on AB, or B on AM."""
    lines = [first[0] + second[0], first[1] + second[1]]
    names = task.text.replace(" ", "")
    are_told = all(line in names or line[::-1] in names for line in lines)
    return are_told and all(
        _is_on(inner, apex + outer, task.text) or _is_on(outer, apex + inner, task.text)
        for inner, outer in (first, second)
    )


def _is_on(point: str, side: str, text: str) -> bool:
    """M est sur [AB], M lies on AB, M auf AB, M ∈ [AB]"""
    return any(
        re.search(
            rf"(?<![A-Z]){point}(?![A-Z])[^.,;A-Z]{{1,25}}(?:\bon|\bsur|\bauf|\ben|\bof|∈|\\in|在)"
            rf"[^.,;A-Z]{{0,20}}{name}",
            text,
        )
        for name in (side, side[::-1])
    )


def _is_third(ratio: tuple[str, ...], inner: tuple[str, str], outer: tuple[str, str]) -> bool:
    """MN/BC, or NM/BC."""
    return set(ratio[:2]) == set(inner) and set(ratio[2:]) == set(outer)
