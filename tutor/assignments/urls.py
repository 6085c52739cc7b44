from django.urls import path

from tutor.assignments import views

urlpatterns = [
    path("sections/<uuid:code>/", views.section, name="section"),
]
