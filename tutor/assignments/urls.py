from django.urls import path

from tutor.assignments.views import (
    assignments,
    calendar,
    collecting,
    printing,
    problem_map,
    problem_sets,
)

urlpatterns = [
    path("sections/<uuid:code>/assign/", assignments.assign, name="assign"),
    path("sections/<uuid:code>/copy/", assignments.copy, name="assignments-copy"),
    path("assignments/<uuid:code>/edit/", assignments.edit, name="assignment-edit"),
    path("assignments/<uuid:code>/delete/", assignments.delete, name="assignment-delete"),
    path("sets/", problem_sets.sets, name="sets"),
    path("sets/<uuid:code>/", problem_sets.problem_set, name="set"),
    path("sets/<uuid:code>/add/", problem_sets.add, name="set-add"),
    path("sets/<uuid:code>/items/", problem_sets.arrange, name="set-items"),
    path("sets/<uuid:code>/change/", problem_sets.change_set, name="set-change"),
    path("sets/<uuid:code>/print/", printing.page, name="set-print"),
    path("sets/<uuid:code>/print/<str:part>.pdf", printing.file, name="set-print-file"),
    path("problems/", collecting.catalogue, name="problems"),
    path("problems/<uuid:code>/", collecting.problem, name="problem"),
    path("problems/collect/", collecting.collect_problem, name="problem-collect"),
    path("problems/collect/first/", collecting.collect_first, name="problem-collect-first"),
    path(
        "problems/collect/imported/", collecting.collect_imported, name="problem-collect-imported"
    ),
    path("problems/map/", problem_map.problem_map, name="problem-map"),
    path("problems/map/take/", problem_map.take, name="problem-map-take"),
    path("problems/map/sets/<slug:slug>/", problem_map.ready_set, name="ready-set"),
    path("problems/map/<slug:area>/", problem_map.area, name="problem-map-area"),
    path("problems/map/skill/<str:path>/", problem_map.skill, name="problem-map-skill"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/<slug:token>.ics", calendar.feed, name="calendar-feed"),
    path("assignments/<uuid:code>/begin/", assignments.begin, name="assignment-begin"),
    path("assignments/<uuid:code>/terms/", assignments.terms, name="assignment-terms"),
    path("assignments/<uuid:code>/extend/", assignments.extend, name="assignment-extend"),
    path(
        "assignments/<uuid:code>/terms/<username:username>/",
        assignments.student_terms,
        name="student-terms",
    ),
]
