"""The arithmetic or geometric progression of a problem, and what its terms and sums are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Self

from tutor.grading.parsing.tree import Add, Mul, Neg, Num, Pow, Sym, Term
from tutor.grading.steps.witnesses import number

_ARITHMETIC = re.compile(r"\barithmetic (?:sequence|progression|series)|等差数列", re.IGNORECASE)
_GEOMETRIC = re.compile(r"\bgeometric (?:sequence|progression|series)|等比数列", re.IGNORECASE)
_NUMBER = r"[-−]?\d{1,9}(?:\.\d{1,6})?"
_LIST = re.compile(
    rf"({_NUMBER}(?:\s?[,，、]\s?{_NUMBER}){{2,8}})\s?[,，、]?\s?(?:\\l?dots|…|\.\.\.)"
)
_GIVEN = re.compile(rf"([a-z](?:_\{{?1\}}?)?|d|q|r)\s?=\s?({_NUMBER})")
_INDEX = re.compile(r"([a-z]|S)_(\d{1,4})")
MAX_INDEX = 1_000


@dataclass(frozen=True)
class StatedProgression:
    """step: the difference of neighbours, or their ratio where is_geometric. name: of its terms."""

    is_geometric: bool
    first: Fraction
    step: Fraction
    name: str = "a"

    @classmethod
    def of(cls, statement: str) -> Self | None:
        is_geometric = bool(_GEOMETRIC.search(statement))
        if not is_geometric and not _ARITHMETIC.search(statement):
            return None
        if listed := _LIST.search(statement):
            numbers = [stated_fraction(text) for text in re.split(r"\s?[,，、]\s?", listed[1])]
            return cls._through(numbers, is_geometric)
        given = {match[1]: stated_fraction(match[2]) for match in _GIVEN.finditer(statement)}
        first = next((name for name in given if re.fullmatch(r"[a-z]_\{?1\}?", name)), None)
        step = next((given[name] for name in ("d", "q", "r") if name in given), None)
        if first is None or step is None:
            return None
        return cls(is_geometric, given[first], step, first[0])

    @classmethod
    def _through(cls, numbers: list[Fraction], is_geometric: bool) -> Self | None:
        if is_geometric and 0 in numbers:
            return None
        pairs = list(pairwise(numbers))
        steps = {b / a if is_geometric else b - a for a, b in pairs}
        return cls(is_geometric, numbers[0], steps.pop()) if len(steps) == 1 else None

    def value_of(self, name: str) -> Term | None:
        """The value of d, q, a_1, a_16 or S_20; None for other names."""
        if name in (("q", "r") if self.is_geometric else ("d",)):
            return number(self.step)
        index = _INDEX.fullmatch(name)
        if index is None or not 0 < int(index[2]) <= MAX_INDEX:
            return None
        if index[1] == "S":
            return number(self._sum(int(index[2])))
        return number(self._member(int(index[2]))) if index[1] == self.name else None

    @property
    def given(self) -> dict[str, Term]:
        """The first term and the step, by their usual names."""
        step = number(self.step)
        names = ("q", "r") if self.is_geometric else ("d",)
        return {f"{self.name}_1": number(self.first), **dict.fromkeys(names, step)}

    @property
    def general(self) -> Term:
        """The term with the number n."""
        before = Add((Sym("n"), Neg(Num(Fraction(1)))))
        first, step = number(self.first), number(self.step)
        if self.is_geometric:
            return Mul((first, Pow(step, before)))
        return Add((first, Mul((before, step))))

    def _member(self, n: int) -> Fraction:
        if self.is_geometric:
            return self.first * self.step ** (n - 1)
        return self.first + (n - 1) * self.step

    def _sum(self, n: int) -> Fraction:
        if not self.is_geometric:
            return n * (self.first + self._member(n)) / 2
        if self.step == 1:
            return n * self.first
        return self.first * (self.step**n - 1) / (self.step - 1)


def stated_fraction(text: str) -> Fraction:
    return Fraction(text.replace("−", "-"))
