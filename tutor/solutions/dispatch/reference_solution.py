"""The teacher's own solution, shown where the model has none to show."""

from django.db.models import QuerySet

from tutor.figures import without_figures
from tutor.grading.check_process.client import check_step
from tutor.grading.processes.timeout import Timeout
from tutor.grading.prose.step_cutter import cut_steps
from tutor.grading.steps.checks import CHECKER_VERSION
from tutor.per_page import once_per_page
from tutor.prepared import prepared
from tutor.problems.models import ProblemVersion, ReferenceSolution
from tutor.solutions.models import CheckedReference

MAX_WAIT_S = 3.0  # on the clock, for all steps, while a page waits


@once_per_page
def has_reference(version: ProblemVersion) -> bool:
    return bool(_shown_references(version.pk))


@prepared
def _shown_references(version_pk: int) -> QuerySet[ReferenceSolution, int]:
    shown = ReferenceSolution.objects.for_students().filter(version=version_pk)
    return shown.values_list("pk", flat=True)[:1]


def checked_reference(
    version: ProblemVersion, within_s: float = MAX_WAIT_S
) -> CheckedReference | None:
    """The teacher's solution with checks of its steps; None if none may be shown.

    The checks are stored. The next call goes on with the steps that there was no time to check.
    """
    reference = ReferenceSolution.objects.for_students().filter(version=version).first()
    if reference is None:
        return None
    stored = CheckedReference.objects.filter(reference=reference, checker=CHECKER_VERSION).first()
    steps = cut_steps(reference.text)
    if stored is not None and stored.steps != steps:
        stored = None
    checks = list(stored.checks) if stored else []
    if stored is not None and len(checks) == len(steps):
        return stored
    timeout = Timeout(within_s)
    while len(checks) < len(steps) and (left_s := timeout.left_s) > 0:
        texts = [without_figures(step) for step in steps[: len(checks) + 1]]
        check = check_step(version.statement_without_figures, texts, left_s)
        if timeout.left_s > 0:  # else it was cut short
            checks.append(check.to_dict())
    columns = {"steps": steps, "checks": checks, "checker": CHECKER_VERSION}
    row, _ = CheckedReference.objects.update_or_create(reference=reference, defaults=columns)
    return row
