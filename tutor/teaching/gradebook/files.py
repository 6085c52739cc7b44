"""The rows of the gradebook's files. Their words are in the language of the request."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tutor.assignments.models import Assignment, Item
from tutor.courses.models import Enrollment, Section
from tutor.teaching.gradebook.assignment_table import AssignmentTable
from tutor.teaching.gradebook.points import plain
from tutor.teaching.gradebook.section_table import SectionRow, SectionTable
from tutor.teaching.spreadsheets import Cell
from tutor.teaching.students import students_of

BATCH = 100  # students whose attempts an export holds in memory


def assignment_rows(assignment: Assignment) -> Iterator[list[Cell]]:
    """Students by items, after a row with the heads."""
    table = AssignmentTable(assignment)
    numbered = enumerate(table.items, start=1)
    head: list[Cell] = [pgettext("of a person", "name"), _("username")]
    head += [f"{number}. {_title(item)} ({plain(item.points)})" for number, item in numbered]
    head += [f"{_('points')} ({plain(table.max_points)})", _("percent")]

    def rows() -> Iterator[list[Cell]]:
        yield head
        for batch in _batches(table.assigned(students_of(assignment.section))):
            for row in table.rows(batch):
                points = [mark.points if mark else None for mark in row.marks]
                yield [row.name, row.enrollment.user.username, *points, row.points, row.percent]

    return rows()


def section_rows(section: Section) -> Iterator[list[Cell]]:
    """Students by assignments, after a row with the heads."""
    table = SectionTable(section)
    exempt = _("exempt")
    head: list[Cell] = [pgettext("of a person", "name"), _("username")]
    head += [
        f"{assignment.title} ({plain(table.max_points(assignment))})"
        for assignment in table.assignments
    ]
    head.append(_("percent"))

    def points(row: SectionRow) -> Iterator[Cell]:
        for result in row.results:
            yield exempt if result.exemption else result.points if result.is_begun else None

    def rows() -> Iterator[list[Cell]]:
        yield head
        for batch in _batches(list(students_of(section))):
            for row in table.rows(batch):
                yield [row.name, row.enrollment.user.username, *points(row), row.total]

    return rows()


def _title(item: Item) -> str:
    return item.version.title if item.version else ""


def _batches(enrollments: list[Enrollment]) -> Iterator[list[Enrollment]]:
    for start in range(0, len(enrollments), BATCH):
        yield enrollments[start : start + BATCH]
