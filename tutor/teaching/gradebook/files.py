"""The rows of the gradebook's files. Their words are in the language of the request."""

from collections.abc import Iterator
from decimal import Decimal

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
    head += [f"{_('points')} ({plain(table.max_points)})", _("percent"), _("remarks")]

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
    head += [_("percent"), _("remarks")]

    def rows() -> Iterator[list[Cell]]:
        yield head
        for batch in _batches(list(students_of(section))):
            for row in table.rows(batch):
                points = [
                    _number(result.points) if result.is_counted else None for result in row.results
                ]
                remarks = "; ".join(filter(None, map(_remark, row.results)))
                yield [row.name, row.enrollment.user.username, *points, row.total, remarks]

    return rows()


def _points_of(row: AssignmentRow) -> list[Cell]:
    """For each item and together, as on the page; the last cell is the remark."""
    points: list[Cell] = [_number(mark.points) if mark else None for mark in row.marks]
    if row.is_before_arrival:
        return [*points, None, None, _("joined later")]
    return [*points, *((_number(row.points), row.percent) if row.has_result else (None, None)), ""]


def _remark(result: AssignmentResult) -> str:
    """What the page says instead of points that count, or beside them, with the assignment."""
    text = ""
    if result.is_assigned and result.exemption:
        text = _("exempt")
    elif result.is_assigned and result.is_before_arrival:
        text = _("joined later")
    elif result.is_dropped:
        text = f"{result.points_text} {_('left out')}"
    elif result.is_begun and result.is_assigned and not result.is_counted:
        text = f"{result.points_text} {_('not due')}"
    return f"{result.assignment.title}{_(': ')}{text}" if text else ""


def _number(points: Decimal) -> Decimal:
    """Without zeros at its end, so that all numbers of a column are alike: 4, 0 and 2.5."""
    return Decimal(f"{points.normalize():f}")


def _title(item: Item) -> str:
    return item.version.title if item.version else ""


def _batches(enrollments: list[Enrollment]) -> Iterator[list[Enrollment]]:
    for start in range(0, len(enrollments), BATCH):
        yield enrollments[start : start + BATCH]
