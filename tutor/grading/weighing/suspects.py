"""The lines of a working that nothing in the statement forces: one of them is the wrong one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tutor.grading.parsing.tree import free_names
from tutor.grading.steps.claim_results import ClaimRelation, StepVerdict
from tutor.grading.weighing.calculations import Calculation, is_compound
from tutor.grading.weighing.dependencies import is_used
from tutor.grading.weighing.evidence import Evidence
from tutor.grading.weighing.weighed_lines import WeighedClaim, WeighedLine

_FUNCTION_VALUE = re.compile(r"\s*(?!P)[A-Za-z]'{0,3}\s?\([^()\s]{1,20}\)\s*=")
_OF_ARITHMETIC = (
    *(ClaimRelation.EQUAL, ClaimRelation.APPROXIMATE, ClaimRelation.EVALUATE),
    ClaimRelation.DEFINE,
)


@dataclass(frozen=True, slots=True)
class Suspect:
    """A claim that is not sure. is_unchecked: whether the first pass did not decide it either."""

    line: WeighedLine
    claim: WeighedClaim
    is_unchecked: bool
    is_bare: bool
    is_used: bool

    @property
    def is_proved(self) -> bool:
        check = self.claim.check
        return check is not None and check.verdict == StepVerdict.PROVED


def suspects(evidence: Evidence) -> list[Suspect]:
    """The first claim of each line that is not sure, and that the final answer may rest on."""
    return [
        suspect
        for line in evidence.lines[evidence.last_right_line + 1 :]
        if not line.is_check and (suspect := _likeliest(list(_of_line(line, evidence)))) is not None
    ]


def _likeliest(claims: list[Suspect]) -> Suspect | None:
    """Of one line: the first that is more than a number."""
    return next((suspect for suspect in claims if not suspect.is_bare), next(iter(claims), None))


def _of_line(line: WeighedLine, evidence: Evidence) -> Iterator[Suspect]:
    for index, claim in enumerate(line.claims):
        check = claim.check
        if check is None or check.verdict == StepVerdict.REFUTED or claim.is_limited:
            continue
        if evidence.is_true_at_answer(claim):
            continue
        is_sure = check.is_definition or check.verdict == StepVerdict.PROVED
        if is_sure and evidence.is_condition_of_answer(claim):
            continue
        calculation = evidence.calculation_of(line.number, index)
        is_leading = calculation is None or is_used(calculation, evidence)
        is_unchecked = check.verdict == StepVerdict.UNCHECKED
        if is_unchecked and _says_something(claim, calculation, evidence):
            is_bare = not claim.claim.operators and not any(map(is_compound, claim.terms))
            yield Suspect(line, claim, not check.is_definition, is_bare, is_leading)
        elif not is_unchecked and is_leading and _is_set_up(claim, calculation):
            yield Suspect(line, claim, False, False, is_leading)


def _says_something(
    claim: WeighedClaim, calculation: Calculation | None, evidence: Evidence
) -> bool:
    """Whether it is more than words, a name, a number of the problem, or a line before."""
    if calculation is None:
        is_named = bool(claim.statement.words) and any(map(is_compound, claim.terms))
        is_point = claim.claim.value is not None and "(" in claim.statement.text
        is_equation = bool(claim.claim.operators) or "=" in claim.statement.text
        return is_equation or is_named or (is_point and not claim.terms)
    if calculation.restates:
        return False
    is_bare = calculation.formula is None
    return not (is_bare and evidence.is_stated(calculation.result))


def _is_set_up(claim: WeighedClaim, calculation: Calculation | None) -> bool:
    """True arithmetic with numbers that somebody had to choose: 14 · 9 = 126."""
    if calculation is None or not calculation.is_new or calculation.formula is None:
        return False
    check = claim.check
    assert check is not None  # noqa: S101 - `_of_line` looks
    is_of_function = bool(_FUNCTION_VALUE.match(claim.statement.text))
    is_arithmetic = check.relation in _OF_ARITHMETIC and not free_names(calculation.formula)
    return is_arithmetic and not is_of_function
