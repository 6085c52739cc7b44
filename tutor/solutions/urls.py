from django.urls import path

from tutor.solutions import views
from tutor.solutions.help_panel.views import help_panel

urlpatterns = [
    path("items/<uuid:code>/", views.item, name="item"),
    path("practice/<uuid:practice>/", views.practice, name="practice"),
    path("items/<uuid:code>/help/", help_panel, name="help"),
    path("practice/<uuid:practice>/help/", help_panel, name="practice-help"),
    path("items/<uuid:code>/solution/", views.ask, name="solution-request"),
    path("items/<uuid:code>/solution/cancel/", views.cancel, name="solution-cancel"),
]
