"""Sums with dots, as in 1 + 2 + … + k + (k + 1), by the formula that a statement has for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.tree import (
    Add,
    Neg,
    Num,
    Sym,
    Term,
    Unreadable,
    free_names,
    is_term,
    substitute,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.prose.formulas import find_formulas

MAX_LENGTH = 300  # of a formula with dots
MAX_WORK_S = 0.1
_DOTS = re.compile(r"\\[lc]?dots\s*+(?:[bc](?![a-z])\s*+)?|\.\.\.++|…++|⋯++")


@dataclass(frozen=True)
class DottedSum:
    """member: the last summand of the statement's sum, in `variable`. total: its formula."""

    variable: str
    member: Term
    total: Term

    @classmethod
    def of(cls, statement: str) -> DottedSum | None:
        for formula, _ in find_formulas(statement):
            left, sign, right = formula.text.partition("=")
            last = _last_summand(left)
            if not sign or last is None or len(formula.text) > MAX_LENGTH or "=" in right:
                continue
            member, total = _read(last), _read(right)
            if member is None or total is None:
                continue
            names = free_names(member)
            if len(names) == 1 and names == free_names(total):
                return cls(next(iter(names)), member, total)
        return None

    def total_of(self, text: str) -> Term | None:
        """The value of a sum with dots that goes on as the statement's does; None for others."""
        summands = [_read(part) for part in _summands_after(text)]
        terms = [term for term in summands if term is not None]
        if not terms or len(terms) < len(summands):
            return None
        with WorkBudget(MAX_WORK_S) as budget:
            index = self._index(terms[-1], budget)
            if index is None:
                return None
            before = [self._member(_shifted(index, -n)) for n in range(1, len(terms))]
            pairs = zip(reversed(terms[:-1]), before, strict=True)
            if not all(same_value(term, member, budget).equal for term, member in pairs):
                return None
        total: Term = substitute(self.total, Sym(self.variable), index)
        return total

    def _index(self, last: Term, budget: WorkBudget) -> Term | None:
        """Which member the last summand is: k + 1 for 2(k + 1) - 1."""
        for name in sorted(free_names(last)):
            for shift in (0, 1, -1, 2):
                index = _shifted(Sym(name), shift)
                if same_value(self._member(index), last, budget).equal:
                    return index
        return None

    def _member(self, index: Term) -> Term:
        result: Term = substitute(self.member, Sym(self.variable), index)
        return result

    def replaced(self, text: str) -> tuple[str, dict[str, Term]]:
        """The text with a symbol for each side that is such a sum, and what the symbols stand for.

        Text that is too long stays as it is.
        """
        if len(text) > MAX_LENGTH or not _DOTS.search(text):
            return text, {}
        sides, totals = re.split(r"(=)", text), dict[str, Term]()
        for number, side in enumerate(sides):
            total = self.total_of(side) if _DOTS.search(side) else None
            if total is not None:
                name = f"D_{8000 + number}"
                totals[name] = total
                sides[number] = f" {name} "
        return "".join(sides), totals


def _shifted(index: Term, shift: int) -> Term:
    if not shift:
        return index
    step = Num(Fraction(abs(shift)))
    return Add((index, step if shift > 0 else Neg(step)))


def _last_summand(text: str) -> str | None:
    summands = list(_summands_after(text))
    return summands[-1] if len(summands) == 1 else None


def _summands_after(text: str) -> Iterator[str]:
    """Those behind the dots; none without dots between plus signs."""
    parts = _DOTS.split(text)
    if len(parts) != 2 or not parts[0].rstrip().endswith("+"):
        return
    rest = parts[1].strip()
    if rest.startswith("+"):
        yield from _split(rest[1:])


def _split(text: str) -> Iterator[str]:
    """At the plus signs outside brackets."""
    depth, start = 0, 0
    for position, sign in enumerate(text):
        depth += (sign in "([{") - (sign in ")]}")
        if sign == "+" and depth == 0:
            yield text[start:position]
            start = position + 1
    yield text[start:]


def _read(text: str) -> Term | None:
    try:
        value = read_expression(text.strip().rstrip(".,;"))
    except (Unreadable, RecursionError):
        return None
    return value if is_term(value) else None
