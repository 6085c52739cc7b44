"""What makes a proof no proof: one letter for two numbers, examples for all, the converse."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    Witness,
    refuted,
)
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.task import Task

_TWO_NUMBERS = re.compile(
    r"\b(?:two|both|zwei|zweier|deux|dos)\b(?!\s{1,3}consecutive).{0,20}"
    r"\b(?:odd|even|un?geraden?r?|impairs?|pairs|impares|pares)\b|两个(?!连续).{0,4}(?:奇|偶)数"
    r"|(?:奇|偶)数.{0,3}(?:与|和).{0,3}(?:奇|偶)数",
    re.IGNORECASE,
)
_ANY_TWO = re.compile(
    r"\b(?:two|zwei|zweier|deux|dos)\b(?!\s{1,3}consecutive).{0,30}"
    r"\b(?:numbers?|integers?|multiples|rationals?|squares?|zahlen|vielfachen?|quadrate?|nombres"
    r"|entiers|números|enteros|múltiplos|gerader?|ungerader?)\b"
    r"|\bany even\b.{0,30}\bany odd\b|\bany odd\b.{0,30}\bany even\b|两个(?!连续)",
    re.IGNORECASE,
)
_TERM = r"(\d{0,2}[a-z](?:/[a-z])?(?:\s{0,2}[+−-]\s{0,2}\d{1,2})?)"
_NAMED_THE_SAME = re.compile(  # a = 2n, b = 2n
    rf"(?<![A-Za-z])([a-z])\s{{0,2}}=\s{{0,2}}{_TERM}\s{{0,2}}(?:,|;|and|und|et|y|和|，)\s{{0,2}}"
    rf"(?!\1)[a-z]\s{{0,2}}=\s{{0,2}}\2(?!\w|\s?[-+−*/·²^])"
)
_EVEN_AND_ODD = re.compile(  # the even number 2n and the odd one 2n + 1
    r"\beven\b[^\d=]{0,25}2\s?([a-z])\b(?!\s?[-+−*/·²^]).{0,30}\bodd\b[^\d=]{0,25}2\s?\1\s?[-+−]\s?1",
    re.IGNORECASE,
)
_CONSECUTIVE = words(r"consecutive|aufeinander\w{0,10}|consécutifs|consecutivos", "连续|相邻")
_PARITY = r"(\d{0,2}[a-z]\s{0,2}(?:[+−-]\s{0,2}\d{1,2})?)"
_SAME = re.compile(
    rf"(?<![\w(+−*/-]){_PARITY}\s{{0,2}}(?:,|and|und|et|y|和|与)\s{{0,2}}(?:[a-z]\s{{0,2}}=\s{{0,2}})?\1(?!\w|\s?[+*/·²^])"
)
_PRODUCT = re.compile(rf"\({_PARITY}\)\s?[*·×+]?\s?\(\1\)")
_BOTH = re.compile(
    rf"\b(?:both(?: be| are)?|each|beide(?: seien| sind)?|tous les deux|ambos)"
    rf"\s{{1,3}}(?:be\s)?{_PARITY}(?!\w)",
    re.IGNORECASE,
)
_FOR_ALL = words(
    r"every|all|any|each|always|jede\w{0,2}|alle\w?|immer|tous|toutes|tout|toujours|todos?|toda|siempre",
    "所有|任意|每|都|总",
)
_HOLDS = words(
    r"works?|worked|true|holds?|proved|proven|correct|stimmt|gilt|wahr|bewiesen|vraie?|marche"
    r"|prouvé|funciona|cierto|verdad\w{0,4}",
    "成立|正确|得证|对",
)
_LETTERS = re.compile(
    r"(?<![A-Za-z])[a-z]\s?(?:[+−*/·^²³(-]|\d)|[+−*/·-]\s?[a-z](?![a-z])|\d[a-z](?![a-z])"
)
_IMPLICATION = re.compile(
    r"\bif\b.{0,40}\b(odd|even)\b.{0,20}\bthen\b.{0,40}\b(odd|even)\b", re.IGNORECASE
)
_SUPPOSES = re.compile(
    r"\b(?:start|suppose|assume|let|take)\b.{0,20}\bn\b.{0,10}\b(odd|even)\b", re.IGNORECASE
)
_OPPOSITE = words(r"contra\w{0,10}|not|opposite|isn't|otherwise|case \d")


def judge_proof_line(text: str, before: Sequence[str], task: Task) -> ClaimResult | None:
    """before: all lines before. None where the line has none of these faults."""
    if not task.proves:
        return None
    if _has_same_letter(text, task):
        return _refuted(Slip.SAME_LETTER)
    if _is_from_examples(text, before, task):
        return _refuted(Slip.PROOF_BY_EXAMPLE)
    return _refuted(Slip.CONVERSE) if _is_converse(text, before, task) else None


def _refuted(slip: Slip) -> ClaimResult:
    return refuted(ClaimRelation.IMPLIES, Witness({}, "", ""), slip)


def _has_same_letter(text: str, task: Task) -> bool:
    if _CONSECUTIVE.search(task.text):
        return False
    patterns = [_NAMED_THE_SAME, _EVEN_AND_ODD] if _ANY_TWO.search(task.text) else []
    patterns += [_SAME, _BOTH, _PRODUCT] if _TWO_NUMBERS.search(task.text) else []
    return any(pattern.search(text) for pattern in patterns)


def _is_from_examples(text: str, before: Sequence[str], task: Task) -> bool:
    concludes = _FOR_ALL.search(text) and _HOLDS.search(text) and not _LETTERS.search(text)
    has_examples = any(re.search(r"\d", line) for line in before)
    is_general = any(map(_LETTERS.search, before))
    return bool(concludes and has_examples and not is_general and _FOR_ALL.search(task.text))


def _is_converse(text: str, before: Sequence[str], task: Task) -> bool:
    implication, supposes = _IMPLICATION.search(task.text), _SUPPOSES.search(text)
    if implication is None or supposes is None or any(map(_OPPOSITE.search, (*before, text))):
        return False
    conclusion = implication[2].lower()
    return supposes[1].lower() == conclusion
