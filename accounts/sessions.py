"""A person's sessions. One ends when it is unused for too long, too old, or ended by its owner.

A session's row expires some time after it was saved, for pages and sockets alike (see
`tutor.solutions.sockets.session_guard`), so Lemma saves a session in use from time to time.
Requests that a page makes by itself, such as asking for a verdict, do not count as use.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.models import User
from accounts.session_store import SessionStore
from tutor.prepared import prepared

MAX_PER_PERSON = 30
NOTED_EVERY = timedelta(minutes=5)
_BEGUN = "begun_at"
_LANGUAGE_COOKIE = "chosen-language"
_LANGUAGE_KEPT_S = 15 * 60  # then somebody else may be at the computer
BROWSERS = {  # the last match wins: many browsers also claim to be an earlier one
    "Safari": r"Safari/",
    "Chrome": r"Chrome/|CriOS/",
    "Firefox": r"Firefox/|FxiOS/",
    "Edge": r"Edg(A|iOS)?/",
    "Opera": r"OPR/",
    "Samsung Internet": r"SamsungBrowser/",
}
SYSTEMS = {
    "Linux": r"Linux",
    "Windows": r"Windows",
    "macOS": r"Macintosh",
    "ChromeOS": r"CrOS",
    "Android": r"Android",
    "iPad": r"iPad",
    "iPhone": r"iPhone",
}


@dataclass(frozen=True)
class SignIn:
    """A session of a person, as the page shows it."""

    pk: int
    browser: str  # "" if unknown
    system: str
    address: str
    begun_at: datetime
    used_at: datetime
    is_current: bool


def begin(request: HttpRequest, user: User) -> None:
    """Record the session and its beginning, and end the oldest sessions beyond the limit."""
    request.session[_BEGUN] = timezone.now().timestamp()
    _forget_ended(user)
    UserSession.objects.create_from_request(request, user=user)
    for row in _beyond_limit(user.pk):
        row.end()


@prepared
def _beyond_limit(user_pk: int) -> QuerySet[Any]:
    rows: QuerySet[Any] = UserSession.objects.filter(user=user_pk)
    return rows.order_by("-last_seen_at", "-pk")[MAX_PER_PERSON:]


def _forget_ended(user: User) -> None:
    if ended := _ended_of(user.pk, timezone.now()):
        UserSession.objects.filter(pk__in=ended).delete()


@prepared
def _ended_of(user_pk: int, now: datetime) -> QuerySet[Any, int]:
    """Keys of the rows whose session has ended."""
    alive = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=now)
    ended: QuerySet[Any] = UserSession.objects.filter(~Exists(alive), user=user_pk)
    return ended.values_list("pk", flat=True)


def note_use(request: HttpRequest) -> None:
    """Sign out if the session is too old; otherwise save it, at most every five minutes."""
    session, now = cast(SessionStore, request.session), timezone.now()
    begun = session.get(_BEGUN, now.timestamp())
    if now.timestamp() - begun > settings.SESSION_DAYS * 24 * 60 * 60:
        logout(request)
        return
    is_automatic = request.method == "GET" and "HX-Request" in request.headers
    if is_automatic or session.saved_at is None or now - session.saved_at < NOTED_EVERY:
        return
    session[_BEGUN] = begun
    UserSession.objects.create_from_request(request)


def stay_signed_in(request: HttpRequest, user: User) -> None:
    """Keep this session after a new password; all other sessions end."""
    update_session_auth_hash(request, user)
    UserSession.objects.create_from_request(request)


def sign_ins_of(user: User, request: HttpRequest) -> list[SignIn]:
    """The current session first, then the others, most recently used first."""
    rows = UserSession.objects.purge_and_list(user)
    sign_ins = [
        SignIn(
            pk=row.pk,
            browser=_last_in(BROWSERS, row.user_agent),
            system=_last_in(SYSTEMS, row.user_agent),
            address=row.ip,
            begun_at=row.created_at,
            used_at=row.last_seen_at,
            is_current=row.session_key == request.session.session_key,
        )
        for row in rows
    ]
    return sorted(sign_ins, key=lambda sign_in: (sign_in.is_current, sign_in.used_at), reverse=True)


def end(user: User, request: HttpRequest, pk: int | None = None) -> None:
    """End one session of `user`, or all but the current one. Pages and sockets stop at once."""
    elsewhere = UserSession.objects.filter(user=user).exclude(
        session_key=request.session.session_key
    )
    for row in elsewhere if pk is None else elsewhere.filter(pk=pk):
        row.end()


def _last_in(names: dict[str, str], user_agent: str) -> str:
    matching = [name for name, pattern in names.items() if re.search(pattern, user_agent)]
    return matching[-1] if matching else ""


def remember_language(response: HttpResponse, language: str) -> None:
    """For whoever signs in next in this browser."""
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            _LANGUAGE_COOKIE,
            language,
            max_age=_LANGUAGE_KEPT_S,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )


def take_language(request: HttpRequest, user: User, response: HttpResponse) -> None:
    """Store what was chosen for the person who has just signed in, once."""
    language = request.COOKIES.get(_LANGUAGE_COOKIE)
    if language is None:
        return
    response.delete_cookie(_LANGUAGE_COOKIE, samesite="Lax")
    if language in dict(settings.LANGUAGES) and language != user.language:
        user.language = language
        user.save(update_fields=["language"])
