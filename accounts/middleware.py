"""Shows each signed-in person the language and the time zone that they chose."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
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
