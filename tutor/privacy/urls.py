from django.urls import path

from tutor.privacy import views

urlpatterns = [
    path("accounts/personal-data/", views.personal_data, name="personal-data"),
    path("accounts/erase/", views.erase_account, name="erase-account"),
]
