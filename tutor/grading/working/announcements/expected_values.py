"""Expected values of a game: E(payout) = 5·0.1 + 1·0.3 + 0·0.6 = 0.8."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from itertools import pairwise

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.tree import Add, Div, Mul, Term, Unreadable, is_term
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved
from tutor.grading.working.quantities.counting_words import with_decimal_points
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.task import Task

MAX_SUMMANDS = 8
_CALLED = re.compile(
    r"\s?(?:E\s?\([^()=]{1,30}\)|E|μ|(?:the )?expected (?:value|payout|gain|winnings?|payoff)"
    r"|erwartungswert|erwartete (?:auszahlung|einnahme)|espérance|esperanza|期望值?)"
    r"\s?[=:：]\s?([^=].{3,120})",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?<![\d./])(?:(?P<percent>\d{1,2}(?:\.\d{1,2})?)\s?\\?%|(?P<top>\d{1,3})\s?/\s?(?P<bottom>\d{1,3})"
    r"|(?P<plain>\d{1,6}(?:\.\d{1,4})?))(?![\d/]|\.\d)"
)
Pair = tuple[Fraction, Fraction]  # a value and its chance


def judge_expected_value(text: str, task: Task) -> ClaimResult | None:
    """Proved where each summand is a told value times its chance; None for anything else."""
    match = _CALLED.fullmatch(text.rstrip(" .€$"))
    if match is None:
        return None
    sides = [_term(side) for side in match[1].split("=")]
    numbers = {rational_value(side) if side is not None else None for side in sides}
    pairs = list(_summands(sides[0])) if sides[0] is not None else []
    told = _told_pairs(with_decimal_points(plain_text(task.text)))
    own = {(value, chance) for value, chance in pairs if value}
    is_right = bool(own) and own == told and sum(c for _, c in pairs) <= 1
    is_one = len(numbers) == 1 and None not in numbers
    return proved(ClaimRelation.EVALUATE) if is_right and is_one else None


def _term(text: str) -> Term | None:
    with suppress(Unreadable, RecursionError):
        value = read_expression(text.strip(" €$"))
        return value if is_term(value) else None
    return None


def _summands(term: Term) -> Iterator[Pair]:
    """Of 5·0.1 + 0.3·1; nothing where a summand is no such product."""
    parts = term.parts if isinstance(term, Add) else (term,)
    for part in parts[:MAX_SUMMANDS]:
        factors = [rational_value(factor) for factor in _factors(part)]
        if len(factors) != 2 or None in factors:
            return
        first, second = factors
        assert first is not None  # noqa: S101 - for the type checker
        assert second is not None  # noqa: S101
        yield (second, first) if 0 < first < 1 <= second or not second else (first, second)


def _factors(term: Term) -> tuple[Term, ...]:
    """5 and 1/8 of 5·1/8, which is read as one fraction."""
    match term:
        case Mul(parts):
            return parts
        case Div(Mul((first, second)), bottom):
            return (first, Div(second, bottom))
    return ()


def _told_pairs(text: str) -> set[Pair]:
    """The values of the statement with their chances, told in turns; empty for anything else."""
    numbers = [_number(match) for match in _NUMBER.finditer(text)]
    kinds = [0 < number < 1 for number in numbers]
    start = kinds.index(True) if True in kinds else 0
    for begin in (start, start - 1):
        rest = numbers[max(begin, 0) :]
        is_first = [0 < number < 1 for number in rest]
        turns = all(a != b for a, b in pairwise(is_first))
        if begin >= 0 and len(rest) > 2 and len(rest) % 2 == 0 and turns:
            pairs = zip(rest[::2], rest[1::2], strict=True)
            return {(b, a) if 0 < a < 1 else (a, b) for a, b in pairs}
    return set()


def _number(match: re.Match[str]) -> Fraction:
    if match["percent"]:
        return Fraction(match["percent"]) / 100
    if match["top"]:
        return Fraction(int(match["top"]), int(match["bottom"]) or 1)
    return Fraction(match["plain"])
