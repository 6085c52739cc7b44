"""How many sockets a caller may open at a time."""

import pytest
from django.conf import settings

from tests.sockets import connected, receive, send
from tutor import concurrency
from tutor.concurrency import remember_session
from tutor.web import handshakes
from tutor.web.handshakes import BURST_OF_ADDRESS, BURST_OF_PERSON, PER_PERSON_S, HandshakeLimit


class Site:
    """Counts the sockets that reach the application, and those that are refused."""

    def __init__(self):
        self.limit = HandshakeLimit(self.application)
        self.opened, self.refused = 0, 0

    async def application(self, scope, receive, send):
        self.opened += 1

    async def send(self, message):
        assert message == {"type": "websocket.close"}
        self.refused += 1

    async def open(self, session, address="10.0.0.1"):
        cookie = f"{settings.SESSION_COOKIE_NAME}={session}".encode()
        scope = {"type": "websocket", "path": "/", "headers": [(b"cookie", cookie)]}
        await self.limit(scope | {"client": (address, 1)}, None, self.send)


@pytest.fixture(autouse=True)
def _nobody_is_known():
    concurrency._people.clear()
    yield
    concurrency._people.clear()


@pytest.fixture
def clock(monkeypatch):
    times = [0.0]
    monkeypatch.setattr(handshakes.time, "monotonic", lambda: times[0])
    return times


async def test_a_person_opens_only_so_many_in_all_sessions(clock):
    site = Site()
    for number in range(300):
        remember_session(f"session{number % 8}", 7)
        await site.open(f"session{number % 8}")
    assert (site.opened, site.refused) == (BURST_OF_PERSON, 300 - BURST_OF_PERSON)
    clock[0] += 10 / PER_PERSON_S
    for _ in range(300):
        await site.open("session0")
    assert site.opened == BURST_OF_PERSON + 10


async def test_invented_sessions_count_by_address_and_not_for_people(clock):
    site = Site()
    for number in range(3_000):
        await site.open(f"invented{number}")
    assert site.opened == BURST_OF_ADDRESS
    remember_session("session", 7)
    await site.open("session")
    await site.open("invented", address="10.0.0.2")
    assert site.opened == BURST_OF_ADDRESS + 2


async def test_only_so_many_callers_are_remembered(clock, monkeypatch):
    monkeypatch.setattr(handshakes, "MAX_CALLERS", 10)
    site = Site()
    for number in range(100):
        await site.open("", address=f"10.0.0.{number}")
    assert len(site.limit.allowances) == 10


@pytest.mark.django_db(transaction=True)
async def test_a_socket_makes_its_session_known(alice):
    async with connected(alice) as communicator:
        await send(communicator, type="nothing")
        await receive(communicator, "request.refused")  # so it has been admitted
        [person] = concurrency._people.values()
    assert person == alice.pk
