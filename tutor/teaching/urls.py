from django.urls import path, register_converter

from tutor.teaching import (
    answers,
    people_file,
    preparing,
    readiness,
    regrades,
    skills,
    statistics,
    transcripts,
    views,
    waiting,
)


class FileKind:
    regex = "csv|xlsx"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(FileKind, "file")

urlpatterns = [
    path("sections/<uuid:code>/gradebook/", views.section, name="gradebook-section"),
    path(
        "sections/<uuid:code>/gradebook.<file:kind>",
        views.section_file,
        name="gradebook-section-file",
    ),
    path("sections/<uuid:code>/people.csv", people_file.people_file, name="people-file"),
    path("sections/<uuid:code>/counting/", views.counting, name="gradebook-counting"),
    path("sections/<uuid:code>/exemptions/", views.exempt, name="exempt"),
    path("sections/<uuid:code>/exemptions/<int:pk>/lift/", views.lift, name="exemption-lift"),
    path("sections/<uuid:code>/waiting/", waiting.waiting, name="waiting"),
    path("sets/<uuid:code>/readiness/", readiness.readiness, name="readiness"),
    path("problems/<uuid:code>/regrade/", regrades.regrade_problem, name="regrade-problem"),
    path("regrades/<uuid:code>/", regrades.regrade, name="regrade"),
    path(
        "sections/<uuid:code>/people/<username:username>/help/<uuid:item>/",
        transcripts.transcript,
        name="help-transcript",
    ),
    path("sections/<uuid:code>/skills/", skills.skills, name="section-skills"),
    path("sections/<uuid:code>/stuck/", statistics.stuck, name="stuck"),
    path("assignments/<uuid:code>/solutions/", preparing.preparing, name="preparing"),
    path("assignments/<uuid:code>/statistics/", statistics.statistics, name="statistics"),
    path("assignments/<uuid:code>/items/<uuid:item>/answers/", answers.answers, name="answers"),
    path("assignments/<uuid:code>/items/<uuid:item>/advice/", answers.advise, name="advise"),
    path("assignments/<uuid:code>/gradebook/", views.assignment, name="gradebook-assignment"),
    path(
        "assignments/<uuid:code>/gradebook.<file:kind>",
        views.assignment_file,
        name="gradebook-assignment-file",
    ),
]
