"""Limits how many pages a web process makes at the same time, and shares them fairly."""

import asyncio
from collections import Counter, OrderedDict, deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from typing import Any, NamedTuple

from django.conf import settings
from django.http import parse_cookie

PROBES = {"/healthz", "/readyz", "/metrics"}  # see tutor/operations/probes.py
ACCOUNTS = "/accounts/"  # where forms are that check or set a password

Application = Callable[[Any, Any, Any], Awaitable[None]]


class ConcurrencyLimit:
    """Makes further pages wait: more at once are not faster, and the database would refuse them.

    Forms with passwords, each of which waits for a slow hash, get a third of the slots at most:
    else a school that signs in would hold them all. Probes never wait.
    """

    def __init__(self, application: Application, at_once: int) -> None:
        self.application = application
        self.slots = PageSlots(at_once)
        self.password_slots = PageSlots(max(1, at_once // 3))

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope.get("path") in PROBES:
            await self.application(scope, receive, send)
            return
        caller = caller_of(scope)
        async with self._password_slot_for(caller, scope), self.slots.slot_for(caller):
            await self.application(scope, receive, send)

    def _password_slot_for(self, caller: "Caller", scope: Any) -> AbstractAsyncContextManager[None]:
        has_password = scope.get("method") == "POST" and scope["path"].startswith(ACCOUNTS)
        return self.password_slots.slot_for(caller) if has_password else nullcontext()


class Caller(NamedTuple):
    """Who requests a page. is_person: false for an address, which may be a whole school."""

    name: str
    is_person: bool


def caller_of(scope: Any) -> Caller:
    """The session, or without one the address.

    The session is not checked here: an invented one waits its turn like a person.
    """
    lines = [value.decode("latin-1") for name, value in scope["headers"] if name == b"cookie"]
    session = parse_cookie("; ".join(lines)).get(settings.SESSION_COOKIE_NAME)
    if session:
        return Caller(session, is_person=True)
    address, *_port = scope.get("client") or [""]
    return Caller(address, is_person=False)


def max_per_person(count: int) -> int:
    """Of `count` slots for pages, how many one person may hold."""
    return max(1, count // 6)


class PageSlots:
    """Slots for pages, given in turn to each waiting caller, and never many to one person.

    Half of the slots go first to callers without a session: a school that signs in at eight is one
    address, and would otherwise get one turn among all who are signed in.
    """

    def __init__(self, count: int) -> None:
        self.free = count
        self.max_per_person = max_per_person(count)
        self.for_strangers, self.strangers = count // 2, 0
        self.taken: Counter[Caller] = Counter()
        # In the order of their turns, each with its waiting pages.
        self.waiting: OrderedDict[Caller, deque[asyncio.Future[None]]] = OrderedDict()

    @asynccontextmanager
    async def slot_for(self, caller: Caller) -> AsyncIterator[None]:
        if self.free and self._may_take(caller):
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
        return not caller.is_person or self.taken[caller] < self.max_per_person

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
        """That of the caller who has waited longest for one, with a place."""
        callers = list(self.waiting)
        if self.strangers < self.for_strangers:
            callers.sort(key=lambda caller: caller.is_person)  # and otherwise as they are
        for caller in callers:
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
