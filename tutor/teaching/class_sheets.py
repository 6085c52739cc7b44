"""What a teacher's first page says about each class."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from tutor.assignments.models import Assignment, Item
from tutor.attempts.models import Attempt
from tutor.courses.clock import date_in, day_in_words
from tutor.courses.models import Enrollment, Section, by_name
from tutor.teaching.mistakes import MistakeGroup, recent_mistakes_in
from tutor.teaching.progress.completion import Completion, completions_in
from tutor.teaching.progress.frequent_answers import FrequentAnswer, recent_in
from tutor.teaching.stuck_students import STUCK_WITHIN, stuck_in
from tutor.teaching.students import name_of
from tutor.teaching.waiting_answers import waiting_counts

MAX_CLASSES, MAX_NAMES, MAX_MISTAKES, MAX_DOUBTED = 12, 5, 3, 3
MAX_DOUBTED_ATTEMPTS = 200  # of all classes
DUE_SOON = timedelta(days=3)
MISTAKES_WITHIN = timedelta(weeks=1)
Row = TypeVar("Row", Enrollment, Assignment)


@dataclass(frozen=True)
class ShortList:
    """Names, of which a page shows the first few."""

    names: list[str]

    @property
    def shown(self) -> list[str]:
        return self.names[:MAX_NAMES]

    @property
    def more(self) -> int:
        return len(self.names) - len(self.shown)


@dataclass(frozen=True)
class OpenAssignment:
    """due: in words. begun, finished: students who have answered a problem, and every problem."""

    assignment: Assignment
    due: str
    begun: int
    finished: int
    students: int


@dataclass(frozen=True)
class ClassMistake:
    assignment: Assignment
    group: MistakeGroup

    @property
    def students(self) -> int:
        return len(self.group.newest)


@dataclass(frozen=True)
class DoubtedKey:
    assignment: Assignment
    item: Item


@dataclass(frozen=True)
class ClassSheet:
    """One class. waiting: answers to grade. idle: who has not begun what is due soon.

    doubted: problems of which a student's working proves another answer than the stored one.
    """

    section: Section
    may_manage: bool
    students: int
    waiting: int
    doubted: list[DoubtedKey]
    stuck: ShortList
    idle: ShortList
    assignments: list[OpenAssignment]
    mistakes: list[ClassMistake]
    frequent: list[FrequentAnswer]

    @property
    def needs_teacher(self) -> bool:
        return bool(self.waiting or self.doubted or self.stuck.names or self.idle.names)

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing to do or to look at."""
        return not (self.needs_teacher or self.assignments or self.mistakes or self.frequent)


def sheets_of(user: User, sections: list[Section]) -> list[ClassSheet]:
    """Those first that need their teacher, and quiet ones last; otherwise in the same order."""
    sheets = _sheets_of(user, sections)
    return sorted(sheets, key=lambda sheet: (not sheet.needs_teacher, sheet.is_quiet))


def _sheets_of(user: User, sections: list[Section]) -> list[ClassSheet]:
    """Eleven queries for all of them, and three for each."""
    now = timezone.now()
    students, assignments = _students_in(sections), _assignments_in(sections)
    completions = _completions_by_assignment(sections, now + DUE_SOON)
    waiting = waiting_counts(sections)
    doubted = _doubted_in(sections)
    frequent = recent_in(sections, assignments, now - MISTAKES_WITHIN)
    managed = set(Section.objects.managed_by(user).values_list("pk", flat=True))
    return [
        ClassSheet(
            section=section,
            may_manage=section.pk in managed,
            students=len(students[section.pk]),
            waiting=waiting.get(section.pk, 0),
            doubted=_doubted(doubted[section.pk], assignments[section.pk]),
            stuck=_stuck(section, now),
            idle=_idle(students[section.pk], assignments[section.pk], completions, now),
            assignments=[
                _open(assignment, section, completions[assignment.pk], now)
                for assignment in assignments[section.pk]
                if assignment.opens_at <= now < assignment.ends_at
            ],
            mistakes=_mistakes(section, assignments[section.pk], now),
            frequent=_open_first(frequent[section.pk], now)[:MAX_MISTAKES],
        )
        for section in sections
    ]


