"""Lengths of segments, such as AB: those that a statement tells, and those that follow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations

from tutor.grading.parsing.units import NO_UNIT, Unit
from tutor.grading.working.quantities.stated import StatedQuantity, plain_text

_SEGMENT = re.compile(r"[A-Z]{2}")
_PARALLEL = re.compile(  # (MN) // (BC), and MN is parallel to BC
    r"[(\[]?([A-Z])([A-Z])[)\]]?\s?"
    r"(?://|∥|\|\||\\parallel|平行于"
    r"|(?:is |ist |est |es |sont |and |et |y |und )?paral+[eèé]l\w*(?: to| zu| à| a)?)"
    r"\s?[(\[]?([A-Z])([A-Z])(?![A-Za-z])",
)
_POINT_ON = re.compile(  # M is on [AB], D liegt auf AB
    r"(?<![A-Za-z])([A-Z])\s?(?:is |lies |liegt |est |un point |está |se encuentra |punto )?"
    r"(?:on|auf|sur|de|du|en|∈|\\in|在|是)\s?(?:the |side |line |der |seite |le |côté |lado |el )*"
    r"[(\[]?([A-Z])([A-Z])(?![A-Za-z])",
    re.IGNORECASE,
)
Lengths = dict[str, Fraction]


@dataclass(frozen=True, slots=True)
class Segments:
    """lengths: by the two letters in alphabetical order, all in the unit."""

    lengths: Lengths
    unit: Unit = NO_UNIT

    @property
    def by_name(self) -> Lengths:
        """By names such as A_B and B_A."""
        return {
            name: length
            for ends, length in self.lengths.items()
            for name in (f"{ends[0]}_{ends[1]}", f"{ends[1]}_{ends[0]}")
        }

    @classmethod
    def of(cls, text: str, stated: Sequence[StatedQuantity]) -> Segments:
        """None are known where they are told in several units, or one of them twice."""
        named = [q for q in stated if _SEGMENT.fullmatch(q.name) and not q.sign and q.number > 0]
        lengths = {_key(*q.name): q.number for q in named}
        if len({q.unit for q in named}) != 1 or len(lengths) != len(named):
            return cls({})
        for m, n, a, b, c in _cut_triangles(plain_text(text)):
            _complete(lengths, m, n, a, b, c)
        return cls(lengths, named[0].unit)


def _key(first: str, second: str) -> str:
    return min(first, second) + max(first, second)


def _cut_triangles(text: str) -> Iterator[tuple[str, str, str, str, str]]:
    """M, N, A, B, C with M on AB, N on AC, and MN parallel to BC."""
    sides = [
        (point, frozenset((first, second))) for point, first, second in _POINT_ON.findall(text)
    ]
    for m, n, b, c in _PARALLEL.findall(text):
        for (p, pb), (q, qc) in permutations(sides, 2):
            apex = pb & qc
            if (p, q) == (m, n) and len(apex) == 1 and {b, c} == (pb | qc) - apex:
                [a] = apex
                [b_of_p] = pb - apex
                [c_of_q] = qc - apex
                yield m, n, a, b_of_p, c_of_q


def _complete(lengths: Lengths, m: str, n: str, a: str, b: str, c: str) -> None:
    """By the intercept theorem, as far as the known lengths lead."""
    parts = [(_key(a, m), _key(m, b), _key(a, b)), (_key(a, n), _key(n, c), _key(a, c))]
    ratios = [(_key(a, m), _key(a, b)), (_key(a, n), _key(a, c)), (_key(m, n), _key(b, c))]
    for _ in range(3):
        for part in parts:
            _add_up(lengths, *part)
        known = [lengths[x] / lengths[y] for x, y in ratios if x in lengths and y in lengths]
        for small, large in ratios if known else ():
            if large in lengths:
                lengths.setdefault(small, lengths[large] * known[0])
            elif small in lengths and known[0]:
                lengths[large] = lengths[small] / known[0]


def _add_up(lengths: Lengths, first: str, second: str, whole: str) -> None:
    if first in lengths and second in lengths:
        lengths.setdefault(whole, lengths[first] + lengths[second])
    for known, other in ((first, second), (second, first)):
        if known in lengths and whole in lengths and lengths[whole] > lengths[known]:
            lengths.setdefault(other, lengths[whole] - lengths[known])
