"""Pages and sockets whose clients hang up."""

import asyncio
import io

import pytest
from twisted.internet.task import Clock
from twisted.internet.testing import StringTransport

from tutor.web import pages
from tutor.web.pages import (
    CHUNK,
    MAX_BODY_S,
    MAX_HEADERS_S,
    MIN_BYTES_PER_S,
    Incoming,
    PageRequest,
)
from tutor.web.server import Server
from tutor.web.sockets import Socket


async def test_a_body_is_read_in_pieces_and_then_nothing_more_is_heard():
    events = Incoming(io.BytesIO(bytes(CHUNK + 1)))
    first, second = await events.get(), await events.get()
    assert (len(first["body"]), first["more_body"]) == (CHUNK, True)
    assert (len(second["body"]), second["more_body"]) == (1, False)
    events.put_nowait({"type": "http.disconnect"})
    waiting = asyncio.create_task(events.get())
    assert await asyncio.wait([waiting], timeout=0.05) == (set(), {waiting})
    waiting.cancel()


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(pages, "reactor", clock)
    return clock


@pytest.fixture
def connection(clock):
    channel = Server(None, endpoints=["tcp:port=0"]).http_factory.buildProtocol(None)
    channel.makeConnection(StringTransport())
    yield channel
    channel.connectionLost(None)


def test_who_says_nothing_at_all_is_not_waited_for_long(clock, connection):
    clock.advance(MAX_HEADERS_S - 1)  # a browser opens connections before it needs them
    assert not connection.transport.disconnecting
    clock.advance(2)
    assert connection.transport.disconnecting


def begin_body(connection, length):
    head = f"POST /accounts/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n\r\n"
    connection.dataReceived(head.encode())


def test_a_body_that_stops_coming_is_not_waited_for_long(clock, connection):
    begin_body(connection, MIN_BYTES_PER_S)
    connection.dataReceived(b"x")
    clock.advance(MAX_BODY_S)
    assert connection.transport.value() == b""
    clock.advance(2)
    assert connection.transport.value().startswith(b"HTTP/1.1 408")


def test_no_more_bodies_are_taken_than_all_may_hold_together(connection, monkeypatch):
    monkeypatch.setattr(pages, "MAX_HELD_BYTES", 1000)
    connection.factory.held_bytes = 990
    begin_body(connection, 100)
    connection.dataReceived(bytes(10))
    assert connection.transport.value() == b""
    connection.dataReceived(bytes(1))
    assert connection.transport.value().startswith(b"HTTP/1.1 503")


async def test_who_hangs_up_before_the_page_is_begun_is_not_served():
    body = io.BytesIO(b"x")
    events = Incoming(body)
    body.close()
    assert await events.get() == {"type": "http.disconnect"}


async def test_a_page_keeps_its_place_until_it_ends():
    may_end = asyncio.Event()
    server = Server(None, endpoints=["tcp:port=0"])
    page = PageRequest.__new__(PageRequest)
    server.connections[page] = {"application_instance": asyncio.create_task(may_end.wait())}
    server.application_close_timeout = -1
    server.protocol_disconnected(page)
    server.application_checker()  # what would cancel it
    await asyncio.sleep(0)
    assert not server.connections[page]["application_instance"].done()
    may_end.set()
    await asyncio.sleep(0.01)
    assert "disconnected" in server.connections[page]
    server.application_checker()
    assert page not in server.connections


def test_one_of_very_many_sockets_that_open_at_once_is_waited_for():
    server = Server(None, endpoints=["tcp:port=0"])
    assert server.websocket_connect_timeout >= 30  # seconds until the application answers it
    assert server.ws_factory.openHandshakeTimeout >= 30


def test_what_comes_after_the_end_of_a_socket_is_dropped():
    socket = Socket.__new__(Socket)
    socket.client_addr = None
    socket.state = Socket.STATE_CLOSING
    socket.serverSend("an entry of a solution")  # sent, it would raise
