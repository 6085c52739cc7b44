"""Chances of colours in the order in which they are drawn: P(RG) = 4/10 · 6/9 = 24/90."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.tree import Unreadable, is_term
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved
from tutor.grading.working.knowledge.chances.balls import (
    colours_by_initial,
    counts_by_colour,
    is_with_replacement,
    is_without_replacement,
)
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.task import Task

_CHANCE = re.compile(r"\s?(?:\d\)\s?)?[Pp]\s?\(\s?([A-Z]{2,3})\s?\)\s?=([^=].{0,80})")


def judge_drawn_colours(text: str, task: Task) -> ClaimResult | None:
    """Proved where each side is the chance of these colours; None for anything else."""
    match, story = _CHANCE.fullmatch(text.rstrip(" .")), plain_text(task.text)
    is_put_back = is_with_replacement(story)
    if match is None or is_put_back == is_without_replacement(story):
        return None
    colours = colours_by_initial(story)
    if not set(match[1]) <= colours.keys():
        return None
    drawn = [colours[letter] for letter in match[1]]
    chance = _chance(drawn, counts_by_colour(story), is_put_back=is_put_back)
    is_right = all(_value(side) == chance for side in match[2].split("="))
    return proved(ClaimRelation.EVALUATE) if is_right else None


def _chance(drawn: Sequence[int], counts: dict[int, int], *, is_put_back: bool) -> Fraction | None:
    """None where there are not so many."""
    left, chance = dict(counts), Fraction(1)
    for colour in drawn:
        if left.get(colour, 0) < 1:
            return None
        chance *= Fraction(left[colour], sum(left.values()))
        left[colour] -= not is_put_back
    return chance


def _value(side: str) -> Fraction | None:
    with suppress(Unreadable, RecursionError, ArithmeticError):
        value = read_expression(side.strip())
        return rational_value(value) if is_term(value) else None
    return None
