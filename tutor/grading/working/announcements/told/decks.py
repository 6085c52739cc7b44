"""Cards of one rank: "4 aces in 52 cards", and the chance that the first card is one of them."""

from __future__ import annotations

import re
from fractions import Fraction

from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved
from tutor.grading.working.knowledge.counting.cards import CARDS, RANKS
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.task import Task

OF_EACH_RANK = 4
_SIZES = (32, 36, 40, 48, 52)
_FIRST = re.compile(
    r"P\s?\(\s?(?:(?:the |el |la |le |die |der )?(?:1\s?(?:st|er|ère|re|[ºª°.])|first"
    r"|erste[rns]?|primer[ao]?|premi[eè]re?)\s)?"
    r"(?P<event>[^\W\d_]{2,12})\s?(?:1)?\s?\)\s?=\s?(?P<value>[\d/\s=.]{3,40})"
)
_COUNT = re.compile(
    r"(?:(?:there are|we have|hay|tiene|es gibt|es sind|il y a|so|in the pack|en la "
    r"baraja)\s)*(?P<count>\d{1,2})\s"
    r"(?P<rank>[^\W\d_]{2,12})(?:\s(?:in|of|out of|en|de|von|unter|sur|parmi|dans)\s(?:the "
    r"|los |las |la |den |les )?"
    r"(?P<size>\d{2})\s[^\W\d_]{4,10})?(?:\s(?:in the (?:pack|deck)|en la baraja))?",
    re.IGNORECASE,
)


def judge_deck(text: str, task: Task) -> ClaimResult | None:
    """Proved where the pack of the statement has so many; None for anything else."""
    story = plain_text(task.text)
    sizes = [
        int(n) for n in re.findall(r"(?<![\d.,])\d{2}(?![\d.,]*\d)", story) if int(n) in _SIZES
    ]
    if len(set(sizes)) != 1 or not CARDS.search(story):
        return None
    is_right = _counts(text.strip(" .!"), sizes[0]) or _is_chance(text.strip(" .!"), sizes[0])
    return proved(ClaimRelation.EVALUATE) if is_right else None


def _counts(text: str, size: int) -> bool:
    count = _COUNT.fullmatch(text)
    if count is None or not any(pattern.fullmatch(count["rank"]) for pattern in RANKS.values()):
        return False
    is_size = count["size"] is None or int(count["size"]) == size
    return is_size and int(count["count"]) == OF_EACH_RANK


def _is_chance(text: str, size: int) -> bool:
    """P(1º as) = 4/40 = 1/10"""
    chance = _FIRST.fullmatch(text)
    if chance is None or not any(p.fullmatch(chance["event"]) for p in RANKS.values()):
        return False
    sides = [side.strip() for side in chance["value"].split("=")]
    right = Fraction(OF_EACH_RANK, size)
    return all(
        re.fullmatch(r"\d{1,4}(?:\s?/\s?[1-9]\d{0,3}|\.\d{1,6})?", s) for s in sides
    ) and all(Fraction(side.replace(" ", "")) == right for side in sides)
