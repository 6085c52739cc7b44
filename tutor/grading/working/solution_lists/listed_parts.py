"""Parts of a sum, listed once the letter is known: 40°, 80°, 60° of x + 2x + x + 20 = 180."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import permutations

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Add,
    Comparison,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    substitute,
)
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved
from tutor.grading.working.stated_angles import without_degrees

MAX_LISTED = 5
_NUMBER = r"\d{1,6}(?:\.\d{1,3})?"
_UNIT = r"\s?(?:°|[^\W\d_]{1,8}|[€$])?"
_LINE = re.compile(
    rf"(?:[^\d=<>+*/^()]{{2,40}}[\s:=])?(?P<list>{_NUMBER}{_UNIT}"
    rf"(?:\s?(?:[,;，；、]|and|und|et|y|和)\s?{_NUMBER}{_UNIT}){{1,4}})"
)


def judge_listed_parts(
    text: str, known: Sequence[Value], values: dict[str, Term]
) -> ClaimResult | None:
    """Proved where the numbers are all parts of a known sum; None for anything else."""
    line = _LINE.fullmatch(text.strip(" .!✓"))
    if line is None:
        return None
    told = [Fraction(number) for number in re.findall(_NUMBER, line["list"])]
    sums = (total for value in known if (total := _parts(value, values)) is not None)
    is_listed = any(
        len(parts) >= len(told) and sum(parts) == sum(told) == total and _are_parts(told, parts)
        for parts, total in sums
    )
    return proved(ClaimRelation.SOLVE) if is_listed else None


def _parts(value: Value, values: dict[str, Term]) -> tuple[list[Fraction], Fraction] | None:
    """40, 80, 40 and 20 with their sum, for x + 2x + x + 20 = 180 and x = 40."""
    match value:
        case Comparison("=", Add(parts), right) if len(free_names(value)) == 1 and is_term(right):
            [name] = free_names(value)
        case _:
            return None
    known = values.get(name)
    total = rational_value(without_degrees(right))
    if known is None or total is None:
        return None
    put_in = (substitute(part, Sym(name), without_degrees(known)) for part in parts)
    numbers = [rational_value(part) for part in map(without_degrees, put_in) if is_term(part)]
    read = [number for number in numbers if number is not None]
    return (read, total) if len(read) == len(parts) else None


def _are_parts(told: Sequence[Fraction], parts: Sequence[Fraction]) -> bool:
    """Whether each number is the sum of some parts beside each other, in any order of the list."""
    return len(told) <= MAX_LISTED and any(_split(order, parts) for order in permutations(told))


def _split(told: Sequence[Fraction], parts: Sequence[Fraction]) -> bool:
    if not told:
        return not parts
    return any(_split(told[1:], parts[end:]) for end in _ends(told[0], parts))


def _ends(number: Fraction, parts: Sequence[Fraction]) -> Iterator[int]:
    total = Fraction(0)
    for end, part in enumerate(parts, 1):
        total += part
        if total == number:
            yield end
