"""How well a class is at each skill: students by skills."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.requests import AuthedRequest
from tutor.attempts.mastery import Level, Mastery, explained, mastery_of
from tutor.attempts.models import Attempt
from tutor.courses.access import may_manage, visible_section
from tutor.courses.models import Enrollment, Section
from tutor.problems.models import Skill
from tutor.teaching.access import students_of
from tutor.teaching.choosing import Choice, Order
from tutor.teaching.gradebook import name_of

NOTHING = Mastery()


@dataclass(frozen=True)
class Row:
    place: Enrollment
    masteries: list[Mastery]  # in the order of the table's skills

    @property
    def name(self) -> str:
        return name_of(self.place)


class SkillTable:
    """What a section has shown of the skills of its problems; two queries for any class."""

    def __init__(self, section: Section) -> None:
        students = section.enrollments.students()
        attempts = Attempt.with_practice.filter(enrollment__in=students)
        self._found = mastery_of(attempts)
        known = {skill for masteries in self._found.values() for skill in masteries}
        self.skills = sorted(known, key=lambda skill: skill.name)

    def of(self, place: Enrollment, skill: Skill) -> Mastery:
        return self._found.get(place.user_id, {}).get(skill, NOTHING)

    def rows(self, places: list[Enrollment]) -> list[Row]:
        return [Row(place, [self.of(place, skill) for skill in self.skills]) for place in places]

    def of_all(self, skill: Skill) -> tuple[int, int]:
        """How many are secure, and of how many anything can be claimed."""
        levels = [
            masteries[skill].level for masteries in self._found.values() if skill in masteries
        ]
        return levels.count(Level.SECURE), sum(level != Level.UNKNOWN for level in levels)

    def order(self, skill: Skill) -> Order:
        def values(places: list[Enrollment]) -> dict[int, Decimal | None]:
            percents = ((place.pk, self.of(place, skill).percent) for place in places)
            return {pk: None if percent is None else Decimal(percent) for pk, percent in percents}

        return values


def _has(level: Level) -> Callable[[Row], bool]:
    return lambda row: any(mastery.level == level for mastery in row.masteries)


_FILTERS = {"beginning": _has(Level.BEGINNING), "secure": _has(Level.SECURE)}
SHOWN = {
    "beginning": gettext_lazy("who need practice at a skill"),
    "secure": gettext_lazy("who are secure at a skill"),
}


@login_required
@require_safe
def skills(request: AuthedRequest, code: UUID) -> HttpResponse:
    section = visible_section(request, code)
    table = SkillTable(section)
    orders = {str(number): table.order(skill) for number, skill in enumerate(table.skills, start=1)}
    choice = Choice.read(request.GET, orders, _FILTERS)
    places = list(students_of(section))
    query = request.GET.copy()
    query.pop("page", None)
    context = explained() | {
        "section": section,
        "may_manage": may_manage(request.user, section),
        "page": choice.page_of(choice.named(places), table.rows),
        "choice": choice,
        "shown": SHOWN.items(),
        "query": query.urlencode(),
        "by_name": choice.column("name", best_first=False),
        "columns": [
            (skill, choice.column(str(number)), *table.of_all(skill))
            for number, skill in enumerate(table.skills, start=1)
        ],
    }
    return render(request, "teaching/skills.html", context)
