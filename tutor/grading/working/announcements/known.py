"""What a working has said before a line, for those who judge the line by its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from tutor.grading.parsing.tree import Term, Value


@dataclass(frozen=True, slots=True)
class Known:
    """Of the working so far.

    terms: of the statement and the lines, the latest last. results: numbers that lines came to.
    facts: what was said. values: numbers of letters.
    bounds: of the latest inequalities. is_settled: whether every formula is proved or given.
    """

    terms: Sequence[Term]
    facts: Sequence[Value]
    values: dict[str, Term]
    results: Sequence[Term]
    bounds: Sequence[Fraction]
    is_settled: bool
