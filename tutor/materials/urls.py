from django.urls import path

from tutor.materials import views

urlpatterns = [
    path("sections/<uuid:code>/material/", views.materials, name="materials"),
    path("sections/<uuid:code>/material/switch/", views.switch, name="material-switch"),
    path("material/<uuid:code>/", views.material, name="material"),
    path("material/<uuid:code>/source/", views.source, name="material-source"),
    path("material/<uuid:code>/act/", views.act, name="material-act"),
    path("passages/<uuid:code>/", views.passage, name="passage"),
]
