"""The places where somebody is signed in: a session ends when nobody uses it, when it is old, or
when its owner says so.

A session's row in the database runs out some time after it was saved, for pages and sockets alike
(see `tutor.solutions.sockets.session_guard`), so one that is used is saved now and then. What a
page asks by itself, such as whether a verdict has come, is no use.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User
from accounts.session_store import SessionStore

MOST_OF_A_PERSON = 30
NOTED_EVERY = timedelta(minutes=5)
_BEGUN = "begun_at"
BROWSERS = {  # what is named last wins: many claim to be one of the first
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
    """One place where a person is signed in, as the page shows it."""

    pk: int
    browser: str  # "" where it says nothing that we know
    system: str
    address: str
    begun_at: datetime
    used_at: datetime
    is_this_one: bool


def begin(request: HttpRequest, user: User) -> None:
    """Note when they signed in, and end what is too many: each sign-in looks at all the others."""
    request.session[_BEGUN] = timezone.now().timestamp()
    by_use = UserSession.objects.filter(user=user).order_by("-last_seen_at", "-pk")
    for row in by_use[MOST_OF_A_PERSON:]:
        row.end()


def note_use(request: HttpRequest) -> None:
    """Signs out where the session is too old; else saves it, every five minutes."""
    session, now = cast(SessionStore, request.session), timezone.now()
    begun = session.get(_BEGUN, now.timestamp())
    if now.timestamp() - begun > settings.SESSION_DAYS * 24 * 60 * 60:
        logout(request)
        return
    asked_by_itself = request.method == "GET" and "HX-Request" in request.headers
    if asked_by_itself or session.saved_at is None or now - session.saved_at < NOTED_EVERY:
        return
    session[_BEGUN] = begun
    UserSession.objects.create_from_request(request)


def stay_signed_in(request: HttpRequest, user: User) -> None:
    """Here, with the new password of `user`; all their other sessions end."""
    update_session_auth_hash(request, user)
    UserSession.objects.create_from_request(request)


def sign_ins_of(user: User, request: HttpRequest) -> list[SignIn]:
    """The one that asks first, then those that were used last."""
    rows = UserSession.objects.purge_and_list(user)
    sign_ins = [
        SignIn(
            pk=row.pk,
            browser=_last_in(BROWSERS, row.user_agent),
            system=_last_in(SYSTEMS, row.user_agent),
            address=row.ip,
            begun_at=row.created_at,
            used_at=row.last_seen_at,
            is_this_one=row.session_key == request.session.session_key,
        )
        for row in rows
    ]
    return sorted(sign_ins, key=lambda one: (one.is_this_one, one.used_at), reverse=True)


def end(user: User, request: HttpRequest, pk: int | None = None) -> None:
    """End one of theirs, or all but the one that asks. Pages and sockets there stop at once."""
    others = UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key)
    for row in others if pk is None else others.filter(pk=pk):
        row.end()


def _last_in(names: dict[str, str], user_agent: str) -> str:
    matching = [name for name, pattern in names.items() if re.search(pattern, user_agent)]
    return matching[-1] if matching else ""
