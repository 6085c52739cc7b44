"""Middleware for signed-in people: session use, language, time zone, caching, own password."""

from collections.abc import Callable
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control

from accounts.sessions import note_use
from tutor.concurrency import forget_session, remember_address, remember_session

GetResponse = Callable[[HttpRequest], HttpResponse]


class SessionUseMiddleware:
    """Ends sessions that are too old, and records that a session is in use, and whose it is."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            note_use(request)
        else:
            forget_session(request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""))
        response = self.get_response(request)
        if request.user.is_authenticated:  # perhaps since this request, with a new session
            remember_session(request.session.session_key or "", request.user.pk)
            remember_address(request.META.get("REMOTE_ADDR", ""))
        return response


class PreferencesMiddleware:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        request.own_zone = request.user.time_zone  # type: ignore[attr-defined]  # for templates
        language = request.user.language  # read now: after a sign-out there is no user
        request.LANGUAGE_CODE = language  # not that of the browser
        with (
            timezone.override(ZoneInfo(request.user.time_zone)),
            translation.override(language),
        ):
            response = self.get_response(request)
            response.headers["Content-Language"] = language
            return response


class NoStoreMiddleware:
    """Keeps pages out of the browser's cache: "Back" on a shared computer shows nothing.

    Pictures stay in it under addresses that only the pages have, and what is about nobody stays.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        signed_in = request.user.is_authenticated  # before a sign-out changes it
        response = self.get_response(request)
        control = response.get("Cache-Control", "")
        if signed_in and not any(word in control for word in ("immutable", "public")):
            patch_cache_control(response, private=True, no_store=True)
        return response


class OwnPasswordMiddleware:
    """A person who signed in with a one-time password must set their own first."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not (request.user.is_authenticated and request.user.has_one_time_password):
            return self.get_response(request)
        own_password = reverse("own-password")
        if request.path in {own_password, reverse("account_logout")}:
            return self.get_response(request)
        return redirect(f"{own_password}?{urlencode({'next': request.get_full_path()})}")
