"""The page that is shown instead of one that failed."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views import defaults

RETRY_AFTER_S = 3


def _is_unavailable(error: BaseException | None) -> bool:
    """Whether the database is away. SQLite raises the same error for a missing table or column."""
    name = getattr(getattr(error, "__cause__", None), "sqlite_errorname", "")
    return isinstance(error, OperationalError | InterfaceError) and name != "SQLITE_ERROR"


def server_error(request: HttpRequest) -> HttpResponse:
    """503 while the database is away: the same request will work in a moment."""
    error = sys.exc_info()[1]
    if not _is_unavailable(error):
        return defaults.server_error(request)
    context = {"retry_after_s": RETRY_AFTER_S, "is_safe": request.method in {"GET", "HEAD"}}
    page = render_to_string("503.html", context)
    return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_AFTER_S)})
