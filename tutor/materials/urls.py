from django.urls import path

from tutor.materials import views

urlpatterns = [
    path("sections/<uuid:code>/material/", views.material_list, name="materials"),
    path("sections/<uuid:code>/material/switch/", views.switch_citing, name="material-switch"),
    path("material/<uuid:code>/", views.material_page, name="material"),
    path("material/<uuid:code>/source/", views.source_file, name="material-source"),
    path("material/<uuid:code>/change/", views.change_material, name="material-change"),
    path("passages/<uuid:code>/", views.passage_page, name="passage"),
]
