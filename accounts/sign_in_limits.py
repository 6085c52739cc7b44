"""Limits on wrong passwords, by account and by address.

A whole school may share one address, so an address alone locks nobody out: beyond its limit, each
account only has fewer tries from there. Strangers who try somebody's account use up the tries of
strangers; the owner can still sign in on a device or from an address where they did so before.

A try is counted before the password is hashed, so parallel tries do not evade the limit, and a
successful one is taken back. Those have a limit of their own, since others wait for each hash. All
web processes count together (see `tutor.cache`).
"""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from accounts.models import User
from accounts.places import address_place, device_place, familiar_among

PLACE_S = 5 * 60  # for one account from one address or device
ACCOUNT_S = 15 * 60  # for one account, from all unfamiliar addresses
ADDRESS_S = 10 * 60  # for one address, over accounts to which it is unfamiliar
TRIES_AT_A_BUSY_ADDRESS = 3  # of each account in PLACE_S
SIGN_INS, SIGN_INS_S = 60, 5 * 60  # with the right password, for one account
OVERRUN = 10  # beyond this many times its limit, an address gets no tries at unfamiliar accounts


@dataclass(frozen=True)
class TryCount:
    """Wrong passwords that share one limit, within `within_s` of the first of them."""

    key: str
    within_s: int

    def add(self) -> int:
        """The number of tries, with this one."""
        cache.add(self.key, 0, self.within_s)
        try:
            return cache.incr(self.key)
        except ValueError:  # it expired in between
            cache.set(self.key, 1, self.within_s)
            return 1

    def so_far(self) -> int:
        return int(cache.get(self.key, 0))

    def take_back(self) -> None:
        try:
            cache.decr(self.key)
        except ValueError:
            return  # it has expired


class Try:
    """One try of a password, from one address and device.

    account: the one that `login` means; None for nobody's.
    """

    def __init__(self, request: HttpRequest, login: str, account: User | None) -> None:
        # Unknown names have limits too, or the limits would reveal which accounts exist.
        self.account = f"user:{account.pk}" if account else f"nobody:{login.casefold()}"
        self.address, self.device = address_place(request), device_place(request)
        self.familiar = familiar_among([self.address, self.device], account)
        self.counts: list[TryCount] = []

    def is_allowed(self) -> bool:
        """Counts the try. A refused one costs neither a hash nor a later try."""
        allowed = self._is_allowed()
        if not allowed:
            self.take_back()
        return allowed

    def is_too_often_right(self) -> bool:
        return self._sign_ins.so_far() >= SIGN_INS

    def succeed(self) -> None:
        self.take_back()
        self._sign_ins.add()

    def take_back(self) -> None:
        for count in self.counts:
            count.take_back()
        self.counts = []

    @property
    def _sign_ins(self) -> TryCount:
        return TryCount(f"sign-ins:{self.account}", SIGN_INS_S)

    def _is_allowed(self) -> bool:
        if self.device in self.familiar:
            return self._counted(PLACE_S, self.account, self.device) <= settings.SIGN_IN_TRIES
        limit = settings.SIGN_IN_TRIES
        if self.address not in self.familiar:
            if self._counted(ACCOUNT_S, self.account) > settings.SIGN_IN_TRIES_ACCOUNT:
                return False
            at_address = self._counted(ADDRESS_S, self.address)
            if at_address > settings.SIGN_IN_TRIES_ADDRESS * OVERRUN:
                return False
            if at_address > settings.SIGN_IN_TRIES_ADDRESS:
                limit = min(limit, TRIES_AT_A_BUSY_ADDRESS)
        return self._counted(PLACE_S, self.account, self.address) <= limit

    def _counted(self, within_s: int, *shared_by: str | None) -> int:
        digest = hashlib.sha256(repr(shared_by).encode()).hexdigest()
        count = TryCount(f"sign-in:{digest}", within_s)
        self.counts.append(count)
        return count.add()
