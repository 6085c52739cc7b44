"""A teacher's own solution, for who may see a whole one where the model has none to show."""

from tutor.grading.deadline import Deadline
from tutor.grading.step_cutter import cut_steps
from tutor.grading.step_process import UNCHECKED, check_step
from tutor.grading.steps import CHECKER_VERSION
from tutor.problems.models import ProblemVersion, ReferenceSolution
from tutor.solutions.models import CheckedReference

WITHIN_S = 3.0  # all steps, while a page waits


def has_reference(version: ProblemVersion) -> bool:
    return ReferenceSolution.objects.filter(version=version).exclude(text="").exists()


def checked_reference(
    version: ProblemVersion, within_s: float = WITHIN_S
) -> CheckedReference | None:
    """Its steps with what was found of them, which is kept; None where there is no text.

    What could not be looked at in time is unchecked now, and looked at again next time.
    """
    reference = ReferenceSolution.objects.filter(version=version).exclude(text="").first()
    if reference is None:
        return None
    kept = CheckedReference.objects.filter(reference=reference, checker=CHECKER_VERSION).first()
    steps = cut_steps(reference.text)
    if kept is not None and kept.steps == steps:
        return kept
    deadline, checks = Deadline.within(within_s), []
    for number in range(1, len(steps) + 1):
        left_s = deadline.left_s
        check = check_step(version.statement, steps[:number], left_s) if left_s > 0 else UNCHECKED
        checks.append(check.to_dict())
    found = {"steps": steps, "checks": checks, "checker": CHECKER_VERSION}
    if deadline.left_s <= 0:
        return CheckedReference(reference=reference, **found)
    row, _ = CheckedReference.objects.update_or_create(reference=reference, defaults=found)
    return row
