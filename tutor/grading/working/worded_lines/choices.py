"""How many choices there are: "10 for the first, 9 for the second", "L twice and E twice"."""

from __future__ import annotations

import re
from collections import Counter
from fractions import Fraction
from itertools import pairwise

from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.task import Task

_ONE_BY_ONE = re.compile(
    r"(?<![\d.])(\d{1,3})\s?(?:\w{3,14}\s)?(?:for|für|pour|para)\s"
    r"(?:the|den|die|das|le|la|el)\s(?:\d|first|second|third|fourth|last|next|erste\w?|zweite\w?"
    r"|dritte\w?|premi\w{2,3}|deuxième|second\w?|troisième|primer\w?|segund\w|tercer\w?)",
    re.IGNORECASE,
)
_ONE_FIRST = re.compile(  # first captain: 9 choices
    r"(?:the )?(?P<rank>first|second|third|1st|2nd|3rd|erste\w?|zweite\w?|dritte\w?|première?"
    r"|premier|deuxième|second\w?|troisième|primer\w?|segund\w|tercer\w?|第[一二三])"
    r"(?:\s?[^\W\d_]{1,15}){0,2}\s?(?::|：|=|has|hat|has|a|tiene|有|can be chosen in)?\s?"
    r"(?P<count>\d{1,3})\s?(?:choices|options|possibilities|ways|möglichkeiten|choix|possibilités"
    r"|opciones|posibilidades|formas|种(?:选法|选择|可能)?)\s?\.?",
    re.IGNORECASE,
)
_RANKS = (
    ("first", "1st", "erst", "prem", "prim", "第一"),
    ("sec", "2nd", "zwei", "deux", "seg", "第二"),
    ("third", "3rd", "drit", "trois", "ter", "第三"),
)
_CHOSEN = words(
    r"choos\w{0,3}|chosen|select\w{0,4}|pick\w{0,3}|elect\w{0,3}|auswähl\w{0,3}|gewählt|ausgewählt"
    r"|wähl\w{0,2}|choisi\w{0,3}|élire|elegir|elige\w?|escoger|seleccionar",
    "选|挑",
)
_PUT_BACK = words(
    r"replac\w{0,6}|repeat\w{0,3}|repetition|again|zurücklegen|wiederholung|remise|répétition"
    r"|reemplazo|repetición",
    "放回|重复",
)
_NUMBER = re.compile(r"(?<![\d.])\d{1,4}(?![\d.])")
_ORDINAL = re.compile(r"\d(?:st|nd|rd|th|er|ère|e|ème|\.º|º|\.)\b", re.IGNORECASE)
_OF_WORD = re.compile(
    r"(?:word|wort(?:es)?|mot|palabra|letters of|letras de|lettres de|buchstaben von)"
    r"(?: la palabra)?\D{0,12}?([A-Z]{3,14})(?![A-Za-z])"
)
_TIMES = {"once": 1, "twice": 2, "two times": 2, "three times": 3, "zweimal": 2, "dreimal": 3,
          "deux fois": 2, "trois fois": 3, "dos veces": 2, "tres veces": 3,
          "doppelt": 2}  # fmt: skip
_REPEATED = re.compile(
    r"(?<![A-Za-z])([A-Z])\s?(?:is there |appears |occurs |comes |kommt |apparaît |aparece )?"
    rf"({'|'.join(_TIMES)}|[2-4]\s?(?:x|times|mal|fois|veces))"
)
_LETTERS = re.compile(r"(?<![\d.])(\d{1,2})\s(?:letters|buchstaben|lettres|letras)", re.IGNORECASE)
_DIVIDES = re.compile(r"[=+*·×/:!]|\bdivide")
_DENIED = words(r"not|no|nicht|kein\w{0,2}|pas|never|repeat\w{0,4}", "不")


def judge_choices(text: str, task: Task) -> ClaimResult | None:
    """Proved where the numbers follow from what is told; None for anything else."""
    if _DENIED.search(text):
        return None
    if _has_letters(text, task) or _counts_one(text, task):
        return proved(ClaimRelation.EVALUATE)
    choices = [int(match[1]) for match in _ONE_BY_ONE.finditer(text)]
    numbers = [int(number) for number in _NUMBER.findall(_ORDINAL.sub("", text))]
    falls = all(before - after == 1 for before, after in pairwise(choices))
    is_told = bool(choices) and Fraction(choices[0]) in task.numbers
    is_whole = len(choices) > 1 and numbers == choices
    return proved(ClaimRelation.EVALUATE) if is_whole and falls and is_told else None


def _counts_one(text: str, task: Task) -> bool:
    """Second captain: 8 choices, of 9 players of whom nobody is chosen twice."""
    match = _ONE_FIRST.fullmatch(text.strip())
    if match is None or not _CHOSEN.search(task.text) or _PUT_BACK.search(task.text):
        return False
    rank = match["rank"].casefold()
    before = next(n for n, starts in enumerate(_RANKS) if rank.startswith(starts))
    people = [number for number in task.numbers if number.denominator == 1]
    return bool(people) and int(match["count"]) + before == max(people)


def _has_letters(text: str, task: Task) -> bool:
    """5 letters, L appears twice and E appears twice."""
    word = _OF_WORD.search(task.text)
    repeated = list(_REPEATED.finditer(text))
    if word is None or not repeated or _DIVIDES.search(text):
        return False
    letters = Counter(word[1])
    counted = _LETTERS.search(text)
    if counted is not None and int(counted[1]) != letters.total():
        return False
    return all(letters[match[1]] == _times(match[2]) for match in repeated)


def _times(text: str) -> int:
    return _TIMES[text] if text in _TIMES else int(text[0])
