from django.urls import path

from tutor.problems import views
from tutor.problems.interchange import views as interchange

urlpatterns = [
    path("problems/new/", views.new, name="problem-new"),
    path("problems/import/", interchange.import_problems, name="problems-import"),
    path("problems/import/template/", interchange.template, name="problems-import-template"),
    path("problems/export/", interchange.export, name="problems-export"),
    path("problems/export/<str:kind>/", interchange.export_file, name="problems-export-file"),
    path("problems/<uuid:code>/edit/", views.edit, name="problem-edit"),
    path("problems/<uuid:code>/change/", views.change, name="problem-change"),
    path("problems/<uuid:code>/copy/", views.copy, name="problem-copy"),
    path("problems/<uuid:code>/variants/", views.variants, name="problem-variants"),
    path("problems/<uuid:code>/versions/", views.versions, name="problem-versions"),
]
