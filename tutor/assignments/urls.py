from django.urls import path

from tutor.assignments import views

urlpatterns = [
    path("", views.home, name="home"),
    path("assignments/<uuid:code>/", views.assignment, name="assignment"),
]
