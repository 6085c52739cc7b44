from django.urls import path

from tutor.solutions import views

urlpatterns = [
    path("items/<uuid:code>/", views.item, name="item"),
    path("items/<uuid:code>/solution/", views.ask, name="solution-request"),
    path("items/<uuid:code>/solution/cancel/", views.cancel, name="solution-cancel"),
]
