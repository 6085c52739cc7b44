"""What an import would do to the catalogue.

Nothing is stored before a teacher has seen the plan, and then all of it in one transaction.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.translation import gettext as _

from accounts.models import User
from tutor.problems.checks import missing_pictures
from tutor.problems.interchange.imported import ImportedProblem, answers_of
from tutor.problems.models import Problem
from tutor.problems.records import ProblemRecord


class ImportAction(StrEnum):
    CREATE = "create"
    REVISE = "revise"  # the teacher's own problem of this slug gets a new version
    SKIP = "skip"  # it is in the catalogue already, word for word
    REFUSE = "refuse"


@dataclass(frozen=True)
class PlannedImport:
    """own: the teacher's problem as it is now, where the import would revise it."""

    problem: ImportedProblem
    action: ImportAction
    own: ProblemRecord | None = None

    @property
    def present_answers(self) -> list[str]:
        """Those of the teacher's problem, where the file has another key; else empty."""
        if self.own is None or self.problem.record is None:
            return []
        content = self.own.content
        return [] if content.keys() == self.problem.record.content.keys() else answers_of(content)


@dataclass(frozen=True)
class ImportPlan:
    """What the import would do with every problem of a file."""

    rows: list[PlannedImport]

    def with_action(self, *actions: ImportAction) -> list[PlannedImport]:
        return [row for row in self.rows if row.action in actions]

    @property
    def new(self) -> list[PlannedImport]:
        return self.with_action(ImportAction.CREATE)

    @property
    def changed(self) -> list[PlannedImport]:
        return self.with_action(ImportAction.REVISE)

    @property
    def corrected(self) -> list[PlannedImport]:
        """Those whose answer would be overwritten."""
        return [row for row in self.changed if row.present_answers]

    @property
    def same(self) -> list[PlannedImport]:
        return self.with_action(ImportAction.SKIP)

    @property
    def refused(self) -> list[PlannedImport]:
        return self.with_action(ImportAction.REFUSE)

    @property
    def records(self) -> list[ProblemRecord]:
        """The records that would be stored."""
        rows = self.with_action(ImportAction.CREATE, ImportAction.REVISE)
        return [row.problem.record for row in rows if row.problem.record]


def plan_for(user: User, problems: Iterable[ImportedProblem]) -> ImportPlan:
    """The number of queries does not grow with the number of problems.

    A colleague's problem is never touched: if it has the slug, the import gets another one.
    """
    problems = list(problems)
    slugs = {problem.record.slug for problem in problems if problem.record}
    editable = Problem.objects.editable_by(user).filter(slug__in=slugs, current__isnull=False)
    own = {problem.slug: problem.record() for problem in editable.with_content()}
    taken = set(Problem.objects.values_list("slug", flat=True))
    locations: dict[str, str] = {}  # in the file, by slug
    rows = []
    for problem in problems:
        problem = _refused_if_incomplete(_refused_if_repeated(problem, locations))
        record = problem.record
        if record is None:
            rows.append(PlannedImport(problem, ImportAction.REFUSE))
        elif record.slug in own and record.slug not in locations:
            locations[record.slug] = problem.location
            rows.append(_compared(problem, record, own[record.slug]))
        else:
            slug = _free_slug(record.slug, taken | set(locations))
            locations |= {record.slug: problem.location, slug: problem.location}
            renamed = replace(problem, record=replace(record, slug=slug))
            rows.append(PlannedImport(renamed, ImportAction.CREATE))
    return ImportPlan(rows)


def _compared(problem: ImportedProblem, record: ProblemRecord, own: ProblemRecord) -> PlannedImport:
    if own == record:
        return PlannedImport(problem, ImportAction.SKIP)
    return PlannedImport(problem, ImportAction.REVISE, own)


def _refused_if_repeated(problem: ImportedProblem, locations: dict[str, str]) -> ImportedProblem:
    """Refuse a slug that the file gave to an earlier problem: it is a mistake of the author."""
    slug = problem.record.slug if problem.record else ""
    if not problem.is_named or slug not in locations:
        return problem
    reason = _("%(place)s has the slug %(slug)s too") % {"place": locations[slug], "slug": slug}
    return replace(problem, record=None, reason=reason)


def _refused_if_incomplete(problem: ImportedProblem) -> ImportedProblem:
    """Refuse a problem whose pictures did not come with it."""
    defects = missing_pictures(problem.record.content) if problem.record else ()
    for defect in defects:
        reason = f"{defect.field_name}: {defect.message}"
        return replace(problem, record=None, reason=reason)
    return problem


def _free_slug(slug: str, taken: set[str]) -> str:
    free, number = slug, 1
    while free in taken:
        number += 1
        free = f"{slug}-{number}"
    return free
