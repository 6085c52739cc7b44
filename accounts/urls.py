from django.urls import include, path, register_converter
from django.urls.converters import StringConverter

from accounts import views


class UsernameConverter(StringConverter):
    """Only what can be a user name, so that nothing else reaches the database."""

    regex = r"[\w.@+-]+"


register_converter(UsernameConverter, "username")

urlpatterns = [
    path("profile/", views.profile, name="profile"),
    path("own-password/", views.own_password, name="own-password"),
    path("session/", views.session, name="session"),
    path("sessions/", views.sessions, name="sessions"),
    path("sessions/<int:pk>/end/", views.end_session, name="session-end"),
    path("sessions/others/end/", views.end_session, name="sessions-end"),
    path("email/", views.address, name="account_email"),
    path("language/", views.choose_language, name="set_language"),
    path("", include("allauth.account.urls")),
]
