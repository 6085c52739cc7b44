"""What is told before a conclusion without a value of its own: a product is zero if a factor is."""

from __future__ import annotations

import re

from tutor.grading.sentences.clauses import SO
from tutor.grading.sentences.doubts import is_doubt, is_hard_doubt

_SO = re.compile(SO, re.IGNORECASE)
_CLAUSE = re.compile(r"[^,;:.!?\n]*(?:[,;:.!?\n]|\Z)")
MIN_RULE = 3  # words
_NUMBER = re.compile(r"\d")
_NUMBERS = re.compile(r"\d+(?:[.,]\d+)?")
_FORMULA = re.compile(r"[=<>≠\\]|(?<![^\W\d_])(?<!['’])(?![aàyoe] )[a-z](?![^\W\d_'’])")
_OWN_STEP = re.compile(  # if I factor it; si factorizo
    r"\b(?:if|when|wenn|quand|si|cuando) "
    r"(?:i|we|you|one|ich|wir|du|man|on|je|nous|tu|j'|\w{3,12}(?:o|amos|emos)\b)(?= ?)"
    r"(?![^,;.]{0,80}(?<![A-Za-z)}])[a-z] ?=)",
    re.IGNORECASE,
)


def without_rules(before: str, answer: str) -> str:
    """The text before an answer; without its rules, where a word such as "so" comes after them.

    A rule may speak of another number: it is 365, but one is added, so 366.
    """
    told = list(_SO.finditer(before))
    if not told:
        return _OWN_STEP.sub(" ", before) if _NUMBER.search(before) else before
    head, tail = before[: told[-1].start()], before[told[-1].start() :]
    clauses = (clause[0] for clause in _CLAUSE.finditer(head))
    rest = " ".join(clause for clause in clauses if not _is_rule(clause, answer))
    return _OWN_STEP.sub(" ", rest) + tail


def _is_rule(clause: str, answer: str) -> bool:
    is_short = len(clause.split()) < MIN_RULE and clause.isascii()
    if is_short or _FORMULA.search(clause) or is_hard_doubt(clause):
        return False
    numbers = set(_NUMBERS.findall(clause))
    if is_doubt(clause.split()[0].strip(" ,.").lower() or "x"):
        return not numbers
    return numbers.isdisjoint(_NUMBERS.findall(answer))
