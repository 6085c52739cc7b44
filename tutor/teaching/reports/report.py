"""What stands on the report of each student: results beside the class's, missing work, skills."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from statistics import mean

from tutor.attempts.results.mastery import Level
from tutor.courses.models import Enrollment
from tutor.problems.models import Skill
from tutor.teaching.gradebook.section_table import AssignmentResult, SectionRow, SectionTable
from tutor.teaching.skills import SkillTable

MIN_IN_MEAN = 5  # students; of fewer, parents could tell another's result


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One result. due_at: for this student.

    class_mean: in percent, of those who have begun; None where they are too few.
    """

    result: AssignmentResult
    due_at: datetime
    class_mean: Decimal | None

    @property
    def is_missing(self) -> bool:
        return not (self.result.is_begun or self.result.exemption or self.result.is_before_arrival)


@dataclass(frozen=True, slots=True)
class Report:
    """total: in percent, None where nothing counts. class_mean: None also where too few have one.

    skills: by how sure they are.
    """

    name: str
    lines: list[ReportLine]
    total: Decimal | None
    class_mean: Decimal | None
    skills: dict[str, list[Skill]]

    @property
    def missing(self) -> list[ReportLine]:
        return [line for line in self.lines if line.is_missing]

    @property
    def has_skills(self) -> bool:
        return any(self.skills.values())


def reports(table: SectionTable, everybody: list[Enrollment], shown: set[int]) -> list[Report]:
    """Those of the students in `shown`, by pk. The number of queries does not grow with either.

    everybody: the whole class, of which the means are.
    """
    rows = table.rows(everybody)
    means = [
        _mean(row.results[n].percent for row in rows if _is_in_mean(row.results[n]))
        for n in range(len(table.assignments))
    ]
    class_mean = _mean(row.total for row in rows)
    skills = SkillTable(table.section)
    return [
        Report(
            name=row.enrollment.user.shown_name,
            lines=_lines(table, row, means),
            total=row.total,
            class_mean=class_mean,
            skills=_by_level(skills, row.enrollment),
        )
        for row in rows
        if row.enrollment.pk in shown
    ]


def _lines(table: SectionTable, row: SectionRow, means: list[Decimal | None]) -> list[ReportLine]:
    """What was due for the student by now and has points, the earliest first."""
    lines = [
        ReportLine(result, table.due_at(row.enrollment, result.assignment), class_mean)
        for result, class_mean in zip(row.results, means, strict=True)
        if result.is_assigned and result.max_points > 0
    ]
    return sorted(
        (line for line in lines if line.due_at <= table.now), key=lambda line: line.due_at
    )


def _is_in_mean(result: AssignmentResult) -> bool:
    return result.is_begun and not result.exemption


def _mean(percents: Iterable[Decimal | None]) -> Decimal | None:
    known = [percent for percent in percents if percent is not None]
    return mean(known) if len(known) >= MIN_IN_MEAN else None


def _by_level(table: SkillTable, enrollment: Enrollment) -> dict[str, list[Skill]]:
    """The names of the levels are those of `Level`; skills without an answer are left out."""
    by_level: dict[str, list[Skill]] = {level.value: [] for level in Level}
    for skill in table.skills:
        mastery = table.of(enrollment, skill)
        if mastery.scores:
            by_level[mastery.level].append(skill)
    return by_level
