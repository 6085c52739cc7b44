from django.urls import path

from tutor.assignments import calendar, printing, problem_sets, views

urlpatterns = [
    path("sections/<uuid:code>/", views.section, name="section"),
    path("sections/<uuid:code>/assign/", views.assign, name="assign"),
    path("sections/<uuid:code>/copy/", views.copy, name="assignments-copy"),
    path("assignments/<uuid:code>/edit/", views.edit, name="assignment-edit"),
    path("assignments/<uuid:code>/delete/", views.delete, name="assignment-delete"),
    path("sets/", problem_sets.sets, name="sets"),
    path("sets/<uuid:code>/", problem_sets.problem_set, name="set"),
    path("sets/<uuid:code>/add/", problem_sets.add, name="set-add"),
    path("sets/<uuid:code>/items/", problem_sets.arrange, name="set-items"),
    path("sets/<uuid:code>/act/", problem_sets.act, name="set-act"),
    path("sets/<uuid:code>/print/", printing.page, name="set-print"),
    path("sets/<uuid:code>/print/<str:part>.pdf", printing.file, name="set-print-file"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/<slug:token>.ics", calendar.feed, name="calendar-feed"),
    path("assignments/<uuid:code>/begin/", views.begin, name="assignment-begin"),
    path("assignments/<uuid:code>/terms/", views.terms, name="assignment-terms"),
    path(
        "assignments/<uuid:code>/terms/<username:username>/",
        views.student_terms,
        name="student-terms",
    ),
]
