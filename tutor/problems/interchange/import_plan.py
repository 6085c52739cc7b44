"""What an import would do to the catalogue.

Nothing is stored before a teacher has seen the plan, and then all of it in one transaction.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from tutor.grading.processes.timeout import Timeout
from tutor.problems.advising.key_doubts import key_doubts
from tutor.problems.checks import missing_pictures
from tutor.problems.differences import field_changes
from tutor.problems.interchange.imported import ImportedProblem, answers_of
from tutor.problems.labels import field_name
from tutor.problems.models import Problem
from tutor.problems.records import ProblemRecord

MAX_DOUBTING_S = 3.0  # on the clock, for all problems of a file
_NUMBER = re.compile(r"-\d{1,6}\Z")  # which a slug gets that was taken


class ImportAction(StrEnum):
    CREATE = "create"
    REVISE = "revise"  # the teacher's own problem of this slug gets a new version
    SKIP = "skip"  # it is in the catalogue already, word for word
    REFUSE = "refuse"


@dataclass(frozen=True)
class PlannedImport:
    """own: the teacher's problem as it is now, where the import would revise it.

    doubts: what Lemma refutes in it, in sentences.
    """

    problem: ImportedProblem
    action: ImportAction
    own: ProblemRecord | None = None
    doubts: tuple[str, ...] = ()

    @property
    def present_answers(self) -> list[str]:
        """Those of the teacher's problem, where the file has another key; else empty."""
        if self.own is None or self.problem.record is None:
            return []
        content = self.own.content
        return [] if content.keys() == self.problem.record.content.keys() else answers_of(content)

    @property
    def changed_fields(self) -> str:
        """What differs from the teacher's problem, in words."""
        own, record = self.own, self.problem.record
        if own is None or record is None:
            return ""
        names = [change.field for change in field_changes(own.content, record.content)]
        about = ("skills", "source", "licence", "category")
        names += [name for name in about if getattr(own, name) != getattr(record, name)]
        return ", ".join(map(field_name, names))


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
    def only_answered(self) -> list[PlannedImport]:
        """Those without a solution in the file, so that the answer alone is stored as one."""
        return [row for row in self._stored if row.problem.is_only_answered]

    @property
    def shuffled(self) -> list[PlannedImport]:
        """Those whose choices are in another order than in the file."""
        return [row for row in self._stored if row.problem.is_shuffled]

    @property
    def refused(self) -> list[PlannedImport]:
        return self.with_action(ImportAction.REFUSE)

    @property
    def records(self) -> list[ProblemRecord]:
        """The records that would be stored."""
        return [row.problem.record for row in self._stored if row.problem.record]

    @property
    def _stored(self) -> list[PlannedImport]:
        return self.with_action(ImportAction.CREATE, ImportAction.REVISE)


def plan_for(user: User, problems: Iterable[ImportedProblem]) -> ImportPlan:
    """The number of queries does not grow with the number of problems.

    A colleague's problem is never touched: if it has the slug, the import gets another one, and
    finds it by its title when the file comes again.
    """
    problems = list(problems)
    own = _own_records(user, [problem.record for problem in problems if problem.record])
    taken = set(Problem.objects.values_list("slug", flat=True))
    locations: dict[str, str] = {}  # in the file, by slug
    rows = []
    for problem in problems:
        problem = _refused_if_incomplete(_refused_if_repeated(problem, locations))
        record = problem.record
        if record is None:
            rows.append(PlannedImport(problem, ImportAction.REFUSE))
        elif slug := _own_slug(record, own, locations):
            locations |= {record.slug: problem.location, slug: problem.location}
            record = replace(record, slug=slug)
            rows.append(_compared(replace(problem, record=record), record, own[slug]))
        else:
            slug = _free_slug(record.slug, taken | set(locations))
            locations |= {record.slug: problem.location, slug: problem.location}
            renamed = replace(problem, record=replace(record, slug=slug))
            rows.append(PlannedImport(renamed, ImportAction.CREATE))
    return ImportPlan(rows)


def with_doubts(plan: ImportPlan) -> ImportPlan:
    """Of as many problems as time allows, and of none with parameters or parts."""
    timeout = Timeout(MAX_DOUBTING_S)
    rows = []
    for row in plan.rows:
        content = row.problem.record.content if row.problem.record else None
        is_plain = content and not (content.parts or content.parameters.strip())
        if content and is_plain and row.action != ImportAction.SKIP and timeout.left_s:
            row = replace(row, doubts=tuple(key_doubts(content)))
        rows.append(row)
    return ImportPlan(rows)


def _own_records(user: User, records: list[ProblemRecord]) -> dict[str, ProblemRecord]:
    """By slug: those of the teacher's problems that the records may be."""
    slugs = {record.slug for record in records}
    titles = {record.content.title for record in records}
    editable = Problem.objects.editable_by(user).filter(current__isnull=False)
    alike = editable.filter(Q(slug__in=slugs) | Q(current__title__in=titles))
    return {problem.slug: problem.record() for problem in alike.with_content()}


def _own_slug(record: ProblemRecord, own: dict[str, ProblemRecord], used: dict[str, str]) -> str:
    """The slug of the teacher's problem that the record is; empty if it is none of them."""
    if record.slug in own and record.slug not in used:
        return record.slug
    of_import = [
        slug
        for slug, present in own.items()
        if _NUMBER.sub("", slug) == record.slug and present.content.title == record.content.title
    ]
    free = [slug for slug in of_import if slug not in used]
    same = [slug for slug in free if replace(record, slug=slug) == own[slug]]
    return next(iter([*same, *sorted(free)]), "")


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
