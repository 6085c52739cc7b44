"""Which calculation the later lines of a working go on from."""

from __future__ import annotations

from tutor.grading.parsing.tree import free_names
from tutor.grading.weighing.calculations import Calculation, constants
from tutor.grading.weighing.evidence import Evidence
from tutor.grading.weighing.lacking_numbers import numerals
from tutor.grading.weighing.numbers import are_close
from tutor.grading.weighing.weighed_lines import WeighedClaim


def is_used(calculation: Calculation, evidence: Evidence) -> bool:
    """Whether a later line works with its result, or repeats it."""
    later = evidence.lines[calculation.line + 1 :]
    return not later or any(_uses(claim, calculation) for line in later for claim in line.claims)


def _uses(claim: WeighedClaim, calculation: Calculation) -> bool:
    result = calculation.result
    for term in claim.terms:
        if calculation.name and calculation.name in free_names(term):
            return True
        if any(are_close(abs(result), abs(c)) for c in constants(term)):
            return True
    told = [] if claim.terms else numerals(claim.statement.text)  # 90 g and 72 g
    return any(are_close(abs(result), abs(value)) for value in told)
