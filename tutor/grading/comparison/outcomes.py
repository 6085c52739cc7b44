"""Outcomes of experiments: heads and then tails, HT, is not TH, though H times T is T times H."""

from __future__ import annotations

import re
from collections import Counter

from tutor.grading.answer_key import AnswerKey, Kind, Rule
from tutor.grading.numeric.equivalence import Equality

MAX_CHARACTERS = 400
_LIST = re.compile(r"[A-Z]{2,6}(?:(?:\s?[,;]\s?(?:and )?|\s(?:and |und |et |y )?)[A-Z]{2,6}){1,60}")
_NAME = re.compile(r"\A(?:S|Ω|\\Omega|E|A) ?=\s{0,2}")
_OUTCOME = re.compile("[A-Z]{2,6}")


def same_outcomes(response: str, key: AnswerKey) -> Equality | None:
    """None unless both list words of capital letters, and letters of the key's change places."""
    if key.kind not in (Kind.LIST, Kind.SET):
        return None
    right = _outcomes(key.value)
    if len({"".join(sorted(outcome)) for outcome in right}) == len(set(right)):
        return None
    given = _outcomes(response)
    if not given:
        return None
    if key.kind == Kind.LIST and key.ordered:
        return Equality(given == right, Rule.LISTS)
    shared = sum((Counter(given) & Counter(right)).values())
    wrong = len(given) - shared
    is_right = shared == len(right) and not wrong
    return Equality(is_right, Rule.LISTS, share=max(0, shared - wrong) / len(right))


def _outcomes(text: str) -> list[str]:
    plain = _NAME.sub("", text.strip())
    plain = plain.replace("\\{", "{").replace("\\}", "}").strip("{}()[]. ")
    if len(plain) > MAX_CHARACTERS or not _LIST.fullmatch(plain):
        return []
    return _OUTCOME.findall(plain)
