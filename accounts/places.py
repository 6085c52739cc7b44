"""Where people sign in: at which address, on which device, and whether they did so before.

A device is known by a cookie that it got at a good sign-in. Neither it nor an address is stored as
it is, but as a keyed hash: a list of places tells nobody where a pupil lives.
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

COOKIE = "lemma_device"
COOKIE_AGE = timedelta(days=400)  # browsers keep none longer
FORGOTTEN_AFTER = timedelta(days=180)
UNKNOWN_ADDRESS = "0.0.0.0"  # noqa: S104 - a client on a socket file has none


def client_address(request: HttpRequest) -> str:
    """Of who asks. The door has put it there, from the proxies that it believes."""
    address = request.META.get("REMOTE_ADDR", "")
    try:
        return str(ipaddress.ip_address(address))
    except ValueError:
        return UNKNOWN_ADDRESS


def network_of(address: str) -> str:
    """The address, or of version 6 the /64 that one household or phone has to itself."""
    if ipaddress.ip_address(address).version == 4:
        return address
    return str(ipaddress.ip_network(f"{address}/64", strict=False))


def address_place(request: HttpRequest) -> str:
    return _hashed("address", network_of(client_address(request)))


def device_place(request: HttpRequest) -> str | None:
    """None on a device where nobody has signed in yet."""
    device = request.get_signed_cookie(COOKIE, default=None, salt=COOKIE)
    return _hashed("device", device) if device else None


def _hashed(kind: str, value: str) -> str:
    return salted_hmac(f"accounts.places.{kind}", value, algorithm="sha256").hexdigest()


def familiar_among(places: Iterable[str | None], user: User | None) -> set[str]:
    """Asks the database also where there is no `user`, so that the time tells nothing."""
    known = FamiliarPlace.objects.filter(
        user=user.pk if user else 0, place__in=filter(None, places)
    )
    return set(known.values_list("place", flat=True))


def remember(request: HttpRequest, user: User, response: HttpResponse | None = None) -> None:
    """This address is familiar from now on, and so is this device where a `response` can say so."""
    places = [address_place(request), device_place(request)]
    if places[1] is None and response is not None:
        device = secrets.token_urlsafe(24)
        response.set_signed_cookie(
            COOKIE,
            device,
            salt=COOKIE,
            max_age=int(COOKIE_AGE.total_seconds()),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        places[1] = _hashed("device", device)
    FamiliarPlace.objects.bulk_create(
        [
            FamiliarPlace(user=user, place=place, seen_at=timezone.now())
            for place in places
            if place
        ],
        update_conflicts=True,
        unique_fields=["user", "place"],
        update_fields=["seen_at"],
    )
