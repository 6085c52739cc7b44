"""From a teacher's or a benchmark's text to an answer key."""

from __future__ import annotations

import re

from tutor.grading.answers import AnswerKey, InvalidKey, Kind


def check_key(key: AnswerKey) -> None:
    """Raises InvalidKey when the value cannot be an answer of its kind."""
    if not key.value.strip():
        raise InvalidKey("The answer is empty.")


def infer_key(gold: str) -> AnswerKey:
    text = gold.strip()
    if not text:
        raise InvalidKey("The answer is empty.")
    kind = Kind.NUMBER if re.fullmatch(r"-?\d+(\.\d+)?(/\d+)?", text) else Kind.TEXT
    return AnswerKey(text, kind)
