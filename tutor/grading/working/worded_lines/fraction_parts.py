"""Top and bottom of a fraction that a line gives: "numerator: 6(√7 + 1)", 分子=(x-2)(x+2)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from fractions import Fraction
from itertools import pairwise

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.tree import (
    ONE,
    Add,
    BigOperator,
    Div,
    Mul,
    Neg,
    Num,
    Pow,
    Sym,
    Term,
    Unreadable,
    free_names,
    is_term,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved

MAX_FRACTIONS = 6
MAX_POWER = 3  # of x, by which top and bottom are divided
_TOP = r"top|numerator|zähler|numérateur|numerador|分子"
_BOTTOM = r"bottom|denominator|nenner|dénominateur|denominador|分母"
_PART = re.compile(
    rf"(?:the|der|le|el|so|also|和)?\s?(?:(?P<top>{_TOP})|(?P<bottom>{_BOTTOM}))"
    r"\s?(?:=|:|：|is|becomes|ist|wird(?: zu)?|est|devient|es|queda|为|变为|变成)?\s?"
    r"(?P<chain>[^:：，。;；]{1,80})",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s?[,，;；]\s?")


def judge_fraction_parts(
    text: str, known: Sequence[Term], budget: WorkBudget
) -> ClaimResult | None:
    """Proved where each part is that of a known fraction, perhaps expanded; None for anything else.

    known: terms, the latest last.
    """
    parts = [_PART.fullmatch(piece.strip()) for piece in _SEPARATOR.split(text.strip(" ."))]
    fractions = list(dict.fromkeys(_fractions(known)))[-MAX_FRACTIONS:]
    for part in parts:
        sides = _sides(part["chain"]) if part is not None else None
        if part is None or sides is None or not _are_equal(sides, budget):
            return None
        if not any(_is_part(sides[0], f, part["top"] is not None, budget) for f in fractions):
            return None
    return proved(ClaimRelation.EQUAL)


def is_part_of_fraction(words: str) -> bool:
    """Whether the words say that a term is only the top or bottom of something."""
    return bool(re.fullmatch(rf"(?:{_TOP}|{_BOTTOM})", words.strip(), re.IGNORECASE))


def is_other_part(words: str, number: Term, known: Sequence[Term], budget: WorkBudget) -> bool:
    """Whether every known fraction has another number at its bottom, or top, as the words say."""
    is_top = bool(re.fullmatch(_TOP, words.strip(), re.IGNORECASE))
    fractions = list(dict.fromkeys(_fractions(known)))[-MAX_FRACTIONS:]
    parts = [fraction.top if is_top else fraction.bottom for fraction in fractions]
    if not parts or free_names(number) or any(map(free_names, parts)):
        return False
    return not any(_is_part(number, fraction, is_top, budget) for fraction in fractions)


def _fractions(known: Sequence[Term]) -> Iterator[Div]:
    for term in known:
        if isinstance(term, BigOperator):
            term = term.body
        yield from (part for part in walk(term) if isinstance(part, Div))


def _sides(chain: str) -> list[Term] | None:
    sides = []
    for side in chain.split("="):
        with suppress(Unreadable, RecursionError):
            value = read_expression(side.strip())
            if is_term(value):
                sides.append(value)
                continue
        return None
    return sides


def _are_equal(sides: Sequence[Term], budget: WorkBudget) -> bool:
    return all(same_value(left, right, budget).equal for left, right in pairwise(sides))


def _is_part(term: Term, fraction: Div, is_top: bool, budget: WorkBudget) -> bool:
    part = fraction.top if is_top else fraction.bottom
    if not free_names(term) <= free_names(fraction) and "i" not in free_names(term):
        return False
    return any(
        same_value(Mul((part, factor)), term, budget).equal for factor in _expansions(fraction)
    )


def _expansions(fraction: Div) -> Iterator[Term]:
    """By what top and bottom may have been multiplied."""
    yield ONE
    yield from (_with_other_sign(part) for part in (fraction.bottom, fraction.top))
    for name in sorted(free_names(fraction)):
        for power in range(1, MAX_POWER + 1):
            yield Div(ONE, Pow(Sym(name), Num(Fraction(power))))


def _with_other_sign(term: Term) -> Term:
    """√7 + 1 for √7 - 1, and 1 + 4i for 1 - 4i."""
    match term:
        case Add((first, second)):
            return Add((first, Neg(second)))
    return ONE
