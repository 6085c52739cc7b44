"""The chances of single events that a line names in words, such as P(1st red) and P(six)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from tutor.grading.working.knowledge.chances.balls import (
    colour_in,
    counts_by_colour,
    is_with_replacement,
    is_without_replacement,
)
from tutor.grading.working.knowledge.chances.branches import branches_in
from tutor.grading.working.knowledge.chances.trials import single_chance
from tutor.grading.working.knowledge.counting.cards import chances_in_pack
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.quantities.stated import plain_text

_LATER = words(
    r"2nd|second|then|zweite[rns]?|dann|2|deuxième|second|segunda?|luego|next|after", "第二|再|然后"
)
_SEVERAL = words(
    r"both|all|and|each|one|two|none|at least|exactly|same|different|beide|alle|und|je|keine?"
    r"|mindestens|genau|les deux|toutes|et|aucune|ambas|todas|y|ninguna|or|oder|ou|o|given",
    r"都|全|至少|恰|和|或|\||∩|∪|&|,",
)
_NOT = words(r"not|no|kein\w{0,2}|nicht|pas|ninguna?", "不|没|¬|̄")
_JOINT = words(r"and|und|et|y", r"∩|&|,|且|和")
_GIVEN_POSITIVE = re.compile(r"[A-Z]\s?\|\s?(?:T|\+|pos)")  # of a test
_FACE = words(r"six|sechs|seis|6|heads?|tails?|kopf|zahl|pile|face|cara|cruz", "六点|6点|正面|反面")
_DIE = words(r"dice|die|würfel\w*|dés?|dados?", "骰子")
_A_NUMBER = r"(?:(?:an?|eine?|une?|un) )?[1-6](?:点)?"
_NUMBERS = re.compile(
    rf"{_A_NUMBER}(?:\s?(?:or|oder|ou|o|或|,)\s?{_A_NUMBER}){{0,4}}", re.IGNORECASE
)


def chances_of(event: str, statement: str) -> Iterator[Fraction]:
    """What the event may have as its chance; none where its words do not tell enough."""
    statement = plain_text(statement)
    if not _SEVERAL.search(event):
        yield from _of_colour(event, statement)
    single = single_chance(statement)
    is_other = _NOT.search(event)
    if single is not None and _FACE.search(event):
        yield 1 - single if is_other else single
    elif _DIE.search(statement) and _NUMBERS.fullmatch(_NOT.sub("", event).strip()):
        chance = Fraction(len(set(re.findall(r"\d", event))), 6)
        yield 1 - chance if is_other else chance
    yield from chances_in_pack(event, statement)
    branches = branches_in(statement)
    if branches is not None and _GIVEN_POSITIVE.search(event):
        first, if_first, otherwise = branches
        total = first * if_first + (1 - first) * otherwise
        if total:
            ill = first * if_first / total
            yield 1 - ill if _NOT.search(event) else ill
    elif branches is not None and _JOINT.search(event):
        first, if_first, otherwise = branches
        for chance, under in ((first, if_first), (1 - first, otherwise)):
            yield chance * under
            yield chance * (1 - under)


def _of_colour(event: str, statement: str) -> Iterator[Fraction]:
    """Of the first ball, and of a later one after a ball of this colour or of another."""
    counts, colour = counts_by_colour(statement), colour_in(event)
    if len(counts) < 2 or colour not in counts:
        return
    number, total = counts[colour], sum(counts.values())
    if _NOT.search(event):
        number = total - number
    if not _LATER.search(event) or is_with_replacement(statement):
        yield Fraction(number, total)
    elif is_without_replacement(statement):
        yield Fraction(number, total - 1)
        yield Fraction(number - 1, total - 1)
