"""Powers and what they leave: "last digits 7, 9, 3, 1, then repeat", "7^2 ends in 9"."""

from __future__ import annotations

import re

from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.task import Task

MAX_BASE = 100
MAX_EXPONENT = 40  # of a power that is worked out
_POWER = re.compile(r"(?<![\d.])(\d{1,3})\s?\^\s?\{?(\d{1,5})\}?")
_LAST_DIGIT = words(
    r"last digits?|units digit|letzte\w? ziffer|einerziffer|dernier chiffre|chiffre des unités"
    r"|última cifra|último dígito",
    "个位",
)
_MODULUS = re.compile(
    r"(?:divi(?:sion|ded) by|division durch|durch|division par|dividir (?:por|entre)|mod|除以)"
    r"\s?\(?\\?\(?\s?(\d{1,3})",
    re.IGNORECASE,
)
_SUPERSCRIPTS = {"⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7"}
_RAISED = re.compile(f"[{''.join(_SUPERSCRIPTS)}]+")
_ENDS_IN = re.compile(
    r"(?<![\d.])(\d{1,3})\^(\d{1,2})\s?"
    r"(?:ends (?:in|with)|in|has|is|gives|endet auf|=|->|→|≡)\s?(\d{1,9})(?![\d^.])"
)
_ROW = re.compile(r"\d{1,9}(?:\s?[,，、;]\s?\d{1,9}){2,30}")
_PERIOD = re.compile(
    r"(?:every|each|period(?: of)?|cycle(?: of)?(?: length)?|periode|alle|période|tous les|cada"
    r"|周期为?|每)\s?(\d{1,2})(?!\d)",
    re.IGNORECASE,
)
_REPEATS = words(
    r"repeat\w{0,2}|again|cycle\w?|period|same|los|wiederhol\w{0,3}|periode|recommence|période"
    r"|se repiten?|ends?|digits?|rest",
    "循环|周期|个位|余",
)
_NUMBER = re.compile(r"\d{1,9}")


def judge_last_digits(text: str, task: Task) -> ClaimResult | None:
    """Proved where each number of the line is a power, what it leaves, or the period."""
    modulus, power = _modulus(task.text), _POWER.search(task.text)
    if modulus is None or power is None or not 1 < int(power[1]) <= MAX_BASE:
        return None
    base = int(power[1])
    text = _RAISED.sub(lambda m: "^" + "".join(_SUPERSCRIPTS[c] for c in m[0]), text)
    rest, is_right = _without_powers(text, base, modulus)
    row, period = _row(base, modulus)
    for match in _ROW.finditer(rest):
        numbers = [int(number) for number in _NUMBER.findall(match[0])]
        is_right = is_right and _is_row(numbers, base, row)
    rest = _ROW.sub(" ", rest)
    for match in _PERIOD.finditer(rest):
        is_right = is_right and int(match[1]) == period
    is_right = is_right and not _NUMBER.search(
        _without_modulus(_PERIOD.sub(" ", rest), modulus, base)
    )
    has_row = bool(_ROW.search(text) or _ENDS_IN.search(text))
    return (
        proved(ClaimRelation.EVALUATE) if is_right and has_row and _REPEATS.search(text) else None
    )


def _modulus(text: str) -> int | None:
    if _LAST_DIGIT.search(text):
        return 10
    match = _MODULUS.search(text)
    return int(match[1]) if match and int(match[1]) > 1 else None


def _row(base: int, modulus: int) -> tuple[list[int], int]:
    """What the powers leave, from the first on, and after how many it begins again."""
    row = [pow(base, exponent, modulus) for exponent in range(1, MAX_EXPONENT)]
    period = next((n for n in range(1, len(row)) if row[n] == row[0]), 0)
    return row, period


def _without_powers(text: str, base: int, modulus: int) -> tuple[str, bool]:
    """The text without 7^2 = 49 and 7^2 in 9, and whether they are right."""
    is_right = True
    for match in _ENDS_IN.finditer(text):
        value = int(match[1]) ** min(int(match[2]), MAX_EXPONENT)
        is_right = is_right and int(match[1]) == base and int(match[3]) in (value, value % modulus)
    return _ENDS_IN.sub(" ", text), is_right


def _is_row(numbers: list[int], base: int, row: list[int]) -> bool:
    powers = [base**exponent for exponent in range(1, len(numbers) + 1)]
    return numbers in (row[: len(numbers)], powers)


def _without_modulus(text: str, modulus: int, base: int) -> str:
    text = re.sub(rf"\bmod\s?{modulus}\b", " ", text)
    return re.sub(rf"\b(?:powers of|potenzen von|puissances de|potencias de)\s{base}\b", " ", text)
