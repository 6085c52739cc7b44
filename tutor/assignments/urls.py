from django.urls import path

from tutor.assignments import views

urlpatterns = [
    path("sections/<uuid:code>/", views.section, name="section"),
    path("assignments/<uuid:code>/begin/", views.begin, name="assignment-begin"),
    path("assignments/<uuid:code>/terms/", views.terms, name="assignment-terms"),
    path(
        "assignments/<uuid:code>/terms/<str:username>/", views.student_terms, name="student-terms"
    ),
]
