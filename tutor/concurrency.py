"""Limits how many pages a web process makes at the same time, and shares them fairly."""

import asyncio
import threading
from collections import Counter, OrderedDict, deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from ipaddress import ip_address, ip_network
from typing import Any, NamedTuple

from django.conf import settings
from django.http import parse_cookie

PROBES = {"/healthz", "/readyz", "/metrics"}  # see tutor/operations/probes.py
ACCOUNTS = "/accounts/"  # where forms are that check or set a password
MAX_KNOWN = 20_000  # sessions that a process remembers

Application = Callable[[Any, Any, Any], Awaitable[None]]

_people: OrderedDict[str, int] = OrderedDict()  # by session, the one last used at the end
_remembering = threading.Lock()  # pages are made in threads


def remember_session(session_key: str, user_pk: int) -> None:
    """Whose session it is: until its first page is made, a session is a stranger's."""
    with _remembering:
        _people[session_key] = user_pk
        _people.move_to_end(session_key)
        if len(_people) > MAX_KNOWN:
            _people.popitem(last=False)


def forget_session(session_key: str) -> None:
    """It is nobody's, or nobody's any more."""
    with _remembering:
        _people.pop(session_key, None)


class Caller(NamedTuple):
    """Who requests a page: a person, in all their sessions, or the strangers of one address.

    has_password: strangers' forms with a password, apart from their other pages. They wait for
    slow hashes, and a school that signs in is one address, so its forms may take all slots for
    them.
    """

    name: str
    is_person: bool
    has_password: bool = False


def caller_of(scope: Any) -> Caller:
    lines = [value.decode("latin-1") for name, value in scope["headers"] if name == b"cookie"]
    session = parse_cookie("; ".join(lines)).get(settings.SESSION_COOKIE_NAME, "")
    with _remembering:
        user_pk = _people.get(session)
    if user_pk is not None:
        return Caller(str(user_pk), is_person=True)
    address, *_port = scope.get("client") or [""]
    return Caller(network_of(address), False, has_password(scope))


def has_password(scope: Any) -> bool:
    return scope.get("method") == "POST" and bool(scope["path"].startswith(ACCOUNTS))


def network_of(address: str) -> str:
    """The IPv4 address, or the IPv6 /64: what one household or phone has."""
    try:
        known = ip_address(address)
    except ValueError:  # at a Unix socket
        return address
    if known.version == 4:
        return address
    if known.ipv4_mapped:  # of an IPv4 client on an IPv6 socket
        return str(known.ipv4_mapped)
    return str(ip_network((known.packed, 64), strict=False))


def max_per_person(count: int) -> int:
    """Of `count` slots for pages, how many one person may hold."""
    return max(1, count // 6)


class ConcurrencyLimit:
    """Makes further pages wait: more at once are not faster, and the database would refuse them.

    Forms with passwords, each of which waits for a slow hash, get a third of the slots at most:
    else schools that sign in would hold them all. Probes never wait.
    """

    def __init__(self, application: Application, at_once: int) -> None:
        self.application = application
        most, for_passwords = max_per_person(at_once), max(1, at_once // 3)
        self.slots = PageSlots(at_once, most, max_strangers=max(1, at_once // 2))
        self.password_slots = PageSlots(for_passwords, most, max_strangers=for_passwords)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope.get("path") in PROBES:
            await self.application(scope, receive, send)
            return
        caller = caller_of(scope)
        async with self._password_slot_for(caller, scope), self.slots.slot_for(caller):
            await self.application(scope, receive, send)

    def _password_slot_for(self, caller: Caller, scope: Any) -> AbstractAsyncContextManager[None]:
        return self.password_slots.slot_for(caller) if has_password(scope) else nullcontext()


class PageSlots:
    """Slots for pages, given in turn to each waiting caller, and never many to one.

    Threads share one processor, so a page is as slow as there are others beside it: whoever has
    many requests at once, also without a session, must not fill the slots. Strangers go first, up
    to `max_strangers` of all addresses: a school that signs in at eight is one address, and would
    otherwise get one turn among all who are signed in.
    """

    def __init__(self, count: int, max_per_caller: int, *, max_strangers: int) -> None:
        self.free = count
        self.max_per_caller = max_per_caller
        self.max_strangers, self.strangers = max_strangers, 0
        self.taken: Counter[Caller] = Counter()
        # In the order of their turns, each with its waiting pages.
        self.waiting: OrderedDict[Caller, deque[asyncio.Future[None]]] = OrderedDict()

    @asynccontextmanager
    async def slot_for(self, caller: Caller) -> AsyncIterator[None]:
        if self._may_take(caller):
            self._give(caller)
        else:
            await self._turn_of(caller)
        try:
            yield
        finally:
            self._give_back(caller)

    async def _turn_of(self, caller: Caller) -> None:
        turn = asyncio.get_running_loop().create_future()
        self.waiting.setdefault(caller, deque()).append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():  # a slot was given in the same moment
                self._give_back(caller)
            raise

    def _may_take(self, caller: Caller) -> bool:
        has_room = caller.is_person or self.strangers < self.max_strangers
        most = self.max_strangers if caller.has_password else self.max_per_caller
        return self.free > 0 and has_room and self.taken[caller] < most

    def _give(self, caller: Caller) -> None:
        self.free -= 1
        self.strangers += not caller.is_person
        self.taken[caller] += 1

    def _give_back(self, caller: Caller) -> None:
        self.free += 1
        self.strangers -= not caller.is_person
        self.taken[caller] -= 1
        if not self.taken[caller]:
            del self.taken[caller]
        while self.free and (turn := self._next_turn()):
            turn.set_result(None)

    def _next_turn(self) -> asyncio.Future[None] | None:
        """That of the stranger, or else the person, who has waited longest for one, with a slot."""
        for caller in sorted(self.waiting, key=lambda caller: caller.is_person):
            turns = self.waiting[caller]
            while turns and turns[0].cancelled():  # who hung up
                turns.popleft()
            if turns and self._may_take(caller):
                self._give(caller)
                self.waiting.move_to_end(caller)
                return turns.popleft()
            if not turns:
                del self.waiting[caller]
        return None
