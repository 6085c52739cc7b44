"""The rows of the gradebook's files. Their words are in the language of the request."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tutor.assignments.models import Assignment, Item
from tutor.courses.models import Enrollment, Section
from tutor.teaching.gradebook.assignment_table import AssignmentRow, AssignmentTable
from tutor.teaching.gradebook.points import plain
from tutor.teaching.gradebook.section_table import AssignmentResult, SectionTable
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
                yield [row.name, row.enrollment.user.username, *_points_of(row)]

    return rows()


def section_rows(section: Section) -> Iterator[list[Cell]]:
    """Students by assignments, after a row with the heads."""
    table = SectionTable(section)
    head: list[Cell] = [pgettext("of a person", "name"), _("username")]
    head += [
        f"{assignment.title} ({plain(table.max_points(assignment))})"
        for assignment in table.assignments
    ]
    head.append(_("percent"))

    def rows() -> Iterator[list[Cell]]:
        yield head
        for batch in _batches(list(students_of(section))):
            for row in table.rows(batch):
                yield [row.name, row.enrollment.user.username, *map(_cell, row.results), row.total]

    return rows()


def _points_of(row: AssignmentRow) -> list[Cell]:
    """For each item and together, as on the page."""
    points: list[Cell] = [mark.points if mark else None for mark in row.marks]
    if row.is_before_arrival:
        return [*points, _("joined later"), None]
    return [*points, *((row.points, row.percent) if row.has_result else (None, None))]


def _cell(result: AssignmentResult) -> Cell:
    """As on the page, but without brackets: a spreadsheet reads (7) as -7."""
    if not result.is_assigned:
        return None
    if result.exemption:
        return _("exempt")
    if result.is_before_arrival:
        return _("joined later")
    if result.is_dropped:
        return f"{result.points_text} {_('left out')}"
    if result.is_counted:
        return result.points
    return f"{result.points_text} {_('not due')}" if result.is_begun else None


def _title(item: Item) -> str:
    return item.version.title if item.version else ""


def _batches(enrollments: list[Enrollment]) -> Iterator[list[Enrollment]]:
    for start in range(0, len(enrollments), BATCH):
        yield enrollments[start : start + BATCH]
