from django.urls import path

from tutor.notices import views

urlpatterns = [
    path("notices/", views.notices, name="notices"),
    path("notices/mail/", views.mail_preferences, name="mail-preferences"),
    path("notices/unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
