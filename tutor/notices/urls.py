from django.urls import path

from tutor.notices import views

urlpatterns = [
    path("notices/", views.notices, name="notices"),
]
