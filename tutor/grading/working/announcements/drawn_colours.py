"""Chances of colours in the order in which they are drawn: P(RG) = 4/10 · 6/9 = 24/90."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved
from tutor.grading.working.knowledge.chances.balls import (
    colour_in,
    colours_by_initial,
    counts_by_colour,
    is_with_replacement,
    is_without_replacement,
)
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.statement_numbers import read_rational
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.task import Task

MAX_DRAWN = 3
_CHANCE = re.compile(
    r"\s?(?:\d\)\s?)?[Pp]\s?\(\s?((?:[^\W\d_]{1,9}[1-3₁-₃]?\s?[,;∩&]?\s?){1,3})\)\s?=([^=].{0,80})"
)
_EVENTS = words(r"events?|ereignis\w{0,3}|événements?|sucesos?|eventos?", "事件")
_DRAW = re.compile(r"([^\W\d_]{1,9})([1-3₁-₃]?)")
_INDICES = str.maketrans("₁₂₃", "123")
_TIMES = re.compile(r"(?<=[\d)]) ?x ?(?=[\d(])")


def judge_drawn_colours(text: str, task: Task) -> ClaimResult | None:
    """Proved where each side is the chance of these colours; None for anything else."""
    match, story = _CHANCE.fullmatch(text.rstrip(" .")), plain_text(task.text)
    if match is None:
        return None
    drawn = _drawn(match[1].strip(), story)
    is_put_back = is_with_replacement(story)
    if not drawn or (len(drawn) == 1 and _EVENTS.search(story)):
        return None
    if len(drawn) > 1 and is_put_back == is_without_replacement(story):
        return None
    chance = _chance(drawn, counts_by_colour(story), is_put_back=is_put_back)
    is_right = chance is not None and all(
        read_rational(_TIMES.sub("*", side)) == chance for side in match[2].split("=")
    )
    return proved(ClaimRelation.EVALUATE) if is_right else None


def _drawn(event: str, story: str) -> list[int]:
    """The colours of RG, r1 ∩ g2 and "red, green", in their order; empty for other events."""
    names = list(event) if event.isalpha() and len(event) <= MAX_DRAWN else []
    if not names:
        draws = [_DRAW.fullmatch(part.strip()) for part in re.split("[,;∩&]", event)]
        indices = [draw[2].translate(_INDICES) if draw else "" for draw in draws]
        if None in draws or any(i and int(i) != n for n, i in enumerate(indices, 1)):
            return []
        names = [draw[1] for draw in draws if draw]
    initials = colours_by_initial(story)
    colours = [initials.get(n.upper()) if len(n) == 1 else colour_in(n) for n in names]
    return [] if None in colours else [colour for colour in colours if colour is not None]


def _chance(drawn: Sequence[int], counts: dict[int, int], *, is_put_back: bool) -> Fraction | None:
    """None where there are not so many."""
    left, chance = dict(counts), Fraction(1)
    for colour in drawn:
        if left.get(colour, 0) < 1:
            return None
        chance *= Fraction(left[colour], sum(left.values()))
        left[colour] -= not is_put_back
    return chance
