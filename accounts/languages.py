"""The language that was chosen on a page before signing in becomes that of the person."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from accounts.models import User

_COOKIE = "chosen-language"
_KEPT_S = 15 * 60  # then somebody else may be at the computer


def remember_choice(response: HttpResponse, language: str) -> None:
    if language in dict(settings.LANGUAGES):
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(
            _COOKIE, language, _KEPT_S, httponly=True, samesite="Lax", secure=secure
        )


def take_choice(request: HttpRequest, user: User, response: HttpResponse) -> None:
    """Store what was chosen for the person who has just signed in, once."""
    language = request.COOKIES.get(_COOKIE)
    if language is None:
        return
    response.delete_cookie(_COOKIE, samesite="Lax")
    if language in dict(settings.LANGUAGES) and language != user.language:
        user.language = language
        user.save(update_fields=["language"])
