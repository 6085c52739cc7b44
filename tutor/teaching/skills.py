"""How well each student of a section masters each skill."""

from dataclasses import dataclass
from decimal import Decimal

from tutor.attempts.models import Attempt
from tutor.attempts.results.mastery import Level, Mastery, mastery_of
from tutor.courses.models import Enrollment, Section
from tutor.problems.models import Skill
from tutor.teaching.students import name_of
from tutor.teaching.table_query import Order

NOTHING = Mastery()


@dataclass(frozen=True)
class SkillRow:
    enrollment: Enrollment
    masteries: list[Mastery]  # in the order of the table's skills

    @property
    def name(self) -> str:
        return name_of(self.enrollment)


class SkillTable:
    """The mastery of each student in each skill of the section's problems; two queries."""

    def __init__(self, section: Section) -> None:
        students = section.enrollments.students()
        attempts = Attempt.with_practice.filter(enrollment__in=students)
        self._masteries = mastery_of(attempts)
        skills = {skill for masteries in self._masteries.values() for skill in masteries}
        self.skills = sorted(skills, key=lambda skill: skill.name)

    def of(self, enrollment: Enrollment, skill: Skill) -> Mastery:
        return self._masteries.get(enrollment.user_id, {}).get(skill, NOTHING)

    def rows(self, enrollments: list[Enrollment]) -> list[SkillRow]:
        return [
            SkillRow(enrollment, [self.of(enrollment, skill) for skill in self.skills])
            for enrollment in enrollments
        ]

    def of_all(self, skill: Skill) -> tuple[int, int]:
        """How many students are secure, and about how many Lemma can tell."""
        levels = [
            masteries[skill].level for masteries in self._masteries.values() if skill in masteries
        ]
        return levels.count(Level.SECURE), sum(level != Level.UNKNOWN for level in levels)

    def order(self, skill: Skill) -> Order:
        def values(enrollments: list[Enrollment]) -> dict[int, Decimal | None]:
            percents = (
                (enrollment.pk, self.of(enrollment, skill).percent) for enrollment in enrollments
            )
            return {pk: None if percent is None else Decimal(percent) for pk, percent in percents}

        return values
