"""The web server stops without cutting off what it has begun."""

import asyncio
import json
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from asgiref.sync import sync_to_async
from websockets.exceptions import ConnectionClosed

from tests.door import (
    draft_of,
    open_socket,
    read_all,
    request,
    running_door,
    status_in,
    writers_waiting,
)
from tests.sockets import cookie_of
from tutor.web import server

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.alone,
]
PAGES = 6
STOP_WITHIN_S = 10


@pytest.fixture
def door(tmp_path):
    with running_door(tmp_path) as door:
        yield door


def wait_for_pages(door, count):
    """Until it has begun so many."""
    door.wait_for_clients(count)
    time.sleep(1)  # until it has read what they ask for


def ended_after_s(door, began):
    door.process.wait(timeout=30)
    return time.monotonic() - began


def test_pages_in_flight_finish(door, alice, item):
    data = draft_of(alice, item)
    with ThreadPoolExecutor(PAGES) as pool, door.connect() as half_sent:
        with writers_waiting():
            answers = [pool.submit(door.status_of, data) for _ in range(PAGES)]
            half_sent.sendall(request("GET", "/healthz")[:-2])
            wait_for_pages(door, PAGES + 1)
            door.process.send_signal(signal.SIGTERM)
            began = time.monotonic()
            door.wait_until_closed()
        half_sent.sendall(b"\r\n")
        assert status_in(read_all(half_sent)) == 200
        assert [answer.result() for answer in answers] == [200] * PAGES
    assert ended_after_s(door, began) < STOP_WITHIN_S
    assert door.process.returncode == 0
    assert "Traceback" not in "\n".join(door.lines())


def test_a_page_that_takes_seven_seconds_more_is_finished(door, alice, item):
    data = draft_of(alice, item)
    with ThreadPoolExecutor(1) as pool:
        with writers_waiting():
            answer = pool.submit(door.status_of, data)
            wait_for_pages(door, 1)
            door.process.send_signal(signal.SIGTERM)
            began = time.monotonic()
            time.sleep(7)
        assert answer.result() == 200
    assert ended_after_s(door, began) < STOP_WITHIN_S


def test_a_page_that_never_ends_is_cut_off(door, alice, item):
    data = draft_of(alice, item)
    asking = threading.Thread(target=door.answer_to, args=[data])
    with writers_waiting():
        asking.start()
        wait_for_pages(door, 1)
        door.process.send_signal(signal.SIGTERM)
        assert ended_after_s(door, time.monotonic()) < STOP_WITHIN_S
    asking.join()
    assert any("pages and sockets cut off: 1" in line for line in door.lines())


async def test_sockets_are_told_that_the_server_restarts(door, alice):
    async with open_socket(door, await sync_to_async(cookie_of)(alice)) as socket:
        await socket.send(json.dumps({"type": "solution.cancel", "solution": "unknown"}))
        assert "request.refused" in await socket.recv()
        door.process.send_signal(signal.SIGTERM)
        began = time.monotonic()
        with pytest.raises(ConnectionClosed) as closed:
            await socket.recv()
    assert closed.value.rcvd.code == 1012
    assert await asyncio.to_thread(ended_after_s, door, began) < STOP_WITHIN_S
    assert any("pages in flight: 0, sockets: 1" in line for line in door.lines())


def test_a_connection_that_asks_for_nothing_is_closed(door):
    with door.connect() as idle:
        idle.sendall(request("GET", "/healthz").replace(b"Connection: close\r\n", b""))
        assert status_in(idle.recv(65536)) == 200
        door.process.send_signal(signal.SIGTERM)
        began = time.monotonic()
        assert read_all(idle) == b""
    assert ended_after_s(door, began) < 5


async def test_a_stop_gives_the_connections_of_sockets_back(monkeypatch):
    closed = []
    monkeypatch.setattr(server.connections, "close_all", lambda: closed.append(1))
    await server.Server(None, endpoints=["tcp:port=0"]).drain()
    assert closed == [1]
