"""The steps of a solution in the bank: each is proved, names something, or sets up what is sought.

An equation that is set up in the letter that is sought follows from nothing before it. But the bank
knows the right answer, which has to fulfil it.
"""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

from tutor.figures import without_figures
from tutor.grading import AnswerKey, Kind
from tutor.grading.prose.step_cutter import cut_steps
from tutor.grading.steps.checks import StepCheck
from tutor.grading.steps.claim_results import ClaimCheck, StepVerdict
from tutor.grading.steps.worked.step_checker import StepChecker
from tutor.problems.bank.questions import questions_of
from tutor.problems.content import Content
from tutor.problems.parts import statement_with

_LETTER = re.compile(r"(?<![A-Za-z\\])[A-Za-z](?![A-Za-z])")

Values = Sequence[str]


class StepKind(StrEnum):
    PROVED = "proved"
    DEFINED = "defined"  # it only names something
    SET_UP = "set up"  # with the right answer its equations hold
    REFUTED = "refuted"
    UNPROVED = "unproved"


def steps_of(variant: Content) -> Iterator[tuple[str, StepKind]]:
    """The text of each step, and how it was decided."""
    checker = StepChecker(without_figures(statement_with(variant.statement, variant.parts)))
    answers = [_values(asked.key) for asked in questions_of(variant)]
    for step in cut_steps(without_figures(variant.solution)):
        yield step.strip(), _kind(checker.check(step), answers)


def _kind(check: StepCheck, answers: Sequence[Values]) -> StepKind:
    if check.refuted:
        return StepKind.REFUTED
    if check.verdict == StepVerdict.PROVED:
        return StepKind.PROVED
    if check.claims and all(claim.is_definition for claim in check.claims):
        return StepKind.DEFINED
    undecided = [claim for claim in check.claims if _is_undecided(claim)]
    is_set_up = undecided and all(_fits(claim.claim, answers) for claim in undecided)
    return StepKind.SET_UP if is_set_up else StepKind.UNPROVED


def _is_undecided(claim: ClaimCheck) -> bool:
    return claim.verdict == StepVerdict.UNCHECKED and not claim.is_definition


def _values(key: AnswerKey) -> Values:
    """The numbers of an answer, in the order of its letters: (2, 5) is s = 2 and t = 5."""
    if key.kind == Kind.TUPLE:
        return key.value.strip("() ").split(",")
    return [key.value] if key.kind in (Kind.NUMBER, Kind.QUANTITY) else []


def _fits(claim: str, answers: Sequence[Values]) -> bool:
    """Whether the claim holds for the right answer to one of the questions."""
    letters = sorted(set(_LETTER.findall(claim)))
    return bool(letters) and any(
        _holds(claim, letters, values) for values in answers if len(values) == len(letters)
    )


def _holds(claim: str, letters: Sequence[str], values: Values) -> bool:
    known = (rf"\({letter} = {value}\)" for letter, value in zip(letters, values, strict=True))
    return StepChecker(", ".join(known)).check(rf"\({claim}\)").verdict == StepVerdict.PROVED
