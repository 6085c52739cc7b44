from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.templatetags.static import static
from django.urls import include, path
from django.views.generic import RedirectView

from tutor.offline import app_manifest, offline, worker_script
from tutor.operations.views import operation

# One sign-in page for all, with its limits on failed attempts.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.site_header = admin.site.site_title = "Lemma"

urlpatterns = [
    path("admin/operation/", admin.site.admin_view(operation), name="operation"),
    path("admin/", admin.site.urls),
    path("accounts/", include("accounts.urls")),
    # Browsers ask for it beside pages that name no icon, such as the administration's.
    path("favicon.ico", RedirectView.as_view(url=static("img/favicon.svg"))),
    path("lemma.webmanifest", app_manifest, name="app-manifest"),
    path("service-worker.js", worker_script, name="service-worker"),
    path("offline/<str:language>/", offline, name="offline"),
    path("", include("tutor.attempts.urls")),
    path("", include("tutor.assignments.urls")),
    path("", include("tutor.courses.urls")),
    path("", include("tutor.materials.urls")),
    path("", include("tutor.notices.urls")),
    path("", include("tutor.pictures.urls")),
    path("", include("tutor.privacy.urls")),
    path("", include("tutor.problems.urls")),
    path("", include("tutor.runs.urls")),
    path("", include("tutor.solutions.urls")),
    path("", include("tutor.teaching.urls")),
]

handler500 = "tutor.errors.server_error"
