"""How much of what a client sends on a websocket is parsed."""

import asyncio

import pytest
from daphne.ws_protocol import WebSocketProtocol
from twisted.internet.testing import StringTransport

from tutor.web import sockets
from tutor.web.server import Server
from tutor.web.sockets import BURST, MAX_MESSAGE_BYTES, TOO_MANY, SocketFactory

TEXT, GO_ON, CLOSE, PING = 1, 0, 8, 9
LONG = 5_000  # frames
NOT_SIGNED_IN = 4401


def frame(opcode, payload=b"", *, is_last=True):
    return bytes([0x80 * is_last | opcode, 0x80 | len(payload), *bytes(4)]) + payload


MANY = {
    "fragments": frame(TEXT, is_last=False) + frame(GO_ON, is_last=False) * LONG,
    "pings": frame(PING, b"p") * LONG,
    "messages": frame(TEXT, b"x") * LONG,
}


class Counting(sockets.Socket):
    frames = 0

    def onFrameBegin(self):  # noqa: N802
        self.frames += 1
        super().onFrameBegin()


class Transport(StringTransport):
    is_aborted = False

    def unregisterProducer(self):  # noqa: N802
        pass

    def abortConnection(self):  # noqa: N802
        self.is_aborted = True


@pytest.fixture
def factory():
    factory = SocketFactory(Server(None, endpoints=["tcp:port=0"]))
    factory.protocol = Counting
    return factory


@pytest.fixture
def socket(factory):
    """An open one whose application reads every message at once."""
    socket = factory.buildProtocol(None)
    socket.makeConnection(Transport())
    socket.openHandshakeTimeoutCall.cancel()
    socket.client_addr = None
    socket.state, socket.allowance, socket.counted_at = socket.STATE_OPEN, BURST, 0
    socket.inside_message, socket.current_frame = False, None
    socket.websocket_version = 13
    socket.application_queue = asyncio.Queue()
    socket.application_queue.put_nowait = lambda event: None
    yield socket
    if socket.closeHandshakeTimeoutCall is not None:
        socket.closeHandshakeTimeoutCall.cancel()


@pytest.fixture(autouse=True)
def _no_time_passes(monkeypatch):
    monkeypatch.setattr(sockets.time, "monotonic", lambda: 0)


@pytest.mark.parametrize("kind", MANY)
def test_only_so_many_frames_are_parsed_and_nothing_more_is_read(socket, kind):
    for _ in range(3):
        socket.dataReceived(MANY[kind])
    assert socket.frames <= BURST
    assert TOO_MANY.to_bytes(2) in socket.transport.value()
    assert socket.transport.producerState == "paused"
    assert not socket.data


def test_a_frame_that_comes_byte_by_byte_counts_each_time(socket):
    for number in frame(PING, b"p" * 100) * 10:
        socket.dataReceived(bytes([number]))
    assert socket.failedByMe


def test_nothing_is_parsed_after_a_frame_that_is_no_frame(socket):
    socket.dataReceived(frame(3) + frame(PING) * 100)
    assert socket.frames <= 1
    assert socket.transport.producerState == "paused"


@pytest.mark.parametrize("kind", MANY)
def test_frames_count_also_while_the_application_closes_it(socket, kind):
    socket.serverClose(NOT_SIGNED_IN)
    for _ in range(3):
        socket.dataReceived(MANY[kind])
    assert socket.frames <= BURST
    assert socket.transport.is_aborted


def test_a_client_that_answers_the_close_frame_is_let_go(socket):
    socket.serverClose(NOT_SIGNED_IN)
    socket.dataReceived(frame(CLOSE, NOT_SIGNED_IN.to_bytes(2)))
    assert socket.wasClean
    assert socket.transport.is_aborted
    assert not socket.failedByMe


def test_who_acknowledges_a_long_solution_is_never_closed(socket, monkeypatch):
    """Four times a second and each 128 entries, of 20,000 that come at once."""
    now_s = 0.0
    monkeypatch.setattr(sockets.time, "monotonic", lambda: now_s)
    socket.dataReceived(frame(TEXT, b"x") * 157)
    for _ in range(400):
        now_s += 0.25
        socket.dataReceived(frame(TEXT, b"x"))
    assert socket.state == socket.STATE_OPEN


def test_every_option_of_the_factory_reaches_its_sockets(factory):
    socket = factory.buildProtocol(None)
    for option in WebSocketProtocol.CONFIG_ATTRS:
        assert getattr(socket, option) == getattr(factory, option)
    assert socket.maxMessagePayloadSize == MAX_MESSAGE_BYTES
    assert not socket.failByDrop
