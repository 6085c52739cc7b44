"""Limits how many pages a web process makes at the same time, and shares them fairly."""

import asyncio
import threading
from collections import Counter, OrderedDict, deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from ipaddress import ip_address, ip_network
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, parse_cookie

MAX_DEVICE_COOKIE = 500  # characters that are looked at
DEVICE_COOKIE = "lemma_device"  # of a browser in which somebody has signed in, signed
ALIVE = "/healthz"
PROBES = {ALIVE, "/readyz", "/metrics"}  # see tutor/operations/probes.py
PROBES_AT_ONCE = 4  # of all but ALIVE, and half of them of one address
ACCOUNTS = "/accounts/"  # where forms are that check or set a password
MAX_KNOWN = 20_000  # sessions, and as many addresses, that a process remembers
MAX_WAITING = 1_000  # pages of one caller; a school that signs in has a few hundred
MAX_WAIT_S = 45  # of a page in a line; proxies give up after 60, with a page of their own
RETRY_AFTER_S = 10
IPV6_PREFIX = 56  # bits: an IPv6 line at home has 256 networks of 64

Application = Callable[[Any, Any, Any], Awaitable[None]]
Turn = asyncio.Future[None]

_people: OrderedDict[str, int] = OrderedDict()  # by session, the one last used at the end
_known_networks: OrderedDict[str, None] = OrderedDict()  # likewise
_remembering = threading.Lock()  # pages are made in threads


def remember_session(session_key: str, user_pk: int) -> None:
    """Whose session it is: until its first page is made, a session is a stranger's."""
    with _remembering:
        _people[session_key] = user_pk
        _people.move_to_end(session_key)
        if len(_people) > MAX_KNOWN:
            _people.popitem(last=False)


def remember_address(address: str) -> None:
    """Somebody who is signed in had a page made from there."""
    network = network_of(address)
    with _remembering:
        _known_networks[network] = None
        _known_networks.move_to_end(network)
        if len(_known_networks) > MAX_KNOWN:
            _known_networks.popitem(last=False)


def forget_session(session_key: str) -> None:
    """It is nobody's, or nobody's any more."""
    with _remembering:
        _people.pop(session_key, None)


class Caller(NamedTuple):
    """Who requests a page: a person, in all their sessions, or the strangers of one address.

    has_password: strangers' forms with a password, apart from their other pages. They wait for
    slow hashes, and a school that signs in is one address, so its forms may take all slots for
    them.
    is_foreign: strangers of an address from which this process has made nobody's page who was
    signed in.
    """

    name: str
    is_person: bool
    has_password: bool = False
    is_foreign: bool = False


def caller_of(scope: Any) -> Caller:
    session = _cookies_of(scope).get(settings.SESSION_COOKIE_NAME, "")
    with _remembering:
        user_pk = _people.get(session)
    if user_pk is not None:
        return Caller(str(user_pk), is_person=True)
    address, *_port = scope.get("client") or [""]
    network = network_of(address)
    with _remembering:
        is_foreign = network not in _known_networks
    return Caller(network, False, has_password(scope), is_foreign)


def device_of(scope: Any) -> str:
    """A browser in which somebody has signed in before, by its signed cookie; else empty."""
    cookie = _cookies_of(scope).get(DEVICE_COOKIE, "")[:MAX_DEVICE_COOKIE]
    request = HttpRequest()
    request.COOKIES = {DEVICE_COOKIE: cookie}
    return request.get_signed_cookie(DEVICE_COOKIE, default=None, salt=DEVICE_COOKIE) or ""


def _cookies_of(scope: Any) -> dict[str, str]:
    lines = [value.decode("latin-1") for name, value in scope["headers"] if name == b"cookie"]
    return parse_cookie("; ".join(lines))


def has_password(scope: Any) -> bool:
    return scope.get("method") == "POST" and bool(scope["path"].startswith(ACCOUNTS))


def network_of(address: str) -> str:
    """The IPv4 address, or the IPv6 /56: what one household has."""
    try:
        known = ip_address(address)
    except ValueError:  # at a Unix socket
        return address
    if known.version == 4:
        return address
    if known.ipv4_mapped:  # of an IPv4 client on an IPv6 socket
        return str(known.ipv4_mapped)
    return str(ip_network((known.packed, IPV6_PREFIX), strict=False))


