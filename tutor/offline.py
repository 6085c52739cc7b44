"""Lemma on a device: as an app that can be installed, and as a page for times without a network."""

import json

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from tutor.bundles import bundle, service_worker

DAY_S = 24 * 60 * 60
PAPER = "#f7f6f2"  # of static/css/base.css
ICONS = [  # file, sizes, type, purpose
    ("favicon.svg", "any", "image/svg+xml", "any"),
    ("icon-192.png", "192x192", "image/png", "any"),
    ("icon-512.png", "512x512", "image/png", "any"),
    ("icon-maskable.svg", "any", "image/svg+xml", "maskable"),
    ("icon-maskable-512.png", "512x512", "image/png", "maskable"),
]


@require_safe
@cache_control(public=True, max_age=DAY_S)
def app_manifest(request: HttpRequest) -> HttpResponse:
    app = {
        "id": "/",
        "name": f"Lemma · {settings.SCHOOL}" if settings.SCHOOL else "Lemma",
        "short_name": "Lemma",
        "description": _("Mathematics problems, with answers that are judged and explained."),
        "lang": translation.get_language(),
        "start_url": reverse("home"),
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [
            {"src": static(f"img/{file}"), "sizes": sizes, "type": kind, "purpose": purpose}
            for file, sizes, kind, purpose in ICONS
        ],
    }
    return JsonResponse(app, content_type="application/manifest+json")


@require_safe
@cache_control(public=True, max_age=DAY_S)
def worker_script(request: HttpRequest) -> HttpResponse:
    """The address has the version, so a browser learns of a new one from the next page."""
    worker = service_worker()
    if worker is None:
        raise Http404
    pages = {code: reverse("offline", args=[code]) for code, _name in settings.LANGUAGES}
    files = [bundle("css/site.css"), bundle("js/offline.js")]
    known = json.dumps({"version": worker.version, "pages": pages, "files": files})
    script = f"self.LEMMA = {known};\n{worker.script}"
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


@require_safe
def offline(request: HttpRequest, language: str) -> HttpResponse:
    """Says nothing about anybody: a device keeps it for all its users."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    with translation.override(language):
        page = render_to_string("offline.html")
    return HttpResponse(page, headers={"Content-Language": language})
