from django.urls import include, path

from accounts import views

urlpatterns = [
    path("profile/", views.profile, name="profile"),
    path("own-password/", views.own_password, name="own-password"),
    path("", include("allauth.account.urls")),
]