def _doubted_in(sections: list[Section]) -> dict[int, list[Item]]:
    """By section, each item once. One query."""
    attempts = Attempt.objects.contradicting_key().filter(enrollment__section__in=sections)
    attempts = attempts.select_related("item__problem__current", "enrollment").order_by("-pk")
    doubted: dict[int, list[Item]] = defaultdict(list)
    for attempt in attempts[:MAX_DOUBTED_ATTEMPTS]:
        if attempt.item not in doubted[attempt.enrollment.section_id]:
            doubted[attempt.enrollment.section_id].append(attempt.item)
    return doubted


def _doubted(items: list[Item], assignments: list[Assignment]) -> list[DoubtedKey]:
    by_set = {assignment.problem_set_id: assignment for assignment in assignments}
    return [
        DoubtedKey(by_set[item.problem_set_id], item)
        for item in items
        if item.problem_set_id in by_set
    ][:MAX_DOUBTED]


def _students_in(sections: list[Section]) -> dict[int, list[Enrollment]]:
    students = Enrollment.objects.students().filter(section__in=sections)
    return _by_section(students.select_related("user").order_by(*by_name()))


def _assignments_in(sections: list[Section]) -> dict[int, list[Assignment]]:
    assignments = Assignment.objects.filter(section__in=sections).select_related("problem_set")
    return _by_section(assignments.counting_items().order_by("due_at", "pk"))


def _completions_by_assignment(
    sections: list[Section], until: datetime
) -> dict[int, list[Completion]]:
    completions: dict[int, list[Completion]] = defaultdict(list)
    for completion in completions_in(sections, until):
        completions[completion.assignment].append(completion)
    return completions


def _by_section(rows: Iterable[Row]) -> dict[int, list[Row]]:
    by_section: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        by_section[row.section_id].append(row)
    return by_section


def _stuck(section: Section, now: datetime) -> ShortList:
    """Who gave the last wrong answer most recently comes first, as on the page of who is stuck."""
    stuck = stuck_in(section, now - STUCK_WITHIN)
    return ShortList(list({row.attempt.enrollment_id: row.name for row in stuck}.values()))


def _idle(
    students: list[Enrollment],
    assignments: list[Assignment],
    completions: dict[int, list[Completion]],
    now: datetime,
) -> ShortList:
    idle = {
        completion.enrollment
        for assignment in assignments
        for completion in completions[assignment.pk]
        if completion.has_opened
        and now < completion.due_at <= now + DUE_SOON
        and assignment.items_count
        and not completion.answered
    }
    return ShortList([name_of(student) for student in students if student.pk in idle])


def _open(
    assignment: Assignment, section: Section, completions: list[Completion], now: datetime
) -> OpenAssignment:
    items = assignment.items_count
    begun = sum(completion.answered > 0 for completion in completions)
    finished = sum(items > 0 and completion.answered >= items for completion in completions)
    due = due_in_words(assignment, section, now)
    return OpenAssignment(assignment, due, begun, finished, len(completions))


def _mistakes(section: Section, assignments: list[Assignment], now: datetime) -> list[ClassMistake]:
    by_set = {assignment.problem_set_id: assignment for assignment in assignments}
    recent = recent_mistakes_in(section, now - MISTAKES_WITHIN)
    mistakes = [
        ClassMistake(by_set[problem_set], group)
        for problem_set, groups in recent.items()
        if problem_set in by_set
        for group in groups
    ]
    mistakes.sort(key=lambda row: (row.assignment.ends_at <= now, -row.students))
    return mistakes[:MAX_MISTAKES]


def _open_first(answers: list[FrequentAnswer], now: datetime) -> list[FrequentAnswer]:
    """A teacher can still act on what is open."""
    return sorted(answers, key=lambda answer: answer.assignment.ends_at <= now)


def due_in_words(assignment: Assignment, section: Section, now: datetime) -> str:
    """By the calendar of the section: today, tomorrow, a weekday or a date."""
    if assignment.due_at <= now:
        return _("late answers until %(date)s") % {"date": date_in(section, assignment.ends_at)}
    return _("due %(when)s") % {"when": day_in_words(assignment.due_at, section, now)}
