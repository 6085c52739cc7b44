"""Where people sign in: from which address and device, and whether they did so before.

Lemma knows a device by a cookie from an earlier successful sign-in. It stores devices and addresses
only as keyed hashes, so the list tells nobody where a pupil lives.
"""

import ipaddress
import secrets
from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import FamiliarPlace, User
from tutor.concurrency import DEVICE_COOKIE, network_of

COOKIE_AGE = timedelta(days=400)  # the longest that browsers allow
FORGOTTEN_AFTER = timedelta(days=180)
UNKNOWN_ADDRESS = "0.0.0.0"  # noqa: S104 - clients on a socket file have no address


def client_address(request: HttpRequest) -> str:
    """The client's address, which the ASGI entry has taken from trusted proxies."""
    address = request.META.get("REMOTE_ADDR", "")
    try:
        return str(ipaddress.ip_address(address))
    except ValueError:
        return UNKNOWN_ADDRESS


def address_place(request: HttpRequest) -> str:
    return _hashed("address", network_of(client_address(request)))


def device_place(request: HttpRequest) -> str | None:
    """None for a device where nobody has signed in yet."""
    device = request.get_signed_cookie(DEVICE_COOKIE, default=None, salt=DEVICE_COOKIE)
    return _hashed("device", device) if device else None


def _hashed(kind: str, value: str) -> str:
    return salted_hmac(f"accounts.places.{kind}", value, algorithm="sha256").hexdigest()


def familiar_among(hashes: Iterable[str | None], user: User | None) -> set[str]:
    """Queries the database even without a `user`, so that the time reveals nothing."""
    known = FamiliarPlace.objects.filter(
        user=user.pk if user else 0, place__in=filter(None, hashes)
    )
    return set(known.values_list("place", flat=True))


def first_person_on(device: str) -> int | None:
    """The key of the oldest account that signed in on the device."""
    people = FamiliarPlace.objects.filter(place=device).order_by("user")
    return people.values_list("user", flat=True).first()


def remember(request: HttpRequest, user: User, response: HttpResponse | None = None) -> None:
    """Make this address familiar, and this device too if a `response` can set its cookie."""
    hashes = [address_place(request), device_place(request)]
    if hashes[1] is None and response is not None:
        device = secrets.token_urlsafe(24)
        response.set_signed_cookie(
            DEVICE_COOKIE,
            device,
            salt=DEVICE_COOKIE,
            max_age=int(COOKIE_AGE.total_seconds()),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        hashes[1] = _hashed("device", device)
    FamiliarPlace.objects.bulk_create(
        [
            FamiliarPlace(user=user, place=place_hash, seen_at=timezone.now())
            for place_hash in hashes
            if place_hash
        ],
        update_conflicts=True,
        unique_fields=["user", "place"],
        update_fields=["seen_at"],
    )
