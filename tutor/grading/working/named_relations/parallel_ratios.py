"""Ratios of two parallel segments: BD : AC is ZB : ZA, and not AB : ZA."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, Slip, Witness, refuted
from tutor.grading.working.task import Task

_ORNAMENTS = re.compile(r"\\(?:overline|left|right|text|mathrm|d?frac|,)|[(){}\[\]$\\|\s]{1,9}")
_PARALLEL = r"(?:∥|//|(?:is|ist|est|es)?(?:parallel(?:to|zu)?|parallèleà|paralel[oa]a)|平行于?)"
_PAIR = re.compile(
    rf"(?<![A-Z])([A-Z]{{2}})(?:{_PARALLEL})([A-Z]{{2}})(?![A-Z])"
    r"|(?<![A-Z])([A-Z]{2})(?:and|und|et|y|与|和)([A-Z]{2})(?:are|sind|sont|son)?(?:parallel|paral|平行)"
)
_RATIO = r"([A-Z]{2})\s?[:/]\s?([A-Z]{2})"
_RELATION = re.compile(rf"{_RATIO}\s?=\s?{_RATIO}")


def judge_parallel_ratio(text: str, task: Task) -> ClaimResult | None:
    """Refuted where a piece between the parallels stands for a whole; None for anything else."""
    relation = _RELATION.fullmatch(text.strip(" .;"))
    if relation is None:
        return None
    first, second = relation.groups()[:2], relation.groups()[2:]
    for parallels in _parallels(task.text):
        for own, other in ((first, second), (second, first)):
            if set(map(frozenset, own)) == set(parallels) and _has_piece(other, parallels):
                witness = Witness({}, "", "")
                return refuted(ClaimRelation.EVALUATE, witness, Slip.WRONG_FORMULA)
    return None


def _parallels(text: str) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """Two segments without a common end."""
    plain = _ORNAMENTS.sub("", text.replace("\\parallel", "∥").replace("||", "∥"))
    for match in _PAIR.finditer(plain):
        first, second = (frozenset(name) for name in match.groups() if name)
        if not first & second:
            yield first, second


def _has_piece(segments: tuple[str, ...], parallels: tuple[frozenset[str], frozenset[str]]) -> bool:
    """Whether one joins the parallels, and the other comes from where the rays meet."""
    first, second = parallels
    pieces = [name for name in segments if set(name) & first and set(name) & second]
    wholes = [name for name in segments if len(set(name) & (first | second)) == 1]
    return len(pieces) == len(wholes) == 1 and bool(set(pieces[0]) & set(wholes[0]))
