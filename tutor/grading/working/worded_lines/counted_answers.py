"""Lines that tell how many there are: so there are 504 different teams, 720 anagrams."""

from __future__ import annotations

import re

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    Witness,
    proved,
    refuted,
)
from tutor.grading.working.knowledge.counting import ways
from tutor.grading.working.knowledge.counting.digits import distinct_digits_in
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.task import Task

MIN_STEM = 4  # letters by which a noun is known again
_ASKED = re.compile(
    r"(?:how many|wie ?viele?|combien d(?:e\s|['’])|cuánt[oa]s)\s?"
    r"(?:(?:different|distinct|such|possible|verschiedenen?|unterschiedlichen?|mögliche|différente?s"
    r"|distint[oa]s|diferentes|posibles|\w{3,6}stellige\w?|\w{3,5}-digit)\s){0,2}"
    r"(?!ways|möglichkeiten|façons|manières|formas|maneras)([^\W\d]{4,20})",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\d.,])\d{1,9}(?![\d]|[.,]\d)")
_ONLY_COUNT = re.compile(
    r"(?:答|所以|一共|共|总共)?[:：]?\s?(?:一共|共)?[有是]?\s?"
    r"(\d{1,9})\s?[个种]?(?:不同的?)?(?:选法|排法|方法|走法|站法|分法|情况)?[。.]?"
)
_OTHERWISE = words(
    r"not|no|nicht|keine?|pas|without|ohne|sans|sin|instead|if|wenn|si|but|aber|mais|pero|ordered"
    r"|order|reihenfolge|ordre|orden|each|jede\w?|chaque|cada|per|pro|times|mal|fois|veces"
    r"|arrang\w+|permut\w+|variation\w*|sequence\w*|row|line|queue|rank\w*|reihe\w*|anordnung\w*"
    r"|rang\w*|file|fila|hilera|posicion\w*"
    r"|first|zunächst|zuerst|erst|d['’]abord|primero|distingu\w+|unterscheid\w+|numbered",
    "不|如果|但|顺序|每|先|区分|排",
)
_EXCEPT = words(
    r"not|no|nicht|keine?|without|ohne|sans|sin|except|außer|sauf|but|aber|salvo", "不|除"
)
_SIGNS = re.compile(r"[=+*/×·<>÷!^]|\d\s?[-−:]\s?\d")
_FIRST_PLACE = re.compile(
    r"(?:(?:first|1st|1\.|erste|premier|1er|primera|1ª)\s(?:digit|place|ziffer|stelle|chiffre|cifra)"
    r"|hundreds(?: digit| place)?|hunderter\w{0,8}|centaines|centenas|tausender\w{0,8}"
    r"|百位|千位|万位|首位)"
    r"\D{0,25}?(\d{1,2})(?!\d)\s?([^,;，；。]{0,25})",
    re.IGNORECASE,
)


def judge_counted_answer(text: str, task: Task) -> ClaimResult | None:
    """None for a line that does not only tell a number of what is asked for."""
    if (first := _of_first_place(text, task)) is not None:
        return first
    if _OTHERWISE.search(text):
        return None
    told = _told(text, task)
    if told is None:
        return None
    for quantity in ways.expected(task):
        right = rational_value(quantity.value) if quantity.value is not None else None
        if told == right:
            return proved(ClaimRelation.EVALUATE)
        for mistake in quantity.mistakes:
            if mistake.value is not None and rational_value(mistake.value) == told:
                witness = Witness({}, str(told), str(right))
                return refuted(ClaimRelation.EVALUATE, witness, mistake.slip)
    return None


def _told(text: str, task: Task) -> int | None:
    """The only number of a line that names what is asked for."""
    numbers = _NUMBER.findall(text)
    if len(numbers) != 1 or _SIGNS.search(text):
        return None
    if _ONLY_COUNT.fullmatch(text.strip()):
        return int(numbers[0])
    asked = _ASKED.search(plain_text(task.text))
    stem = asked[1].casefold()[: max(MIN_STEM, len(asked[1]) - 2)] if asked else None
    is_named = ways.GROUPS.search(text) or (stem and stem in text.casefold())
    return int(numbers[0]) if is_named else None


def _of_first_place(text: str, task: Task) -> ClaimResult | None:
    """百位有6种选法, where 0 is one of the six digits."""
    match = _FIRST_PLACE.search(text)
    told = distinct_digits_in(plain_text(task.text)) if match is not None else None
    if match is None or told is None or 0 not in told.digits or "0" in match[2]:
        return None
    if int(match[1]) != len(told.digits) or re.search(r"\d", match[2]) or _EXCEPT.search(text):
        return None
    witness = Witness({}, match[1], str(len(told.digits) - 1))
    return refuted(ClaimRelation.EVALUATE, witness, Slip.LEADING_ZERO)
