"""Lines that only say again what the statement gives: "r = 3 cm et h = 7 cm", "hypotenuse = 13"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, unchecked
from tutor.grading.working.knowledge.quantity_names import NAMES
from tutor.grading.working.quantities.stated import StatedQuantity, plain_text
from tutor.grading.working.task import Task, stated_in

MAX_VALUES = 6  # in one line
_PIECES = re.compile(r"\s?(?:[,;，；、]\s|\band\b|\bund\b|\bet\b|\by\b)\s?")
_VALUE = re.compile(
    r"(?:geg\.?:|given:|données? ?:|datos:)?\s?(?P<name>[A-Za-z]|[^\W\d_]{4,20})\s?[=:]\s?"
    r"(?P<number>\d{1,6}(?:\.\d{1,4})?)\s?(?P<unit>[A-Za-z°%²³/]{0,6})"
)


def judge_given_values(text: str, task: Task) -> ClaimResult | None:
    """Given where each value stands in the statement with its name; None for anything else."""
    pieces = [piece for piece in _PIECES.split(text.strip(" .;")) if piece]
    values = [_VALUE.fullmatch(piece.strip()) for piece in pieces]
    if not 0 < len(values) <= MAX_VALUES:
        return None
    statement, stated = plain_text(task.text), stated_in(task)
    if all(value is not None and _is_told(value, statement, stated) for value in values):
        return unchecked(ClaimRelation.DEFINE)
    return None


def _is_told(value: re.Match[str], statement: str, stated: Sequence[StatedQuantity]) -> bool:
    name, number, unit = value["name"], Fraction(value["number"]), value["unit"]
    if len(name) > 1:
        told = re.search(
            rf"(?<![^\W\d_]){re.escape(name)}(?![^\W\d_])[^\d.;?]{{1,25}}"
            rf"(?P<number>\d{{1,6}}(?:\.\d{{1,4}})?)",
            statement,
            re.IGNORECASE,
        )
        return told is not None and Fraction(told["number"]) == number
    named = [q for q in stated if name in NAMES.get(q.concept, ())]
    return [q.number for q in named] == [number] and named[0].text.endswith(unit)
