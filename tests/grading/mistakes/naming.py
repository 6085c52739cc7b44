"""Explanations of wrong answers in short."""

from __future__ import annotations

from tutor.grading.comparison.keys import read_key
from tutor.grading.mistakes import MistakeName
from tutor.grading.mistakes.explain import explain


def mistake(
    statement: str, value: str, response: str, kind: str = "number", **fields: object
) -> MistakeName | None:
    """The mistake that a response is explained by, of a problem with this key."""
    key = read_key({"kind": kind, "value": value, **fields})
    explanation = explain(response, key, statement)
    return explanation.name if explanation else None
