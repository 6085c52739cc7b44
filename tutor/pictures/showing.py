"""Shows pictures to the readers of a text, and to nobody else.

Whoever is shown a text gets the addresses of its pictures with it. An address is sealed for its
reader and for two days, so that the picture of a hint is as secret as the hint: without the seal of
somebody who is signed in there is no such page.
"""

import time
from collections.abc import Callable
from contextvars import ContextVar
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tutor.figures import PictureReference
from tutor.pictures.models import Picture

SEAL = "for"  # in the query of an address
PERIOD_S = 24 * 60 * 60
MAX_CACHED = 2_000  # sizes of pictures
_reader: ContextVar[int | None] = ContextVar("reader", default=None)


class PictureReaderMiddleware:
    """Notes for whom pages are made."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _reader.set(request.user.pk)  # None for somebody who has not signed in
        try:
            return self.get_response(request)
        finally:
            _reader.reset(token)


def picture_element(reference: PictureReference) -> SafeString:
    size = _size_of(reference.digest)
    if size is None:
        missing = _("This picture is missing: %(alt)s") % {"alt": reference.alt}
        return format_html('<span class="picture-missing">{}</span>', missing)
    return format_html(
        '<img class="picture" src="{}" alt="{}" width="{}" height="{}" decoding="async">',
        address_for(_reader.get(), reference.name),
        reference.alt,
        *size,
    )


def address_for(user_pk: int | None, name: str) -> str:
    return f"{reverse('picture', args=[name])}?{SEAL}={_seal(user_pk, name, _period())}"


def is_sealed(user_pk: int | None, name: str, seal: str) -> bool:
    """Whether this person was shown a text with this picture, today or yesterday."""
    periods = (_period(), _period() - 1)
    return any(constant_time_compare(seal, _seal(user_pk, name, period)) for period in periods)


def _seal(user_pk: int | None, name: str, period: int) -> str:
    text = f"{user_pk}:{name}:{period}"
    return salted_hmac("tutor.pictures.showing", text, algorithm="sha256").hexdigest()[:32]


def _period() -> int:
    return int(time.time()) // PERIOD_S


def _size_of(digest: str) -> tuple[int, int] | None:
    try:
        return _known_size(digest)
    except Picture.DoesNotExist:
        return None


@lru_cache(maxsize=MAX_CACHED)
def _known_size(digest: str) -> tuple[int, int]:
    """Raises Picture.DoesNotExist, which the cache does not keep."""
    picture = Picture.objects.only("width", "height").get(digest=digest)
    return picture.width, picture.height
