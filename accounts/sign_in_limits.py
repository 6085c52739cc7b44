"""How many wrong passwords are taken, of whom and from where.

A school sits behind one address, so an address by itself shuts nobody out: beyond its share each
account has fewer tries from there. Strangers who try somebody's account use up what strangers have;
the owner goes on signing in on a device or from an address where they did so before.

Tries are counted before the password is hashed, so many at once are no way round, and a good one is
taken back. All web processes count together (see `tutor.cache`).
"""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from accounts.lookup import account_called
from accounts.places import address_place, device_place, familiar_among

PLACE_S = 5 * 60  # for one account at one place
ACCOUNT_S = 15 * 60  # for one account, from all places that it does not know
ADDRESS_S = 10 * 60  # for one address, of accounts that do not know it
TRIES_AT_A_BUSY_ADDRESS = 3  # of each account in PLACE_S
OVERRUN = 10  # times its share, an address has nothing left for accounts that do not know it


@dataclass(frozen=True)
class Count:
    """Tries with a wrong password that share one limit, within `within_s` of the first of them."""

    key: str
    within_s: int

    def add(self) -> int:
        """How many there are, with this one."""
        cache.add(self.key, 0, self.within_s)
        try:
            return cache.incr(self.key)
        except ValueError:  # it ran out in between
            cache.set(self.key, 1, self.within_s)
            return 1

    def so_far(self) -> int:
        return int(cache.get(self.key, 0))

    def take_back(self) -> None:
        try:
            cache.decr(self.key)
        except ValueError:
            return  # it ran out by itself


class Try:
    """One password, for one account, at one place."""

    def __init__(self, request: HttpRequest, login: str) -> None:
        account = account_called(login)
        # Who is not there has limits too, or they would tell.
        self.account = f"user:{account.pk}" if account else f"nobody:{login.casefold()}"
        self.address, self.device = address_place(request), device_place(request)
        self.familiar = familiar_among([self.address, self.device], account)
        self.counts: list[Count] = []

    def is_allowed(self) -> bool:
        """Counts it. One that is refused costs neither a hash nor a later try."""
        allowed = self._is_allowed()
        if not allowed:
            self.take_back()
        return allowed

    def take_back(self) -> None:
        for count in self.counts:
            count.take_back()
        self.counts = []

    def _is_allowed(self) -> bool:
        if self.device in self.familiar:
            return self._counted(PLACE_S, self.account, self.device) <= settings.SIGN_IN_TRIES
        most = settings.SIGN_IN_TRIES
        if self.address not in self.familiar:
            if self._counted(ACCOUNT_S, self.account) > settings.SIGN_IN_TRIES_ACCOUNT:
                return False
            at_address = self._counted(ADDRESS_S, self.address)
            if at_address > settings.SIGN_IN_TRIES_ADDRESS * OVERRUN:
                return False
            if at_address > settings.SIGN_IN_TRIES_ADDRESS:
                most = min(most, TRIES_AT_A_BUSY_ADDRESS)
        return self._counted(PLACE_S, self.account, self.address) <= most

    def _counted(self, within_s: int, *shared_by: str | None) -> int:
        digest = hashlib.sha256(repr(shared_by).encode()).hexdigest()
        count = Count(f"sign-in:{digest}", within_s)
        self.counts.append(count)
        return count.add()
