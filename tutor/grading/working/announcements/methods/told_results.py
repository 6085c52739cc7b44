"""What lines make of the results before them: "half of that = 15.7", "total 150 € and 50 l"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import Const, Num, Term, free_names, substitute
from tutor.grading.working.announcements.known import Known
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.task import Task

MAX_LENGTH = 80
MAX_BEFORE = 4  # lines
_PI = Num(Fraction("3.14159265358979323846"))
_HALF = re.compile(
    r"(?:(?:so|and|then|also|donc|luego|dann|y|et|und)\s)?(?:half (?:of )?(?:that|it|this)"
    r"|(?:davon )?"
    r"die hälfte(?: davon)?|la moitié(?: de ça| de cela)?|la mitad(?: de eso)?|(?:它的)?一半)\s?"
    r"(?:=|:|is|ist|est|c'est|es|是|为|≈)\s?(?P<value>\d{1,9}(?:\.\d{1,8})?)(?:\s?(?:\.{3}|…))?"
    r"\s?(?P<unit>[^\W\d_]{0,3}[²³]?)",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"(?:(?:in |en |au |das macht |das sind )?(?:total|insgesamt|zusammen|altogether|together"
    r"|suman?"
    r"|一共|共|总共))\s?[:：,=]?\s?(?:is |are |ist |est |es |hay )?(?P<amounts>\d[^=]{1,50})",
    re.IGNORECASE,
)
_UNIT = r"[€$£¥]|[^\W\d_]{1,10}"
_AMOUNT = re.compile(rf"(\d{{1,7}}(?:\.\d{{1,3}})?)\s?({_UNIT})(?![^\W\d_])")
_AND = re.compile(r"\s?(?:,|;|，|和|\b(?:and|und|et|y|e)\b)\s?", re.IGNORECASE)
_RESULT = re.compile(rf"=\s?(\d{{1,7}}(?:\.\d{{1,3}})?)\s?({_UNIT})\s?\.?$")


def is_made_of_results(text: str, before: Sequence[str], task: Task, known: Known) -> bool:
    """Whether it halves the latest result, or adds the results and the told amounts of a unit."""
    if len(text) > MAX_LENGTH:
        return False
    if (half := _HALF.fullmatch(text)) is not None:
        return bool(known.results) and _is_half(half["value"], known.results[-1])
    total = _TOTAL.fullmatch(text)
    if total is None:
        return False
    amounts = [_AMOUNT.fullmatch(piece.strip()) for piece in _AND.split(total["amounts"])]
    sums = list(_sums(before, task))
    return all(a is not None and (a[2], Fraction(a[1])) in sums for a in amounts)


def _is_half(written: str, latest: Term) -> bool:
    """Exact, rounded or cut off at its last digit."""
    if free_names(latest):
        return False
    value = rational_value(substitute(latest, Const("pi"), _PI))
    if value is None:
        return False
    half = value / 2
    exact = Decimal(half.numerator) / Decimal(half.denominator)
    digit = Decimal(1).scaleb(-len(written.partition(".")[2]))
    return Decimal(written) in {exact.quantize(digit, way) for way in (ROUND_DOWN, ROUND_HALF_UP)}


def _sums(before: Sequence[str], task: Task) -> Iterator[tuple[str, Fraction]]:
    """Of all results in one unit, and of all amounts in one unit that the statement tells."""
    results = [m for line in before[-MAX_BEFORE:] if (m := _RESULT.search(line.strip()))]
    told = list(_AMOUNT.finditer(plain_text(task.text)))
    for amounts in (results, told):
        for unit in {amount[2] for amount in amounts}:
            numbers = [Fraction(amount[1]) for amount in amounts if amount[2] == unit]
            if len(numbers) > 1:
                yield unit, sum(numbers, Fraction(0))
