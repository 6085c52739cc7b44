"""One calculation that a usual mistake leads to."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from tutor.grading.parsing.tree import Term
from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.knowledge.statement_numbers import number_term


@dataclass(frozen=True, slots=True)
class WrongCalculation:
    """written: a sum or product; a side that has the same parts is meant. right: instead of it."""

    slip: Slip
    written: Term
    right: Term


def as_term(value: Fraction | int) -> Term:
    return number_term(Fraction(value))
