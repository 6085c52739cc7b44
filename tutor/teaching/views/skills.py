"""A class's page of skills: a row for each student, a column for each skill."""

from collections.abc import Callable
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.requests import AuthedRequest
from tutor.attempts.results.mastery import Level, explained
from tutor.courses.access import may_manage, visible_section
from tutor.teaching.skills import SkillRow, SkillTable
from tutor.teaching.students import students_of
from tutor.teaching.table_query import TableQuery, without_page


def _has(level: Level) -> Callable[[SkillRow], bool]:
    return lambda row: any(mastery.level == level for mastery in row.masteries)


FILTERS = {"beginning": _has(Level.BEGINNING), "secure": _has(Level.SECURE)}
FILTER_LABELS = {
    "beginning": gettext_lazy("who need practice with a skill"),
    "secure": gettext_lazy("who have mastered a skill"),
}


@login_required
@require_safe
def skills(request: AuthedRequest, code: UUID) -> HttpResponse:
    section = visible_section(request, code)
    table = SkillTable(section)
    orders = {str(number): table.order(skill) for number, skill in enumerate(table.skills, start=1)}
    query = TableQuery.read(request.GET, orders, FILTERS)
    context = explained() | {
        "section": section,
        "may_manage": may_manage(request.user, section),
        "page": query.page_of(query.named(list(students_of(section))), table.rows),
        "table_query": query,
        "filters": FILTER_LABELS.items(),
        "query": without_page(request.GET),
        "by_name": query.column("name", best_first=False),
        "columns": [
            (skill, query.column(str(number)), *table.of_all(skill))
            for number, skill in enumerate(table.skills, start=1)
        ],
    }
    return render(request, "teaching/skills.html", context)
