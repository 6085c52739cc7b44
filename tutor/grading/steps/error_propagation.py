"""What rests on a claim that was refuted: the letters and numbers that came out of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from tutor.grading.numeric.rationals import exact
from tutor.grading.parsing.tree import Num, Sym, Term, walk
from tutor.grading.steps.claim_results import ClaimResult, StepVerdict

SMALL = 12  # whole numbers up to it come from anywhere


@dataclass
class Tainted:
    """letters, numbers: each with the refuted step that it came out of.

    rests_on: the first refuted step of which the latest step uses something.
    """

    letters: dict[str, int] = field(default_factory=dict)
    numbers: dict[Fraction, int] = field(default_factory=dict)
    rests_on: int | None = None

    def follow(
        self, step: int, sides: Sequence[Term | None], results: Sequence[ClaimResult]
    ) -> None:
        """Take a chain of a step for what it uses, and for what comes out of it."""
        terms = [side for side in sides if side is not None]
        sources = [source for term in terms for source in self._sources(term) if source < step]
        if sources:
            self.rests_on = min([*sources, *([] if self.rests_on is None else [self.rests_on])])
        wrong = any(result.verdict == StepVerdict.REFUTED for result in results)
        if not terms or not (wrong or sources):
            return
        source = step if not sources else min(sources)
        letters = [part.name for term in terms for part in walk(term) if isinstance(part, Sym)]
        for letter in letters if wrong else letters[:1]:
            self.letters.setdefault(letter, source)
        result = exact(terms[-1])
        if result is not None and not (result.denominator == 1 and abs(result) <= SMALL):
            self.numbers.setdefault(result, source)

    def _sources(self, term: Term) -> Iterator[int]:
        for part in walk(term):
            if isinstance(part, Sym) and part.name in self.letters:
                yield self.letters[part.name]
            if isinstance(part, Num) and part.value in self.numbers:
                yield self.numbers[part.value]
