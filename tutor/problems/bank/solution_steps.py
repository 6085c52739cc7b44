"""The steps of a solution in the bank: each is proved, or only names something."""

from collections.abc import Iterator
from enum import StrEnum

from tutor.figures import without_figures
from tutor.grading.prose.step_cutter import cut_steps
from tutor.grading.steps.checks import StepCheck
from tutor.grading.steps.claim_results import StepVerdict
from tutor.grading.steps.worked.step_checker import StepChecker
from tutor.problems.content import Content
from tutor.problems.parts import statement_with


class StepKind(StrEnum):
    PROVED = "proved"
    DEFINED = "defined"  # it only names something
    REFUTED = "refuted"
    UNPROVED = "unproved"


def steps_of(variant: Content) -> Iterator[tuple[str, StepKind]]:
    """The text of each step, and how it was decided."""
    checker = StepChecker(without_figures(statement_with(variant.statement, variant.parts)))
    for step in cut_steps(without_figures(variant.solution)):
        yield step.strip(), _kind(checker.check(step))


def _kind(check: StepCheck) -> StepKind:
    if check.refuted:
        return StepKind.REFUTED
    if check.verdict == StepVerdict.PROVED:
        return StepKind.PROVED
    only_names = check.claims and all(claim.is_definition for claim in check.claims)
    return StepKind.DEFINED if only_names else StepKind.UNPROVED
