"""Limits on wrong passwords, by account and by address.

A whole school may share one address, so an address alone locks nobody out: beyond its limit, each
account only has fewer tries from there. Strangers who try somebody's account use up the tries of
strangers; the owner can still sign in on a device or from an address where they did so before. At
an address that they share, people use up only their own tries, if they ever signed in on their
device; and tries at an account's former password no longer count.

A try is counted before the password is hashed, so parallel tries do not evade the limit, and a
successful one is taken back. Those have a limit of their own, since others wait for each hash. All
web processes count together (see `tutor.cache`).
"""

import hashlib
import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from accounts.models import User
from accounts.places import address_place, device_place, familiar_among, first_person_on

PLACE_S = 60 * 60  # for one account from one address or device, since the last pause began
FIRST_PAUSE_S, LONGEST_PAUSE_S = 10, 5 * 60
ACCOUNT_S = 15 * 60  # for one account, from all unfamiliar addresses
ADDRESS_S = 10 * 60  # for one address, over accounts to which it is unfamiliar
TRIES_AT_A_BUSY_ADDRESS = 3  # of each account without a pause
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

    def keep(self) -> None:
        """Forget it only `within_s` from now."""
        cache.touch(self.key, self.within_s)

    def forget(self) -> None:
        cache.delete(self.key)


class PlaceCount(TryCount):
    """Wrong passwords for one account at one place: after some, each is followed by a pause.

    Each pause is twice as long as the one before. Whoever shares a place with others can thus not
    lock them out at once, and still guesses less in an hour than with one fixed pause.
    """

    def may_go_on(self, tries: int, free: int) -> bool:
        """Whether a try may be made: the first `free` ones, then one after each pause.

        tries: how many there are with this one.
        """
        if tries < free:
            return True
        if not cache.add(self._pause_key, _now() + FIRST_PAUSE_S, FIRST_PAUSE_S):
            return False
        # Only who began the pause gets here: tries that are refused do not make it longer.
        number = self._pauses.add()
        pause_s = min(FIRST_PAUSE_S * 2 ** (number - 1), LONGEST_PAUSE_S)
        cache.set(self._pause_key, _now() + pause_s, pause_s)
        self.keep()
        self._pauses.keep()
        return True

    def wait_s(self) -> int:
        """How long a pause goes on; 0 without one."""
        return max(0, int(cache.get(self._pause_key, 0)) - _now())

    def forget(self) -> None:
        super().forget()
        self._pauses.forget()
        cache.delete(self._pause_key)

    @property
    def _pauses(self) -> TryCount:
        return TryCount(f"{self.key}:pauses", self.within_s)

    @property
    def _pause_key(self) -> str:
        return f"{self.key}:pause"


def _now() -> int:
    return int(time.time())


class Try:
    """One try of a password, from one address and device.

    account: the one that `login` means; None for nobody's.
    """

    def __init__(self, request: HttpRequest, login: str, account: User | None) -> None:
        # Unknown names have limits too, or the limits would reveal which accounts exist.
        self.account = f"user:{account.pk}" if account else f"nobody:{login.casefold()}"
        # A new password is another one to guess, so tries at the one before do not count.
        self.password = account.password if account else None
        self.address, self.device = address_place(request), device_place(request)
        self.familiar = familiar_among([self.address, self.device], account)
        self.counts: list[TryCount] = []
        self.by_known_people = self._count("known people", within_s=ACCOUNT_S)
        self.person = f"person:{first_person_on(self.device)}" if self.device else None
        self.place_or_person = self._place_or_person()
        shared_by = (self.account, self.password, self.place_or_person)
        self.at_place = PlaceCount(_key(*shared_by), PLACE_S)

    def is_allowed(self) -> bool:
        """Counts the try. A refused one costs neither a hash nor a later try."""
        allowed = self._is_allowed()
        if not allowed:
            self.take_back()
        return allowed

    def wait_s(self) -> int:
        """How long a refused try has to wait; 0 if not only for a pause at this place."""
        return self.at_place.wait_s()

    def is_too_often_right(self) -> bool:
        return self._sign_ins.so_far() >= SIGN_INS

    def succeed(self) -> None:
        self.take_back()
        self.at_place.forget()
        self._sign_ins.add()

    def take_back(self) -> None:
        for count in self.counts:
            count.take_back()
        self.counts = []

    @property
    def _sign_ins(self) -> TryCount:
        return TryCount(f"sign-ins:{self.account}", SIGN_INS_S)

    def _place_or_person(self) -> str:
        """Whose tries are limited together: those on the owner's device, of one person, or here.

        A person is told by who has signed in on the device, so a new device or a wiped one gives
        nobody more tries. Those with many accounts share the tries of their address in the end.
        """
        if self.device and self.device in self.familiar:
            return self.device
        if self.person and self.by_known_people.so_far() < settings.SIGN_IN_TRIES_ACCOUNT:
            return self.person
        return self.address

    def _count(self, *shared_by: str, within_s: int) -> TryCount:
        return TryCount(_key(self.account, self.password, *shared_by), within_s)

    def _is_allowed(self) -> bool:
        if self.place_or_person == self.person:
            self._added(self.by_known_people)
        free: int = settings.SIGN_IN_TRIES
        if not self.familiar:
            by_strangers = self._added(self._count(within_s=ACCOUNT_S))
            if by_strangers > settings.SIGN_IN_TRIES_ACCOUNT:
                return False
            at_address = self._added(TryCount(_key(self.address), ADDRESS_S))
            if at_address > settings.SIGN_IN_TRIES_ADDRESS * OVERRUN:
                return False
            if at_address > settings.SIGN_IN_TRIES_ADDRESS:
                free = min(free, TRIES_AT_A_BUSY_ADDRESS)
        return self.at_place.may_go_on(self._added(self.at_place), free)

    def _added(self, count: TryCount) -> int:
        self.counts.append(count)
        return count.add()


def _key(*shared_by: str | None) -> str:
    digest = hashlib.sha256(repr(shared_by).encode()).hexdigest()
    return f"sign-in:{digest}"
