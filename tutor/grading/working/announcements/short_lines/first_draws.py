"""How many balls there are, and the chance of the first draw: "8 in all, 5 red", 第一次红:5/8."""

from __future__ import annotations

import re
from fractions import Fraction

from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved, unchecked
from tutor.grading.working.knowledge.chances.balls import colour_in, counts_by_colour
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.statement_numbers import read_rational
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.task import Task

MAX_LENGTH = 80
_FIRST = words(
    r"first|1st|erste[nrs]?|1\.|premi[eè]re?|1(?:ère|re|er)|primer[oa]?|1[ªº]",
    "第一次?个?球?|第1次?个?球?|首次",
)
_THINGS = (
    r"(?:balls?|marbles?|counters?|beads?|sweets?|draw|pick|go|time|kugeln?|zug|ziehung|boules?"
    r"|kugel|billes?|jetons?|tirage|bolas?|canicas?|fichas?|extracción|vez|intento|one|个|球)"
)
_BESIDE = re.compile(
    rf"\b(?:{_THINGS}|is|are|ist|est|es|sea|soit|die|der|the|la|le|el|in|at|au|en|im|a|for|being"
    r"|prob(?:ability|a|abilité|abilidad)?|chance|wahrscheinlichkeit|of|von|de|que|p)\b"
    r"|[个球摸取抽到出是为的得概率()\s,]",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"[=:：≈]|(?<=[^\W\d_])\s(?=\d{1,2}/\d)|(?:为|是)(?=\d)")
_ALL = re.compile(
    r"(?:共有?|一共有?|总共有?|in total|total(?: of)?|altogether|insgesamt|en tout|au total"
    r"|en total|hay|il y a|there are|es gibt|gesamt)",
    re.IGNORECASE,
)
_COUNT = re.compile(r"(?<![\d.,/])\d{1,3}(?![\d.,/])")
_PIECES = re.compile(
    r"\s?(?:[,，;；、]\s?(?:davon|dont|of which|其中)?\s?|\s(?:and|und|et|y)\s"
    r"|\s(?:dont|davon|of which|de las? cuales)\s|其中)"
)


def judge_first_draw(text: str, task: Task) -> ClaimResult | None:
    """Proved for the chance of a colour at the first draw; None for anything else."""
    parts = [part for part in _SPLIT.split(text.strip(" .。").removeprefix("P").strip()) if part]
    counts = counts_by_colour(plain_text(task.text))
    if len(text) > MAX_LENGTH or len(parts) < 2 or not counts or not _FIRST.search(parts[0]):
        return None
    colour = colour_in(parts[0])
    rest = _BESIDE.sub("", _FIRST.sub("", parts[0]))
    if colour not in counts or colour_in(rest) != colour or len(rest) > len("schwarze"):
        return None
    chance = Fraction(counts[colour], sum(counts.values()))
    is_right = all(read_rational(side) == chance for side in parts[1:])
    return proved(ClaimRelation.EVALUATE) if is_right else None


def judge_counted_balls(text: str, task: Task) -> ClaimResult | None:
    """Given, or proved with their sum, where each count is right; None for anything else."""
    counts = counts_by_colour(plain_text(task.text))
    pieces = [piece for piece in _PIECES.split(text.strip(" .。")) if piece.strip()]
    if len(text) > MAX_LENGTH or len(counts) < 2 or not 0 < len(pieces) <= len(counts) + 1:
        return None
    kinds = [_kind(piece, counts) for piece in pieces]
    if None in kinds:
        return None
    is_sum = "all" in kinds
    return proved(ClaimRelation.EVALUATE) if is_sum else unchecked(ClaimRelation.DEFINE)


def _kind(piece: str, counts: dict[int, int]) -> str | None:
    """Whether the only number of the piece counts all balls, or those of its colour."""
    numbers = [int(number) for number in _COUNT.findall(piece)]
    if len(numbers) != 1 or re.search(r"[=+*/×·<>%]", piece):
        return None
    colour = colour_in(piece)
    rest = _BESIDE.sub("", _COUNT.sub("", _ALL.sub("", piece)))
    if colour is not None:
        is_right = counts.get(colour) == numbers[0] and colour_in(rest) == colour
        return "colour" if is_right and len(rest) <= len("schwarze:") else None
    is_all = numbers[0] == sum(counts.values()) and not rest.strip(" :：")
    return "all" if is_all else None
