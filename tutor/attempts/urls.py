from django.urls import path

from tutor.attempts import checking, overview, viewing_as, views

urlpatterns = [
    path("", overview.home, name="home"),
    path("assignments/<uuid:code>/", overview.assignment, name="assignment"),
    path("items/<uuid:code>/answer/", views.answer_now, name="answer"),
    path("items/<uuid:code>/attempts/", views.submit, name="attempt-submit"),
    path("items/<uuid:code>/draft/", views.draft, name="draft"),
    path("items/<uuid:code>/working/", checking.working_draft, name="working-draft"),
    path("items/<uuid:code>/working/check/", checking.check, name="working-check"),
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
