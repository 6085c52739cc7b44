"""The first open line from which a guessed one is worked out, line by line."""

from __future__ import annotations

from tutor.grading.parsing.tree import free_names
from tutor.grading.weighing.calculations import is_compound
from tutor.grading.weighing.evidence import Evidence
from tutor.grading.weighing.innocence import goes_on_from, is_true_by_itself
from tutor.grading.weighing.origins import is_undecided
from tutor.grading.weighing.weighed_lines import WeighedClaim, WeighedLine


def first_source(number: int, evidence: Evidence) -> tuple[WeighedLine, WeighedClaim] | None:
    """None where the line with this number goes on from no open one."""
    claims = [claim for claim in evidence.lines[number].claims if claim.check is not None]
    source = None
    for line in reversed(evidence.lines[:number]):
        used = [
            earlier
            for earlier in line.claims
            if _is_open(earlier, line, evidence)
            and any(goes_on_from(claim, earlier, evidence) for claim in claims)
        ]
        if used and line.is_unchecked:
            source, claims = (line, used[0]), used
    return source


def _is_open(claim: WeighedClaim, line: WeighedLine, evidence: Evidence) -> bool:
    """Whether it is a relation between letters, or a term of them, that nothing decides."""
    is_bare = not claim.claim.operators and not any(map(is_compound, claim.terms))
    if is_bare or not any(map(free_names, claim.terms)):
        return False
    if claim.name and not free_names(claim.terms[-1]):  # x = 5, which is worked out
        return False
    is_right = claim.is_limited or evidence.is_true_at_answer(claim)
    return is_undecided(claim) and not (is_right or is_true_by_itself(claim, line, evidence))
