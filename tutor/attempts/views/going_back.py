"""Back to the page on which a button was pressed, where its wish cannot be met now."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from tutor.assignments.models import Item


def back(request: HttpRequest, otherwise: str | Item) -> HttpResponse:
    """otherwise: where to go if the browser does not say where it was, or not on a page of ours."""
    before = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(before, {request.get_host()})
    if is_ours and urlsplit(before).path != request.path:
        return redirect(before)
    return redirect(otherwise)
