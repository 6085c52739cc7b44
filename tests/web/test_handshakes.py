"""How many sockets a caller may open at a time."""

import resource
from ipaddress import ip_network

import pytest
from django.conf import settings
from twisted.internet.testing import StringTransport

from tests.sockets import connected, receive, send
from tutor import concurrency
from tutor.concurrency import remember_session
from tutor.web import handshakes
from tutor.web.__main__ import MAX_FILES, allow_many_connections
from tutor.web.callers import FORWARDED_FOR
from tutor.web.handshakes import BURST_OF_ADDRESS, BURST_OF_PERSON, PER_PERSON_S, HandshakeLimit
from tutor.web.server import Server


class Site:
    """Counts the sockets that may be opened, and those that are refused."""

    def __init__(self):
        self.limit = HandshakeLimit(settings.TRUSTED_PROXIES)
        self.opened, self.refused = 0, 0

    def open(self, session, address="10.0.0.1"):
        cookie = f"{settings.SESSION_COOKIE_NAME}={session}".encode()
        may_open = self.limit.may_open([(b"cookie", cookie)], [address, 1])
        self.opened += may_open
        self.refused += not may_open


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


def test_a_person_opens_only_so_many_in_all_sessions(clock):
    site = Site()
    for number in range(300):
        remember_session(f"session{number % 8}", 7)
        site.open(f"session{number % 8}")
    assert (site.opened, site.refused) == (BURST_OF_PERSON, 300 - BURST_OF_PERSON)
    clock[0] += 10 / PER_PERSON_S
    for _ in range(300):
        site.open("session0")
    assert site.opened == BURST_OF_PERSON + 10


def test_invented_sessions_count_by_address_and_not_for_people(clock):
    site = Site()
    for number in range(3_000):
        site.open(f"invented{number}")
    assert site.opened == BURST_OF_ADDRESS
    remember_session("session", 7)
    site.open("session")
    site.open("invented", address="10.0.0.2")
    assert site.opened == BURST_OF_ADDRESS + 2


def test_a_school_comes_back_from_one_address_to_a_server_that_restarted(clock):
    """Each of three hundred has two windows, and nobody is known yet."""
    site = Site()
    for number in range(600):
        site.open(f"session{number % 300}")
    assert (site.opened, site.refused) == (600, 0)


def test_only_so_many_callers_are_remembered(clock, monkeypatch):
    monkeypatch.setattr(handshakes, "MAX_CALLERS", 10)
    site = Site()
    for number in range(100):
        site.open("", address=f"10.0.0.{number}")
    assert len(site.limit.allowances) == 10


def test_behind_a_trusted_proxy_each_client_counts_by_itself(clock):
    limit = HandshakeLimit([ip_network("10.0.0.9")])
    for number in range(int(BURST_OF_ADDRESS) + 1):
        is_last = number == BURST_OF_ADDRESS
        assert limit.may_open([(FORWARDED_FOR, b"192.0.2.1")], ["10.0.0.9", 1]) != is_last
    assert limit.may_open([(FORWARDED_FOR, b"192.0.2.2")], ["10.0.0.9", 1])
    for number in range(int(BURST_OF_ADDRESS) + 1):  # who is no proxy counts as itself
        is_last = number == BURST_OF_ADDRESS
        header = (FORWARDED_FOR, f"192.0.2.{number}".encode())
        assert limit.may_open([header], ["10.0.0.8", 1]) != is_last


def test_a_refused_socket_is_answered_and_ended_before_anything_is_built(monkeypatch):
    server = Server(None, endpoints=["tcp:port=0"])
    monkeypatch.setattr(server.handshakes, "_may_open", lambda caller: False)
    monkeypatch.setattr(server.ws_factory, "buildProtocol", None)
    channel = server.http_factory.buildProtocol(None)
    transport = StringTransport()
    channel.makeConnection(transport)
    channel.dataReceived(
        b"GET /ws/solutions/ HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    assert transport.value().startswith(b"HTTP/1.1 429 ")
    assert transport.disconnecting
    [details] = server.connections.values()  # of the request
    assert "application_instance" not in details
    channel.connectionLost(None)
    assert "disconnected" in details
    assert not server.http_factory.channels


@pytest.mark.django_db(transaction=True)
async def test_a_socket_makes_its_session_known(alice):
    async with connected(alice) as communicator:
        await send(communicator, type="nothing")
        await receive(communicator, "request.refused")  # so it has been admitted
        [person] = concurrency._people.values()
    assert person == alice.pk


def test_a_server_has_as_many_connections_as_its_machine_allows():
    """Most systems begin a process with 1,024 files; each connection is one."""
    before = _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = MAX_FILES if hard == resource.RLIM_INFINITY else min(MAX_FILES, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most // 2, hard))
    try:
        allow_many_connections()
        assert resource.getrlimit(resource.RLIMIT_NOFILE) == (most, hard)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
