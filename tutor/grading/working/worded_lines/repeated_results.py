"""Sentences that repeat what was worked out: "the kite is 25.5m up", "Shop A wins by 54 cents"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import Term
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.task import Task

MAX_NUMBERS = 3
MAX_RESULTS = 4  # the latest
_NUMBER = re.compile(r"(?<![\w.,/^])[-−]?\d{1,9}(?:\.\d{1,6})?(?:/\d{1,6})?(?![\d/^])")
_SIGNS = re.compile(r"[=<>≤≥≈±|²³√∈^]|→|->|\\|(?<=\d)\s?[+*·×÷:]|[+*·×÷]\s?\d")
_BESIDE = re.compile(r"(?<=[^\W\d_])\s\([^()]{1,30}\)")  # 1.5 hours (90 min)
_WORD = re.compile(r"[^\W\d_]{3,}|[\u4e00-\u9fff]{2}")
_OPEN = words(
    r"not|no|never|or|if|maybe|perhaps|wrong|nicht|kein\w{0,2}|oder|wenn|vielleicht|pas|ou|si|non"
    r"|solutions?|roots?|lösung(?:en)?|nullstelle\w?|racines?|soluci(?:ón|ones)|raíces|each|jeweils",
    "不|没|或|如果|解|根",
)
_LIMIT = words(r"limits?|grenzwert|limite|límite", "极限")  # that of a part is no result
_SMALL_COIN = words(r"cents?|ct|pence|centimes?|céntimos", "分")
_LOSS = words(
    r"los[es]\w{0,2}|less|fewer|cheaper|verlust\w{0,2}|verliert?|weniger|perte|perd\w{0,2}|pérdida|pierde",
    "亏|少",
)
_NEEDS = words(
    r"how many .{1,60}(?:need(?:ed)?|required|necessary|must|have to)"
    r"|wie ?viele? .{1,60}(?:braucht?|benötigt|nötig\w?)"
    r"|combien .{1,60}(?:faut|besoin|nécessaires?)"
    r"|cuánt[ao]s .{1,60}(?:necesita\w{0,2}|hacen falta|necesari[ao]s)",
    "需要|至少",
)
_ENOUGH = words(
    r"enough|needed|need|required|suffice|reichen|genügen|braucht?|benötigt|nötig|suffisent|faut"
    r"|besoin|bastan|suficientes?|necesita\w{0,2}|hacen falta",
    "足够|够|需要|至少",
)
_AT_MOST = words(
    r"at most|maximum|no more than|whole|full|complete|höchstens|maximal|ganze\w?|au plus|entiers?"
    r"|como máximo|enteros?",
    "最多|至多",
)


def judge_repeated(
    text: str, known: Sequence[Term], bounds: Sequence[Fraction], task: Task
) -> ClaimResult | None:
    """Proved where each number of the sentence is known and the latest result is among them.

    known: results, the latest last. bounds: of inequalities, of which a whole part may be meant.
    """
    text = _BESIDE.sub("", text)
    if task.equations or _LIMIT.search(text) or not _WORD.search(text):
        return None
    if _SIGNS.search(text) or _OPEN.search(text):
        return None
    numbers = [_value(match[0]) for match in _NUMBER.finditer(text)]
    results = [abs(v) if _LOSS.search(text) else v for v in _values(known)]
    if not 0 < len(numbers) <= MAX_NUMBERS or not (results or bounds):
        return None
    scale = Fraction(1, 100) if _SMALL_COIN.search(text) else Fraction(1)
    told = task.numbers
    if _AT_MOST.search(text) and bounds and numbers == [Fraction(floor(bounds[-1]))]:
        return proved(ClaimRelation.SOLVE)
    if _ENOUGH.search(text) and _NEEDS.search(task.text) and _is_next_whole(numbers, results):
        return proved(ClaimRelation.SOLVE)
    is_known = all(n in told or n in results or n * scale in results for n in numbers)
    is_latest = bool(results) and any(n in (results[-1], results[-1] / scale) for n in numbers)
    return proved(ClaimRelation.EQUAL) if is_known and is_latest else None


def _is_next_whole(numbers: Sequence[Fraction], results: Sequence[Fraction]) -> bool:
    """4 of 3.25, where 3 would be too few."""
    latest = results[-1] if results else Fraction(0)
    return latest > 0 and latest.denominator != 1 and list(numbers) == [Fraction(ceil(latest))]


def _value(text: str) -> Fraction:
    top, _, bottom = text.replace("−", "-").partition("/")
    return Fraction(top) / (Fraction(bottom) if bottom and int(bottom) else 1)


def _values(known: Sequence[Term]) -> list[Fraction]:
    numbers = (rational_value(term) for term in known[-MAX_RESULTS:])
    return [number for number in numbers if number is not None]