def max_per_person(count: int) -> int:
    """Of `count` slots for pages, how many one person may hold."""
    return max(1, count // 6)


class ConcurrencyLimit:
    """Makes further pages wait: more at once are not faster, and the database would refuse them.

    Forms with passwords, each of which waits for a slow hash, get a third of the slots at most:
    else schools that sign in would hold them all. Probes do not wait for pages, and /healthz for
    nothing.
    """

    def __init__(self, application: Application, at_once: int) -> None:
        self.application = application
        most, for_passwords = max_per_person(at_once), max(1, at_once // 3)
        self.slots = PageSlots(at_once, most, max(1, at_once // 2), most)
        self.password_slots = PageSlots(for_passwords, most, for_passwords, most)
        self.probe_slots = PageSlots(PROBES_AT_ONCE, 2, PROBES_AT_ONCE, PROBES_AT_ONCE)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        caller = caller_of(scope)
        browser = caller.name if caller.is_person else device_of(scope)
        try:
            async with AsyncExitStack() as held:
                for slots in self._slots_for(scope):
                    await held.enter_async_context(slots.slot_for(caller, browser))
                await self.application(scope, receive, send)
        except LineTooLong:
            await refuse_for_now(send)

    def _slots_for(self, scope: Any) -> "list[PageSlots]":
        path = scope.get("path")
        if path in PROBES:
            return [] if path == ALIVE else [self.probe_slots]
        return [self.password_slots, self.slots] if has_password(scope) else [self.slots]


async def refuse_for_now(send: Any) -> None:
    """A page in two languages: nobody knows yet which one its reader has chosen."""
    page = (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Too many requests</title>'
        "<h1>Too many requests</h1><p>Very many pages are being opened from your school or home at "
        "this moment. Wait ten seconds, then try again. Nothing was changed.</p>"
        '<p lang="zh-Hans">你的学校或家里此刻打开的页面太多。请等十秒再试。没有任何内容被更改。</p>'
        "</html>\n"
    ).encode()
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", str(len(page)).encode()),
        (b"cache-control", b"no-store"),
        (b"retry-after", str(RETRY_AFTER_S).encode()),
    ]
    await send({"type": "http.response.start", "status": 429, "headers": headers})
    await send({"type": "http.response.body", "body": page})


class LineTooLong(Exception):
    """A caller has MAX_WAITING pages that wait, or this one has waited for MAX_WAIT_S."""


class PageLine:
    """The pages of one caller that wait.

    A person's wait in their order. Of an address, every second turn goes to the browsers in which
    somebody has signed in before, each of them in turn; the others go alternately to the oldest and
    the newest of the rest, so that whoever floods the line does not make everybody wait for all of
    it.
    """

    def __init__(self) -> None:
        self.length = 0
        # By browser, in the order of their turns, each with its waiting pages.
        self.of_browsers: OrderedDict[str, deque[Turn]] = OrderedDict()
        self.others: deque[Turn] = deque()
        self.is_turn_of_others = self.is_turn_of_newest = False

    def add(self, turn: Turn, browser: str) -> None:
        """browser: see `device_of`. Raises LineTooLong."""
        if self.length >= MAX_WAITING:
            raise LineTooLong
        self.length += 1
        queue = self.of_browsers.setdefault(browser, deque()) if browser else self.others
        queue.append(turn)

    def next_turn(self) -> Turn | None:
        """That of a client who has not hung up, taken out of the line."""
        while self.length:
            self.length -= 1
            turn = self._take()
            if not turn.cancelled():
                return turn
        return None

    def _take(self) -> Turn:
        if self.of_browsers and not (self.others and self.is_turn_of_others):
            self.is_turn_of_others = True
            browser, turns = self.of_browsers.popitem(last=False)
            turn = turns.popleft()
            if turns:
                self.of_browsers[browser] = turns  # at the end
            return turn
        self.is_turn_of_others = False
        self.is_turn_of_newest = not self.is_turn_of_newest
        return self.others.pop() if self.is_turn_of_newest else self.others.popleft()


class PageSlots:
    """Slots for pages, given in turn to each waiting caller, and never many to one.

    Threads share one processor, so a page is as slow as there are others beside it: whoever has
    many requests at once, also without a session, must not fill the slots. Strangers go first, up
    to `max_strangers` of all addresses: a school that signs in at eight is one address, and would
    otherwise get one turn among all who are signed in. Those of addresses where nobody is signed in
    wait for their turns among all, up to `max_foreign` of them: whoever has many addresses must not
    fill the slots either.
    """

    def __init__(
        self, count: int, max_per_caller: int, max_strangers: int, max_foreign: int
    ) -> None:
        self.free = count
        self.max_per_caller = max_per_caller
        self.max_strangers, self.strangers = max_strangers, 0
        self.max_foreign, self.foreign = max_foreign, 0
        self.taken: Counter[Caller] = Counter()
        self.waiting: OrderedDict[Caller, PageLine] = OrderedDict()  # in the order of their turns

    @asynccontextmanager
    async def slot_for(self, caller: Caller, browser: str) -> AsyncIterator[None]:
        """Raises LineTooLong."""
        if self._may_take(caller):
            self._give(caller)
        else:
            await self._turn_of(caller, browser)
        try:
            yield
        finally:
            self._give_back(caller)

    async def _turn_of(self, caller: Caller, browser: str) -> None:
        turn = asyncio.get_running_loop().create_future()
        self.waiting.setdefault(caller, PageLine()).add(turn, browser)
        try:
            async with asyncio.timeout(MAX_WAIT_S):
                await turn
        except (asyncio.CancelledError, TimeoutError) as error:
            if not turn.cancelled():  # a slot was given in the same moment
                self._give_back(caller)
            if isinstance(error, TimeoutError):
                raise LineTooLong from None
            raise

    def _may_take(self, caller: Caller) -> bool:
        has_room = caller.is_person or self.strangers < self.max_strangers
        has_room &= not caller.is_foreign or self.foreign < self.max_foreign
        most = self.max_strangers if caller.has_password else self.max_per_caller
        return self.free > 0 and has_room and self.taken[caller] < most

    def _give(self, caller: Caller) -> None:
        self.free -= 1
        self.strangers += not caller.is_person
        self.foreign += caller.is_foreign
        self.taken[caller] += 1

    def _give_back(self, caller: Caller) -> None:
        self.free += 1
        self.strangers -= not caller.is_person
        self.foreign -= caller.is_foreign
        self.taken[caller] -= 1
        if not self.taken[caller]:
            del self.taken[caller]
        while self.free and (turn := self._next_turn()):
            turn.set_result(None)

    def _next_turn(self) -> Turn | None:
        """With a slot: a stranger's, or else that of whoever else has waited longest for one."""
        for caller in sorted(self.waiting, key=lambda x: x.is_person or x.is_foreign):
            if not self._may_take(caller):
                continue
            line = self.waiting[caller]
            turn = line.next_turn()
            if line.length:
                self.waiting.move_to_end(caller)
            else:
                del self.waiting[caller]
            if turn:
                self._give(caller)
                return turn
        return None
