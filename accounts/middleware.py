"""What each signed-in person meets: their language and time zone, and first their password."""

from collections.abc import Callable
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation

GetResponse = Callable[[HttpRequest], HttpResponse]


class PreferencesMiddleware:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        language = request.user.language  # after a sign-out there is no user to ask
        with (
            timezone.override(ZoneInfo(request.user.time_zone)),
            translation.override(language),
        ):
            response = self.get_response(request)
            response.headers["Content-Language"] = language
            return response


class OwnPasswordMiddleware:
    """Who signed in with a one-time password sets their own before anything else."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not (request.user.is_authenticated and request.user.has_one_time_password):
            return self.get_response(request)
        own_password = reverse("own-password")
        if request.path in {own_password, reverse("account_logout")}:
            return self.get_response(request)
        return redirect(f"{own_password}?{urlencode({'next': request.get_full_path()})}")
