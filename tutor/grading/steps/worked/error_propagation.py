"""Which later steps use a refuted claim: its variables and numbers are marked as tainted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import Num, Sym, Term, walk
from tutor.grading.steps.claim_results import ClaimResult, StepVerdict

MAX_COMMON = 12  # whole numbers up to it are too common to show where they come from


@dataclass
class Tainted:
    """variables, numbers: each with the number of the refuted step that it came out of.

    rests_on: the first refuted step of which the latest step uses something.
    """

    variables: dict[str, int] = field(default_factory=dict)
    numbers: dict[Fraction, int] = field(default_factory=dict)
    rests_on: int | None = None

    def follow(
        self, step: int, sides: Sequence[Term | None], results: Sequence[ClaimResult]
    ) -> None:
        """Note what a chain of a step uses, and taint what comes out of it."""
        terms = [side for side in sides if side is not None]
        sources = [source for term in terms for source in self._sources(term) if source < step]
        if sources:
            self.rests_on = min([*sources, *([] if self.rests_on is None else [self.rests_on])])
        is_refuted = any(result.verdict == StepVerdict.REFUTED for result in results)
        if not terms or not (is_refuted or sources):
            return
        source = step if not sources else min(sources)
        names = [part.name for term in terms for part in walk(term) if isinstance(part, Sym)]
        for name in names if is_refuted else names[:1]:
            self.variables.setdefault(name, source)
        value = rational_value(terms[-1])
        if value is not None and not (value.denominator == 1 and abs(value) <= MAX_COMMON):
            self.numbers.setdefault(value, source)

    def _sources(self, term: Term) -> Iterator[int]:
        for part in walk(term):
            if isinstance(part, Sym) and part.name in self.variables:
                yield self.variables[part.name]
            if isinstance(part, Num) and part.value in self.numbers:
                yield self.numbers[part.value]
