"""Closes the sockets of people who have signed out, or whose rights have changed.

A socket checks its session at each request, but may be silent for an hour. So each web process
checks all its sockets together every few seconds, with four queries however many there are.
"""

import asyncio
import hashlib
import logging
import math
import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.models import User
from tutor.assignments.models import Sitting
from tutor.concurrency import remember_session
from tutor.courses.models import Enrollment
from tutor.solutions.db_connections import with_persistent_connection
from tutor.solutions.log.per_loop import one_per_loop
from tutor.solutions.log.protocol import NOT_SIGNED_IN, TRY_AGAIN
from tutor.solutions.sockets.batching import BatchLoader

logger = logging.getLogger(__name__)

CHECK_EVERY_S = 3.0
CALM_S = 0.02  # without a new socket
MAX_STORM_S = 0.3  # that anybody waits for this
MAX_SOCKETS = 12  # of one person, at one web process


class GuardedSocket(Protocol):
    async def turn_away(self, code: int) -> None:
        """Close it with this code."""


@dataclass(frozen=True)
class AccessSnapshot:
    """A signed-in person, and everything that decides what this person may see."""

    user: User  # two rows of the same key are equal
    is_staff: bool
    is_superuser: bool
    roles: frozenset[tuple[int, str]]  # a section's key and the role in it
    tests: frozenset[int] = frozenset()  # keys of running sittings, which hold solutions back

    @property
    def access_key(self) -> str:
        """A short text that changes as soon as this person may see other things."""
        rights = (self.is_staff, self.is_superuser, sorted(self.roles), sorted(self.tests))
        return f"{self.user.pk} {hashlib.sha256(repr(rights).encode()).hexdigest()[:16]}"


def load_access(session_keys: Iterable[str]) -> dict[str, AccessSnapshot]:
    """By session key, without sessions in which nobody is signed in any more."""
    alive = Session.objects.filter(session_key__in=session_keys, expire_date__gt=timezone.now())
    sessions = {session.session_key: session.get_decoded() for session in alive}
    pks = {key: int(data[SESSION_KEY]) for key, data in sessions.items() if SESSION_KEY in data}
    users = User.objects.filter(is_active=True).in_bulk(set(pks.values()))
    snapshots = _snapshots_of(users)
    return {
        key: snapshots[pk]
        for key, pk in pks.items()
        if pk in users
        and constant_time_compare(
            sessions[key].get(HASH_SESSION_KEY, ""), users[pk].get_session_auth_hash()
        )
    }


def _snapshots_of(users: Mapping[int, User]) -> dict[int, AccessSnapshot]:
    """By the key of the user, as `users` is; two queries."""
    roles: dict[int, set[tuple[int, str]]] = {pk: set() for pk in users}
    enrollments = Enrollment.objects.filter(user__in=users)
    for pk, section, role in enrollments.values_list("user", "section", "role"):
        roles[pk].add((section, role))
    tests: dict[int, set[int]] = {pk: set() for pk in users}
    sittings = Sitting.objects.filter(enrollment__user__in=users, settled_at=None)
    for pk, sitting in sittings.values_list("enrollment__user", "pk"):
        tests[pk].add(sitting)
    return {
        pk: AccessSnapshot(
            user, user.is_staff, user.is_superuser, frozenset(roles[pk]), frozenset(tests[pk])
        )
        for pk, user in users.items()
    }


def is_session_key(text: str) -> bool:
    """Whether it can be one; a client may send anything as its cookie."""
    return text.isascii() and text.isalnum()


class Guard:
    """Belongs to one event loop, and checks all its sockets."""

    def __init__(self) -> None:
        self.sockets: dict[GuardedSocket, tuple[str, AccessSnapshot]] = {}
        self.checking: asyncio.Task[None] | None = None
        self.opened_at = -math.inf
        self._loader = BatchLoader(self._load_in_calm)

    async def access(self, session_key: str) -> AccessSnapshot | None:
        """As the database has it now; None for somebody who is not signed in."""
        if not is_session_key(session_key):
            return None
        return await asyncio.shield(self._loader.get(session_key))  # others may wait for it too

    async def _load_in_calm(self, session_keys: Collection[str]) -> dict[str, AccessSnapshot]:
        """Once no further socket is being opened: a query would hold up those that are.

        Threads share one processor, and a whole school opens its sockets at once.
        """
        latest = time.monotonic() + MAX_STORM_S
        while (now := time.monotonic()) < min(self.opened_at + CALM_S, latest):  # noqa: ASYNC110
            await asyncio.sleep(min(self.opened_at + CALM_S, latest) - now)
        return await self._load(session_keys)

    async def _load(self, session_keys: Collection[str]) -> dict[str, AccessSnapshot]:
        return await with_persistent_connection(load_access)(session_keys)

    async def admit(self, socket: GuardedSocket, session_key: str) -> AccessSnapshot | None:
        """None for somebody who is not signed in."""
        self.opened_at = time.monotonic()
        access = await self.access(session_key)
        if access is not None:
            remember_session(session_key, access.user.pk)
            self.sockets[socket] = (session_key, access)
            if self.checking is None or self.checking.done():
                self.checking = asyncio.create_task(self.keep_checking())
        return access

    def last_access(self, socket: GuardedSocket) -> AccessSnapshot | None:
        """An admitted socket's access, some seconds old at most."""
        _key, access = self.sockets.get(socket, ("", None))
        return access

    def leave(self, socket: GuardedSocket) -> None:
        self.sockets.pop(socket, None)

    def count(self, user: User) -> int:
        return sum(access.user == user for _, access in self.sockets.values())

    async def keep_checking(self) -> None:
        while self.sockets:
            await asyncio.sleep(CHECK_EVERY_S)
            try:
                await self.check()
            except Exception as error:  # noqa: BLE001 - the checks must go on
                logger.warning("sockets not checked: %r", error)

    async def check(self) -> None:
        sockets = dict(self.sockets)
        current = await self._load({key for key, _ in sockets.values()})
        for socket, (key, before) in sockets.items():
            if key not in current:
                await socket.turn_away(NOT_SIGNED_IN)
            elif current[key] != before:
                await socket.turn_away(TRY_AGAIN)  # its rights are checked when it comes back
            elif socket in self.sockets:
                self.sockets[socket] = (key, current[key])


guard = one_per_loop(Guard)
