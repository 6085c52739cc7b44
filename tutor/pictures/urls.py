from django.urls import path

from tutor.pictures import views

urlpatterns = [
    path("pictures/new/", views.new_picture, name="picture-new"),
    path("pictures/<str:name>", views.picture_file, name="picture"),
]
