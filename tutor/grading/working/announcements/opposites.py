"""The event that is opposite to "at least one": "contrario: ninguna cara"."""

from __future__ import annotations

import re

from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved
from tutor.grading.working.knowledge.chances.trials import AT_LEAST_ONE
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.task import Task

MAX_LENGTH = 80
_OPPOSITE = words(
    r"opposite|complement\w{0,4}|contrary|gegenereignis|gegenteil|contraire|complémentaire"
    r"|contrario|complementari[oa]|opuesto",
    "对立事件|反面|补事件",
)
_NONE = words(
    r"no|none|not any|never|zero|kein\w{0,3}|nie|aucune?|pas|jamais|ningun[oa]?|ningún|nunca",
    "没有|无|都不|一次也不|全不",
)

_NUMBER_BEHIND = re.compile(rf"(?:{AT_LEAST_ONE.pattern})\s?(\d{{1,3}})(?!\d)", re.IGNORECASE)


def judge_opposite(text: str, task: Task) -> ClaimResult | None:
    """Proved for the right event without numbers; None for anything else."""
    if len(text) > MAX_LENGTH or any(character in "=+<>" for character in text):
        return None
    is_told = _OPPOSITE.search(text) and _NONE.search(text) and AT_LEAST_ONE.search(task.text)
    told = {match[1] for match in _NUMBER_BEHIND.finditer(task.text)}
    is_plain = set(re.findall(r"\d{1,3}", text)) <= told and not AT_LEAST_ONE.search(text)
    return proved(ClaimRelation.EVALUATE) if is_told and is_plain else None
