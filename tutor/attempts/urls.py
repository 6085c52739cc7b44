from django.urls import path

from tutor.attempts import checking, mastery, overview, practice, sittings, viewing_as, views

# Answering is the same at what is asked for and at a further variant of it.
_ANSWERING = [
    ("answer/", views.answer_now, "answer"),
    ("attempts/", views.submit, "attempt-submit"),
    ("draft/", views.draft, "draft"),
    ("working/", checking.working_draft, "working-draft"),
    ("working/check/", checking.check, "working-check"),
]

urlpatterns = [
    path("", overview.home, name="home"),
    path("skills/", mastery.skills, name="skills"),
    path("assignments/<uuid:code>/", overview.assignment, name="assignment"),
    path("assignments/<uuid:code>/clock/", sittings.clock, name="assignment-clock"),
    *(path(f"items/<uuid:code>/{part}", view, name=name) for part, view, name in _ANSWERING),
    *(
        path(f"practice/<uuid:practice>/{part}", view, name=f"practice-{name}")
        for part, view, name in _ANSWERING
    ),
    path("items/<uuid:code>/practice/", practice.another, name="another"),
    path("attempts/<uuid:code>/", views.attempt, name="attempt"),
    path("attempts/<uuid:code>/review/", views.ask_for_review, name="attempt-review"),
    path("attempts/<uuid:code>/decision/", views.decide, name="attempt-decision"),
    path("attempts/<uuid:code>/working/", checking.attempt_working, name="attempt-working"),
    path(
        "sections/<uuid:code>/people/<username:username>/page/",
        viewing_as.student_page,
        name="student-page",
    ),
    path(
        "sections/<uuid:code>/people/<username:username>/page/<uuid:item>/",
        viewing_as.student_item,
        name="student-item",
    ),
]
