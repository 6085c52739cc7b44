"""Ends the sockets of who has signed out, or may see other things than when they came.

A socket asks again at each request, but may be silent for an hour. So each web process looks
after all of its sockets together, at a cost of four queries however many there are.
"""

import asyncio
import hashlib
import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.models import User
from tutor.assignments.models import Sitting
from tutor.courses.models import Enrollment
from tutor.solutions.db_connections import on_kept_connection
from tutor.solutions.log.per_loop import one_per_loop
from tutor.solutions.log.protocol import NOT_SIGNED_IN, TRY_AGAIN
from tutor.solutions.sockets.batching import Gathering

if TYPE_CHECKING:
    from tutor.solutions.sockets.consumers import SolutionConsumer

logger = logging.getLogger(__name__)

LOOK_S = 3.0
MOST_SOCKETS = 12  # of one person, at one web process


@dataclass(frozen=True)
class Standing:
    """Who it is, and what decides about what this person may see."""

    user: User  # two rows of the same key are equal
    is_staff: bool
    is_superuser: bool
    roles: frozenset[tuple[int, str]]  # each a section's key and the role there
    tests: frozenset[int] = frozenset()  # keys of sittings, which hold solutions back

    @property
    def seat(self) -> str:
        """A short text that is another one as soon as this person may see other things."""
        decides = (self.is_staff, self.is_superuser, sorted(self.roles), sorted(self.tests))
        return f"{self.user.pk} {hashlib.sha256(repr(decides).encode()).hexdigest()[:16]}"


def standings(session_keys: Iterable[str]) -> dict[str, Standing]:
    """Of the sessions in which somebody is still signed in."""
    alive = Session.objects.filter(session_key__in=session_keys, expire_date__gt=timezone.now())
    said = {session.session_key: session.get_decoded() for session in alive}
    pks = {key: int(data[SESSION_KEY]) for key, data in said.items() if SESSION_KEY in data}
    users = User.objects.filter(is_active=True).in_bulk(set(pks.values()))
    roles: dict[int, set[tuple[int, str]]] = {pk: set() for pk in users}
    enrollments = Enrollment.objects.filter(user__in=users)
    for user, section, role in enrollments.values_list("user", "section", "role"):
        roles[user].add((section, role))
    tests: dict[int, set[int]] = {pk: set() for pk in users}
    sittings = Sitting.objects.filter(enrollment__user__in=users, settled_at=None)
    for user, sitting in sittings.values_list("enrollment__user", "pk"):
        tests[user].add(sitting)
    return {
        key: Standing(
            users[pk],
            users[pk].is_staff,
            users[pk].is_superuser,
            frozenset(roles[pk]),
            frozenset(tests[pk]),
        )
        for key, pk in pks.items()
        if pk in users
        and constant_time_compare(
            said[key].get(HASH_SESSION_KEY, ""), users[pk].get_session_auth_hash()
        )
    }


def is_session_key(text: str) -> bool:
    """Whether it can be one; what a client sends as its cookie may be anything."""
    return text.isascii() and text.isalnum()


class Guard:
    """Looks after the sockets of one event loop."""

    def __init__(self) -> None:
        self.sockets: dict[SolutionConsumer, tuple[str, Standing]] = {}
        self.looking: asyncio.Task[None] | None = None
        self.asked = Gathering(self._find)

    async def standing(self, session_key: str) -> Standing | None:
        """As the database has it now; None for somebody who is not signed in."""
        if not is_session_key(session_key):
            return None
        return await asyncio.shield(self.asked.ask(session_key))  # others may wait for it too

    async def _find(self, session_keys: Collection[str]) -> dict[str, Standing]:
        return await on_kept_connection(standings)(session_keys)

    async def admit(self, socket: "SolutionConsumer", session_key: str) -> Standing | None:
        """None for somebody who is not signed in."""
        standing = await self.standing(session_key)
        if standing is not None:
            self.sockets[socket] = (session_key, standing)
            if self.looking is None or self.looking.done():
                self.looking = asyncio.create_task(self.keep_looking())
        return standing

    def known(self, socket: "SolutionConsumer") -> Standing | None:
        """Of one that was admitted, as it was some seconds ago at most."""
        _key, standing = self.sockets.get(socket, ("", None))
        return standing

    def leave(self, socket: "SolutionConsumer") -> None:
        self.sockets.pop(socket, None)

    def count(self, user: User) -> int:
        return sum(standing.user == user for _, standing in self.sockets.values())

    async def keep_looking(self) -> None:
        while self.sockets:
            await asyncio.sleep(LOOK_S)
            try:
                await self.look()
            except Exception as error:  # noqa: BLE001 - nobody else would look
                logger.warning("sockets not looked after: %r", error)

    async def look(self) -> None:
        watched = dict(self.sockets)
        now = await self._find({key for key, _ in watched.values()})
        for socket, (key, before) in watched.items():
            if key not in now:
                await socket.turn_away(NOT_SIGNED_IN)
            elif now[key] != before:
                await socket.turn_away(TRY_AGAIN)  # what it may see now is asked as it comes back
            elif socket in self.sockets:
                self.sockets[socket] = (key, now[key])


guard = one_per_loop(Guard)
