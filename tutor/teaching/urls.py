from django.urls import path, register_converter

from tutor.teaching.views import (
    answers,
    class_messages,
    class_page,
    counting,
    gradebook,
    home,
    key_corrections,
    mistakes,
    people_file,
    preparing,
    readiness,
    regrades,
    reports,
    skills,
    statistics,
    student_message,
    transcript,
    trying,
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
    path("", home.home, name="home"),
    path("sections/<uuid:code>/", class_page.class_page, name="section"),
    path("sections/<uuid:code>/gradebook/", gradebook.section_gradebook, name="gradebook-section"),
    path(
        "sections/<uuid:code>/gradebook.<file:kind>",
        gradebook.section_file,
        name="gradebook-section-file",
    ),
    path("sections/<uuid:code>/reports/", reports.section_reports, name="section-reports"),
    path("sections/<uuid:code>/people.csv", people_file.people_file, name="people-file"),
    path("sections/<uuid:code>/counting/", counting.counting, name="gradebook-counting"),
    path("sections/<uuid:code>/exemptions/", counting.exempt, name="exempt"),
    path("sections/<uuid:code>/exemptions/<int:pk>/lift/", counting.lift, name="exemption-lift"),
    path("sections/<uuid:code>/messages/", class_messages.class_messages, name="class-messages"),
    path("sections/<uuid:code>/waiting/", waiting.waiting_page, name="waiting"),
    path("sets/<uuid:code>/readiness/", readiness.readiness, name="readiness"),
    path("problems/<uuid:code>/regrade/", regrades.regrade_problem, name="regrade-problem"),
    path("problems/<uuid:code>/key/", key_corrections.correct_key, name="correct-key"),
    path("regrades/<uuid:code>/", regrades.regrade_progress, name="regrade"),
    path(
        "sections/<uuid:code>/people/<username:username>/help/<uuid:item_code>/",
        transcript.transcript,
        name="help-transcript",
    ),
    path("attempts/<uuid:code>/message/", student_message.student_message, name="student-message"),
    path("sections/<uuid:code>/skills/", skills.skills, name="section-skills"),
    path("sections/<uuid:code>/stuck/", statistics.stuck, name="stuck"),
    path("assignments/<uuid:code>/solutions/", preparing.preparing, name="preparing"),
    path(
        "assignments/<uuid:code>/mistakes/<slug:kind>/",
        mistakes.mistake,
        name="mistake",
    ),
    path("assignments/<uuid:code>/mistakes/<slug:kind>/extra/", mistakes.extra, name="extra"),
    path("assignments/<uuid:code>/try/", trying.begin, name="try"),
    path("assignments/<uuid:code>/try/<uuid:item_code>/", trying.try_item, name="try-item"),
    path("assignments/<uuid:code>/try/<uuid:item_code>/draft/", trying.draft, name="try-draft"),
    path(
        "assignments/<uuid:code>/try/<uuid:item_code>/working/", trying.working, name="try-working"
    ),
    path("assignments/<uuid:code>/try/<uuid:item_code>/check/", trying.check, name="try-check"),
    path("assignments/<uuid:code>/try/<uuid:item_code>/help/", trying.help_panel, name="try-help"),
    path("assignments/<uuid:code>/statistics/", statistics.statistics, name="statistics"),
    path(
        "assignments/<uuid:code>/items/<uuid:item_code>/answers/", answers.answers, name="answers"
    ),
    path("assignments/<uuid:code>/items/<uuid:item_code>/advice/", answers.advise, name="advise"),
    path(
        "assignments/<uuid:code>/gradebook/",
        gradebook.assignment_gradebook,
        name="gradebook-assignment",
    ),
    path(
        "assignments/<uuid:code>/gradebook.<file:kind>",
        gradebook.assignment_file,
        name="gradebook-assignment-file",
    ),
]
