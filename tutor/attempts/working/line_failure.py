"""Why a line of working does not follow, as far as a reader may know it."""

import re
from dataclasses import dataclass

from tutor.grading.steps.checks import ClaimCheck, Slip, Witness
from tutor.grading.steps.claim_results import RELATIONS_OF_SIDES, WitnessReason

_EQUALS = re.compile(r"[=≈]|\\approx")
_REASONS_OF_LINES: dict[WitnessReason | None, WitnessReason] = {
    WitnessReason.SIDES: WitnessReason.LINES,
    WitnessReason.SIDES_AT: WitnessReason.LINES_AT,
}
_REASONS_OF_PROBLEM: dict[WitnessReason | None, WitnessReason] = {
    WitnessReason.SIDES: WitnessReason.PROBLEM,
    WitnessReason.SIDES_AT: WitnessReason.PROBLEM_AT,
}


@dataclass(frozen=True)
class LineFailure:
    """Why a line does not follow.

    witness: None where there is none, or it is withheld. above: the line above, as typed.
    """

    claim: ClaimCheck
    witness: Witness | None
    is_first_line: bool
    above: str = ""

    @property
    def slip(self) -> Slip:
        return self.claim.slip

    @property
    def is_withheld(self) -> bool:
        """Whether there are values for which the line fails, and this reader may not see them."""
        witness = self.claim.witness
        return self.witness is None and witness is not None and bool(witness.values)

    @property
    def is_within_line(self) -> bool:
        """Whether both sides are in this line, and not one of them in the line before."""
        sides = _EQUALS.split(self.claim.claim, maxsplit=1)
        return self._is_of_sides and len(sides) == 2 and all(map(str.strip, sides))

    @property
    def is_compared_with_line(self) -> bool:
        """Whether this line is one side, and the line above it is the other."""
        return self.is_term and not self.is_first_line

    @property
    def is_term(self) -> bool:
        """Whether this line, or what it goes on with, is a term and no equation."""
        sides = _EQUALS.split(self.claim.claim)
        return self._is_of_sides and len(list(filter(str.strip, sides))) == 1

    @property
    def _is_of_sides(self) -> bool:
        return self.claim.relation in RELATIONS_OF_SIDES

    @property
    def reason(self) -> WitnessReason | None:
        """What the witness shows; None where it shows nothing, or is withheld."""
        reason = self.witness.reason(self.claim.relation) if self.witness else None
        if reason is None or not self.is_term:
            return reason
        reasons = _REASONS_OF_PROBLEM if self.is_first_line else _REASONS_OF_LINES
        return reasons.get(reason, reason)
