"""Websockets that are opened to make others wait, or to fill the machine."""

import json
from itertools import count

import pytest
from asgiref.sync import sync_to_async
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.door import ORIGIN, open_socket, read_all, request
from tests.sockets import cookie_of
from tutor.solutions.log.protocol import TOO_MANY

pytestmark = pytest.mark.django_db(transaction=True)
POLICY, TOO_BIG = 1008, 1009
MANY = 1_200


@pytest.fixture
async def socket(door, alice):
    async with open_socket(door, await sync_to_async(cookie_of)(alice)) as socket:
        yield socket


async def closed_after(socket, send):
    """How the server closes it, while `send` is called a good thousand times."""
    try:
        for _ in range(MANY):
            await send()
        while True:
            await socket.recv()
    except ConnectionClosed as closed:
        return closed.rcvd


@pytest.mark.parametrize(
    "message",
    [
        "",
        "x",
        "[" * 1_000,
        json.dumps({"type": "solution.shown", "solution": "0" * 32, "id": "1-1"}),
        json.dumps({"type": "solution.watch", "solution": "0" * 32, "after": "0-0"}),
    ],
)
async def test_a_thousand_frames_that_mean_nothing_close_it(socket, message):
    closed = await closed_after(socket, lambda: socket.send(message))
    assert closed.code in {TOO_MANY, POLICY}  # the second where they come faster than it reads


def upgrade(user, **headers):
    """What opens a socket of the person."""
    return request(
        "GET",
        "/ws/solutions/",
        Origin=ORIGIN,
        Cookie=f"sessionid={cookie_of(user)}",
        Upgrade="websocket",
        Sec_WebSocket_Key="AAAAAAAAAAAAAAAAAAAAAA==",
        Sec_WebSocket_Version="13",
        **headers,
    ).replace(b"Connection: close", b"Connection: Upgrade")


def test_no_header_moves_a_socket_to_another_path(door, alice, new_lines):
    """daphne would read this one as the path below which a proxy serves Lemma."""
    with door.connect() as client:
        client.sendall(upgrade(alice, Daphne_Root_Path="/elsewhere"))
        assert client.recv(4096).startswith(b"HTTP/1.1 101")
    assert new_lines() == []


@pytest.mark.parametrize("length", [0, 1])
def test_a_message_of_very_many_fragments_closes_it(door, alice, length):
    begin, go_on = (bytes([opcode, 0x80 | length, *bytes(4 + length)]) for opcode in (1, 0))
    with door.connect() as client:
        client.sendall(upgrade(alice))
        assert client.recv(4096).startswith(b"HTTP/1.1 101")
        client.sendall(begin + go_on * MANY)
        answer = read_all(client)
    assert b"\x03\xf0too many frames at once" in answer  # 0x03f0 is 1008


async def test_pings_without_end_close_it(socket):
    numbers = count()
    closed = await closed_after(socket, lambda: socket.ping(str(next(numbers))))
    assert closed.code == POLICY


async def test_a_frame_that_is_too_large_is_refused_with_a_reason(door, socket, new_lines):
    peak = door.peak_mb
    closed = await closed_after(socket, lambda: socket.send("x" * 1024 * 1024))
    assert closed.code == TOO_BIG
    assert "exceeds payload limit of 65536" in closed.reason
    assert door.peak_mb - peak < 20
    assert not any("Traceback" in line for line in new_lines())


async def test_a_pupil_who_reads_a_long_solution_is_never_closed(door, socket):
    """Acknowledgements, and answers to the server's pings, are what it sends all the time."""
    for _ in range(40):
        await socket.pong()
    await socket.send(json.dumps({"type": "solution.cancel", "solution": "0" * 32}))
    assert json.loads(await socket.recv())["reason"] == "not_found"


@pytest.mark.parametrize(
    ("uri", "options"),
    [
        ("ws://lemma.example:8080/ws/", {}),
        ("ws://lemma.example:8080/%00/%ff", {}),
        ("ws://evil.example/ws/solutions/", {}),
        ("ws://lemma.example:8080/ws/solutions/", {"origin": "http://evil.example"}),
    ],
)
async def test_what_is_not_ours_is_refused_without_a_traceback(door, uri, options, new_lines):
    with pytest.raises(InvalidStatus) as refused:
        async with open_socket(door, "x", uri=uri, **options):
            pass
    assert refused.value.response.status_code == 403
    assert len(new_lines()) <= 1
